"""The difference of two documents in plain text, for people."""

import re
from collections.abc import Iterator, Sequence

import orjson

from service.documents.changes import Change, changes
from service.documents.pointers import Path
from service.documents.sequences import Effort, hunks
from service.documents.values import JsonValue

_SHORT = 60
_HAN_AND_KANA = r"\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(rf"\s*(?:[{_HAN_AND_KANA}]|[^\s{_HAN_AND_KANA}]+)|\s+")
"""A word with the space before it; scripts that write none between words go by character."""
_WORDS_AROUND = 5
_LINES_AROUND = 1

_Part = tuple[str, Sequence[str]]


def readable(before: JsonValue, after: JsonValue, effort: Effort | None = None) -> str:
    """Return the changes, a line or a small block each; the empty text when there are none.

    ``rating: "mixed" → "false"`` where both are short; ``+ topics[1]: "army"`` and
    ``- topics[0]: "navy"`` for what came and went (an index is that of the document it
    stands in); for long texts the words around a change, ``[-old-]`` and ``{+new+}``,
    or the lines around it if there are several. `effort` is what is left where several
    differences share it.
    """
    left = effort or Effort()
    return "".join(f"{_block(change, left)}\n" for change in changes(before, after, left))


def worded(old: str, new: str, effort: Effort) -> Iterator[tuple[str, str]]:
    """Yield a text's stretches that stayed (a blank), went (``-``) and came (``+``), in order.

    Of what stayed only the words around a change are there.
    """
    parts = _parts(_WORD.findall(old), _WORD.findall(new), effort)
    return ((sign, "".join(words)) for sign, words in _elided(parts, _WORDS_AROUND, " …"))


def label(path: Path) -> str:
    """Return the path as people write it: ``evidence[0].source_id``; the root is ``record``."""
    names = (f"[{token}]" if isinstance(token, int) else f".{token}" for token in path)
    return "".join(names).removeprefix(".") or "record"


def _block(change: Change, effort: Effort) -> str:
    old, new = change.old, change.new
    if change.kind == "add":
        return f"+ {label(change.path)}: {_json(new)}"
    if change.kind == "remove":
        return f"- {label(change.was)}: {_json(old)}"
    field, was, now = label(change.path), _json(old), _json(new)
    if max(len(was), len(now)) <= _SHORT:
        return f"{field}: {was} → {now}"
    if not isinstance(old, str) or not isinstance(new, str):
        lines = [f"- {was}", f"+ {now}"]
    elif "\n" in old + new:
        lines = _line_diff(_parts(old.split("\n"), new.split("\n"), effort))
    else:
        lines = [_word_diff(_parts(_WORD.findall(old), _WORD.findall(new), effort))]
    return "\n".join([f"{field}:", *(f"  {line}" for line in lines)])


def _json(value: JsonValue) -> str:
    return orjson.dumps(value).decode()


def _parts(old: Sequence[str], new: Sequence[str], effort: Effort) -> list[_Part]:
    """Return stretches that stayed, went (``-``) and came (``+``), in order of reading."""
    parts: list[_Part] = []
    position = 0
    for start, stop, new_start, new_stop in hunks(old, new, effort):
        parts += [(" ", old[position:start]), ("-", old[start:stop])]
        parts += [("+", new[new_start:new_stop])]
        position = stop
    parts += [(" ", old[position:])]
    return [(sign, tokens) for sign, tokens in parts if tokens]


def _elided(parts: list[_Part], around: int, gap: str) -> Iterator[_Part]:
    """Cut what stayed to as many tokens as are wanted around a change."""
    for position, (sign, tokens) in enumerate(parts):
        head = around if position > 0 else 0
        tail = around if position < len(parts) - 1 else 0
        if sign == " " and len(tokens) > head + tail + 1:
            yield sign, [*tokens[:head], gap, *tokens[len(tokens) - tail :]]
        else:
            yield sign, tokens


def _line_diff(parts: list[_Part]) -> list[str]:
    return [
        f"{sign} {line}".rstrip()
        for sign, lines in _elided(parts, _LINES_AROUND, "…")
        for line in lines
    ]


def _word_diff(parts: list[_Part]) -> str:
    """Return the text in one line, what went as ``[-…-]`` and what came as ``{+…+}``."""
    marked = {" ": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    return "".join(
        _marked(marked[sign], "".join(words)) for sign, words in _elided(parts, _WORDS_AROUND, " …")
    ).strip()


def _marked(form: str, text: str) -> str:
    """Put a mark around the text and not around the space before it, unless there is no more."""
    words = text.lstrip() or text
    return text[: len(text) - len(words)] + form.format(words)
