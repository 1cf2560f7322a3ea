"""A file of reviews as the lines of an import: each claim and each source once, a verdict a review.

Verdicts go on as they come; claims and sources wait for the end of the file, since reviews
that come later may add to them.
"""

import hashlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from service.bulk.records import Numbered
from service.documents.values import JsonObject, JsonValue, equal
from service.errors import BodyTooLarge, Fault, InvalidRecord
from service.interop.claimreview.importing.entries import Entries
from service.interop.claimreview.importing.joining import Joined
from service.interop.claimreview.importing.shelf import Shelf
from service.interop.claimreview.reading import mending
from service.interop.claimreview.reading.documents import Document, documents
from service.interop.claimreview.reading.finding import Item, Search
from service.interop.claimreview.reading.lint import Lint
from service.interop.claimreview.records import reviews
from service.interop.claimreview.records.reviews import Review
from service.records.held import Held, Key
from service.records.proposals import UNPUBLISHED

MOST = 200_000
"""Items of one import."""

BATCH = 200
"""Records that are looked for at once."""

Known = Callable[[list[Key]], Mapping[Key, Held]]
"""What tells which of some records are there already, and how they are."""


@dataclass
class Reviews:
    """Read a file of reviews; `known` looks up records, `status` is that of what is written.

    Without a status what is new is a draft. What is there as it would be made stays as it is, but
    that drafts are published if that is asked for. With `overwrite`, `four_eyes` and `explained`,
    which tells whether note and reason are given, it is known which verdicts are refused, and take
    nothing along.
    Once the file is read `sha256` is the hash of all of it.
    """

    known: Known
    status: str | None = None
    overwrite: bool = False
    four_eyes: bool = False
    explained: bool = False
    entries: Entries = field(default_factory=Entries)
    joined: Joined = field(init=False)
    _hash: Any = field(default_factory=hashlib.sha256, init=False)
    _origins: "array[int]" = field(default_factory=lambda: array("I"), init=False)
    _lines: "array[int]" = field(default_factory=lambda: array("I"), init=False)
    _made: Shelf = field(default_factory=Shelf, init=False)

    def __post_init__(self) -> None:
        """Begin with nothing to join."""
        self.joined = Joined(self.status or "draft")

    def read(self, chunks: Iterable[bytes]) -> Iterator[Numbered]:
        """Yield the records as numbered lines; raises `BodyTooLarge` for too many items."""
        waiting: list[tuple[int, JsonObject]] = []
        for count, document in enumerate(documents(self._hashed(chunks))):
            if count >= MOST:
                raise BodyTooLarge(f"Send at most {MOST:,} lines of reviews at once.")
            for item, lint in self._items(document):
                if verdict := self._take(document.line, item, lint):
                    waiting.append((self.entries.items, verdict))
                if len(waiting) >= BATCH:
                    yield from self._numbered(waiting)
                    waiting = []
        yield from self._numbered(waiting)
        yield from self._shared()

    @property
    def sha256(self) -> bytes:
        """Return the hash of what was read."""
        return self._hash.digest()

    def place_of(self, number: int) -> tuple[int, int]:
        """Return the item of which the line of this number was made, and its line in the file."""
        item = self._origins[number - 1]
        return item, self._lines[item - 1]

    def problem(self, refused: InvalidRecord) -> InvalidRecord:
        """Return a refusal in terms of the file: by the lines of its items."""
        told = [self._told(fault) for fault in refused.errors]
        return InvalidRecord(refused.detail, errors=told, **cast("dict[str, Any]", refused.members))

    def close(self) -> None:
        """Let go of what was laid aside, and of the report."""
        self.entries.close()
        self.joined.close()
        self._made.close()

    def _told(self, fault: Fault) -> Fault:
        number = fault.line or 1
        kind, identifier = cast("list[str]", self._made.get(number - 1))
        item, line = self.place_of(number)
        detail = f"the {kind} {identifier} made of item {item}: {fault.detail}"
        return replace(fault, detail=detail, line=line)

    def _hashed(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self._hash.update(chunk)
            yield chunk

    def _items(self, document: Document) -> Iterator[tuple[Item, Lint]]:
        """Yield the reviews of a document; of one without any keep what it is."""
        lint = document.lint
        try:
            found = mending.values(document.text, lint)
        except mending.UnreadableError as error:
            lint.note("json-unreadable", (), found=document.text, made=str(error))
            self.entries.add_document(document.line, lint, {})
            return
        search, before = Search(document.page), self.entries.items
        for item in search.items(found[0] if len(found) == 1 else found):
            yield item, Lint(item.aliases, list(lint.findings))
        for path in search.deep[:1]:
            lint.note("too-deep", path)
        if self.entries.items == before:
            lint.note("no-claim-review", ())
            self.entries.add_document(document.line, lint, dict(search.passed))

    def _take(self, line: int, item: Item, lint: Lint) -> JsonObject | None:
        """Return the verdict of an item that can be understood and did not come before."""
        if self.entries.items >= MOST:
            raise BodyTooLarge(f"Send at most {MOST:,} reviews at once.")
        review = reviews.read(item, lint)
        number = self.entries.items + 1
        repeated = review is not None and self.joined.add(number, review, lint)
        if review and not repeated and self.status == "published" and _unrated(review):
            lint.note("stays-draft", ())
        self._lines.append(line)
        self.entries.add_item(line, item.path, lint, review, repeated=repeated)
        return None if review is None or repeated else self._with_status(review)

    def _with_status(self, review: Review) -> JsonObject:
        if self.status is None or (self.status == "published" and _unrated(review)):
            return review.verdict
        return review.verdict | {"status": self.status}

    def _numbered(self, made: list[tuple[int, JsonObject]]) -> Iterator[tuple[int, JsonValue]]:
        """Yield records as lines; what is there as it would be made keeps its status."""
        there = self.known([(str(one["type"]), str(one["id"])) for _, one in made])
        for item, record in made:
            held = there.get((str(record["type"]), str(record["id"])))
            if record["type"] == "verdict" and self._publishes(record, held):
                self.joined.mark(record)
            line = record if held is None or held.gone else self._beside(record, held)
            self._origins.append(item)
            _ = self._made.add([record["type"], record["id"]])
            yield len(self._origins), cast("JsonValue", line)

    def _beside(self, record: JsonObject, held: Held) -> JsonObject:
        """Return the line of a record that is there already.

        Claims and sources are shared: others may have worked on them, so they stay as they are,
        but for appearances that a claim gains. They are published along where they say what
        this import says and nothing else.
        """
        public = record.get("status") == "published" and _waits(held)
        if record["type"] == "verdict":
            status = "published" if public else held.status
            same = equal(_body(record), held.content)
            return {**record, "status": status, "if_revision": held.revision} if same else record
        public = public and _says_no_more(held.content, _body(record))
        patch: JsonObject = {"type": record["type"], "id": record["id"], "op": "patch"}
        patch["if_revision"] = held.revision
        if gained := self.joined.gained(record, held.content):
            patch["appearances"] = gained
            patch["status"] = "draft"
        if public:  # found in this review too: nobody need know the address of the other one
            patch |= {"status": "published", "origin": record.get("origin")}
        return patch

    def _publishes(self, verdict: JsonObject, held: Held | None) -> bool:
        """Tell whether a verdict is to become public, as far as it is known before it is tried."""
        if verdict.get("status") != "published" or (held and held.gone):
            return False
        if held and equal(_body(verdict), held.content):
            return _waits(held) and held.approved
        explained = self.explained or "note" in verdict or not held or held.first_public is None
        return (self.overwrite or held is None) and not self.four_eyes and explained

    def _shared(self) -> Iterator[tuple[int, JsonValue]]:
        waiting: list[tuple[int, JsonObject]] = []
        for one in self.joined.records():
            waiting.append(one)
            if len(waiting) >= BATCH:
                yield from self._numbered(waiting)
                waiting = []
        yield from self._numbered(waiting)


def _unrated(review: Review) -> bool:
    return "rating" not in review.verdict


def _body(record: JsonObject) -> JsonObject:
    """Return what is kept of a record as its content."""
    beside = {"type", "id", "status", "note", "reason"}
    body: JsonObject = {name: value for name, value in record.items() if name not in beside}
    if "origin" in body:
        origin = cast("JsonObject", body["origin"])
        body["origin"] = {name: value for name, value in origin.items() if name != "raw"}
    return body


def _waits(held: Held) -> bool:
    """Tell whether a record is a draft over nothing that was ever public.

    What was retracted or withheld stays so.
    """
    return held.status in UNPUBLISHED and held.first_public is None


def _says_no_more(held: JsonObject, made: JsonObject) -> bool:
    """Tell whether a draft is what an import makes, but for appearances that it has yet to gain.

    The review that it was found in may be another one.
    """
    there, here = ({**one, "appearances": [], "origin": None} for one in (held, made))
    named, known = (cast("JsonObject", one.get("origin") or {}).keys() for one in (held, made))
    appeared = cast("list[JsonValue]", made.get("appearances") or [])
    found = cast("list[JsonValue]", held.get("appearances") or [])
    each = all(any(equal(one, other) for other in appeared) for one in found)
    return equal(there, here) and named == known and each
