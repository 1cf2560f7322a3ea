"""JSON as pages and crawlers have it: read strictly, else mended where only one way leads on."""

import html
import json
import re
from typing import Final, cast

from schemas import bounds
from service.documents.values import JsonObject, JsonValue
from service.interop.claimreview.reading.lint import Lint

TRIED: Final = 1024 * 1024
"""Characters of a text that is mended by trial, which reads it up to five times."""

_CERTAIN = 15
"""Digits of an integer that is within bounds whatever they are."""

_BLANK = re.compile(r"[\s,;\x00\x1e\ufeff]*")
_WRAPPING = re.compile(
    r"<!--|-->|/\*\s{0,9}<!\[CDATA\[\s{0,9}\*/|/\*\s{0,9}\]\]>\s{0,9}\*/"
    r"|//\s{0,9}<!\[CDATA\[|//\s{0,9}\]\]>|<!\[CDATA\[|\]\]>"
)
_CALLED = re.compile(r"^[\w.$]{1,100}\s{0,9}\(|\)\s{0,9};?\s{0,9}$")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_PIECE = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[^"]+', re.DOTALL)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_TRAILING = re.compile(r",[\s,]*+(?=[}\]])")
_COMMAS = re.compile(r",(?:\s*+,)++")
_BETWEEN = re.compile(r"(?<=[}\]])(\s*+)(?=[{\[])")
_QUOTE = re.compile(r'(\\.)|([{\[,:]\s*+)?"(?=(\s*+(?:[,:}\]]|$))?)', re.DOTALL)


class UnreadableError(ValueError):
    """No sure way leads from this text to JSON; the message says what stands against it."""


def values(text: str, lint: Lint) -> list[JsonValue]:
    """Return the JSON values of a text, one after another; raises `UnreadableError`."""
    try:
        return _decoded(text, lint)
    except ValueError as error:
        first = error
    if isinstance(first, _DeepError):
        message = "it is nested too deep"
        raise UnreadableError(message)
    if len(text) > TRIED:
        message = f"texts of more than {TRIED:,} characters are not mended: {first}"
        raise UnreadableError(message)
    for made, how in _mends(text):
        try:
            found = _decoded(made, lint)
        except ValueError:
            continue
        lint.note("json-mended", (), found=str(first), made=how)
        return found
    raise UnreadableError(str(first))


def of_member(text: str) -> JsonValue:
    """Return the values that a text inside another value is the JSON of; none for what is not."""
    try:
        return values(text, Lint())
    except UnreadableError:
        return []


def without_entities(text: str) -> str:
    """Return a text with the characters that entities stand for."""
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text)


class _DeepError(ValueError):
    """Arrays and objects lie inside each other deeper than can be read."""


def _mends(text: str) -> "list[tuple[str, str]]":
    """Return texts that one after another are mended further, and what was done last."""
    found: list[tuple[str, str]] = []
    steps = [
        ("what was wrapped around it was taken off", _unwrapped),
        ("entities were put back", _without_quoting),
        ("commas and escapes were put right", _in_order),
        ("quotation marks inside of texts were told from those around them", _inner_quotes),
    ]
    for how, step in steps:
        made = step(text)
        if made != text:
            found.append((made, how))
            text = made
    return found


def _decoded(text: str, lint: Lint) -> list[JsonValue]:
    hooks = _Hooks(lint)
    reader = json.JSONDecoder(
        strict=False,
        object_pairs_hook=hooks.members,
        parse_int=hooks.integer,
        parse_float=hooks.decimal,
        parse_constant=hooks.constant,
    )
    found: list[JsonValue] = []
    place = _after_blank(text, 0)
    try:
        while place < len(text):
            value, place = reader.raw_decode(text, place)
            found.append(cast("JsonValue", value))
            place = _after_blank(text, place)
    except RecursionError:
        raise _DeepError from None
    hooks.tell()
    if not found:
        message = "there is nothing in it"
        raise ValueError(message)
    return found


def _after_blank(text: str, place: int) -> int:
    found = _BLANK.match(text, place)
    return found.end() if found else place


class _Hooks:
    """Read what JSON allows and nobody can keep; what was done is told only if all is read."""

    def __init__(self, lint: Lint) -> None:
        self._lint = lint
        self._told: list[tuple[str, str, object]] = []

    def tell(self) -> None:
        """Tell of everything."""
        for code, found, made in self._told[:20]:
            self._lint.note(code, (), found=found, made=made)

    def members(self, pairs: list[tuple[str, JsonValue]]) -> JsonObject:
        made = dict(pairs)
        if len(made) != len(pairs):
            seen: set[str] = set()
            for name, _ in pairs:
                if name in seen and len(self._told) < bounds.FEW:
                    self._told.append(("given-twice", name, made[name]))
                seen.add(name)
        return made

    def integer(self, literal: str) -> JsonValue:
        if len(literal) <= _CERTAIN or (
            len(literal) < 2 * _CERTAIN and abs(int(literal)) <= bounds.INTEGER
        ):
            return int(literal)
        return self._text(literal)

    def decimal(self, literal: str) -> JsonValue:
        number = float(literal)
        return number if abs(number) <= bounds.INTEGER else self._text(literal)

    def constant(self, literal: str) -> None:
        self._told.append(("number-unsafe", literal, "null"))

    def _text(self, literal: str) -> str:
        self._told.append(("number-unsafe", literal[:100], literal[:100]))
        return literal[:1000]


def _unwrapped(text: str) -> str:
    return _CALLED.sub("", _WRAPPING.sub("", text).strip()) if _is_wrapped(text) else text


def _is_wrapped(text: str) -> bool:
    return not text.lstrip().startswith(("{", "[")) or not text.rstrip().endswith(("}", "]"))


def _without_quoting(text: str) -> str:
    """Put entities back where the quotation marks themselves are some."""
    if "&quot;" not in text and "&#34;" not in text and "&#x22;" not in text:
        return text
    return without_entities(text)


def _in_order(text: str) -> str:
    """Take out commas that are too many, put in those between objects, mend escapes in texts."""
    pieces = cast("list[str]", _PIECE.findall(text))
    made = "".join(
        _ESCAPE.sub(_escaped, piece)
        if piece.startswith('"')
        else _COMMAS.sub(",", _BETWEEN.sub(r",\1", piece))
        for piece in pieces
    )
    pieces = cast("list[str]", _PIECE.findall(made))
    return "".join(one if one.startswith('"') else _TRAILING.sub("", one) for one in pieces)


def _escaped(found: re.Match[str]) -> str:
    what = found[1]
    if what[0] in '"\\/bfnrt' or len(what) > 1:
        return found[0]
    return what if what == "'" else f"\\\\{what}"


def _inner_quotes(text: str) -> str:
    """Escape quotation marks that neither follow what opens a text nor precede what ends one."""
    return _QUOTE.sub(lambda one: one[0] if one[1] or one[2] or one[3] else '\\"', text)
