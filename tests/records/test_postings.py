"""Lists go by postings: what has a term, in the order in which lists show it."""

import random
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Final

import orjson
import psycopg
import pytest

from service.kinds import BY_NAME
from service.records.listing import POSTED, TERM_FILTERS, Listing
from service.records.people import Reader
from service.records.walking import ask
from service.storage.database import Database
from tests.clusters import Cluster
from tests.newsroom import Newsroom
from tests.routes.acts import WHY, anything, put, revise

ACTS: Final = 60
TOPICS: Final = ["war", "weather", "health"]
POSTINGS: Final = "SELECT term, created_at, id FROM posting"
RECOUNT: Final = """
SELECT DISTINCT posted(kind, term), created_at, id FROM revision, unnest(terms) AS term
WHERE is_posted(term)
"""
ONE_NUMBER: Final = """
CREATE OR REPLACE FUNCTION posted(kind text, term text) RETURNS bigint LANGUAGE sql IMMUTABLE
RETURN 7
"""
WRITE: Final = """
INSERT INTO revision (kind, id, revision, status, public, body, created_at, first_public,
    recorded_at, key_name, sha256, salt, refs, terms)
SELECT 'claim', topic, 1, 'published', true, '{"text":"x"}', %s, 1, %s, 'desk', sha256('x'),
    substr(sha256('x'), 1, 16), '{}', ARRAY['topic=' || topic, 'topic=all', 'language=en']
FROM unnest(%s::text[]) AS topic
"""


def act(http: Newsroom, chance: random.Random) -> None:
    """Write, restore, delete or purge something; what is refused changes nothing."""
    path = f"/v1/claims/{chance.choice('abc')}"
    body = {"text": "It rains", "topics": chance.sample(TOPICS, chance.randrange(3)), **WHY}
    body["status"] = chance.choice(["draft", "published", "retracted", "withheld"])
    anything(http, chance, path, body, purged=0.2)


@pytest.mark.parametrize("seed", range(4))
def test_postings_are_those_of_all_that_was_written_and_not_purged(
    http: Newsroom, owner: psycopg.Connection, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 -- nothing secret
    for _ in range(ACTS):
        act(http, chance)
    posted = owner.execute(POSTINGS).fetchall()
    assert set(posted) == set(owner.execute(RECOUNT))
    assert len(posted) > len(TOPICS)


def test_lists_go_by_the_postings_of_what_is_posted(owner: psycopg.Connection) -> None:
    asked = "SELECT name FROM unnest(%s::text[]) AS name WHERE is_posted(name || '=x')"
    assert {name for (name,) in owner.execute(asked, [list(TERM_FILTERS)])} == POSTED


def test_a_topic_that_was_taken_from_a_claim_is_found_then_and_not_now(http: Newsroom) -> None:
    said = {"text": "It rains", "status": "published", "topics": ["war"]}
    then = put(http, "/v1/claims/a", said)["updated_at"]
    revise(http, "/v1/claims/a", topics=["weather"], **WHY)
    for query, found in (("", 0), (f"&as_of={then}", 1)):
        for sort in ("created_at", "-created_at"):
            page = http.get(f"/v1/claims?topic=war&sort={sort}{query}&count=true").json()
            assert len(page["items"]) == page["total"] == found


@pytest.mark.parametrize("keyed", [True, False])
def test_terms_of_one_number_are_told_apart(cluster: Cluster, *, keyed: bool) -> None:
    with cluster.database(f"postings_{keyed}".lower()) as name, ExitStack() as stack:
        owner = stack.enter_context(psycopg.connect(cluster.url(name), autocommit=True))
        service = Database(cluster.url(name, "newsroom"), size=1, deadline=60, prepare=True)
        stack.callback(service.close)
        owner.execute(ONE_NUMBER)
        made = datetime(2026, 1, 1, tzinfo=UTC)
        owner.execute(WRITE, [made, made, TOPICS])
        for as_of in (None, datetime(2026, 1, 2, tzinfo=UTC)):
            for topic in TOPICS:
                filters = {"topic": [f"topic={topic}"]}
                listing = Listing(BY_NAME["claim"], Reader(keyed), filters, as_of=as_of)
                found = orjson.loads(ask(service, listing).items)
                assert [one["id"] for one in found] == [topic]
