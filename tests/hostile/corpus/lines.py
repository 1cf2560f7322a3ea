"""Imports of records: each line a write, refused for what the write alone would be refused for."""

import gzip
from typing import Any, Final

import orjson

from tests.hostile.rows import NDJSON, Row, send

Members = dict[str, Any]

INTO: Final = "/v1/import"
SEED: Final[Members] = {"type": "claim", "id": "seed", "text": "It poured"}
"""A line about a record that is there and says something else."""
GOOD: Final[Members] = {"type": "claim", "id": "seed", "text": "It rained", "status": "draft"}
"""What it says anyhow: if all is good, nothing is written."""


def lines(*values: Members | bytes, query: str = "", media: str = NDJSON) -> bytes:
    """Return an import of these lines."""
    texts = (value if isinstance(value, bytes) else orjson.dumps(value) for value in values)
    return send("POST", INTO + query, b"\n".join([*texts, b""]), media=media)


CHANGED: Final[list[tuple[str, Members]]] = [
    ("without a revision", {}),
    ("of revision 0", {"if_revision": 0}),
    ("of revision 999", {"if_revision": 999}),
    ("of a revision beyond 64 bits", {"if_revision": 2**53}),
    ("of a revision as a text", {"if_revision": "1"}),
    ("of a revision with a fraction", {"if_revision": 1.5}),
    ("of an operation that is none", {"op": "upsert"}),
    ("of an operation that is a list", {"op": ["put"]}),
    ("of no operation", {"op": None}),
    ("of a kind that is none", {"type": "opinion"}),
    ("of a kind that is an object", {"type": {"claim": 1}}),
    ("with an id that steps up", {"id": "../seed"}),
    ("with an id of 101 letters", {"id": "a" * 101}),
    ("with an id that is a number", {"id": 5}),
    ("with an id that is null", {"id": None}),
    ("that is to be secret", {"id": "new", "status": "secret"}),
    ("that begins deleted", {"id": "new", "status": "deleted"}),
    ("that begins withheld without a word", {"id": "new", "status": "withheld"}),
    ("with a text that is a number", {"id": "new", "text": 5}),
    ("with a prototype", {"id": "new", "__proto__": {}}),
    ("with a source that never was", {"id": "new", "attribution": [{"source_id": "never"}]}),
    ("with a relation to itself", {"id": "new", "relations": [{"type": "repeats", "claim_id": "new"}]}),
    ("with a note of 1,001 letters", {"id": "new", "note": "a" * 1001}),
    ("with 33 KiB of what is internal", {"id": "new", "internal": {"a": "b" * 33_000}}),
    ("that patches what never was", {"id": "new", "op": "patch"}),
    ("that deletes what never was", {"id": "new", "op": "delete"}),
    ("that patches the text away", {"op": "patch", "text": None, "if_revision": 1}),
    ("that patches its own kind", {"op": "patch", "type": "source", "if_revision": 1}),
    ("that deletes with a name that is none", {"op": "delete", "nonsense": 1, "if_revision": 1}),
    ("that moves house", {"recorded_at": "2022-02-16T18:00:00Z", "id": "new"}),
]  # fmt: skip

FILES: Final[list[tuple[str, bytes]]] = [
    ("the same record twice", lines(GOOD, GOOD)),
    ("the same new record twice, one of them deleted", lines(SEED | {"id": "a"}, SEED | {"id": "a", "op": "delete"})),
    ("a circle of what is refused", lines(*[SEED | {"id": one, "relations": [{"type": "repeats", "claim_id": other}], "x": 1} for one, other in ("ab", "ba")])),
    ("a line that is no object", lines(GOOD, b"5")),
    ("a line that is broken", lines(GOOD, b"{")),
    ("a line that is no UTF-8", lines(GOOD, b"\xff\xfe")),
    ("a line with a name twice", lines(b'{"type": "claim", "id": "new", "text": "a", "text": "b"}')),
    ("a line with U+0000", lines(SEED | {"id": "new", "text": "\0"})),
    ("a line with NaN", lines(b'{"type": "claim", "id": "new", "text": NaN}')),
    ("a line with half an emoji", lines(b'{"type": "claim", "id": "new", "text": "\\ud83d"}')),
    ("a line that is 33 deep", lines(b"[" * 33 + b"]" * 33)),
    ("a line of 5 MiB", lines(b" " * 5 * 2**20 + b"x")),
    ("an array of all lines", lines(orjson.dumps([GOOD, SEED]))),
    ("gzip", lines(gzip.compress(orjson.dumps(GOOD)))),
    ("5,000 lines of nothing", lines(b"{}\n" * 5_000)),
    ("a meta of another format", lines({"type": "meta", "format": "other/1", "history": False}, GOOD)),
    ("a meta of a history", lines({"type": "meta", "format": "factcheck-records/1", "history": True}, GOOD)),
    ("a meta without an end", lines({"type": "meta", "format": "factcheck-records/1", "history": False}, GOOD)),
    ("an end with another hash", lines(GOOD, {"type": "end", "records": 1, "revisions": 1, "sha256": "0" * 64})),
]  # fmt: skip

ROWS: Final = [
    *(Row(f"a write in bulk {what}", lines(SEED | change), (422,), "invalid-record") for what, change in CHANGED),
    *(Row(f"writes in bulk: {what}", data, (422,), "invalid-record") for what, data in FILES),
    Row("writes in bulk over anything, without a word", lines(GOOD | {"type": "verdict"}, query="?overwrite=true"), (422,), "invalid-record"),
    Row("writes in bulk of half a truth", lines(GOOD, query="?overwrite=maybe"), (400,), "invalid-query"),
    Row("writes in bulk with a note of 1,001 letters", lines(GOOD, query="?note=" + "a" * 1001), (400,), "invalid-query"),
    Row("writes in bulk as JSON", lines(GOOD, media="application/json"), (415,), "unsupported-media-type"),
    Row("a write in bulk of what is there is none", lines(GOOD), (200,)),
    Row("a dry run writes nothing", lines(SEED | {"id": "new"}, query="?dry_run=true"), (200,)),
    Row("refused lines in part write nothing", lines(SEED, query="?partial=true"), (207,)),
]  # fmt: skip
