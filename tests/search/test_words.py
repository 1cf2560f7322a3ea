"""The words of a record are the same by the short way and by the long one."""

from typing import Final

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from service.documents.values import JsonObject

BOTH: Final = """
SELECT ROW(short.*)::text, ROW(long.*)::text
FROM words_in(%(kind)s, %(body)s) AS short, words_in_all(%(kind)s, %(body)s) AS long
"""
SAID: Final = st.lists(
    st.sampled_from(
        ["rain", "Raining", "148,000", "U.S.", "Kyiv\u2019s", "雨が降る", "don't", "и", "the"]
    ),
    min_size=1,
    max_size=6,
).map(" ".join)
PARTS: Final = st.lists(
    st.fixed_dictionaries({}, optional={"quote": SAID, "url": SAID}), max_size=3
)
BODIES: Final = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(["text", "title", "name", "summary", "context", "publisher"], SAID),
        "language": st.sampled_from(["en", "uk", "de-AT", "ja", "und"]),
        "authors": st.lists(SAID, max_size=3),
        "appearances": PARTS,
        "attribution": PARTS,
        "translations": st.lists(
            st.fixed_dictionaries({"language": st.just("ru")}, optional={"title": SAID}),
            min_size=1,
            max_size=2,
        ),
    },
)


@given(kind=st.sampled_from(["claim", "source", "verdict"]), body=BODIES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_they_are_the_same_by_both_ways(
    owner: psycopg.Connection, kind: str, body: JsonObject
) -> None:
    [(short, long)] = owner.execute(BOTH, {"kind": kind, "body": Jsonb(body)}).fetchall()
    assert short == long


@pytest.mark.parametrize("letters", [99_000, 101_000])
def test_a_long_text_is_cut_where_it_was(owner: psycopg.Connection, letters: int) -> None:
    body = {"text": "rain " * (letters // 5), "context": "Kyiv " * 2_000}
    [(short, long)] = owner.execute(BOTH, {"kind": "claim", "body": Jsonb(body)}).fetchall()
    assert short == long
