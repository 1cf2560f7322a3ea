"""Excerpts as answers show them: of the records of a page, and of matches."""

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

import orjson

from service.records.walking import Listed
from service.search.excerpts import Excerpt, excerpts
from service.search.matching import Match
from service.storage.database import Database

if TYPE_CHECKING:
    from service.documents.values import JsonObject


def of_page(database: Database, listed: Listed) -> str:
    """Return the excerpts of a page as JSON: an object that has those of each record by its id."""
    records: list[JsonObject] = orjson.loads(listed.page.items)
    found = excerpts(database, records, listed.asked)
    told = {
        str(one["id"]): list(map(_members, each)) for one, each in zip(records, found, strict=True)
    }
    return orjson.dumps(told).decode()


def of_matches(database: Database, matches: Sequence[Match]) -> list[str]:
    """Return the excerpts of each match as JSON: a list of those of its claim and its verdicts."""
    asked = {word for match in matches for word in match.scored.words}
    records: list[list[JsonObject]] = [
        [orjson.loads(text) for text in (match.texts.text, *match.texts.verdicts)]
        for match in matches
    ]
    found = iter(excerpts(database, list(chain(*records)), asked))
    told = [
        [{"record": one["self"], **_members(each)} for one in of_match for each in next(found)]
        for of_match in records
    ]
    return [orjson.dumps(one).decode() for one in told]


def _members(excerpt: Excerpt) -> dict[str, object]:
    return {"field": excerpt.field, "text": excerpt.text, "marks": excerpt.marks}
