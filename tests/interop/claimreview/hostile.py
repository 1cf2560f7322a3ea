"""Files made to hold a reader up, and what reads each of them in a process that may end early.

``python -m tests.interop.claimreview.hostile`` prints how each came out.
"""

import json
import os
import resource

from tests.interop.claimreview.reader import read

SECONDS = 20
"""Seconds of CPU for a file, many times what the slowest takes: what takes time that grows with
the square of a size has them used up whatever the machine."""

MUCH = 200_000


def item(members: str) -> bytes:
    """Return a review with members as they are written."""
    return f'{{"@type":"ClaimReview","claimReviewed":"x",{members}}}'.encode()


def page(text: str) -> bytes:
    """Return a page."""
    return f"<html>{text}".encode()


FILES = {
    "ten megabytes of text": item(f'"name":"{"a" * 10_000_000}"'),
    "tags that never end": item(f'"name":"{"<a " * MUCH}"'),
    "entities that never end": item(f'"name":"{"&#" * MUCH}&#{"9" * 5000};"'),
    "blanks without end": item(f'"name":{json.dumps(" " * MUCH + chr(10) * MUCH)}'),
    "a label of colons": item(f'"reviewRating":"{":" * MUCH}"'),
    "an address of schemes": item(f'"url":"{"https://" * 2000}"'),
    "an address of dots": item(f'"url":"{"a." * 9000}"'),
    "an address of parameters": item(f'"url":"https://a.example/?{"a=1&" * 4900}"'),
    "a date of numbers": item(f'"datePublished":"{"1 " * 49}"'),
    "a number of digits": item(f'"x":{"1" * MUCH}'),
    "a list without end": item(f'"citation":[{",".join(["5"] * MUCH)}]'),
    "names without end": item(",".join(f'"n{n}":1' for n in range(MUCH))),
    "lists in lists": item(f'"author":{"[" * 900}"x"{"]" * 900}'),
    "brackets alone": b"[" * MUCH,
    "braces alone": b'{"a":' * MUCH,
    "braces that turn": b"}{" * MUCH,
    "quotes alone": b'{"a":"' + b'" ' * MUCH,
    "escapes that are none": b'{"a":"' + b"\\q" * MUCH,
    "backslashes alone": b'{"' + b"\\" * MUCH,
    "commas alone": b'{"a":[1' + b", " * MUCH + b"]}",
    "blanks alone": b"{" + b" " * MUCH + b"x",
    "comments that never end": page("<!--" * MUCH),
    "comments in JSON": b"<!-- " * MUCH + b"{}",
    "scripts that never end": page("<script " * MUCH),
    "scripts in scripts": page('<script type="application/ld+json">{' * 2000),
    "ends that are none": page('<script type="application/ld+json">' + "</scrip " * MUCH),
    "links that never end": page(
        "<link " * MUCH + '<script type="application/ld+json">{}</script>'
    ),
    "angles alone": b"<" * MUCH,
    "a call without end": b"a" * MUCH + b"(",
    "lines of nothing": b"\n" * MUCH,
    "lines of braces": b'{"a":\n' * 2000,
    "references in a chain": json.dumps(
        {"@graph": [{"@id": f"x{n}", "n": {"@id": f"x{n + 1}"}} for n in range(2000)]}
    ).encode(),
    "NaN": item('"reviewRating":{"ratingValue":NaN,"bestRating":Infinity,"worstRating":-Infinity}'),
    "numbers beyond all": item(
        '"reviewRating":{"ratingValue":1e400,"bestRating":9007199254740993}'
    ),
    "halves of characters": item(r'"name":"\ud800","\udfff":1,"url":"https://a.example/\ud800"'),
    "U+0000": item(r'"name":"\u0000","\u0000":"\u0000","url":"https://a.example/\u0000"'),
    "names that are code": item('"__proto__":{"x":1},"constructor":5,"__class__":"x"'),
    "names given twice": item('"name":"a","name":"b","name":"c"'),
    "turns of direction": item('"name":"\u202e\u2066\u200fx\u202c"'),
}


def outcome(what: str) -> int:
    """Read a file in a process of its own; return its exit code, less than 0 for a signal."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    code = 1
    try:
        code = int(read(FILES[what]).counts["understood"] > 1)
    finally:
        os._exit(code)


if __name__ == "__main__":
    print(json.dumps({what: outcome(what) for what in FILES}))  # noqa: T201 -- for its caller
