"""Schemathesis at work on a running service: what it is given, and what counts as found."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson
import schemathesis
from hypothesis import strategies as st
from schemathesis import engine
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import AcceptedNegativeData, Failure
from schemathesis.core.transport import Response
from schemathesis.engine import events
from schemathesis.engine.recorder import ScenarioRecorder
from schemathesis.openapi.checks import RejectedPositiveData, UseAfterFree
from werkzeug.http import http_date

from schemas.texts import KeyName
from service.routes.bodies import JSON_PATCH
from tests.contract import METHODS, Node
from tests.hostile.wire import as_problem

ITEMS = re.compile(r"in query - violates `(?:\$ref|type)` at /properties/(\w+)/items")
CONFIG = Path(__file__).with_name("schemathesis.toml")
BEYOND_SCHEMAS: dict[str, str] = {
    "malformed-json": "U+0000 and numbers that no double keeps are refused in every body",
    "invalid-cursor": "a cursor is signed",
    "in-the-future": "a schema has no clock",
    "in-the-past": "a schema has no clock",
    "publish": "references are published along with what is public only",
    "idempotency-key-reused": "which request a key stands for",
    "given-twice": "query and body must agree",
    "unknown-field": "a merge patch is any object; the record that results is not",
    "read-only-field": "the id in a body is that of the path",
    "unknown-reference": "whether a record exists",
    "gone-reference": "whether it was deleted",
    "unpublished-reference": "whether it is public",
    "self-reference": "whether it is another",
    "unknown-rating": "which ratings the scale has",
    "rating-lost": "which ratings the scale had",
    "rating-required": "which status the verdict will have",
    "move-not-allowed": "which status the record has",
    "#/status": "one schema of a restore serves all kinds, and only verdicts are in review",
    "not-restorable": "which revisions the record has",
    "patch-failed": "whether the patch fits the record",
    "note-required": "whether the record is public",
    "reason-required": "whether the record is public",
    f"expected {KeyName.expected}": "no pattern that all read alike knows what can be printed",
    "the calendar has no such day": "no pattern knows the leap years",
    "valid_at": "as above, in a query",
    "review_before": "as above, in a query",
    "already; each may have its own only": "no schema compares the members of two items",
    "a number is not within": "no schema bounds the numbers anywhere inside an object",
    "low is above high; expected high or less": "no schema compares two members",
    "to lies before from; expected the same or later": "no schema compares two members",
    "not together with as_of": "two parameters exclude each other",
    "a sheet is of one type": "so do these: format, type and history",
    "a feed of reviews is of verdicts": "as above",
    "not together with format=": "a form has no place for what others are asked for",
    "records are alike to something: give q": "so has an order by likeness without a search",
    "this is asked of JSON alone": "as above",
    "this is asked of a sheet alone": "as above",
    "a history has it all in its lines": "so do history and all others of an import",
    "only a sheet has rows of a type": "which no schema of parameter and body says",
    "only of ClaimReview; records say theirs": "as above, of status",
    "at": "no pattern knows the leap years",
    "say what the rows are": "as above",
    "#/url": "where an address leads, and which spellings of one all parsers agree about",
    "#/since": "a cursor is signed",
    "not together with Accept-Datetime": "as above, with a header",
    "not together with application/link-format": "as above, with a media type",
    "no earlier revision is there to compare with": "the first revision needs `from`",
    "precondition-required": "one schema of a page serves new ones and others",
    "public-record": "whether a page is public",
    "give query, or reviewPublisherSiteFilter, or both": "no schema asks for one of two parameters",
    "give url or organization, not both": "no schema refuses two together",
    "pageToken": "a token belongs to a request",
    "fields": "no pattern counts brackets",
    "imageUri": "U+0000 again",
    "the address of a page has no #": "one pattern serves all addresses",
    "expected the pageUrl, or that with a #": "no schema compares two members",
    "a page keeps its address": "whose page it is",
    "this is the name of another page": "as above",
}
"""Codes and details of refusals that a request may get though its schema is kept, and why."""


PUBLIC: dict[str, str] = {
    "actor": "who wrote is not public",
    "status": "the public lists what is public",
}
"""Parameters whose values may be refused to who has no key, and why."""


@dataclass(frozen=True)
class Reader:
    """Who sends the requests, and which of all operations."""

    url: str
    key: str | None
    only: dict[str, Any] = field(default_factory=dict)


@dataclass
class Run:
    """What came of a run: cases by phase, and what was found."""

    cases: Counter[str] = field(default_factory=Counter)
    found: list[str] = field(default_factory=list)

    def note(self, event: events.EngineEvent) -> None:
        """Take in what the engine tells."""
        if isinstance(event, events.ScenarioFinished):
            self.cases[event.phase.value] += len(event.recorder.cases)
            self.found += failures(event.recorder)
        elif isinstance(event, events.NonFatalError):
            self.found.append(f"{event.label}: {event.info.title}: {event.info.message}")
        elif isinstance(event, events.FatalError):
            raise event.exception


@schemathesis.serializer("application/x-ndjson", "application/ld+json", "text/html")
def ndjson(_context: object, value: object) -> bytes:
    """Send NDJSON as the text that it is."""
    return value.encode("utf-8", "replace") if isinstance(value, str) else orjson.dumps(value)


schemathesis.openapi.format("imf-fixdate", st.datetimes(timezones=st.just(UTC)).map(http_date))


def complete(document: Node) -> Node:
    """Return the document with what any request may meet written into each operation."""
    whole = deepcopy(document)
    for item in whole["paths"].values():
        for method in item.keys() & METHODS:
            item[method]["responses"] = whole["x-any-request"] | item[method]["responses"]
    return whole


def fuzz(
    document: Node, reader: Reader, examples: int, seed: int, phases: Iterable[str] = ()
) -> Run:
    """Run these phases, or all, with all checks, and return what they found."""
    config = SchemathesisConfig.from_path(CONFIG)
    schema = schemathesis.openapi.from_dict(complete(document), config=config)
    schema.config.seed = seed
    headers = {"Authorization": f"Bearer {reader.key}"} if reader.key else None
    schema.config.update(base_url=reader.url, headers=headers)
    schema.config.generation.update(max_examples=examples)
    if phases:
        schema.config.phases.update(phases=list(phases))
    schema = schema.include(**reader.only) if reader.only else schema
    beyond = BEYOND_SCHEMAS.keys() | (set() if reader.key else PUBLIC.keys())
    schema.hook("filter_failure")(exempt(beyond))
    run = Run()
    for event in engine.from_schema(schema).execute():
        run.note(event)
    return run


@schemathesis.hook("before_call")
def impatient(
    _context: schemathesis.HookContext, case: schemathesis.Case, _options: dict[str, Any]
) -> None:
    """Let a request wait for no change where it would have waited for one."""
    if str((case.query or {}).get("wait", "")).isdecimal():
        case.query["wait"] = 0


def exempt(beyond: AbstractSet[str]) -> Callable[..., bool]:
    """Return the function that schemathesis asks whether a failure is one."""

    def filter_failure(
        context: schemathesis.HookContext,
        failure: Failure,
        case: schemathesis.Case,
        response: Response,
    ) -> bool:
        if isinstance(failure, UseAfterFree):
            # Who may read drafts sees the revisions of a tombstone, and restores one. A key that
            # was revoked is still shown, as such.
            return "/revisions" not in case.path and "/v1/keys/" not in case.path
        if isinstance(failure, AcceptedNegativeData):
            return not worded(failure, response)
        if isinstance(failure, RejectedPositiveData):
            # No schema of operations says what record comes out of them.
            if case.media_type == JSON_PATCH and response.status_code == 422:
                return False
            return not explained(orjson.loads(response.content), beyond)
        # With `Prefer: return=minimal` an answer has no body, and so no media type.
        return "preference-applied" not in response.headers

    return filter_failure


def worded(failure: AcceptedNegativeData, response: Response) -> bool:
    """Tell whether what was wrong with items of a list in the query is right as it was sent.

    All that a query can send is texts: an object that stands for one is sent as a text of it.
    """
    wrong = ITEMS.search(failure.message)
    if wrong is None:
        return False
    sent = parse_qs(urlsplit(str(response.request.url)).query)[wrong[1]]
    return all(item.strip() for text in sent for item in text.split(","))


def explained(problem: Node, beyond: AbstractSet[str]) -> bool:
    """Tell whether all that a problem says is beyond schemas."""
    problem = as_problem(problem) if "error" in problem else problem
    faults = [problem] if problem["code"] in beyond else problem.get("errors", [problem])
    # What a line of an import holds, the schema of its body, a text, does not say.
    own = [fault for fault in faults if "line" not in fault]
    return all(is_beyond(fault, beyond) for fault in own)


def is_beyond(fault: Node, beyond: AbstractSet[str]) -> bool:
    """Tell whether a fault is of a code, at a place or in words that are beyond schemas."""
    named = {fault.get(place) for place in ("code", "parameter", "pointer")}
    return bool(named & beyond) or any(" " in one and one in fault["detail"] for one in beyond)


def failures(recorder: ScenarioRecorder) -> Iterator[str]:
    """Yield each failure with the curl command that shows it."""
    for checks in recorder.checks.values():
        for check in checks:
            if check.failure_info:
                curl = check.failure_info.code_sample
                yield f"{recorder.label}: {check.failure_info.failure}\n{curl}"
