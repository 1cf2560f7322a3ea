"""What an import makes of a history is what the writes would have left."""

from typing import Any

import psycopg
from hypothesis import given
from hypothesis import strategies as st

from service.bulk.past import Past
from service.bulk.replaying import replay
from service.kinds import BY_NAME

STATUSES = ("draft", "in_review", "published", "retracted", "withheld", "deleted")
TEXTS = st.sampled_from(["x", "y"])
QUESTION = "SELECT goes_public(%s, %s, %s, %s, %s)"


def pasts(told: list[tuple[str, str]]) -> list[Past]:
    """Return the revisions of a claim that had these statuses and texts."""
    return [
        Past(
            number,
            BY_NAME["claim"],
            {
                "id": "c",
                "revision": number,
                "status": status,
                "recorded_at": f"2022-02-16T18:00:{number:02}Z",
                "body": {} if status == "deleted" else {"text": text},
            },
        )
        for number, (status, text) in enumerate(told, start=1)
    ]


@given(st.lists(st.tuples(st.sampled_from(STATUSES), TEXTS), min_size=1, max_size=9))
def test_an_import_decides_what_is_public_as_the_database_does(
    owner: psycopg.Connection, told: list[tuple[str, str]]
) -> None:
    shown: dict[str, Any] = {"status": None, "body": None}
    first = None
    for row in replay(pasts(told), [], []):
        asked = [row["status"], row["body"], first, shown["status"], shown["body"]]
        assert owner.execute(QUESTION, asked).fetchone() == (row["public"],)
        if row["public"]:
            first, shown = first or row["revision"], row
        assert row["first_public"] == first


@given(st.lists(st.tuples(st.sampled_from(STATUSES), TEXTS), min_size=1, max_size=9))
def test_one_revision_is_open_and_at_most_one_is_shown(told: list[tuple[str, str]]) -> None:
    rows = replay(pasts(told), [], [])
    assert [row["superseded_at"] for row in rows] == [row["recorded_at"] for row in rows[1:]] + [
        None
    ]
    public = [row for row in rows if row["public"]]
    ends = [row["recorded_at"] for row in public[1:]] + [None] * bool(public)
    assert [row["withdrawn_at"] for row in public] == ends
    hidden = [row for row in rows if not row["public"]]
    assert all(row["withdrawn_at"] == row["recorded_at"] for row in hidden)
    assert {row["created_at"] for row in rows} == {rows[0]["recorded_at"]}
