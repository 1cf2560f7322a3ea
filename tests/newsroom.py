"""A newsroom's way to the service: requests over WSGI, each answer held against the contract."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypedDict, Unpack

import orjson
from werkzeug.test import Client

Check = Callable[[str, str, int, list[tuple[str, str]], bytes], None]


class Asked(TypedDict, total=False):
    """What a request may have beside method and path."""

    json: object
    key: str | None
    headers: dict[str, str]
    data: bytes


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Any
    body: bytes

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode()

    def json(self) -> Any:  # noqa: ANN401 -- JSON of any shape
        """Return the body as JSON."""
        return orjson.loads(self.body)

    @property
    def codes(self) -> dict[str, str]:
        """Return the code of each fault by its pointer, parameter or header."""
        faults = self.json().get("errors", [])
        return {
            f.get("pointer") or f.get("parameter") or f.get("header"): f["code"] for f in faults
        }


@dataclass(frozen=True)
class Newsroom:
    """Send requests as the public or with one of three keys; `check` sees every answer."""

    client: Client
    check: Check
    admin: str
    editor: str
    desk: str

    def request(self, method: str, path: str, **asked: Unpack[Asked]) -> Answer:
        """Send a request, with a JSON body if there is one, and return its checked answer."""
        fields, data = dict(asked.get("headers", {})), asked.get("data")
        if key := asked.get("key"):
            fields["Authorization"] = f"Bearer {key}"
        if "json" in asked:
            data = orjson.dumps(asked["json"])
            fields.setdefault("Content-Type", "application/json")
        found = self.client.open(path, method=method, headers=fields, data=data)
        answer = Answer(found.status_code, found.headers, found.get_data())
        found.close()
        self.check(method, path, answer.status, list(found.headers), answer.body)
        return answer

    def get(self, path: str, **asked: Unpack[Asked]) -> Answer:
        """GET."""
        return self.request("GET", path, **asked)

    def post(self, path: str, **asked: Unpack[Asked]) -> Answer:
        """POST."""
        return self.request("POST", path, **asked)

    def put(self, path: str, **asked: Unpack[Asked]) -> Answer:
        """PUT."""
        return self.request("PUT", path, **asked)

    def patch(self, path: str, **asked: Unpack[Asked]) -> Answer:
        """PATCH."""
        return self.request("PATCH", path, **asked)

    def delete(self, path: str, **asked: Unpack[Asked]) -> Answer:
        """DELETE."""
        return self.request("DELETE", path, **asked)
