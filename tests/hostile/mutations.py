"""Good requests, made of the examples in openapi.yaml, and what a mutation makes of them."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, Final
from urllib.parse import quote_plus

from tests.contract import Contract, Node
from tests.hostile.rows import JSON
from tests.kinds.smallest import SAMPLES

METHODS: Final = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW")
IDS: Final = tuple(f"r{number}" for number in range(12))
"""The records that are written, read and deleted; few, so that requests meet."""
CHANCES: Final = {"Authorization": 1.0, "Content-Type": 1.0, "If-Match": 0.9}
"""How often a good request has a field."""
UNTOLD: Final = {"publish"}
"""Parameters by which other records than that of the answer are written, too: none is counted."""
SCRAPS: Final = (
    "", " ", "%", "%00", "%zz", "%ff", "%2e%2e%2f", "\\", "'", '"', "<b>", "{}", "[]", "null", "é",
    "0", "-1", "1e400", "NaN", "٣", "*", ",", ";", "&", "=", "#", "..", "/", "~", "\t", "9" * 30,
    "a" * 300, "2022-02-30", "2999-01-01T00:00:00Z", "true", "draft", "id", "__proto__",
)  # fmt: skip
VALUES: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 1, 0.5, -0.0, 1e308, 2**31, 2**53, 10**30, float("inf"), float("nan"),
    "", " ", "a" * 6000, "\0", "\ud800", "\udfff", "\u202e", "\U0001f9ea", "e\u0301", "\r\n", "1",
    "published", "deleted", "withheld", "r0", "r1", "2022", "2022-02-30", "2022-02-16T18:00:00Z",
    "https://a.example/", "javascript:a", [], {}, [None], [[]], [{}], {"": 1}, {"a": {"a": 1}},
    ["a"] * 300, {"__proto__": 1}, "correction", "legal", "en", "truth", "true",
)  # fmt: skip


@dataclass(frozen=True)
class Request:
    """A request as an application is given it; the path is decoded, the query is not."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    fields: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def query_string(self) -> str:
        """Return the query as it goes over the wire."""
        return "&".join(f"{name}={value}" for name, value in self.query)


def good(contract: Contract, key: str) -> list[Request]:
    """Return a request for each operation and each media type of its body, with all parameters."""
    requests: list[Request] = []
    for operation in contract.operations:
        item: Node = contract.document["paths"][operation.path]
        declared = [*item.get("parameters", ()), *operation.definition.get("parameters", ())]
        parameters = [contract.resolve(parameter) for parameter in declared]
        of = {
            place: [p for p in parameters if p["in"] == place]
            for place in ("path", "query", "header")
        }
        path = operation.path
        for parameter in of["path"]:
            path = path.replace(f"{{{parameter['name']}}}", written(parameter["example"]))
        query = tuple(
            (p["name"], quote_plus(written(p["example"])))
            for p in of["query"]
            if p["name"] not in UNTOLD
        )
        fields = {p["name"]: written(p["example"]) for p in of["header"]}
        fields["Authorization"] = f"Bearer {key}"
        bare = Request(operation.method, path, query, fields)
        requests += [*bodies(contract, operation.definition, bare)] or [bare]
    return requests


def bodies(contract: Contract, definition: Node, bare: Request) -> Iterator[Request]:
    """Yield the request with each example of a body."""
    content = contract.resolve(definition.get("requestBody", {})).get("content", {})
    for media_type, media in content.items():
        for example in media["examples"].values():
            value = contract.resolve(example)["value"]
            text = value if isinstance(value, str) else json.dumps(value)
            fields = bare.fields | {"Content-Type": media_type}
            yield replace(bare, fields=fields, body=text.encode())


def written(value: Any) -> str:  # noqa: ANN401 -- an example of any parameter
    """Return an example as it stands in a query or a field."""
    if isinstance(value, list):
        return ",".join(value)
    return json.dumps(value) if isinstance(value, bool) else str(value)


def records(asked: list[Request], key: str) -> Iterator[Request]:
    """Yield requests that write the few records, and what the good requests refer to."""
    values = [json.loads(one.body) for one in asked if one.fields.get("Content-Type") == JSON]
    wanted = {("claims", "subject")} | {pair for value in values for pair in referred(value)}
    smallest = {f"{sample.kind}s": sample.public() for sample in SAMPLES}
    for kind in ("sources", "claims", "scales", "verdicts"):
        for identifier in (*sorted(name for of, name in wanted if of == kind), *IDS):
            fields = {"Authorization": f"Bearer {key}", "Content-Type": JSON}
            body = json.dumps(smallest[kind]).encode()
            yield Request("PUT", f"/v1/{kind}/{identifier}", fields=fields, body=body)


def referred(value: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 -- any JSON
    """Yield kind and id of each source and claim that a body refers to."""
    for holder in containers(value):
        for name in {"source_id", "claim_id"} & set(holder if isinstance(holder, dict) else ()):
            yield f"{name.removesuffix('_id')}s", holder[name]


def met(request: Request, random: Random) -> Request:
    """Return a good request for one of the few records, with some of its parameters."""
    path = request.path.replace("/drawdown", f"/{random.choice(IDS)}")
    path = path.replace("/1", f"/{random.randint(1, 4)}")
    query = tuple(pair for pair in request.query if random.random() < 0.25)
    fields = {
        name: value
        for name, value in request.fields.items()
        if random.random() < CHANCES.get(name, 0.3)
    }
    if "If-Match" in fields:
        fields["If-Match"] = random.choice(["*", "*", "*", '"1"'])
    body = request.body.replace(b'"id": "drawdown"', b'"id": "%b"' % random.choice(IDS).encode())
    return replace(request, path=path, query=query, fields=fields, body=body)


def mutated(request: Request, random: Random) -> Request:
    """Return the request with one to three things about it changed."""
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        request = random.choice(MUTATIONS)(request, random)
    return request


def another_method(request: Request, random: Random) -> Request:
    """Ask in another way."""
    return replace(request, method=random.choice(METHODS))


def another_path(request: Request, random: Random) -> Request:
    """Put a scrap into the path, or in the place of a part of it."""
    parts = request.path.split("/")
    place = random.randrange(1, len(parts))
    scrap = random.choice(SCRAPS)
    parts[place] = scrap if random.random() < 0.5 else torn(parts[place], scrap, random)
    return replace(request, path="/".join(parts))


def another_query(request: Request, random: Random) -> Request:
    """Change, double, invent or lose a parameter."""
    query, scrap = list(request.query), quote_plus(random.choice(SCRAPS), safe="%&=;,")
    place = random.randrange(len(query) + 1)
    match random.randrange(4):
        case 0:
            query.insert(place, (random.choice(("limit", "fields", "status", "a", scrap)), scrap))
        case 1 if query:
            name, value = random.choice(query)
            query.append((name, torn(value, scrap, random)))
        case 2 if query:
            name, value = query.pop(place - 1)
            query.append((torn(name, scrap, random), value))
        case _:
            query = [(name, torn(value, scrap, random)) for name, value in query]
    return replace(request, query=tuple(query))


def another_field(request: Request, random: Random) -> Request:
    """Change or lose a header field, or add one."""
    fields = dict(request.fields)
    name = random.choice(
        [*fields, "Accept", "Content-Encoding", "If-None-Match", "Prefer", "Range"]
    )
    value = torn(fields.pop(name, ""), random.choice(SCRAPS), random)
    if random.random() < 0.8:
        fields[name] = value.encode("latin-1", "ignore").decode("latin-1").replace("\r", "")
    return replace(request, fields=fields)


def another_body(request: Request, random: Random) -> Request:
    """Change bytes of the body: one, some, or all behind one."""
    body = bytearray(request.body or b"{}")
    place = random.randrange(len(body))
    match random.randrange(5):
        case 0:
            body[place] ^= 1 << random.randrange(8)
        case 1:
            del body[place:]
        case 2:
            del body[place : place + random.randrange(1, 30)]
        case 3:
            body[place:place] = random.choice(SCRAPS).encode()
        case _:
            body[place:place] = body[place : place + random.randrange(1, 200)]
    return replace(request, body=bytes(body))


def another_value(request: Request, random: Random) -> Request:
    """Change the JSON of the body: a member or item for another, gone, doubled, deeper."""
    try:
        value = json.loads(request.body)
    except ValueError:
        return another_body(request, random)
    holders = [holder for holder in containers(value) if holder]
    if not holders:
        return replace(request, body=json.dumps(random.choice(VALUES)).encode())
    holder = random.choice(holders)
    place = random.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    match random.randrange(6):
        case 0:
            del holder[place]
        case 1 if isinstance(holder, dict):
            holder[random.choice((*SCRAPS, "status", "note", "reason", "id"))] = holder[place]
        case 1 | 2 if isinstance(holder, list):
            holder.append(holder[place])
        case 3:
            holder[place] = nested(holder[place], random.randrange(1, 40))
        case _:
            holder[place] = random.choice(VALUES)
    return replace(request, body=json.dumps(value).encode())


MUTATIONS: Final[tuple[Callable[[Request, Random], Request], ...]] = (
    another_method,
    another_path,
    another_query,
    another_query,
    another_field,
    another_field,
    another_body,
    another_body,
    another_value,
    another_value,
    another_value,
    another_value,
)
"""As often as each is wanted."""


def torn(text: str, scrap: str, random: Random) -> str:
    """Return the text with a scrap somewhere in it, or the scrap alone."""
    place = random.randrange(len(text) + 1)
    return random.choice((scrap, text[:place] + scrap + text[place:], text[:place], text + scrap))


def containers(value: Any) -> Iterator[Any]:  # noqa: ANN401 -- any JSON
    """Yield every array and object of a JSON value."""
    if isinstance(value, dict | list):
        yield value
        for inner in value.values() if isinstance(value, dict) else value:
            yield from containers(inner)


def nested(value: Any, levels: int) -> Any:  # noqa: ANN401 -- any JSON
    """Return the value inside so many arrays and objects."""
    for level in range(levels):
        value = [value] if level % 2 else {"a": value}
    return value
