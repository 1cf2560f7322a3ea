"""However much comes in or goes out, a worker holds little of it at once."""

from tests.bulk.freight import Freight, write_file
from tests.docs.service import UNLIMITED, Service, folder

RECORDS = 6_000
SMALL = 600
ROOM = 12 * 1024 * 1024
"""Bytes by which a worker may grow over what a tenth of it took: the file has 7 MB, and what is
made of it takes some ten times that."""


def test_memory_stays_flat_on_the_way_in_and_out() -> None:
    with folder() as place, Service(place / "data", "--workers", "1", **UNLIMITED) as service:
        warm = Freight(service, write_file(place, SMALL), SMALL)
        for step in (warm.bring, warm.fetch):
            _ = step("?partial=true" if step == warm.bring else "")
        freight = Freight(service, write_file(place, RECORDS), RECORDS)
        query = "?overwrite=true&partial=true&note=Counted+again&reason=typo"
        brought, last = freight.bring(query)
        assert b'"revised":' in last
        assert brought.peak - brought.before < ROOM, brought
        for query in ("", "?history=true", "?format=csv&type=claim"):
            fetched, _ = freight.fetch(query)
            assert fetched.peak - fetched.before < ROOM, fetched
