"""What is sent: media types, encodings, the syntax of JSON, texts, sizes, depths."""

import gzip
import zlib
from typing import Final

from tests.hostile.rows import ANY, JSON, Row, create, send

PLAIN: Final = b'{"text": "It rained"}'
ACCENT: Final = '{"text": "It rained in Orléans"}'


def text(inner: bytes) -> bytes:
    """Return a claim whose text is these bytes."""
    return b'{"text": "%s"}' % inner


def kept(inner: bytes) -> bytes:
    """Return a claim that keeps a value, as its bytes are, where any JSON may be."""
    return b'{"text": "It rained", "internal": {"a": %s}}' % inner


MEDIA: Final = [
    ("no media type", create(PLAIN, media="")),
    ("the media type that curl -d gives", create(b"text=It+rained", media="application/x-www-form-urlencoded")),
    ("JSON that says it is text", create(PLAIN, media="text/plain")),
    ("JSON that says it is text/json", create(PLAIN, media="text/json")),
    ("JSON that says it is a merge patch", create(PLAIN, media="application/merge-patch+json")),
    ("a media type with a letter too many", create(PLAIN, media="application/jsonx")),
    ("two media types in one field", create(PLAIN, media="application/json, text/plain")),
    ("a media type without its second half", create(PLAIN, media="application/")),
    ("a media type that is a pattern", create(PLAIN, media="*/*")),
    ("a form with files", create(b"--x\r\n\r\n--x--", media="multipart/form-data; boundary=x")),
    ("a form with files and no boundary", create(b"", media="multipart/form-data")),
    ("JSON with a content coding that is only claimed", create(PLAIN, "Content-Encoding: gzip")),
    ("gzip", create(gzip.compress(PLAIN), "Content-Encoding: gzip")),
    ("a gzip bomb", create(gzip.compress(b" " * 2**26), "Content-Encoding: gzip")),
    ("deflate", create(zlib.compress(PLAIN), "Content-Encoding: deflate")),
    ("two content codings", create(gzip.compress(gzip.compress(PLAIN)), "Content-Encoding: gzip, gzip")),
    ("a content coding that nobody knows", create(PLAIN, "Content-Encoding: middle-out")),
    ("identity and then gzip", create(gzip.compress(PLAIN), "Content-Encoding: identity, gzip")),
    ("a patch of XML", send("PATCH", "/v1/claims/seed", b"<a/>", ANY, media="application/xml-patch+xml")),
    ("NDJSON for one record", create(PLAIN, media="application/x-ndjson")),
]  # fmt: skip

ENCODINGS: Final = [
    ("ISO 8859-1", ACCENT.encode("latin-1")),
    ("Windows 1252 quotes", text(b"\x93It rained\x94")),
    ("UTF-16 with its mark", ACCENT.encode("utf-16")),
    ("UTF-16 without a mark", ACCENT.encode("utf-16-be")),
    ("UTF-32", ACCENT.encode("utf-32")),
    ("EBCDIC", PLAIN.decode().encode("cp500")),
    ("Shift JIS", '{"text": "雨が降った"}'.encode("shift-jis")),
    ("overlong UTF-8 for a slash", text(b"\xc0\xaf")),
    ("overlong UTF-8 for a quote", text(b"\xe0\x80\xa2")),
    ("overlong UTF-8 for U+0000", text(b"\xc0\x80")),
    ("surrogates as UTF-8 (CESU-8)", text(b"\xed\xa0\x80\xed\xb0\x80")),
    ("one surrogate as UTF-8", text(b"\xed\xa0\x80")),
    ("a code point beyond U+10FFFF", text(b"\xf4\x90\x80\x80")),
    ("a start byte that is none", text(b"\xf5\x80\x80\x80")),
    ("six bytes for a character", text(b"\xfc\x80\x80\x80\x80\x80")),
    ("a byte that only goes on", text(b"\x80")),
    ("a character cut off in a text", text(b"\xe2\x82")),
    ("a character cut off at the end", PLAIN + b"\xe2\x82"),
    ("two byte order marks", b"\xef\xbb\xbf\xef\xbb\xbf" + PLAIN),
    ("a byte order mark and nothing more", b"\xef\xbb\xbf"),
    ("a byte order mark before a value", b'{"text": \xef\xbb\xbf"It rained"}'),
    ("gzip that does not say so", gzip.compress(PLAIN)),
    ("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
    ("a no-break space between tokens", b'{"text":\xc2\xa0"It rained"}'),
    ("a next-line character between tokens", b'{"text":\xc2\x85"It rained"}'),
    ("a line separator between tokens", b'{"text":\xe2\x80\xa8"It rained"}'),
    ("a form feed between tokens", b'{"text":\x0c"It rained"}'),
    ("a NUL between tokens", b'{"text":\0"It rained"}'),
    ("a NUL behind the value", PLAIN + b"\0"),
    ("quotes of a typographer", "{“text”: “It rained”}".encode()),
    ("wide braces", '｛"text": "It rained"｝'.encode()),
]  # fmt: skip

SYNTAX: Final = [
    ("nothing", b""),
    ("blanks alone", b" \t\r\n "),
    ("a brace that opens", b"{"),
    ("a brace that closes", b"}"),
    ("a name without a value", b'{"text"}'),
    ("a colon without a value", b'{"text":}'),
    ("a value without a name", b'{"It rained"}'),
    ("a colon that is missing", b'{"text" "It rained"}'),
    ("an equals sign for a colon", b'{"text" = "It rained"}'),
    ("a comma that is missing", b'{"text": "a" "language": "en"}'),
    ("a comma at the end of an object", b'{"text": "It rained",}'),
    ("a comma at the start of an object", b'{,"text": "It rained"}'),
    ("a comma at the end of an array", kept(b"[1,]")),
    ("two commas", kept(b"[1,,2]")),
    ("single quotes", b"{'text': 'It rained'}"),
    ("a name without quotes", b'{text: "It rained"}'),
    ("a comment to the end of the line", PLAIN + b" // why"),
    ("a comment between", b'{/* why */"text": "It rained"}'),
    ("two values", PLAIN + PLAIN),
    ("two lines", PLAIN + b"\n" + PLAIN),
    ("a record separator before it (RFC 7464)", b"\x1e" + PLAIN),
    ("a guard against being run", b")]}',\n" + PLAIN),
    ("a text without its end", b'{"text": "It rained}'),
    ("an array without its end", kept(b"[1")),
    ("an array that a brace closes", kept(b"[1}")),
    ("a bare line end in a text", text(b"It\nrained")),
    ("a bare tab in a text", text(b"It\trained")),
    ("a bare NUL in a text", text(b"It\0rained")),
    ("an escape of another language", text(b"\\x41")),
    ("an escape of a single quote", text(b"\\'")),
    ("an escape with three digits", text(b"\\u123")),
    ("an escape with a letter beyond F", text(b"\\u12G4")),
    ("an escape with a capital U", text(b"\\U0041")),
    ("an escape with a blank in it", text(b"\\u 041")),
    ("a backslash at the end", b'{"text": "It rained\\'),
    ("a constant of Python", kept(b"None")),
    ("a constant of JavaScript", kept(b"undefined")),
    ("TRUE", kept(b"TRUE")),
    ("tru", kept(b"tru")),
    ("YAML", b"text: It rained"),
    ("XML", b"<text>It rained</text>"),
    ("an ASN.1 sequence", b"0\x03\x02\x01\x05"),
]  # fmt: skip

NUMBERS: Final = [
    ("NaN", b"NaN"),
    ("Infinity", b"Infinity"),
    ("minus Infinity", b"-Infinity"),
    ("1e400", b"1e400"),
    ("minus 1e400", b"-1e400"),
    ("an exponent of 20 digits", b"1e99999999999999999999"),
    ("a whole number that no double keeps", b"9007199254740993"),
    ("a decimal that would become one", b"9007199254740993.0"),
    ("a whole number of 30 digits", b"1" * 30),
    ("a whole number of 5,000 digits", b"1" * 5000),
    ("a negative whole number of 5,000 digits", b"-" + b"1" * 5000),
    ("a zero before a number", b"01"),
    ("a plus before a number", b"+1"),
    ("a point before a number", b".5"),
    ("a point behind a number", b"1."),
    ("an exponent without digits", b"1e"),
    ("an exponent with a sign alone", b"1e+"),
    ("two signs", b"--1"),
    ("a sign alone", b"-"),
    ("hex", b"0x10"),
    ("an underscore", b"1_000"),
    ("a comma for a point", b"1,5"),
    ("Arabic digits", "٣".encode()),
    ("wide digits", "５".encode()),
    ("a fraction", b"1/2"),
    ("a suffix", b"10n"),
]  # fmt: skip

TEXTS: Final = [
    ("U+0000 in a text", text(b"\\u0000")),
    ("U+0000 in a name", kept(b'{"a\\u0000": 1}')),
    ("a lone high surrogate", text(b"\\ud800")),
    ("a lone low surrogate", text(b"\\udc00")),
    ("surrogates the wrong way round", text(b"\\udc00\\ud800")),
    ("two high surrogates", text(b"\\ud83d\\ud83d")),
    ("half an emoji before a letter", text(b"\\ud83dx")),
    ("a lone surrogate in a name", kept(b'{"\\ud800": 1}')),
    ("a lone surrogate far inside", kept(b'[[[{"b": ["\\udfff"]}]]]')),
    ("a name twice", b'{"text": "a", "text": "b"}'),
    ("a name twice with the same value", b'{"text": "a", "text": "a"}'),
    ("a name twice, once in escapes", b'{"text": "a", "\\u0074ext": "b"}'),
    ("a name twice far inside", kept(b'[[{"b": {"c": 1, "c": 2}}]]')),
    ("an empty name twice", kept(b'{"": 1, "": 2}')),
    ("a status twice", b'{"text": "a", "status": "draft", "status": "published"}'),
]  # fmt: skip

DEPTHS: Final = [
    ("33 arrays", kept(b"[" * 31 + b"]" * 31)),
    ("33 objects", kept(b'{"a":' * 31 + b"1" + b"}" * 31)),
    ("10,000 arrays", b"[" * 10_000 + b"]" * 10_000),
    ("half a million arrays that never close", b"[" * 500_000),
    ("100,000 objects that never close", b'{"a":' * 100_000),
    ("brackets behind a text that ends in a backslash", kept(b'["\\\\", ' + b"[" * 40 + b"]" * 41)),
]  # fmt: skip

SCALARS: Final = [
    ("an array for a record", b"[]"),
    ("an array of records", b"[" + PLAIN + b"]"),
    ("null for a record", b"null"),
    ("a text for a record", b'"It rained"'),
    ("a number for a record", b"5"),
    ("true for a record", b"true"),
    ("a record as a text", b'"{\\"text\\": \\"It rained\\"}"'),
]

UNUSABLE: Final = [*ENCODINGS, *SYNTAX, *TEXTS, *DEPTHS, *SCALARS]

LARGE: Final = [
    Row("a body of a mebibyte and a byte", create(PLAIN.ljust(2**20 + 1)), (413,), "body-too-large"),
    Row("chunks of a mebibyte and a byte, the first mebibyte of them good", create(b"").replace(b"Content-Length: 0", b"Transfer-Encoding: chunked") + b"%x\r\n%b\r\n0\r\n\r\n" % (2**20 + 1, PLAIN.ljust(2**20 + 1)), (413,), "body-too-large"),
    Row("a text of nearly a mebibyte", create(text(b"a" * (2**20 - 20))), (422,), "invalid-record"),
    Row("a name of nearly a mebibyte", create(b'{"%b": 1}' % (b"a" * (2**20 - 20))), (422,), "invalid-record"),
    Row("100,000 topics", create({"text": "a", "topics": [""] * 100_000}), (422,), "invalid-record"),
    Row("50,000 unknown names", create({f"a{n}": n for n in range(50_000)}), (422,), "invalid-record"),
    Row("20,000 attributions, each wrong", create({"text": "a", "attribution": [{"verb": "x"}] * 20_000}), (422,), "invalid-record"),
    Row("33 KiB of what is internal", create({"text": "a", "internal": {"a": "b" * 33_000}}), (422,), "invalid-record"),
    Row("300 KiB of what an origin had", create({"text": "a", "origin": {"raw": "b" * 300_000}}), (422,), "invalid-record"),
    Row("1,000 external ids", create({"text": "a", "external_ids": {f"a{n}": "b" for n in range(1000)}}), (422,), "invalid-record"),
]  # fmt: skip

FINE: Final = [
    Row("one byte order mark is passed over (RFC 8259, 8.1)", send("PUT", "/v1/claims/seed", b"\xef\xbb\xbf" + PLAIN, ANY), (200,)),
    Row("escapes are the letters they stand for", send("PUT", "/v1/claims/seed", b'{"\\u0074ext": "It r\\u0061ined"}', ANY), (200,)),
    Row("line ends and tabs between tokens", send("PUT", "/v1/claims/seed", b'\r\n\t{ "text"\n:\t"It rained" }\r\n', ANY), (200,)),
    Row("another charset is said and not had (RFC 8259, 11)", send("PUT", "/v1/claims/seed", PLAIN, ANY, media="application/json; charset=utf-16"), (200,)),
    Row("a media type in capitals", send("PUT", "/v1/claims/seed", PLAIN, ANY, media="APPLICATION/JSON"), (200,)),
    Row("a media type with parameters without sense", send("PUT", "/v1/claims/seed", PLAIN, ANY, media=f"{JSON};;; a; =b"), (200,)),
    Row("a coding that is none", send("PUT", "/v1/claims/seed", PLAIN, ANY, "Content-Encoding: identity"), (200,)),
    Row("brackets in a text are no depth", create({"text": "[" * 100, "language": 5}), (422,), "invalid-record"),
]  # fmt: skip

ROWS: Final = [
    *(Row(f"sent as: {what}", data, (415,), "unsupported-media-type") for what, data in MEDIA),
    *(Row(f"a body of {what}", create(data), (400,), "malformed-json") for what, data in UNUSABLE),
    *(Row(f"a number like {what}", create(kept(data)), (400,), "malformed-json") for what, data in NUMBERS),
    *LARGE,
    *FINE,
]  # fmt: skip
