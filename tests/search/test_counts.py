"""The counts of words are those that a recount would find, whatever was written."""

import random
from typing import Final

import psycopg
import pytest

from tests.newsroom import Newsroom
from tests.routes.acts import WHY, anything, purge, put

WORDS: Final = ["rain", "raining", "troops", "148,000", "Kyiv", "подкрепления", "雨が降る", "U.S."]
ACTS: Final = 80
RECOUNT: Final = """
WITH present AS (
    SELECT kind, said.words, said.spelled, (superseded_at IS NULL)::int AS head,
        (withdrawn_at IS NULL AND status <> 'withheld')::int AS shown
    FROM revision CROSS JOIN LATERAL words_in(kind, body::jsonb) AS said
    WHERE body IS NOT NULL AND status <> 'deleted'
        AND (superseded_at IS NULL OR withdrawn_at IS NULL)
), counted AS (
    SELECT word, sum(head) AS heads, sum(shown) AS shown
    FROM present, unnest(tsvector_to_array(words)) AS word GROUP BY word
)
"""
BY_WORD: Final = "SELECT word, heads, shown FROM counted WHERE heads > 0 OR shown > 0"
BY_LETTERS: Final = """
SELECT four, sum(head)::bigint, sum(shown)::bigint
FROM present, string_to_table(spelled, ' ') AS word, letters_of(word) AS four
GROUP BY four HAVING sum(head) > 0 OR sum(shown) > 0
"""
IN_ALL: Final = """
SELECT kind, sum(head)::bigint, sum(shown)::bigint, sum(head * word_count(words))::bigint,
    sum(shown * word_count(words))::bigint
FROM present WHERE words IS NOT NULL GROUP BY kind
"""


def act(http: Newsroom, chance: random.Random) -> None:
    """Do something to one of a few records; what is refused changes nothing."""
    path = chance.choice(["/v1/claims/a", "/v1/claims/b", "/v1/sources/s", "/v1/verdicts/v"])
    said = " ".join(chance.choices(WORDS, k=chance.randrange(1, 6)))
    bodies = {
        "claims": {"text": said, "context": chance.choice(WORDS)},
        "sources": {"title": said, "publisher": "Rain and Co."},
        "verdicts": {"claim_id": "a", "scale_id": "truth", "rating": "false", "title": said},
    }
    body = {**bodies[path.split("/")[2]], **WHY}
    if language := chance.choice(["", "en", "ru", "uk", "ja"]):
        body["language"] = language
    body["status"] = chance.choice(["draft", "published", "published", "retracted", "withheld"])
    anything(http, chance, path, body, purged=0.05)


def test_a_purge_counts_what_it_takes_away_and_leaves_the_rest_to_wait(
    http: Newsroom, owner: psycopg.Connection
) -> None:
    for name in ("a", "b"):
        put(http, f"/v1/claims/{name}", {"text": f"Secret {name}ardvarks", "status": "published"})
    assert purge(http, "/v1/claims/a").status == 204
    waiting = {record for (record,) in owner.execute("SELECT record FROM wording_change")}
    assert "b" in waiting
    assert "a" not in waiting
    assert owner.execute("SELECT FROM word WHERE word LIKE '%aardvark%'").fetchall() == []


@pytest.mark.parametrize("seed", range(4))
def test_counts_are_those_of_a_recount(
    http: Newsroom, owner: psycopg.Connection, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 -- nothing secret
    for number in range(ACTS):
        act(http, chance)
        if number % 7 == 0:
            owner.execute("SELECT fold_wording(3)")
    owner.execute("SELECT fold_wording(1000)")
    counted = set(owner.execute("SELECT word, heads, shown FROM word"))
    assert counted == set(owner.execute(RECOUNT + BY_WORD))
    assert len(counted) > 5
    letters = set(owner.execute("SELECT letters, heads, shown FROM letters"))
    assert letters == set(owner.execute(RECOUNT + BY_LETTERS))
    totals = "SELECT * FROM wording_total WHERE (heads, shown) <> (0, 0)"
    assert set(owner.execute(totals)) == set(owner.execute(RECOUNT + IN_ALL))
    assert owner.execute("SELECT count(*) > 20 FROM revision").fetchone() == (True,)
