"""Where a webhook goes: what is refused by its spelling, by its address, and after the check."""

from threading import Event

import pytest

from service.webhooks import targets
from service.webhooks.targets import Refused, Target, parsed, resolved
from tests.webhooks.spellings import ODD, PRIVATE, PUBLIC


def test_there_are_more_than_eighty_spellings() -> None:
    assert len({*PRIVATE, *ODD}) == len(PRIVATE) + len(ODD) > 80


@pytest.mark.parametrize("url", PRIVATE)
def test_what_is_private_is_refused(url: str) -> None:
    with pytest.raises(Refused, match=r"public|local") as refused:
        resolved(parsed(url))
    assert refused.value.word == "private"


@pytest.mark.parametrize("url", PRIVATE)
def test_what_is_private_is_taken_where_that_is_allowed(url: str) -> None:
    assert parsed(url, private=True).host


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("url", ODD)
def test_an_odd_spelling_is_refused_in_any_case(url: str, *, private: bool) -> None:
    with pytest.raises(ValueError, match=r"^(an? |visible |four )"):
        parsed(url, private=private)


@pytest.mark.parametrize("url", PUBLIC)
def test_a_public_address_is_taken_without_a_look_up(url: str) -> None:
    target = parsed(url)
    assert resolved(target, lambda *_: []) == [target.host]


def test_a_target_is_taken_apart() -> None:
    assert parsed("https://Desk.Example:8443/a/b?c=d") == Target(
        "https", "desk.example", 8443, "/a/b?c=d"
    )
    assert parsed("http://desk.example").path == "/"
    hosts = ["https://desk.example:443/", "http://desk.example:8080/", "http://[2A00::1]/"]
    authorities = [parsed(url).authority for url in hosts]
    assert authorities == ["desk.example", "desk.example:8080", "[2a00::1]"]


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "::1", "fe80::1%eth0", "fd00::1"])
def test_one_private_address_among_public_ones_refuses_them_all(address: str) -> None:
    with pytest.raises(Refused, match="public"):
        resolved(parsed("https://desk.example/"), lambda *_: ["8.8.8.8", address])


def test_a_name_is_asked_for_with_its_port() -> None:
    asked: list[tuple[str, int]] = []

    def lookup(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return ["8.8.8.8", "2a00::1"]

    assert resolved(parsed("https://desk.example:444/"), lookup) == ["8.8.8.8", "2a00::1"]
    assert asked == [("desk.example", 444)]


@pytest.mark.parametrize("error", [OSError("no network"), UnicodeError("label too long")])
def test_a_name_that_nobody_knows_is_refused(error: Exception) -> None:
    def lookup(*_: object) -> list[str]:
        raise error

    with pytest.raises(Refused, match="resolved") as refused:
        resolved(parsed("https://desk.example/"), lookup)
    assert refused.value.word == "name"


def test_a_resolver_that_does_not_answer_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(targets, "PATIENCE", 0.01)
    end = Event()

    def lookup(*_: object) -> list[str]:
        end.wait()
        return []

    with pytest.raises(Refused, match="resolved"):
        resolved(parsed("https://desk.example/"), lookup)
    end.set()


def test_the_system_knows_this_machine() -> None:
    assert "127.0.0.1" in resolved(parsed("http://localhost:1/", private=True), private=True)
