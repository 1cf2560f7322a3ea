"""Settings that no server could go by are refused at the start, by their names."""

import pytest

from service.settings import Settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("READ_LIMIT", value) for value in ("-1", "1000001", "many")],
        *[("WRITE_LIMIT", value) for value in ("-1", "1000001")],
        *[("FAILED_KEY_LIMIT", value) for value in ("-1", "1000001")],
        *[("PROXIES", value) for value in ("-1", "11")],
        *[("CORS_ORIGINS", value) for value in ("example.org", "https://a.example/x", "*, null")],
        *[("CORS_ORIGINS", value) for value in ("https://a.example, ftp://b", "https://*.a.b")],
        *[("PUBLISHER_URL", value) for value in ("desk.example", "ftp://a.b", "https://a b")],
        *[("PUBLIC_URL", value) for value in ("facts.example", "javascript:1", "https://a b")],
        *[("LICENSE", value) for value in ("CC0", "ftp://a.b")],
        *[("PUBLISHER_LOGO", value) for value in ("logo.png", "javascript:1")],
        ("FOUR_EYE", "true"),
        ("DATABASE_URL", "dbname=a"),
        *[("SECURITY_CONTACT", value) for value in ("desk@example.org", "http://a.b", "mailto:x")],
        *[("SECURITY_CONTACT", value) for value in ("https://a b", "https://a\nExpires: never")],
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"FACTCHECK_{name}", value)
    with pytest.raises(ValueError, match=name):
        Settings.from_environment()


@pytest.mark.parametrize(
    ("sent", "origins"),
    [
        ("*", ("*",)),
        ("", ()),
        (" , ", ()),
        ("https://a.example", ("https://a.example",)),
        ("http://localhost:3000, http://[::1]:80", ("http://localhost:3000", "http://[::1]:80")),
    ],
)
def test_origins_stand_between_commas(
    sent: str, origins: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACTCHECK_CORS_ORIGINS", sent)
    assert Settings.from_environment().cors_origins == origins


@pytest.mark.parametrize("contact", ["mailto:a@b.example", "https://b.example/report", ""])
def test_a_contact_is_an_address_or_nothing(contact: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTCHECK_SECURITY_CONTACT", contact)
    assert Settings.from_environment().security_contact == (contact or None)
