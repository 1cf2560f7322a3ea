"""What is no request, or no body, is answered with a problem and costs the server nothing."""

from collections.abc import Iterator

import pytest

from tests.running.client import Answer, Program

HOST = b"Host: a\r\n"
LINES = [
    b"",
    b"GET",
    b"GET /",
    b"GET  / HTTP/1.1",
    b" GET / HTTP/1.1",
    b"GET / HTTP/1.1 x",
    b"GET / HTTP/0.9",
    b"GET / HTTP/2.0",
    b"GET / HTTP/9.9",
    b"GET / HTTP/1.10",
    b"GET / http/1.1",
    b"get / HTTP/1.1",
    b"G / HTTP/1.1",
    b"GE{T / HTTP/1.1",
    b"GET\x00 / HTTP/1.1",
    b"ABCDEFGHIJKLMNOPQRSTU / HTTP/1.1",
    b"GET /\x00 HTTP/1.1",
    b"GET /\xff HTTP/1.1",
    b"GET /\xc3\xa9 HTTP/1.1",
    b"GET /\x7f HTTP/1.1",
    b"GET /a b HTTP/1.1",
    b"GET\t/ HTTP/1.1",
    b"GET /\n HTTP/1.1",
    b"GET * HTTP/1.1",
    b"GET host:80 HTTP/1.1",
    b"GET http://[::1 HTTP/1.1",
    b"PRI * HTTP/2.0",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc",
    b"<script>alert(1)</script> / HTTP/1.1",
]
FIELDS = [
    b"NoColon",
    b": empty",
    b"Two Words: x",
    b"Name : x",
    b" Folded: x",
    b"A: b\r\n c",
    b"A: \x00",
    b"A: b\x0bc",
    b"A: b\rc",
    b"A: b\nC: d",
    b"\xc3\x84: b",
    b"A(b): c",
    b"Host: b",
    b"Content-Type: a/b\r\nContent-Type: c/d",
    b"Content-Length: -1",
    b"Content-Length: +1",
    b"Content-Length: 0x10",
    b"Content-Length: 1, 2",
    b"Content-Length: \xb2",
    b"Content-Length: " + b"9" * 5000,
    b"Content-Length: 1\r\nContent-Length: 1",
    b"Transfer-Encoding: gzip",
    b"Transfer-Encoding: identity",
    b"Transfer-Encoding: xchunked",
    b"Transfer-Encoding: chunked, chunked",
    b"Transfer-Encoding: chunked, gzip",
    b"Transfer-Encoding: chunked\r\nContent-Length: 5",
    b"Expect: 200-ok",
    b"X-Forwarded-Proto: https\r\nX-Forwarded-Ssl: off",
    b"Authorization Bearer fck_mine",
]
CHUNKS = [
    b"zz\r\n",
    b"\r\n",
    b"-1\r\n",
    b"0x5\r\nhello\r\n0\r\n\r\n",
    b"5\r\nhelloX\r\n0\r\n\r\n",
    b"5;\x00=1\r\nhello\r\n0\r\n\r\n",
    b"5;a b\r\nhello\r\n0\r\n\r\n",
    b"5;\r\r\nhello\r\n0\r\n\r\n",
    b"5\r\nhello\r\n0\r\nNo trailer\r\n\r\n",
    b"5\r\nhello\r\n0\r\nHost: b\r\n\r\n",
    b"5\r\nhello\r\n0\r\nA: b\nC: d\r\n\r\n",
    b"0" * 9000,
]


def name(data: bytes) -> str:
    """Return a short id of a case."""
    return ascii(data[:60].decode("latin-1"))


@pytest.fixture(autouse=True)
def the_server_still_answers(server: Program) -> Iterator[None]:
    """Ask for something plain after each test."""
    yield
    assert server.get("/hello").status == 200


def refused(server: Program, data: bytes, status: int, code: str) -> None:
    answer = Answer(server.send(data))
    assert (answer.status, answer.problem()["code"]) == (status, code)
    assert answer.fields["Connection"] == "close"
    assert "Server" not in answer.names
    assert b"fck_" not in answer.data


@pytest.mark.parametrize("line", LINES, ids=name)
def test_a_broken_request_line_is_a_bad_request(server: Program, line: bytes) -> None:
    refused(server, line + b"\r\n" + HOST + b"\r\n", 400, "bad-request")


@pytest.mark.parametrize("field", FIELDS, ids=name)
def test_a_broken_header_field_is_a_bad_request(server: Program, field: bytes) -> None:
    refused(server, b"POST /echo HTTP/1.1\r\n" + HOST + field + b"\r\n\r\n", 400, "bad-request")


@pytest.mark.parametrize("chunks", CHUNKS, ids=name)
def test_a_malformed_chunk_is_a_bad_request(server: Program, chunks: bytes) -> None:
    head = b"POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + HOST + b"\r\n"
    refused(server, head + chunks, 400, "bad-request")


def test_chunks_need_http_1_1(server: Program) -> None:
    head = b"POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"
    refused(server, head + b"0\r\n\r\n", 400, "bad-request")


@pytest.mark.parametrize("line", [b"GET /" + b"a" * 8190 + b" HTTP/1.1\r\n\r\n", b"a" * 300_000])
def test_a_long_request_line_is_too_long(server: Program, line: bytes) -> None:
    refused(server, line, 414, "uri-too-long")


def test_a_malformed_body_that_was_not_wanted_gets_no_second_answer(server: Program) -> None:
    head = b"POST /refuse HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
    data = server.send(head + b"zz\r\n" + b"GET /hello HTTP/1.1\r\n\r\n")
    assert (data[:12], data.count(b"HTTP/1.1 ")) == (b"HTTP/1.1 404", 1)
    assert not server.lines(level="error")


def test_a_request_line_may_have_8190_bytes(server: Program) -> None:
    path = "/" + "a" * (8190 - len("GET / HTTP/1.1"))
    assert server.get(path).status == 200


@pytest.mark.parametrize(
    "fields",
    [b"A: " + b"b" * 8190 + b"\r\n\r\n", b"A: b\r\n" * 101 + b"\r\n", b"A: b\r\n" * 200_000],
    ids=["long", "many", "endless"],
)
def test_too_large_header_fields_are_refused(server: Program, fields: bytes) -> None:
    refused(server, b"GET / HTTP/1.1\r\n" + fields, 431, "headers-too-large")


def test_a_long_trailer_is_refused(server: Program) -> None:
    head = b"POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
    refused(server, head + b"0\r\nA: " + b"b" * 9000 + b"\r\n\r\n", 431, "headers-too-large")


@pytest.mark.parametrize("framing", [b"Content-Length: 9", b"Transfer-Encoding: chunked"])
def test_a_body_that_ends_early_is_a_bad_request(server: Program, framing: bytes) -> None:
    head = b"POST /echo HTTP/1.1\r\n" + framing + b"\r\n\r\n"
    answer = Answer(server.send(head + b"9\r\nhell", half_close=True))
    assert answer.problem()["code"] == "bad-request"


def test_the_answer_to_an_unread_body_arrives(server: Program) -> None:
    head = b"POST /refuse HTTP/1.1\r\nConnection: close\r\nContent-Length: 4000000\r\n\r\n"
    assert Answer(server.send(head + b"x" * 4_000_000)).problem()["code"] == "not-found"


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("GET // HTTP/1.1", "'//'"),
        ("GET //a//b HTTP/1.1", "'//a//b'"),
        ("GET /%zz%f%% HTTP/1.1", "'/%zz%f%%'"),
        ("GET /%ff%c3%28 HTTP/1.1", "'/ÿÃ('"),
        ("GET /%00 HTTP/1.1", r"'/\x00'"),
        ("GET /%0d%0aA:b HTTP/1.1", r"'/\r\nA:b'"),
        ("GET /../../etc/passwd HTTP/1.1", "'/../../etc/passwd'"),
        ("GET http://user:word@other/a?b HTTP/1.1", "'/a'"),
        ("OPTIONS * HTTP/1.1", "'*'"),
        ("CONNECT other:443 HTTP/1.1", "'443'"),
        ("GET / HTTP/1.0", "'/'"),
        ("\r\nGET / HTTP/1.1", "'/'"),
    ],
)
def test_an_odd_request_line_is_the_applications(server: Program, line: str, path: str) -> None:
    answer = server.raw(line, {"Connection": "close", "SCRIPT_NAME": "/odd", "X-Y": "é"})
    assert (answer.status, answer.fields["X-Path"]) == (200, path)


def test_pipelined_requests_are_answered_in_order(server: Program) -> None:
    first = b"POST /echo HTTP/1.1\r\nContent-Length: 3\r\n\r\none"
    chunked = b"POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\ntwo\r\n0\r\n\r\n"
    last = b"GET /hello HTTP/1.1\r\nConnection: close\r\n\r\n"
    data = server.send(first + chunked + last)
    assert data.index(b"one") < data.index(b"two") < data.index(b"hello")


def test_a_body_is_announced_by_expect(server: Program) -> None:
    head = b"POST /echo HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close"
    data = server.send(head + b"\r\n\r\nok")
    assert data.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK")


def test_a_refusal_is_logged_without_the_clients_words(server: Program) -> None:
    server.send(b"GET / HTTP/1.1\r\nAuthorization Bearer fck_mine\r\n\r\n")
    assert server.lines(event="refused", reason="InvalidHeader", code="bad-request")
    assert "fck_mine" not in server.log.read_text()
