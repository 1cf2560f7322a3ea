"""A cursor continues the list it came from, for a day, and nobody else makes one."""

import base64
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.documents.seals import Seal
from service.errors import CursorExpired, ForeignCursor, InvalidCursor
from service.records import cursors
from service.records.cursors import Cursor, Cursors, Position
from service.records.moments import Moment, Snapshot
from service.records.rows import Page
from service.records.walking import check_reached
from tests.newsroom import Answer
from tests.records.office import Office

POSITION = Position(datetime(2022, 2, 16, 18, 0, 0, 1, tzinfo=UTC), "c-1")
MOMENT = Moment(Snapshot(1000, 3000, (1000, 1200, 2999)), POSITION.instant)
PINNED = Cursor(POSITION, MOMENT)
OURS = Cursors(Seal(b"secret"), 7)
CURSOR = OURS.make(PINNED, "list")
RAW = base64.urlsafe_b64decode(CURSOR + "=" * (-len(CURSOR) % 4))
PATH = "/v1/claims"


@pytest.fixture(scope="module")
def next_page(office: Office) -> str:
    """Publish three claims and return the address of the second page of two."""
    for name in "abc":
        office.claim(name)
    return office.get(f"{PATH}?limit=2", keyed=False).json()["next"]


def ids(answer: Answer) -> list[str]:
    """Return the ids of a page."""
    return [item["id"] for item in answer.json()["items"]]


def refusal(answer: Answer) -> tuple[int, str]:
    """Return status and code of a problem."""
    return answer.status, answer.json()["code"]


def test_a_cursor_gives_back_its_position() -> None:
    assert OURS.read(CURSOR, "list") == PINNED


def test_a_cursor_needs_no_escape_in_an_address() -> None:
    assert urlencode({"cursor": CURSOR}) == f"cursor={CURSOR}"


@given(st.integers(0, len(RAW) * 8 - 1))
def test_a_cursor_with_a_bit_turned_is_invalid(bit: int) -> None:
    turned = bytearray(RAW)
    turned[bit // 8] ^= 1 << bit % 8
    with pytest.raises(InvalidCursor):
        OURS.read(base64.urlsafe_b64encode(turned).decode(), "list")


@given(st.text() | st.integers(0, len(CURSOR) - 1).map(lambda end: CURSOR[:end]))
def test_what_is_no_cursor_is_invalid(text: str) -> None:
    with pytest.raises(InvalidCursor):
        OURS.read(text, "list")


def test_a_cursor_signed_with_another_secret_is_invalid() -> None:
    with pytest.raises(InvalidCursor):
        Cursors(Seal(b"other"), 7).read(CURSOR, "list")


def test_a_cursor_of_another_list_is_foreign() -> None:
    with pytest.raises(ForeignCursor):
        OURS.read(CURSOR, "other list")


def test_a_cursor_older_than_a_day_is_expired(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cursors.LIFETIME == 24 * 60 * 60
    monkeypatch.setattr(cursors, "LIFETIME", -2)
    with pytest.raises(CursorExpired):
        OURS.read(CURSOR, "list")


def test_a_cursor_from_before_a_restore_is_expired() -> None:
    with pytest.raises(CursorExpired, match="restored"):
        Cursors(OURS.seal, 8).read(CURSOR, "list")


def test_a_cursor_of_what_the_database_has_lost_is_expired() -> None:
    now = "2000:2000:"
    page = Page("[]", None, None, None, None, now, replica=False, newest=1999, horizon=None)
    check_reached(page, Snapshot.of(now))
    with pytest.raises(CursorExpired, match="gone back"):
        check_reached(page, MOMENT.snapshot)


def test_a_page_goes_on_where_the_last_one_ended(office: Office, next_page: str) -> None:
    assert ids(office.get(f"{PATH}?limit=2", keyed=False)) == ["c", "b"]
    assert ids(office.get(next_page, keyed=False)) == ["a"]


def test_a_page_may_have_another_size_than_the_last(office: Office, next_page: str) -> None:
    assert ids(office.get(next_page.replace("limit=2", "limit=1"), keyed=False)) == ["a"]


@pytest.mark.parametrize("change", ["sort=created_at", "status=published", "topic=Ukraine"])
def test_a_cursor_with_another_filter_or_order_answers_400(
    office: Office, next_page: str, change: str
) -> None:
    found = office.get(f"{next_page}&{change}", keyed=False)
    assert refusal(found) == (400, "foreign-cursor")


def test_a_cursor_of_the_public_is_foreign_to_a_key(office: Office, next_page: str) -> None:
    assert refusal(office.get(next_page, keyed=True)) == (400, "foreign-cursor")


def test_a_cursor_that_was_changed_answers_400(office: Office, next_page: str) -> None:
    found = office.get(next_page.replace("cursor=", "cursor=A"), keyed=False)
    assert refusal(found) == (400, "invalid-cursor")


def test_a_cursor_of_another_server_answers_400(office: Office) -> None:
    found = office.get(f"{PATH}?cursor={CURSOR}", keyed=False)
    assert refusal(found) == (400, "invalid-cursor")


def test_a_cursor_that_has_expired_answers_410(
    office: Office, next_page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cursors, "LIFETIME", -2)
    assert refusal(office.get(next_page, keyed=False)) == (410, "cursor-expired")
