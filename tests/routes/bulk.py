"""Imports of records, as the tests send them."""

from typing import Final

import orjson

from tests.newsroom import Answer, Newsroom

NDJSON: Final = {"Content-Type": "application/x-ndjson"}
OVER: Final = "?overwrite=true"
SOURCE: Final = {"type": "source", "id": "s", "title": "A report", "status": "published"}
CLAIM: Final = {
    "type": "claim",
    "id": "c",
    "text": "It rained",
    "attribution": [{"source_id": "s", "verb": "said"}],
    "status": "published",
}


def send(
    http: Newsroom, *lines: object, query: str = "", key: str | None = None, **fields: str
) -> Answer:
    """Import lines, those that are bytes as they are, by default as the editor."""
    data = b"\n".join(one if isinstance(one, bytes) else orjson.dumps(one) for one in lines)
    headers = NDJSON | {name.replace("_", "-"): value for name, value in fields.items()}
    return http.post(f"/v1/import{query}", data=data, key=key or http.editor, headers=headers)


def told(answer: Answer) -> list[tuple[int, str, str]]:
    """Return line, pointer and code of each fault of an import that was refused."""
    assert (answer.status, answer.json()["code"]) == (422, "invalid-record"), answer.text
    return [(one["line"], one["pointer"], one["code"]) for one in answer.json()["errors"]]


def counted(answer: Answer) -> dict[str, int]:
    """Return how many lines came to what, but for none."""
    assert answer.status == 200, answer.text
    return {name: count for name, count in answer.json().items() if count}


def outcomes(answer: Answer) -> list[str]:
    """Return what came of each line."""
    assert answer.status == 207, answer.text
    return [orjson.loads(line)["outcome"] for line in answer.body.splitlines()[:-1]]
