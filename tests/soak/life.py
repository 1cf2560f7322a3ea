"""What one editor writes, one request after the other: records of its own and shared ones."""

import random
from collections.abc import Generator, Mapping
from dataclasses import dataclass, replace
from typing import Self
from uuid import uuid4

from tests.soak.writes import Answer, Write

SHARED = [f"/v1/claims/shared-{number}" for number in range(3)]
"""Claims to which everybody writes."""

Writes = Generator[Write, Answer, None]


@dataclass(frozen=True)
class Head:
    """A record of one's own and the ETag last seen of it."""

    path: str
    etag: str

    @classmethod
    def made(cls, answer: Answer) -> Self:
        """Take the record that was created."""
        return cls(answer.location or "", answer.etag or "")

    def write(self, method: str, body: Mapping[str, object], below: str = "") -> Write:
        """Return a write on top of what was seen."""
        return Write.of(method, self.path + below, body, if_match=self.etag)

    def now(self, answer: Answer) -> Self:
        """Return the record as a write has left it."""
        return replace(self, etag=answer.etag or "")


def text() -> str:
    """Return a sentence that was never said before."""
    return f"Bus fares rose by {random.randrange(100)} per cent ({uuid4()})"  # noqa: S311 -- no secret


def opening() -> Writes:
    """Make the shared claims, unless another editor has."""
    for path in SHARED:
        body = {"text": text(), "status": "published"}
        yield Write.of("PUT", path, body, contested=True, if_none_match="*")


def life() -> Writes:
    """Bring a claim and its verdict from draft to tombstone and back."""
    yield from contention()
    claim = Head.made((yield Write.of("POST", "/v1/claims", {"text": text()})))
    claim = claim.now((yield claim.write("PATCH", {"text": text()})))
    claim = claim.now((yield claim.write("PATCH", {"status": "published"})))
    about = {"claim_id": claim.path.rpartition("/")[2], "scale_id": "truth", "rating": "false"}
    verdict = Head.made((yield Write.of("POST", "/v1/verdicts", about | {"title": text()})))
    verdict = verdict.now((yield verdict.write("PATCH", {"status": "published"})))
    yield from contention()
    verdict = verdict.now((yield verdict.write("DELETE", {})))
    verdict = verdict.now((yield verdict.write("POST", {"restore": 1}, "/revisions")))
    yield verdict.write("PUT", about | {"title": text(), "status": "published"})
    yield claim.write("PATCH", {"text": text(), "status": "draft"})
    path = f"/v1/sources/{uuid4()}"
    source = Head.made((yield Write.of("PUT", path, {"title": text()}, if_none_match="*")))
    yield source.write("DELETE", {})


def contention() -> Writes:
    """Write to a shared claim: over whatever is there, then on top of that."""
    path, status = random.choice(SHARED), random.choice(["draft", "published"])  # noqa: S311
    body = {"text": text(), "status": status}
    seen = yield Write.of("PATCH", path, body, if_match="*")
    body = {"text": text(), "status": "published"}
    yield Write.of("PATCH", path, body, contested=True, if_match=seen.etag or "")
