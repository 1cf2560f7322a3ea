"""What moves house: the lines of an import, and the frame around them; all of it or nothing."""

import gzip
import hashlib
from typing import Any, Final

import orjson

from tests.hostile.rows import NDJSON, WHY, Row, ask, send

Members = dict[str, Any]

INTO: Final = "/v1/import?history=true"
FIRST: Final[Members] = {
    "type": "claim",
    "id": "c",
    "revision": 1,
    "recorded_at": "2022-02-16T18:00:00Z",
    "status": "published",
    "body": {"text": "It rained"},
}
"""A line that is good alone."""
SECOND: Final[Members] = FIRST | {"revision": 2, "recorded_at": "2022-02-17T18:00:00Z"} | {
    "note": "a", "reason": "typo", "body": {"text": "It poured"}}  # fmt: skip
META: Final[Members] = {"type": "meta", "format": "factcheck-records/1", "history": True}
GOOD: Final = orjson.dumps(FIRST) + b"\n"
END: Final[Members] = {
    "type": "end",
    "records": 1,
    "revisions": 1,
    "sha256": hashlib.sha256(GOOD).hexdigest(),
}


def lines(*values: Members | bytes) -> bytes:
    """Return an import of these lines."""
    texts = (value if isinstance(value, bytes) else orjson.dumps(value) for value in values)
    return send("POST", INTO, b"\n".join([*texts, b""]), media=NDJSON)


CHANGED: Final[list[tuple[str, Members]]] = [
    ("of a type that is none", {"type": "opinion"}),
    ("of a type that is a list", {"type": ["claim"]}),
    ("of null for a type", {"type": None}),
    ("with an id of 101 letters", {"id": "a" * 101}),
    ("with an id that steps up", {"id": "../c"}),
    ("with an id that is a number", {"id": 5}),
    ("of revision 0", {"revision": 0}),
    ("that begins with revision 2", {"revision": 2}),
    ("with a revision as a text", {"revision": "1"}),
    ("with a revision beyond 32 bits", {"revision": 2**31}),
    ("with a revision of true", {"revision": True}),
    ("recorded on a day", {"recorded_at": "2022-02-16"}),
    ("recorded in the future", {"recorded_at": "2999-01-01T00:00:00Z"}),
    ("recorded before all years", {"recorded_at": "0001-01-01T00:00:00+14:00"}),
    ("recorded at a number", {"recorded_at": 1645000000}),
    ("recorded by a text", {"recorded_by": "editor"}),
    ("recorded by a key that is a number", {"recorded_by": {"key": 5}}),
    ("recorded by the service itself", {"recorded_by": {"key": "factcheck"}}),
    ("with a status that is none", {"status": "public"}),
    ("that begins retracted", {"status": "retracted"}),
    ("that begins deleted", {"status": "deleted", "body": {}}),
    ("with a note of 1,001 letters", {"note": "a" * 1001}),
    ("with a reason that is none", {"reason": "whim"}),
    ("with a salt of one byte", {"salt": "00"}),
    ("with another's hash", {"sha256": "0" * 64, "salt": "0" * 32}),
    ("with a hash that is none", {"sha256": "x"}),
    ("with what is internal as a list", {"internal": []}),
    ("with 33 KiB of what is internal", {"internal": {"a": "b" * 33_000}}),
    ("without a body", {"body": None}),
    ("with a body that is a text", {"body": "It rained"}),
    ("with an empty body", {"body": {}}),
    ("with a server's field in its body", {"body": {"text": "a", "revision": 1}}),
    ("with a status in its body", {"body": {"text": "a", "status": "draft"}}),
    ("with a source that never was", {"body": {"text": "a", "attribution": [{"source_id": "never", "verb": "said"}]}}),
    ("with a relation to itself", {"body": {"text": "a", "relations": [{"type": "repeats", "claim_id": "c"}]}}),
    ("with a name that is none", {"nonsense": 1}),
    ("with a prototype", {"__proto__": {}}),
    ("with the operation of another import", {"op": "delete"}),
]  # fmt: skip

FILES: Final[list[tuple[str, bytes]]] = [
    ("the same line twice", lines(FIRST, FIRST)),
    ("a revision left out", lines(FIRST, SECOND | {"revision": 3})),
    ("revisions in the wrong order", lines(SECOND, FIRST)),
    ("instants in the wrong order", lines(FIRST, SECOND | {"recorded_at": "2022-02-15T18:00:00Z"})),
    ("two revisions at one instant", lines(FIRST, SECOND | {"recorded_at": FIRST["recorded_at"]})),
    ("a tombstone with a body", lines(FIRST, SECOND | {"status": "deleted"})),
    ("a tombstone twice", lines(FIRST, SECOND | {"status": "deleted", "body": {}}, SECOND | {"revision": 3, "recorded_at": "2022-02-18T18:00:00Z", "status": "deleted", "body": {}})),
    ("a verdict on what is not there", lines(FIRST | {"type": "verdict", "body": {"claim_id": "never"}})),
    ("a line that is no object", lines(FIRST, b"5")),
    ("a line that is a list", lines(FIRST, b"[]")),
    ("a line that is broken", lines(FIRST, b"{")),
    ("a line that is no UTF-8", lines(FIRST, b"\xff\xfe")),
    ("a line in UTF-16", lines(orjson.dumps(FIRST).decode().encode("utf-16"))),
    ("a line with a name twice", lines(b'{"type": "claim", "type": "claim"}')),
    ("a line with U+0000", lines(FIRST, SECOND | {"body": {"text": "\0"}})),
    ("a line with half an emoji", lines(orjson.dumps(FIRST).replace(b"It rained", b"\\ud83d"))),
    ("a line with NaN", lines(b'{"type": NaN}')),
    ("a line that is 33 deep", lines(b"[" * 33 + b"]" * 33)),
    ("a line of 5 MiB", lines(b" " * 5 * 2**20 + b"x")),
    ("two objects on a line", lines(orjson.dumps(FIRST) + orjson.dumps(SECOND))),
    ("lines that end in CR alone", lines(orjson.dumps(FIRST) + b"\r" + orjson.dumps(SECOND))),
    ("one array of all lines", lines(orjson.dumps([FIRST, SECOND]))),
    ("CSV", lines(b"type,id,revision\nclaim,c,1")),
    ("gzip", lines(gzip.compress(GOOD))),
    ("a meta of another format", lines(META | {"format": "other/1"}, FIRST)),
    ("a meta that is not first", lines(FIRST, META)),
    ("two metas", lines(META, META, FIRST)),
    ("a meta without an end", lines(META, FIRST)),
    ("an end with another count", lines(FIRST, END | {"records": 2})),
    ("an end with another hash", lines(FIRST, END | {"sha256": "0" * 64})),
    ("an end with a negative count", lines(FIRST, END | {"records": -1})),
    ("a line behind the end", lines(GOOD.rstrip(), END, SECOND)),
    ("two ends", lines(GOOD.rstrip(), END, END)),
    ("20,000 lines of nothing", lines(b"{}\n" * 20_000)),
    ("a service's scale that was changed", lines(FIRST | {"type": "scale", "id": "truth", "recorded_by": {"key": "factcheck"}, "body": {"name": "Mine", "ratings": [{"key": "a"}]}})),
]  # fmt: skip

ROWS: Final = [
    *(Row(f"a line {what}", lines(FIRST | change), (422,), "invalid-record") for what, change in CHANGED),
    *(Row(f"an import of {what}", data, (422,), "invalid-record") for what, data in FILES),
    Row("an import that does not say history", send("POST", "/v1/import", GOOD, media=NDJSON), (422,), "invalid-record"),
    Row("an import of history=1", send("POST", "/v1/import?history=1", GOOD, media=NDJSON), (400,), "invalid-query"),
    Row("an import with a note", send("POST", f"{INTO}&{WHY}", GOOD, media=NDJSON), (400,), "invalid-query"),
    Row("an import as JSON", send("POST", INTO, GOOD), (415,), "unsupported-media-type"),
    Row("an import as CSV", send("POST", INTO, b"type,id\n", media="text/csv"), (415,), "unsupported-media-type"),
    Row("an import in gzip that says so", send("POST", INTO, gzip.compress(GOOD), "Content-Encoding: gzip", media=NDJSON), (415,), "unsupported-media-type"),
    Row("an import for a browser", send("POST", INTO, GOOD, "Accept: text/html", media=NDJSON), (406,), "not-acceptable"),
    Row("an import longer than any", ask("POST", INTO, f"Content-Type: {NDJSON}", "Content-Length: 99999999999"), (400,), "bad-request", half_close=True),
    Row("an import that ends before its length", ask("POST", INTO, f"Content-Type: {NDJSON}", "Content-Length: 5000") + GOOD, (400,), "bad-request", half_close=True),
    Row("an import whose chunks break", ask("POST", INTO, f"Content-Type: {NDJSON}", "Transfer-Encoding: chunked") + b"%x\r\n%b\r\nzz\r\n" % (len(GOOD), GOOD), (400,), "bad-request"),
    Row("an import of nothing moves nothing", lines(b""), (200,)),
]  # fmt: skip
