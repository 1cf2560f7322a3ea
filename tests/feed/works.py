"""What writers do beside the editors: in one act, in one import, and slowly."""

import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final
from uuid import uuid4

import orjson
import psycopg

from tests.soak.client import Client
from tests.soak.writes import Answer, Write

CHANCE: Final = random.Random()  # noqa: S311 -- nothing secret
COURT: Final = "?purge=true&reason=legal&note=By+order+of+a+court."
IMPORT: Final = "/v1/import?overwrite=true&partial=true&reason=correction&note=Counted+again"
POOL: Final = 300
"""Records of each kind that imports write to, over and over."""

LINES: Final = 200
SELDOM, HALF = 0.1, 0.5
LATE: Final = """
INSERT INTO revision (kind, id, revision, status, public, body, created_at, first_public,
    recorded_at, key_name, sha256, salt, refs, terms)
SELECT 'scale', %s, 1, status, true, body, clock_timestamp(), 1, clock_timestamp(),
    key_name, sha256, salt, refs, terms
FROM revision WHERE id = 'truth'
"""


def publishing_and_purging(client: Client) -> None:
    """Publish drafts that refer to each other in one act, and purge one of them."""
    source, claim = f"/v1/sources/{uuid4()}", f"/v1/claims/{uuid4()}"
    names = [{"source_id": source.rpartition("/")[2], "verb": "said"}]
    body = {"text": "It rains more", "attribution": names, "status": "published"}
    done(client, "PUT", source, {"title": "Rainfall"})
    done(client, "PUT", f"{claim}?publish=references", body)
    done(client, "PATCH", claim, {"text": "It rains less", "status": "draft"}, If_Match="*")
    done(client, "DELETE", claim + COURT, If_Match="*")


def importing(client: Client) -> None:
    """Import lines about records that may be there, refer to each other, and are often refused."""
    lines = b"\n".join(orjson.dumps(line()) for _ in range(CHANCE.randrange(1, LINES)))
    sent(client, Write(str(uuid4()), "POST", IMPORT, lines, fields("x-ndjson"), contested=False))


def line() -> dict[str, object]:
    """Return a line of an import."""
    source, claim, verdict = (f"{kind}-{CHANCE.randrange(POOL)}" for kind in "scv")
    said = [{"source_id": source, "verb": "said"}]
    rating = {"claim_id": claim, "scale_id": "truth", "rating": "false"}
    kind, identifier, body = CHANCE.choice(
        [
            ("source", source, {"title": f"Rainfall {CHANCE.random()}"}),
            ("claim", claim, {"text": f"It rains {CHANCE.random()}"}),
            ("claim", claim, {"text": "It rains", "attribution": said}),
            ("verdict", verdict, {"title": f"Rain {CHANCE.random()}", **rating}),
        ]
    )
    record = {"type": kind, "id": identifier}
    if CHANCE.random() < SELDOM:
        return {**record, "op": "delete"}
    status = CHANCE.choice(["draft", "published", "published", "retracted", "withheld"])
    return {**record, "op": CHANCE.choice(["put", "put", "patch"]), **body, "status": status}


def dallying(url: str) -> None:
    """Write in a transaction that has its number long before it writes, or never does."""
    with psycopg.connect(url) as connection:
        connection.execute("SELECT pg_current_xact_id()")
        time.sleep(CHANCE.uniform(0, 0.3))
        if CHANCE.random() < HALF:
            connection.execute(LATE, [str(uuid4())])


def done(
    client: Client, method: str, path: str, body: dict[str, object] | None = None, **match: str
) -> None:
    """Send a write that succeeds."""
    headers = {name.replace("_", "-"): value for name, value in match.items()}
    content = json.dumps(body).encode() if body else b""
    given = fields("json") | headers
    sent(client, Write(str(uuid4()), method, path, content, given, contested=False))


def sent(client: Client, write: Write) -> Answer:
    """Send a write and return the answer, which is no refusal."""
    answer = client.insist(write).answer
    assert answer, write.path
    assert answer.status < 300, answer
    return answer


def fields(media: str) -> dict[str, str]:
    """Return the header fields of a write of its own."""
    return {"Idempotency-Key": str(uuid4()), "Content-Type": f"application/{media}"}


@contextmanager
def repeated(*works: Callable[[], None]) -> Iterator[None]:
    """Do each work again and again, beside each other, until the block ends."""
    leaving = threading.Event()

    def go_on(work: Callable[[], None]) -> None:
        while not leaving.is_set():
            work()

    with ThreadPoolExecutor(len(works)) as threads:
        tasks = [threads.submit(go_on, work) for work in works]
        try:
            yield
        finally:
            leaving.set()
    for task in tasks:
        task.result()
