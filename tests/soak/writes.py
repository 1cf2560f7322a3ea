"""A write that is sent until it is answered, and what became of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPResponse
from typing import Any, Self
from urllib.parse import urlencode
from uuid import uuid4


@dataclass(frozen=True, slots=True)
class Write:
    """A request; its token is its Idempotency-Key and the note of the revision it makes."""

    token: str
    method: str
    path: str
    body: bytes
    fields: dict[str, str]
    contested: bool
    """Whether others write there too, so that it may be refused for coming late."""

    @classmethod
    def of(
        cls,
        method: str,
        path: str,
        body: Mapping[str, object],
        *,
        contested: bool = False,
        **match: str,
    ) -> Self:
        """Make a write that nobody has made; `if_match` and `if_none_match` are its conditions."""
        token = str(uuid4())
        why = {"note": token, "reason": "correction"}
        fields = {name.replace("_", "-").title(): value for name, value in match.items()}
        fields["Idempotency-Key"] = token
        if method == "DELETE":
            return cls(token, method, f"{path}?{urlencode(why)}", b"", fields, contested)
        fields["Content-Type"] = "application/json"
        return cls(token, method, path, json.dumps({**body, **why}).encode(), fields, contested)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; two are equal when a client could not tell a replay from the first."""

    status: int
    etag: str | None
    location: str | None
    media_type: str | None
    body: bytes
    replayed: bool = field(compare=False, default=False)

    @classmethod
    def read(cls, response: HTTPResponse) -> Self:
        """Read a response to its end."""
        body, fields = response.read(), response.headers
        names = ("ETag", "Location", "Content-Type")
        etag, location, media_type = (fields[name] for name in names)
        replayed = fields["Idempotency-Replayed"] == "true"
        return cls(response.status, etag, location, media_type, body, replayed)

    def json(self) -> dict[str, Any]:
        """Return the body as JSON, of which there may be none."""
        return json.loads(self.body or b"{}")

    @property
    def asks_for_another_try(self) -> bool:
        """Say whether nothing is decided yet: the database is away, or the first try still runs."""
        again = {(503, "unavailable"), (503, "busy"), (409, "idempotency-key-in-use")}
        return self.status in {409, 503} and (self.status, self.json().get("code")) in again


@dataclass(frozen=True, slots=True)
class Entry:
    """A write and the answer that settled it, if one came; instants are those of a clock."""

    write: Write
    answer: Answer | None
    tries: int
    began: float
    ended: float

    @property
    def acknowledged(self) -> bool:
        """Say whether the client was told that it is written."""
        return self.answer is not None and self.answer.status < 300

    @property
    def replayed(self) -> bool:
        """Say whether the answer is that to an earlier try."""
        return self.answer is not None and self.answer.replayed

    @property
    def record(self) -> tuple[str, str]:
        """Return kind and id of the record it was written to."""
        path = (self.answer and self.answer.location) or self.write.path.partition("?")[0]
        _, _, collection, identifier = path.split("/")[:4]
        return collection.removesuffix("s"), identifier

    @property
    def revision(self) -> int:
        """Return the number of the revision that the write made, 0 if the answer names none."""
        etag = self.answer and self.answer.etag
        return int(etag.strip('"')) if etag else 0
