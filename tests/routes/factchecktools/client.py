"""Google's own Python client at our service: every answer is held against its discovery document.

Nothing is changed but where the API is; what the client does with it is its own affair.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, Self

from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

Json = dict[str, Any]
FOLDER = files("googleapiclient") / "discovery_cache" / "documents"
DISCOVERY: Json = json.loads((FOLDER / "factchecktools.v1alpha1.json").read_text())
SCHEMAS: Json = DISCOVERY["schemas"]
INT32 = 2**31
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def misfits(schema: Json, value: object, path: str = "$") -> Iterator[str]:
    """Yield what in a value is not as a schema of the discovery document says."""
    schema = SCHEMAS[schema["$ref"]] if "$ref" in schema else schema
    types = {"object": dict, "array": list, "integer": int, "string": str}
    if type(value) is not types[schema["type"]]:
        yield f"{path} is no {schema['type']}"
    elif isinstance(value, dict):
        yield from (f"{path}.{name} is unknown" for name in value.keys() - schema["properties"])
        for name in value.keys() & schema["properties"].keys():
            yield from misfits(schema["properties"][name], value[name], f"{path}.{name}")
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from misfits(schema["items"], item, f"{path}[{place}]")
    elif not has_format(value, schema.get("format")):
        yield f"{path} is no {schema['format']}"


def has_format(value: object, name: str | None) -> bool:
    """Tell whether a text or a number is of a format."""
    if isinstance(value, int):
        return -INT32 <= value < INT32
    return name is None or bool(INSTANT.fullmatch(str(value)))


@dataclass
class Google:
    """The client, built with a key or without one; `asked` are the methods that were called."""

    address: str
    key: str
    asked: set[str] = field(default_factory=set)

    def __enter__(self) -> Self:
        """Build it as Google's documentation does."""
        options = {"api_endpoint": self.address}
        self.api = build(
            "factchecktools", "v1alpha1", developerKey=self.key, client_options=options
        )
        return self

    def __exit__(self, *_: object) -> None:
        """Close its connections."""
        self.api.close()

    def __call__(self, resource: str, method: str, **parameters: object) -> Json:
        """Call a method, and return an answer that is as the discovery document says."""
        return self.execute(self.request(resource, method, **parameters), resource, method)

    def request(self, resource: str, method: str, **parameters: object) -> Any:  # noqa: ANN401
        """Return the client's request."""
        return getattr(getattr(self.api, resource)(), method)(**parameters)

    def execute(self, request: Any, resource: str, method: str) -> Json:  # noqa: ANN401
        """Send a request, and return an answer that is as the discovery document says."""
        answer = request.execute()
        schema = DISCOVERY["resources"][resource]["methods"][method]["response"]
        assert not list(misfits(schema, answer))
        self.asked.add(f"{resource}.{method}")
        return answer

    def walk(self, resource: str, method: str, **parameters: object) -> list[Json]:
        """Return all pages of answers, by the client's own way to the next."""
        request = self.request(resource, method, **parameters)
        pages = list[Json]()
        while request is not None:
            pages.append(self.execute(request, resource, method))
            following = getattr(getattr(self.api, resource)(), f"{method}_next")
            request = following(request, pages[-1])
        return pages

    def refused(self, resource: str, method: str, **parameters: object) -> tuple[int, Json]:
        """Return the HTTP status and the error of a call that is refused."""
        try:
            self(resource, method, **parameters)
        except HttpError as error:
            return error.status_code, json.loads(error.content)["error"]
        raise AssertionError((resource, method, parameters))
