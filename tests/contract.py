"""The contract at work: holds an answer of the service against openapi.yaml.

`Contract.check` is called with every response of the test suite, so it is made
to be cheap: the paths are compiled once, and a validator is built the first
time that an operation answers with a status and a media type.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs

import orjson
import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from tests.formats import FORMATS

Node = dict[str, Any]

METHODS = ("get", "post", "put", "patch", "delete")
BODILESS = (204, 304)
METHOD_NOT_ALLOWED = 405
PROBLEM = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, with the names of its header fields in lower case."""

    method: str
    target: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """Return the path without the query."""
        return self.target.partition("?")[0]

    @property
    def is_partial(self) -> bool:
        """Tell whether the client asked for some members only."""
        return "fields" in parse_qs(self.target.partition("?")[2], keep_blank_values=True)

    @property
    def media_type(self) -> str:
        """Return the media type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def is_bodiless(self) -> bool:
        """Tell whether HTTP or the client's `Prefer: return=minimal` leaves no body."""
        minimal = self.headers.get("preference-applied") == "return=minimal"
        return self.method == "HEAD" or self.status in BODILESS or minimal

    def expect(self, fact: object, otherwise: str) -> None:
        """Raise the complaint `otherwise` unless `fact` holds."""
        if not fact:
            raise self.complaint(otherwise)

    def complaint(self, what: str) -> AssertionError:
        """Return the error to raise, which names the request and the answer."""
        return AssertionError(f"{self.method} {self.target} answered {self.status}: {what}")


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path template, as openapi.yaml has it."""

    method: str
    path: str
    definition: Node = field(repr=False)

    def __str__(self) -> str:
        """Return the name under which tests show it."""
        return f"{self.method} {self.path}"


class Contract:
    """openapi.yaml, ready to be asked about answers."""

    def __init__(self, document: Node) -> None:
        """Compile the paths; more literal ones are tried first (OpenAPI 3.1, section 4.8.8)."""
        self.document = document
        self._validators: dict[tuple[object, ...], Draft202012Validator] = {}
        paths: dict[str, Node] = document["paths"]
        self._templates = [
            (re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), path)
            for path in sorted(paths, key=lambda path: [part[:1] == "{" for part in parts(path)])
        ]
        self.operations = tuple(
            Operation(method.upper(), path, item[method])
            for path, item in paths.items()
            for method in METHODS
            if method in item
        )

    @classmethod
    def load(cls, file: Path) -> Self:
        """Read the YAML `file`."""
        return cls(yaml.load(file.read_bytes(), yaml.CSafeLoader))

    def resolve(self, node: Node) -> Node:
        """Return what `node` refers to, or `node` itself when it is no `$ref`."""
        while "$ref" in node:
            target: Node = self.document
            for part in parts(node["$ref"]):
                target = target[part.replace("~1", "/").replace("~0", "~")]
            node = target
        return node

    def template(self, path: str) -> str | None:
        """Return the path template that a path without query is an instance of.

        As the contract says, a slash at the end is passed over, and several at the start are one.
        """
        path = "/" + path.removesuffix("/").lstrip("/")
        return next((name for form, name in self._templates if form.fullmatch(path)), None)

    def allowed(self, template: str) -> set[str]:
        """Return the methods that a path takes, HEAD and OPTIONS among them."""
        methods = {method for method in METHODS if method in self.document["paths"][template]}
        implied = {"OPTIONS", "HEAD"} if "get" in methods else {"OPTIONS"}
        return {method.upper() for method in methods} | implied

    def validator(self, schema: Node, *, partial: bool = True) -> Draft202012Validator:
        """Return a validator whose ``#/components/…`` are those of the document.

        Unless `partial`, a record must be whole: `RecordPart` then takes nothing.
        """
        components: Node = self.document["components"]
        if not partial:
            components = {**components, "schemas": {**components["schemas"], "RecordPart": False}}
        return Draft202012Validator({"components": components, **schema}, format_checker=FORMATS)

    def check(
        self, method: str, target: str, status: int, headers: Iterable[tuple[str, str]], body: bytes
    ) -> None:
        """Raise `AssertionError` if the answer is not one that openapi.yaml allows.

        `target` is the path with its query, of which only `fields` matters. Status,
        header fields, media type and body must be as declared. A path that is not
        there must answer 404, a method that a path does not take 405 with a true
        `Allow`, each as a problem.
        """
        answer = Answer(method, target, status, fold(headers), body)
        template = self.template(answer.path)
        response = self._declared(answer, template)
        headers = {**self.document["x-any-answer"], **response.get("headers", {})}
        for name, header in headers.items():
            self._check_header(answer, (template, name), self.resolve(header))
        if answer.is_bodiless or "content" not in response:
            answer.expect(not body, "there is a body where none belongs")
        else:
            self._check_body(answer, template, response["content"])

    def _declared(self, answer: Answer, template: str | None) -> Node:
        """Return the response object for the status of the answer."""
        allowed = self.allowed(template) if template else set[str]()
        taken = answer.method in allowed
        if template and (answer.status == METHOD_NOT_ALLOWED or not taken):
            answer.expect(taken != (answer.status == METHOD_NOT_ALLOWED), f"takes {allowed}")
        if "allow" in answer.headers:
            told = set(re.split(r",\s*", answer.headers["allow"]))
            answer.expect(told == allowed, f"Allow has {told}, not {allowed}")
        responses = self._responses(answer.method, template if taken else None)
        responses = {**self.document["x-any-request"], **responses}
        answer.expect(str(answer.status) in responses, "the contract does not have this status")
        return self.resolve(responses[str(answer.status)])

    def _responses(self, method: str, template: str | None) -> Node:
        """Return the response objects of a method of a path by status."""
        if template is None:
            return self.document["x-unknown-path"]
        if method == "OPTIONS":
            return self.document["x-options"]
        name = "get" if method == "HEAD" else method.lower()
        return self.document["paths"][template][name]["responses"]

    def _check_header(self, answer: Answer, key: tuple[object, ...], header: Node) -> None:
        """Check that a header field is there, if it must be, and as declared."""
        name = str(key[-1])
        value = answer.headers.get(name.lower())
        answer.expect(value is not None or not header.get("required"), f"{name} is missing")
        if value is not None:
            number = self.resolve(header["schema"]).get("type") == "integer"
            self._validate(answer, key, header["schema"], int(value) if number else value)

    def _check_body(self, answer: Answer, template: str | None, content: Node) -> None:
        """Check a JSON body, or each line of NDJSON; other bodies are taken as they are."""
        media = content.get(answer.media_type) or content.get("*/*")
        if media is None:
            raise answer.complaint(f"the contract does not have {answer.media_type or 'no type'}")
        key = (template, answer.media_type)
        if "x-item-schema" in media:
            for line in answer.body.splitlines():
                self._validate(answer, key, media["x-item-schema"], orjson.loads(line))
        elif answer.media_type.endswith("json"):
            value = orjson.loads(answer.body)
            self._validate(answer, key, media["schema"], value)
            if answer.media_type == PROBLEM:
                answer.expect(value["status"] == answer.status, f"the body says {value['status']}")

    def _validate(
        self,
        answer: Answer,
        where: tuple[object, ...],
        schema: Node,
        value: Any,  # noqa: ANN401 -- any JSON
    ) -> None:
        """Raise the most telling of the errors that `value` has."""
        key = (*where, answer.method, answer.status, answer.is_partial)
        if key not in self._validators:
            self._validators[key] = self.validator(schema, partial=answer.is_partial)
        error = best_match(self._validators[key].iter_errors(value))
        if error is not None:
            raise answer.complaint(f"{where[-1]} {error.json_path}: {error.message}")


def parts(pointer: str) -> list[str]:
    """Return what lies between the slashes of a path or JSON Pointer."""
    return pointer.split("/")[1:]


def fold(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the fields by lower-case name, repeated ones joined (RFC 9110, section 5.3)."""
    folded: dict[str, str] = {}
    for name, value in headers:
        folded[name.lower()] = ", ".join(filter(None, (folded.get(name.lower()), value)))
    return folded
