"""What it takes to move house: a full server, an empty one, and the way between."""

from typing import Final

import orjson

from tests.kinds.smallest import Json
from tests.newsroom import Answer, Newsroom
from tests.routes.acts import WHY, delete, put, refused, restore, revise

NDJSON: Final = {"Content-Type": "application/x-ndjson"}
LINE: Json = {
    "type": "claim",
    "id": "c",
    "revision": 1,
    "recorded_at": "2022-02-16T18:00:00.000000Z",
    "status": "published",
    "body": {"text": "x"},
}
SECOND: Json = LINE | {"revision": 2, "recorded_at": "2022-02-17T18:00:00.000000Z"}
RATED: Json = {"claim_id": "c", "scale_id": "truth", "rating": "true"}
META: Json = {"type": "meta", "format": "factcheck-records/1", "history": True}
TRUTH: Final = "/v1/scales/truth"


def take(http: Newsroom, *lines: object, data: bytes | None = None) -> Answer:
    """Import lines, or bytes, as the admin."""
    text = b"\n".join(orjson.dumps(line) for line in lines) if data is None else data
    return http.post("/v1/import?history=true", data=text, key=http.admin, headers=NDJSON)


def give(http: Newsroom, query: str = "", key: str | None = None) -> list[Json]:
    """Export and return the lines."""
    answer = http.get(f"/v1/export{query}", key=key)
    assert answer.headers["Content-Type"] == "application/x-ndjson"
    return [orjson.loads(line) for line in answer.body.splitlines()]


def faults(answer: Answer) -> list[tuple[int, str, str]]:
    """Return line, pointer and code of each fault of an import."""
    assert refused(answer) == (422, "invalid-record"), answer.text
    return [(one["line"], one["pointer"], one["code"]) for one in answer.json()["errors"]]


def live(http: Newsroom) -> None:
    """Write records of every kind in every status, one of them a tombstone, and a later truth."""
    origin = {"url": "https://x.example/", "raw": {"é": [1.5, "\u2028", None]}}
    put(http, "/v1/sources/s", {"title": "x", "origin": origin, "status": "published"})
    put(http, "/v1/claims/c", {"text": "x", "about": {"from": "2022"}, "internal": {"tip": "1"}})
    revise(
        http, "/v1/claims/c", status="published", attribution=[{"source_id": "s"}], actor="a. b."
    )
    revise(http, "/v1/claims/c", internal={"revision": 1, "a": "b", "z": 2})
    revise(http, "/v1/claims/c", text="draft", status="draft")
    put(http, "/v1/claims/held", {"text": "held back", "status": "published"})
    revise(http, "/v1/claims/held", status="withheld", **WHY)
    put(http, "/v1/claims/gone", {"text": "gone", "status": "published"})
    delete(http, "/v1/claims/gone")
    restore(http, "/v1/claims/gone", 1)
    delete(http, "/v1/claims/gone")
    verdict = {"claim_id": "c", "scale_id": "truth", "rating": "true", "review_by": "2999-01"}
    put(http, "/v1/verdicts/v", verdict | {"status": "in_review"})
    put(http, "/v1/verdicts/w", verdict | {"status": "published"})
    revise(http, "/v1/verdicts/w", status="retracted", **WHY)
    ratings = http.get(TRUTH).json()["ratings"]
    revise(http, TRUTH, ratings=[*ratings, {"key": "satire"}], **WHY)
