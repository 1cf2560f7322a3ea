"""Has this been checked before: a text, or each sentence of a document, against the claims."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast

import orjson
from flask import Response

from schemas.match import MOST, MatchSchema
from service.errors import Fault, InvalidBody
from service.kinds import BY_NAME
from service.kinds.faults import fault_of, faults
from service.kinds.trails import fields_of
from service.records.people import Reader
from service.routes import answers, bodies, context, excerpting
from service.routes.filters import terms
from service.routes.queries import Query
from service.search.asked import Asked
from service.search.matching import FILTERS, WORTH_SHOWING, Match, matches, narrowed
from service.search.sentences import MOST as SENTENCES
from service.search.sentences import Sentence, sentences

ORDER: Final = MatchSchema()
USUAL: Final = 10
"""Matches of a text that are given if nobody says how many."""

LONGEST: Final = 2_000
"""Characters of a text in an address; a longer one is sent as a body."""

WANTED: Final = "say what to look for"

TERMS: Final = {
    "topic": BY_NAME["claim"].filters["topic"],
    "claimant": BY_NAME["claim"].filters["claimant"],
    "rating": BY_NAME["verdict"].filters["rating"],
}
"""Filters by what a claim says, or a verdict on it, as in lists."""

TIMES: Final = ("created_from", "created_to")
NO_STORE: Final = {"Cache-Control": "no-store", "Vary": "Authorization"}


@dataclass(frozen=True, slots=True)
class Beside:
    """What is told beside a match: what gave its score, and where its words stand."""

    explanation: bool
    excerpts: bool


def match_text() -> Response:
    """Return the claims that a text matches, the likest first."""
    reader = context.caller().reader
    with Query("text", "language", "limit", "explain", "excerpts", *FILTERS) as query:
        text, language = query.needed("text", WANTED, LONGEST), query.text("language")
        limit, filters = query.limit(USUAL, MOST), _filters(query)
        beside = Beside(query.flag("explain"), query.flag("excerpts"))
        if language and (fault := fault_of(fields_of(ORDER)["language"], language)):
            query.refuse("language", fault.code, fault.detail)
    _ = answers.acceptable(bodies.JSON)
    passed = narrowed(context.state().database, reader, filters)
    return _matched(reader, Asked(text, language, limit, passed), beside)


def match_order() -> Response:
    """Return the claims that a text matches, or each sentence of a document that has any."""
    reader = context.caller().reader
    with Query(*FILTERS) as query:
        filters = _filters(query)
    _ = answers.acceptable(bodies.JSON)
    _ = bodies.media_type(bodies.JSON)
    sent = bodies.json_object()
    if found := faults(ORDER, sent):
        raise InvalidBody("Mend what errors lists.", errors=found)
    language = cast("str | None", sent.get("language"))
    limit = int(cast("float", sent.get("limit", USUAL)))
    beside = Beside(sent.get("explain") is True, sent.get("excerpts") is True)
    passed = narrowed(context.state().database, reader, filters)
    if "text" in sent:
        return _matched(reader, Asked(str(sent["text"]), language, limit, passed), beside)
    every = list(sentences(str(sent["document"])))
    if len(every) > SENTENCES:
        detail = f"it has {len(every)} sentences; send at most {SENTENCES} at a time"
        raise InvalidBody(
            "Send the document in parts.",
            errors=[Fault("too-long", detail, pointer="#/document")],
        )
    asked = {one.text: Asked(one.text, language, limit, passed) for one in every}
    matched = {text: _worth_showing(reader, one) for text, one in asked.items()}
    told = [_told_sentence(one, matched[one.text], beside) for one in every if matched[one.text]]
    return answers.json(f'{{"items":[{",".join(told)}]}}', headers=NO_STORE)


def _filters(query: Query) -> dict[str, object]:
    found: dict[str, object] = {name: query.instant(name) for name in TIMES}
    for name, field in TERMS.items():
        found[name] = terms(query, name, field)
    return {name: value for name, value in found.items() if value is not None}


def _matched(reader: Reader, asked: Asked, beside: Beside) -> Response:
    found = matches(context.state().database, reader, asked)
    return answers.json(f'{{"items":{_told(found, beside)}}}', headers=NO_STORE)


def _worth_showing(reader: Reader, asked: Asked) -> list[Match]:
    found = matches(context.state().database, reader, asked)
    return [one for one in found if one.scored.score >= WORTH_SHOWING]


def _told_sentence(sentence: Sentence, found: Sequence[Match], beside: Beside) -> str:
    text = orjson.dumps(sentence.text).decode()
    place = f'"text":{text},"start":{sentence.start},"end":{sentence.end}'
    return f'{{{place},"matches":{_told(found, beside)}}}'


def _told(found: Sequence[Match], beside: Beside) -> str:
    told = [
        f'"score":{one.scored.score},"claim":{one.texts.text}'
        f',"verdicts":[{",".join(one.texts.verdicts)}]'
        for one in found
    ]
    if beside.explanation:
        gave = [{"words": one.scored.words, "letters": one.scored.letters} for one in found]
        told = _with(told, "explanation", [orjson.dumps(one).decode() for one in gave])
    if beside.excerpts:
        told = _with(told, "excerpts", excerpting.of_matches(context.state().database, found))
    return f"[{','.join(f'{{{one}}}' for one in told)}]"


def _with(told: Sequence[str], name: str, values: Sequence[str]) -> list[str]:
    return [f'{one},"{name}":{value}' for one, value in zip(told, values, strict=True)]
