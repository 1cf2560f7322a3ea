"""Where a request begins and ends: request lines, header fields, lengths, chunks, smuggling."""

from typing import Final

from tests.hostile.rows import (
    ANY,
    CLOSE,
    HOST,
    JSON,
    SIGNED,
    WHY,
    Row,
    again,
    ask,
    create,
    get,
    head,
)

HIDDEN: Final = head(f"DELETE /v1/claims/seed?{WHY} HTTP/1.1", HOST, SIGNED, ANY, CLOSE)
"""A good request that deletes: it must not be found inside another."""

TYPE: Final = f"Content-Type: {JSON}"
CHUNKED: Final = "Transfer-Encoding: chunked"
BODY: Final = b'{"text":"smuggled"}'


def line(text: str) -> bytes:
    """Return a request that has nothing wrong but its line."""
    return head(text, HOST, SIGNED, CLOSE)


def raw(text: bytes) -> bytes:
    """Return a request whose line is not even text."""
    return text + b"\r\n" + head(HOST, SIGNED, CLOSE)


def field(*texts: str) -> bytes:
    """Return a write with more fields, under which it must not be done."""
    return ask("POST", "/v1/claims", TYPE, *texts, f"Content-Length: {len(BODY)}") + BODY


def chunks(data: bytes, *fields: str) -> bytes:
    """Return a write with a chunked body as given, and a hidden request behind it."""
    return ask("POST", "/v1/claims", TYPE, CHUNKED, *fields) + data + HIDDEN


def framed(*fields: str, body: bytes = BODY) -> bytes:
    """Return a write whose length the fields tell, and a hidden request behind it."""
    return ask("POST", "/v1/claims", TYPE, *fields) + body + HIDDEN


LINES: Final = [
    ("nothing but a line end before the fields", line("")),
    ("a method alone", line("GET")),
    ("a line without a version", line("GET /v1/claims")),
    ("two blanks in the line", line("GET  /v1/claims HTTP/1.1")),
    ("a tab for a blank", line("GET\t/v1/claims HTTP/1.1")),
    ("a blank before the method", line(" GET /v1/claims HTTP/1.1")),
    ("four words in the line", line("GET /v1/claims HTTP/1.1 now")),
    ("a blank in the path", line("GET /v1/claims/a b HTTP/1.1")),
    ("HTTP 0.9", line("GET / HTTP/0.9")),
    ("HTTP 1.2 of the future, with a letter", line("GET / HTTP/1.a")),
    ("HTTP 3", line("GET / HTTP/3.0")),
    ("a version of two digits", line("GET / HTTP/1.11")),
    ("a version in lower case", line("GET / http/1.1")),
    ("another protocol", line("GET / ICY/1.1")),
    ("the preface of HTTP 2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    ("a TLS hello", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"),
    ("an SSH banner", b"SSH-2.0-OpenSSH_9.6\r\n\r\n"),
    ("a PostgreSQL startup packet", b"\x00\x00\x00\x08\x04\xd2\x16/\r\n\r\n"),
    ("a NUL in the method", raw(b"GE\0T / HTTP/1.1")),
    ("a NUL in the path", raw(b"GET /v1/\0 HTTP/1.1")),
    ("a byte above ASCII in the path", raw(b"GET /v1/claims/\xff HTTP/1.1")),
    ("bare UTF-8 in the path", raw("GET /v1/claims/é HTTP/1.1".encode())),
    ("a DEL in the path", raw(b"GET /v1/claims/\x7f HTTP/1.1")),
    ("a bare LF in the path", raw(b"GET /v1/\nclaims HTTP/1.1")),
    ("a bare CR in the path", raw(b"GET /v1/\rclaims HTTP/1.1")),
    ("a method in lower case", line("get /v1/claims HTTP/1.1")),
    ("a method with a brace", line("GE{T /v1/claims HTTP/1.1")),
    ("a method of one letter", line("G /v1/claims HTTP/1.1")),
    ("a method without end", line("A" * 300 + " /v1/claims HTTP/1.1")),
    ("markup for a method", line("<script>alert(1)</script> / HTTP/1.1")),
    ("the asterisk for a GET", line("GET * HTTP/1.1")),
    ("a path without its slash", line("GET v1/claims HTTP/1.1")),
    ("an absolute target with half an IPv6 address", line("GET http://[::1 HTTP/1.1")),
    ("lines that end in LF alone", b"GET /v1/claims HTTP/1.1\nHost: a\nConnection: close\n\n\r\n\r\n"),
]  # fmt: skip

FIELDS: Final = [
    ("a field without a colon", field("Prefer")),
    ("a field without a name", field(": return=minimal")),
    ("a blank in a name", field("If Match: *")),
    ("a blank before the colon", field("If-Match : *")),
    ("a tab before the colon", field("If-Match\t: *")),
    ("a line folded as once was allowed", field("Prefer: return=minimal,\r\n wait=5")),
    ("a first field that is folded", ask("POST", "/v1/claims", host=f" folded\r\n{HOST}")),
    ("a NUL in a value", field("Prefer: \0")),
    ("a vertical tab in a value", field("Prefer: a\x0bb")),
    ("a bare CR in a value", field("Prefer: a\rX: b")),
    ("a bare LF in a value", field("Prefer: a\nX: b")),
    ("a name above ASCII", field("Pr\xe9fer: a")),
    ("brackets in a name", field("Prefer(a): b")),
    ("two hosts", field("Host: other.example")),
    ("two media types", field("Content-Type: text/plain")),
    ("an expectation that nobody can meet", field("Expect: 200-ok")),
    ("a proxy that says https and not https", field("X-Forwarded-Proto: https", "X-Forwarded-Ssl: off")),
]  # fmt: skip

LENGTHS: Final = [
    ("a negative length", framed("Content-Length: -1")),
    ("a length with a plus", framed("Content-Length: +19")),
    ("a length in hex", framed("Content-Length: 0x13")),
    ("a length with a fraction", framed("Content-Length: 19.0")),
    ("a length with an exponent", framed("Content-Length: 1e1")),
    ("a length with an underscore", framed("Content-Length: 1_9")),
    ("a length of digits that are not ASCII", framed("Content-Length: \xb2")),
    ("an empty length", framed("Content-Length:")),
    ("a length of words", framed("Content-Length: nineteen")),
    ("a length of 5,000 digits", framed("Content-Length: " + "9" * 5000)),
    ("two lengths in a list", framed("Content-Length: 19, 19")),
    ("the same length twice", framed("Content-Length: 19", "Content-Length: 19")),
    ("two lengths, the first the shorter", framed("Content-Length: 0", "Content-Length: 19")),
    ("two lengths, the first the longer", framed("Content-Length: 19", "Content-Length: 0")),
    ("a length beside chunks (CL.TE)", framed("Content-Length: 5", CHUNKED, body=b"0\r\n\r\n")),
    ("chunks beside a length (TE.CL)", framed(CHUNKED, "Content-Length: 4", body=b"13\r\n" + BODY + b"\r\n0\r\n\r\n")),
    ("a coding that is no chunking", framed("Transfer-Encoding: gzip")),
    ("the coding identity", framed("Transfer-Encoding: identity", "Content-Length: 19")),
    ("a coding like chunked", framed("Transfer-Encoding: xchunked")),
    ("chunked twice", framed("Transfer-Encoding: chunked, chunked", body=b"0\r\n\r\n")),
    ("chunked before gzip", framed("Transfer-Encoding: chunked, gzip", body=b"0\r\n\r\n")),
    ("chunked in quotes", framed('Transfer-Encoding: "chunked"', body=b"0\r\n\r\n")),
    ("chunked behind a vertical tab", framed("Transfer-Encoding: \x0bchunked", body=b"0\r\n\r\n")),
    ("a coding with a blank before its colon", framed("Transfer-Encoding : chunked", body=b"0\r\n\r\n")),
    ("an empty coding", framed("Transfer-Encoding:", body=b"0\r\n\r\n")),
]  # fmt: skip

CHUNKS: Final = [
    ("a chunk size that is no number", chunks(b"zz\r\n")),
    ("a chunk without a size", chunks(b"\r\n" + BODY + b"\r\n0\r\n\r\n")),
    ("a negative chunk size", chunks(b"-1\r\n")),
    ("a chunk size with 0x", chunks(b"0x13\r\n" + BODY + b"\r\n0\r\n\r\n")),
    ("a chunk size with an underscore", chunks(b"1_3\r\n" + BODY + b"\r\n0\r\n\r\n")),
    ("a chunk size with a plus", chunks(b"+13\r\n" + BODY + b"\r\n0\r\n\r\n")),
    ("a chunk size with a blank before it", chunks(b" 13\r\n" + BODY + b"\r\n0\r\n\r\n")),
    ("a chunk size that ends in a bare LF", chunks(b"13\n" + BODY + b"\r\n0\r\n\r\n")),
    ("a chunk longer than its size", chunks(b"5\r\n" + BODY + b"\r\n0\r\n\r\n")),
    ("a chunk that ends in a bare LF", chunks(b"13\r\n" + BODY + b"\n0\r\n\r\n")),
    ("a chunk extension with a NUL", chunks(b"13;\0=1\r\n" + BODY + b"\r\n0\r\n\r\n")),
    ("a chunk extension with a bare LF", chunks(b"13;a\n=1\r\n" + BODY + b"\r\n0\r\n\r\n")),
    ("a chunk extension with a bare CR", chunks(b"13;a\r=1\r\n" + BODY + b"\r\n0\r\n\r\n")),
    ("a chunk size line without end", chunks(b"0" * 20_000)),
    ("a trailer without a colon", chunks(b"13\r\n" + BODY + b"\r\n0\r\nno trailer\r\n\r\n")),
    ("a trailer that frames", chunks(b"13\r\n" + BODY + b"\r\n0\r\nContent-Length: 5\r\n\r\n")),
    ("a trailer that is a key", chunks(b"0\r\nAuthorization: Bearer fck_x\r\n\r\n")),
    ("a trailer with a bare LF", chunks(b"13\r\n" + BODY + b"\r\n0\r\nA: b\nC: d\r\n\r\n")),
    ("a last chunk of many zeros and junk", chunks(b"00000000000000000000z\r\n\r\n")),
]  # fmt: skip

BAD: Final = [
    Row(what, data, (400,), "bad-request") for what, data in LINES + FIELDS + LENGTHS + CHUNKS
]

TOO_LARGE: Final = [
    Row("a request line of 9,000 bytes", get("/" + "a" * 9000), (414,), "uri-too-long"),
    Row("a request line that never ends", b"GET /" + b"a" * 300_000, (414,), "uri-too-long"),
    Row("a query of 9,000 bytes", get("/v1/claims?topic=" + "a" * 9000), (414,), "uri-too-long"),
    Row("a field of 9,000 bytes", field("X: " + "a" * 9000), (431,), "headers-too-large"),
    Row("a name of 9,000 bytes", field("a" * 9000 + ": b"), (431,), "headers-too-large"),
    Row("101 fields", field(*["X: y"] * 101), (431,), "headers-too-large"),
    Row("fields that never end", ask("GET", "/")[:-2] + b"X: y\r\n" * 200_000, (431,), "headers-too-large"),
    Row("a list of 10,000 ETags", field("If-Match: " + ",".join(['"9"'] * 10_000)), (431,), "headers-too-large"),
    Row("a trailer of 9,000 bytes", chunks(b"0\r\nX: " + b"a" * 9000 + b"\r\n\r\n"), (431,), "headers-too-large"),
    Row("a length of ten thousand million", ask("POST", "/v1/claims", TYPE, "Content-Length: 10000000000"), (413,), "body-too-large"),
    Row("a chunk of 16 exabytes", ask("POST", "/v1/claims", TYPE, CHUNKED) + b"ffffffffffffffff\r\n" + b"x" * 2**21, (413,), "body-too-large"),
]  # fmt: skip

SHORT: Final = [
    Row("a body that ends before its length", ask("POST", "/v1/claims", TYPE, "Content-Length: 50") + BODY, (400,), "bad-request", half_close=True),
    Row("a chunk that ends before its size", ask("POST", "/v1/claims", TYPE, CHUNKED) + b"50\r\n" + BODY, (400,), "bad-request", half_close=True),
    Row("chunks without the last", ask("POST", "/v1/claims", TYPE, CHUNKED) + b"13\r\n" + BODY + b"\r\n", (400,), "bad-request", half_close=True),
    Row("nothing of an announced body", ask("POST", "/v1/claims", TYPE, "Content-Length: 19"), (400,), "bad-request", half_close=True),
]  # fmt: skip

OPEN: Final = head("GET /livez HTTP/1.1", HOST)
"""A good request after which the connection stays."""

SEVERAL: Final = [
    Row("a good request before a broken one", OPEN + line("BROKEN"), (200, 400), "bad-request"),
    Row("a good request behind a broken one is not looked for", line("BROKEN") + OPEN, (400,), "bad-request"),
    Row("a body on a GET is no second request", head("GET /livez HTTP/1.1", HOST, f"Content-Length: {len(HIDDEN)}", CLOSE) + HIDDEN, (200,)),
    Row("a body on an unknown address is no second request", head("POST /nowhere HTTP/1.1", HOST, f"Content-Length: {len(HIDDEN)}", CLOSE) + HIDDEN, (404,), "not-found"),
    Row("an unread body is not read as the next request", head("POST /nowhere HTTP/1.1", HOST, f"Content-Length: {len(HIDDEN)}") + HIDDEN + get("/livez"), (404, 200)),
    Row("a body that broke after its answer gets no second", head("POST /livez HTTP/1.1", HOST, CHUNKED) + b"zz\r\n" + HIDDEN, (405,), "method-not-allowed"),
    Row("a chunked body of requests is no request", head("POST /livez HTTP/1.1", HOST, CHUNKED) + b"%x\r\n%s\r\n0\r\n\r\n" % (len(HIDDEN), HIDDEN) + get("/livez"), (405, 200)),
    Row("a refused key does not open the body as a request", head("POST /v1/claims HTTP/1.1", HOST, TYPE, f"Content-Length: {len(HIDDEN)}") + HIDDEN + get("/livez"), (401, 200)),
    Row("what follows Connection: close is not answered", get("/livez") + HIDDEN, (200,)),
    Row("HTTP 1.0 closes by itself", head("GET /livez HTTP/1.0") + HIDDEN, (200,)),
    Row("chunks need HTTP 1.1", head("POST /v1/claims HTTP/1.0", HOST, SIGNED, TYPE, CHUNKED) + b"0\r\n\r\n" + HIDDEN, (400,), "bad-request"),
    Row("a blank line before a request is passed over (RFC 9112, 2.2)", b"\r\n" + get("/livez"), (200,)),
    Row("fifty requests at once are fifty answers", OPEN * 49 + get("/livez"), (200,) * 50),
]  # fmt: skip

ODD: Final = [
    Row("two keys are one that nobody has", field("Authorization: Bearer fck_other"), (401,), "unauthorized"),
    Row("identity and chunks in two fields are chunks", framed("Transfer-Encoding: identity", CHUNKED, body=b"0\r\n\r\n"), (400,), "malformed-json"),
    Row("HTTP 1.0 needs no host", head("GET /livez HTTP/1.0"), (200,)),
    Row("a chunk extension is passed over (RFC 9112, 7.1.1)", ask("PUT", "/v1/claims/seed", TYPE, ANY, CHUNKED) + b'14;a="b"\r\n{"text":"It rained"}\r\n0\r\n\r\n', (200,)),
    Row("a trailer that says nothing is passed over", ask("PUT", "/v1/claims/seed", TYPE, ANY, CHUNKED) + b'14\r\n{"text":"It rained"}\r\n0\r\nX-Sum: 1\r\n\r\n', (200,)),
    Row("a chunk size with zeros before it is good", ask("PUT", "/v1/claims/seed", TYPE, ANY, CHUNKED) + b'00014\r\n{"text":"It rained"}\r\n0\r\n\r\n', (200,)),
    Row("CHUNKED is chunked", ask("PUT", "/v1/claims/seed", TYPE, ANY, "Transfer-Encoding: CHUNKED") + b'14\r\n{"text":"It rained"}\r\n0\r\n\r\n', (200,)),
    Row("an expectation of 100 is met", again("Expect: 100-continue"), (100, 200)),
    Row("an expectation of 100 with nothing to send", get("/livez", "Expect: 100-continue"), (100, 200)),
    Row("an offer of HTTP 2 is passed over", get("/livez", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__"), (200,)),
    Row("an offer of a web socket is passed over", get("/livez", "Upgrade: websocket", "Sec-WebSocket-Version: 13"), (200,)),
    Row("a field that Connection names is no less there", create({"text": 1}, "Connection: Content-Length, Authorization"), (422,), "invalid-record"),
    Row("an empty value is a value", get("/livez", "X:"), (200,)),
    Row("a field with a byte above ASCII is passed over", get("/livez", "X: \xe9"), (200,)),
]  # fmt: skip

ROWS: Final = [*BAD, *TOO_LARGE, *SHORT, *SEVERAL, *ODD]
