"""A walk that goes from a primary to its standby or back shows one moment, or is refused."""

from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import psycopg
import pytest
from psycopg import sql

from service.storage.database import Transaction
from service.storage.statements import Statement
from tests.docs.service import Service, folder
from tests.records.walks import READERS, SORTS, One, copied, make, revise, shown
from tests.running.client import until
from tests.trouble.clients import Answer
from tests.trouble.house import House, address
from tests.trouble.pairs import Pair, paired

NAMES = [f"c{number:02}" for number in range(40)]
BEHIND = (503, "unavailable", "2")


@pytest.fixture(scope="module")
def pair() -> Generator[Pair]:
    """Run a primary, a standby and a service on each, with claims."""
    with folder() as home, paired(home) as found:
        with found.database.transaction() as transaction:
            for name in NAMES:
                make(transaction, name)
        yield found


@pytest.fixture(autouse=True)
def claims(pair: Pair) -> None:
    """Revise each claim, so that the standby has more than the last test left."""
    write(pair, NAMES)
    pair.catch_up()


def write(pair: Pair, names: Sequence[str]) -> None:
    """Revise claims in one transaction."""
    with pair.database.transaction() as transaction:
        for name in names:
            revise(transaction, name)


@contextmanager
def writer(pair: Pair) -> Generator[Transaction]:
    """Begin a transaction that has a number, and commit it at the end of the block."""
    with pair.database.transaction() as transaction:
        transaction.run(Statement([sql.SQL("SELECT pg_current_xact_id()")]))
        yield transaction


def copy(pair: Pair, sort: str, *, keyed: bool) -> list[One]:
    """Return what the list is on the primary now."""
    with psycopg.connect(address([pair.primary], "newsroom")) as connection:
        return copied(connection, sort, keyed=keyed)


def walked(pair: Pair, start: str | dict[str, Any], *services: Service, keyed: bool) -> list[One]:
    """Walk to the end from an address or a page, each page by the next of the services."""
    pages, turn = [] if isinstance(start, str) else [start], 0
    following = start if isinstance(start, str) else start["next"]
    while following:
        pages.append(pair.page(services[turn % len(services)], following, keyed=keyed))
        following, turn = pages[-1]["next"], turn + 1
    return [one for page in pages for one in shown(page)]


def now(pair: Pair) -> str:
    """Return the primary's time."""
    ((instant,),) = pair.primary.run("SELECT instant(clock_timestamp())", database="factcheck")
    return instant


def refusal(answer: Answer) -> tuple[int, str, str]:
    """Return status, code and Retry-After of a problem."""
    return answer.status, answer.json()["code"], dict(answer.headers)["Retry-After"]


def settled(answer: Answer) -> bool:
    """Tell whether an answer may be kept."""
    assert answer.status == 200, answer.body
    return "max-age" in dict(answer.headers)["Cache-Control"]


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("sort", SORTS)
def test_a_walk_goes_on_at_the_standby_as_it_began_at_the_primary(
    pair: Pair, sort: str, who: str
) -> None:
    keyed, path = who == "a key", f"/v1/claims?limit=9&sort={sort}"
    was, first = copy(pair, sort, keyed=keyed), pair.page(pair.leader, path, keyed=keyed)
    write(pair, NAMES[::2])
    pair.catch_up()
    assert walked(pair, first, pair.follower, pair.leader, keyed=keyed) == was


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("sort", SORTS)
def test_a_walk_that_begins_at_the_standby_beside_a_long_writer_is_one_moment(
    pair: Pair, sort: str, who: str
) -> None:
    keyed, path = who == "a key", f"/v1/claims?limit=9&sort={sort}"
    was = copy(pair, sort, keyed=keyed)
    with writer(pair) as transaction:
        revise(transaction, NAMES[7])
        write(pair, NAMES[10::3])
        pair.catch_up()
        first = pair.page(pair.follower, path, keyed=keyed)
        second = pair.page(pair.leader, first["next"], keyed=keyed)
        revise(transaction, NAMES[8])
    pair.catch_up()
    rest = walked(pair, second, pair.follower, pair.leader, keyed=keyed)
    assert shown(first) + rest == was


@pytest.mark.parametrize("sort", SORTS)
def test_a_walk_at_the_standby_shows_no_record_twice_whoever_builds_on_whom(
    pair: Pair, sort: str
) -> None:
    path, was = f"/v1/claims?limit=9&sort={sort}", copy(pair, sort, keyed=True)
    with ExitStack() as end, ExitStack() as late:
        early = end.enter_context(writer(pair))
        revise(late.enter_context(writer(pair)), NAMES[0])
        write(pair, [NAMES[20]])
        revise(early, NAMES[20])
        end.close()
        pair.catch_up()
        assert walked(pair, path, pair.follower, pair.leader, keyed=True) == was


def test_a_standby_that_is_behind_refuses_a_cursor_until_it_has_caught_up(pair: Pair) -> None:
    path, house = "/v1/claims?limit=9&sort=updated_at", House(pair.standby, pair.follower)
    with pair.lagging():
        write(pair, NAMES[5:6])
        was, first = copy(pair, "updated_at", keyed=True), pair.page(pair.leader, path, keyed=True)
        mark = house.log_size
        assert refusal(pair.get(pair.follower, first["next"], keyed=True)) == BEHIND
        until(lambda: house.troubles(mark) == ["behind"])
    pair.catch_up()
    assert walked(pair, first, pair.follower, keyed=True) == was


@pytest.mark.parametrize(
    ("slow", "place"),
    [(0, f"/v1/claims/{NAMES[4]}?"), (1, "/v1/claims?limit=200&")],
    ids=["began first", "began last"],
)
def test_a_standby_calls_no_instant_settled_that_a_writer_may_still_record_before(
    pair: Pair, slow: int, place: str
) -> None:
    with ExitStack() as first, ExitStack() as last:
        ends = [first, last]
        writers = [end.enter_context(writer(pair)) for end in ends]
        revise(writers[slow], NAMES[4])
        path = f"{place}as_of={now(pair)}"
        revise(writers[1 - slow], NAMES[5])
        ends[1 - slow].close()
        pair.catch_up()
        assert not settled(pair.get(pair.follower, path, keyed=False))
    assert settled(pair.get(pair.leader, path, keyed=False))


def test_a_standby_calls_an_instant_settled_once_later_writers_are_done(pair: Pair) -> None:
    path = f"/v1/claims?limit=200&as_of={now(pair)}"
    was = pair.get(pair.leader, path, keyed=False).body
    write(pair, NAMES[4:6])
    pair.catch_up()
    answer = pair.get(pair.follower, path, keyed=False)
    assert settled(answer)
    assert answer.body == was


def test_a_standby_that_is_behind_refuses_to_go_on_with_an_instant(pair: Pair) -> None:
    with pair.lagging():
        write(pair, NAMES[5:6])
        path = f"/v1/claims?limit=9&sort=updated_at&as_of={now(pair)}"
        was, first = copy(pair, "updated_at", keyed=True), pair.page(pair.leader, path, keyed=True)
        assert refusal(pair.get(pair.follower, first["next"], keyed=True)) == BEHIND
    write(pair, NAMES[6:7])
    pair.catch_up()
    assert walked(pair, first, pair.follower, keyed=True) == was
