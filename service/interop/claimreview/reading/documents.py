"""Documents: a file cut into texts of JSON, by what it shows itself to be.

That is a page, lines of which each is a document of its own, or one document.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from service.bulk.histories import lines
from service.errors import BodyTooLarge
from service.interop.claimreview.reading import pages
from service.interop.claimreview.reading.lint import Lint

WHOLE: Final = 64 * 1024 * 1024
"""Bytes of a document that is read as a whole."""

_BLANK = b" \t\r\n\x1e"
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CHARSET = re.compile(rb"<meta[^<>]{0,200}charset\s{0,5}=\s{0,5}[\"']?([\w-]{1,40})", re.IGNORECASE)
_PAGE = re.compile(r"[\s\ufeff]*+<(?!(?:!--|!\[CDATA\[)\s{0,99}[{\[])")
"""How a page begins: not as JSON does that was taken out of one with what is around it."""

_ENCODINGS = frozenset(
    (
        *("gb2312", "gbk", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr", "koi8-r", "koi8-u"),
        *("windows-1250", "windows-1251", "windows-1253", "windows-1254", "windows-1255"),
        *("windows-1256", "windows-1257", "windows-1258", "windows-874"),
        *(f"iso-8859-{part}" for part in (2, 5, 7, 8, 9, 15)),
    )
)
"""Encodings that pages are believed to be in if they say so."""

_OPENS = (b"{", b"[")


@dataclass(frozen=True)
class Document:
    """A text of JSON: the line on which it begins, the page it is of, and what was found so far."""

    line: int
    text: str
    page: str | None = None
    lint: Lint = field(default_factory=Lint)


def documents(chunks: Iterable[bytes]) -> Iterator[Document]:
    """Yield the documents of a file; raises `BodyTooLarge` for one that is too large."""
    rest = lines(chunks)
    head = _head(rest)
    begun = b"".join(head).lstrip(_BLANK)
    marked = begun.startswith(tuple(mark for mark in _MARKS if mark != codecs.BOM_UTF8))
    begun = begun.removeprefix(codecs.BOM_UTF8).lstrip(_BLANK)
    if not marked and not begun.startswith(b"<") and is_lines(head):
        yield from _of_lines(chain(head, rest))
        return
    lint = Lint()
    text = decoded(_whole(chain(head, rest)), lint)
    if _PAGE.match(text):
        yield from _of_page(text, lint)
    elif text.strip():
        yield Document(1, text, None, lint)


def is_lines(head: list[bytes]) -> bool:
    """Tell by its first two lines that are not blank whether each line is a document."""
    shown = [line.removeprefix(codecs.BOM_UTF8).strip(_BLANK) for line in head]
    full = [line for line in shown if line]
    if len(full) < 2:  # noqa: PLR2004 -- one line is a document, however it is read
        return False
    return all(line.startswith(_OPENS) and line.endswith((b"}", b"]")) for line in full[:2]) or (
        full[0].startswith(b"{") and full[1].startswith(b"{")
    )


def decoded(raw: bytes, lint: Lint) -> str:
    """Return bytes as text: in UTF-8, as a mark or the page says, else as Windows has it."""
    for mark, name in _MARKS.items():
        if raw.startswith(mark):
            return raw.decode(name, "replace")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        said = _CHARSET.search(raw[:4096])
    name = said[1].decode().casefold() if said else ""
    name = name if name in _ENCODINGS else "windows-1252"
    text = raw.decode(name, "replace")
    lint.note("encoding", (), found="bytes that are no UTF-8", made=name)
    return text


def _head(rest: Iterator[bytes]) -> list[bytes]:
    """Return the first lines, up to the second that is not blank."""
    head: list[bytes] = []
    full = 0
    for line in rest:
        head.append(line)
        full += bool(line.removeprefix(codecs.BOM_UTF8).strip(_BLANK))
        if full == 2 or len(head) > 1000:  # noqa: PLR2004 -- two lines tell it
            break
    return head


def _of_lines(found: Iterable[bytes]) -> Iterator[Document]:
    """Yield each line; of one that is too long a part, which cannot be read."""
    number, begun = 0, True
    for raw in found:
        number += begun
        part, begun = not begun, raw.endswith(b"\n")
        lint = Lint()
        text = "" if part else decoded(raw, lint)
        if text.strip(" \t\r\n\x1e\ufeff"):
            yield Document(number, text, None, lint)


def _of_page(text: str, lint: Lint) -> Iterator[Document]:
    """Yield the scripts of a page; of a page without any nothing but its name."""
    page, empty = pages.canonical(text), True
    for line, script in pages.scripts(text):
        empty = False
        if script.strip():
            yield Document(line, script, page, Lint(findings=list(lint.findings)))
    if empty:
        yield Document(1, "[]", page, lint)


def _whole(found: Iterable[bytes]) -> bytes:
    whole = bytearray()
    for line in found:
        whole += line
        if len(whole) > WHOLE:
            detail = (
                f"One document of JSON, or one page, has at most {WHOLE:,} bytes. Send the reviews"
                " as NDJSON, one a line, which can be as long as an import."
            )
            raise BodyTooLarge(detail)
    return bytes(whole)
