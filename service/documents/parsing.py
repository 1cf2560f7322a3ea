"""JSON text to values, strictly: what passes here can be stored, hashed and given back."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from json import JSONDecodeError

import orjson

from service.documents import flaws
from service.documents.values import MAX_DEPTH, JsonValue
from service.errors import Fault, MalformedJson

LONGEST_LINE = 2**20
"""Bytes in a line of NDJSON at most, unless the caller says otherwise: 1 MiB."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BLANK = b" \t\r\n"
_STRING_OR_BRACKET = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[{\]}]', re.DOTALL)

# The scanner of the standard library with these hooks reads a claim of 1 KB in 10 µs.
# orjson reads it in 2, but keeps the last of two equal names and rounds large numbers
# in silence; with the checks for both it took 12.
_STRICT = json.JSONDecoder(
    object_pairs_hook=flaws.members,
    parse_int=flaws.integer,
    parse_float=flaws.decimal,
    parse_constant=flaws.constant,
)

_MENDS = {
    "Expecting value": "a value should stand here; texts take double quotes, and no comma"
    " follows the last item",
    "Expecting property name": "a name in double quotes should stand here; no comma follows"
    " the last member",
    "Illegal trailing comma": "no comma follows the last member or item; take it out",
    "Expecting ':'": "a colon should stand here, between name and value",
    "Expecting ','": "a comma or a closing bracket should stand here; inside a text write"
    ' quotes as \\"',
    "Extra data": "nothing should follow the end of the value; send one JSON value",
    "Invalid control": "a text holds a bare control character; write a line break as \\n"
    " and a tab as \\t",
    "Invalid \\u": "\\u takes four hexadecimal digits",
    "Invalid \\e": 'this escape is not JSON; write a backslash as \\\\ and a quote as \\"',
    "Unterminated": "the text that begins here is never closed; end it with a double quote",
}


def parse(raw: bytes, line: int | None = None) -> JsonValue:
    """Read a JSON text (RFC 8259) and refuse what could not be kept exactly.

    Refused are, beside errors of syntax: anything but UTF-8, names given twice, NaN and
    infinities, U+0000, lone surrogates, nesting over 32, integers beyond ±(2^53 - 1) and
    decimals that overflow or would be kept as such an integer. A byte order mark is
    passed over, as section 8.1 allows and Windows programs need.

    `line` is that of an NDJSON body, for the faults. Raises `MalformedJson`, never
    anything else, with up to 20 faults.
    """
    text = _decoded(raw, line)
    if text.count("[") + text.count("{") > MAX_DEPTH:
        _refuse_depth(text, line)
    try:
        value: JsonValue = _STRICT.decode(text)
    except JSONDecodeError as error:
        raise _syntax(error, line) from None
    except flaws.Flaw:
        raise _flawed(text, line) from None
    if "\\u" in text and not _writable(value) and (faults := flaws.find(text)):
        raise _malformed(faults, line)
    return value


def parse_lines(
    chunks: Iterable[bytes], longest: int = LONGEST_LINE
) -> Iterator[tuple[int, JsonValue | MalformedJson]]:
    """Read NDJSON, and yield for each line its number, from 1, and its value or what is wrong.

    The chunks may be cut anywhere; no more than one of them and a line are held. Blank
    lines are passed over and counted. Reading goes on after a line that is malformed.
    """
    for number, raw in enumerate(_lines(chunks, longest), start=1):
        if len(raw) > longest:
            detail = f"The line has more than {longest} bytes; split the record or shorten it"
            yield number, _malformed([Fault("too-long", detail, pointer="#")], number)
        elif raw.strip(_BLANK):
            yield number, _parsed(raw, number)


def _parsed(raw: bytes, line: int) -> JsonValue | MalformedJson:
    try:
        return parse(raw, line)
    except MalformedJson as problem:
        return problem


def _lines(chunks: Iterable[bytes], longest: int) -> Iterator[bytes]:
    """Cut chunks into lines; of one that is too long a part is given, still too long."""
    line = bytearray()
    for chunk in chunks:
        *ends, rest = chunk.split(b"\n")
        for end in ends:
            yield bytes(line + end)
            line.clear()
        line += rest
        del line[longest + 1 :]
    if line:
        yield bytes(line)


def _decoded(raw: bytes, line: int | None) -> str:
    try:
        return raw.removeprefix(_BYTE_ORDER_MARK).decode()
    except UnicodeDecodeError as error:
        good = str(error.object[: error.start], "utf-8")
        detail = f"{_place(good, len(good), line)}: this is not UTF-8; save the text as UTF-8"
        raise _malformed([Fault("invalid", detail, pointer="#")], line) from None


def _refuse_depth(text: str, line: int | None) -> None:
    """Raise if brackets, those in strings aside, ever stand more than 32 deep."""
    depth = 0
    for match in _STRING_OR_BRACKET.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(match[0], 0)
        if depth > MAX_DEPTH:
            place = _place(text, match.start(), line)
            detail = f"{place}: arrays and objects are nested more than {MAX_DEPTH} deep; flatten"
            raise _malformed([Fault("invalid", f"{detail} them", pointer="#")], line)


def _writable(value: JsonValue) -> bool:
    """Tell whether U+0000 and lone surrogates are absent for certain."""
    try:
        return b"\\u0000" not in orjson.dumps(value)
    except orjson.JSONEncodeError:
        return False


def _flawed(text: str, line: int | None) -> MalformedJson:
    try:
        return _malformed(flaws.find(text), line)
    except JSONDecodeError as error:
        return _syntax(error, line)


def _syntax(error: JSONDecodeError, line: int | None) -> MalformedJson:
    if not error.doc.strip():
        detail = "The body is empty; send a JSON value"
    else:
        mends = (mend for start, mend in _MENDS.items() if error.msg.startswith(start))
        detail = f"{_place(error.doc, error.pos, line)}: {next(mends, error.msg)}"
    return _malformed([Fault("invalid", detail, pointer="#")], line)


def _place(text: str, position: int, line: int | None) -> str:
    """Say line and column, both from 1, of a position."""
    number = text.count("\n", 0, position) + (line or 1)
    return f"Line {number}, column {position - text.rfind(chr(10), 0, position)}"


def _malformed(faults: Sequence[Fault], line: int | None) -> MalformedJson:
    first = faults[0]
    at = "" if first.pointer == "#" else f"{first.pointer}: "
    more = f" (and {len(faults) - 1} more, in errors)" if len(faults) > 1 else ""
    errors = [replace(fault, line=line) for fault in faults]
    return MalformedJson(f"{at}{first.detail}{more}", errors=errors)
