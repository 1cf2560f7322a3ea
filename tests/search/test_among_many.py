"""Among many claims the one that is meant is found, and writers of the same words do not wait."""

from collections.abc import Generator
from contextlib import ExitStack
from itertools import islice
from typing import Final

import orjson
import psycopg
import pytest

from service.documents.instants import counted
from service.kinds import BY_NAME
from service.records.cursors import Position
from service.records.listing import Listing
from service.records.people import Reader
from service.records.walking import ask
from service.records.wording import Words
from service.search.asked import Asked
from service.search.matching import matches
from service.search.ranking import saturated, spread
from service.storage.database import Database
from tests.clusters import Cluster
from tests.search.counting import count_words
from tests.search.prose import Prose

MANY: Final = 10_000
ASKED: Final = 40
READER: Final = Reader(keyed=False)
WRITE: Final = """
INSERT INTO revision (kind, id, revision, status, public, body, created_at, first_public,
    recorded_at, key_name, sha256, salt, refs, terms)
SELECT 'claim', id, 1, 'published', true, body::json, now(), 1, now(), 'desk', sha256('x'),
    substr(sha256('x'), 1, 16), '{}', '{}'
FROM unnest(%s::text[], %s::text[]) AS claim (id, body)
"""


class Claims:
    """A database that claims are written into, and what was written first."""

    def __init__(self, owner: psycopg.Connection, service: Database) -> None:
        """Begin with none."""
        self.owner = owner
        self.service = service
        self.prose = Prose(vocabulary=40_000)
        self.claims = self.prose.claims()
        self.told: list[str] = []

    def grow(self, count: int) -> None:
        """Write claims until there are so many, and count their words."""
        new = list(islice(self.claims, count - len(self.told)))
        ids = [f"c{number:05}" for number in range(len(self.told), count)]
        bodies = [orjson.dumps({"text": text, "language": "en"}).decode() for text in new]
        self.owner.execute(WRITE, [ids, bodies])
        self.told += new
        count_words(self.owner)
        self.owner.execute("VACUUM ANALYZE wording")


@pytest.fixture(scope="module")
def claims(cluster: Cluster) -> Generator[Claims]:
    """Return a database with many claims."""
    with cluster.database("search_growth") as name, ExitStack() as stack:
        owner = stack.enter_context(psycopg.connect(cluster.url(name), autocommit=True))
        url = cluster.url(name, "newsroom")
        service = Database(url, size=1, deadline=60, prepare=True)
        stack.callback(service.close)
        found = Claims(owner, service)
        found.grow(MANY)
        yield found


def test_the_claim_that_is_meant_is_found_among_many(claims: Claims) -> None:
    posts = [claims.prose.post(text) for text in claims.told[:ASKED]]
    found = [matches(claims.service, READER, Asked(post, "en", 5)) for post in posts]
    names = [[one.texts.id for one in some] for some in found]
    assert sum(some[:1] == [f"c{n:05}"] for n, some in enumerate(names)) >= 0.8 * ASKED
    assert sum(f"c{n:05}" in some for n, some in enumerate(names)) >= 0.95 * ASKED


def test_lists_are_ranked_by_how_often_words_come_in_how_long_a_text(claims: Claims) -> None:
    texts = ["zebus9 " * times + "grazing " * (times % 7) for times in range(1, 256)]
    ids = [f"z{times:03}" for times in range(1, 256)]
    bodies = [orjson.dumps({"text": text, "language": "en"}).decode() for text in texts]
    claims.owner.execute(WRITE, [ids, bodies])
    words = Words("zebus9", rules=["english"], asked=["zebus9"], worth=[7.0, 20.0])
    listing = Listing(BY_NAME["claim"], READER, sort="relevance", limit=1, words=words)
    found: dict[str, int] = {}
    page = ask(claims.service, listing)
    while page.last_id and page.last_instant:
        found[page.last_id] = counted(page.last_instant)
        page = ask(claims.service, listing, Position(page.last_instant, page.last_id))
    expected = {
        one: round(1e6 * 7 * saturated(times, spread(len(text.split()) / 20, 0.3)))
        for times, (one, text) in enumerate(zip(ids, texts, strict=True), 1)
    }
    last = min(expected, key=lambda one: (expected[one], one))
    del expected[last]  # after it comes nothing, so its number is not told
    assert found == pytest.approx(expected, abs=1)


def test_writers_of_the_same_words_wait_for_nobody(claims: Claims) -> None:
    text = orjson.dumps({"text": claims.told[0], "language": "ca"}).decode()
    with ExitStack() as stack:
        writers = [stack.enter_context(psycopg.connect(claims.owner.info.dsn)) for _ in range(8)]
        for number, writer in enumerate(writers):
            writer.execute("SET lock_timeout = '5s'")
            writer.execute(WRITE, [[f"w{number}"], [text]])
        # All are in the midst of it, and the counts are kept up beside them.
        claims.owner.execute("SET lock_timeout = '5s'")
        claims.owner.execute("SELECT fold_wording(1000)")
        for writer in writers:
            writer.commit()
    ((folded,),) = claims.owner.execute("SELECT fold_wording(1000)")
    assert folded == len(writers)
