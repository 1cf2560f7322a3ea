"""What newsrooms and their readers ask, at random: records, matches and writes."""

import json
import random
from collections.abc import Iterator
from itertools import islice
from typing import Final
from urllib.parse import urlencode

from tests.load.client import Asked
from tests.search.prose import Prose

CLAIMS: Final = 5_000
CHANCE: Final = random.Random(7)  # noqa: S311 -- nothing secret
SHARES: Final = {"get": 80, "match": 10, "write": 10}
"""Of a hundred requests so many are of each sort."""


def claim(number: int, text: str) -> dict[str, object]:
    """Return a published claim."""
    return {"id": f"load-{number}", "text": text, "language": "en", "status": "published"}


def lines(prose: Prose) -> bytes:
    """Return the claims to import."""
    claims = enumerate(islice(prose.claims(), CLAIMS))
    return b"\n".join(
        json.dumps({"type": "claim", **claim(number, text)}).encode() for number, text in claims
    )


def getting(key: str) -> Iterator[Asked]:
    """Yield requests for one record each."""
    while True:
        yield "get", request("GET", f"/v1/claims/load-{CHANCE.randrange(CLAIMS)}", key)


def matching(key: str, texts: list[str]) -> Iterator[Asked]:
    """Yield requests for what matches a text."""
    while True:
        words = urlencode({"text": CHANCE.choice(texts)[:500]})
        yield "match", request("GET", f"/v1/match?{words}", key)


def writing(key: str, texts: list[str]) -> Iterator[Asked]:
    """Yield requests that write a claim anew."""
    query = "reason=clarification&note=under+load"
    while True:
        number = CHANCE.randrange(CLAIMS)
        body = claim(number, f"{CHANCE.choice(texts)} {CHANCE.random()}")
        yield "write", request("PUT", f"/v1/claims/load-{number}?{query}", key, body)


def mixed(key: str, texts: list[str]) -> Iterator[Asked]:
    """Yield requests of all sorts by their shares."""
    sorts = {"get": getting(""), "match": matching("", texts), "write": writing(key, texts)}
    while True:
        yield next(sorts[CHANCE.choices(list(SHARES), list(SHARES.values()))[0]])


def request(method: str, path: str, key: str, body: object = None) -> bytes:
    """Return the bytes of a request."""
    fields = [f"{method} {path} HTTP/1.1", "Host: load", "If-Match: *"]
    if key:
        fields.append(f"Authorization: Bearer {key}")
    data = b"" if body is None else json.dumps(body).encode()
    if data:
        fields += ["Content-Type: application/json", f"Content-Length: {len(data)}"]
    return "\r\n".join([*fields, "", ""]).encode() + data
