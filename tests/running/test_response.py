"""The head of an answer goes out with the first of its body, and no later than it is to."""

import socket
from collections.abc import Generator
from dataclasses import dataclass

import pytest
from gunicorn.config import Config
from gunicorn.http.parser import RequestParser

from service.running.response import TOGETHER, Response

HEAD = b"\r\n\r\n"


@dataclass
class Exchange:
    """A response, and the client's end of its connection."""

    response: Response
    client: socket.socket

    def arrived(self) -> bytes:
        """Return what has arrived by now."""
        try:
            return self.client.recv(2 * TOGETHER, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return b""


@pytest.fixture
def exchange() -> Generator[Exchange]:
    """Ask for something over a connection that is real."""
    client, server = socket.socketpair()
    with client, server:
        config = Config()
        asked = RequestParser(
            config, iter([b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"]), ("127.0.0.1", 1)
        )
        yield Exchange(Response(next(asked), server, config), client)


def test_a_small_answer_goes_out_at_once(exchange: Exchange) -> None:
    exchange.response.start_response("200 OK", [("Content-Length", "5")])
    assert exchange.arrived() == b""
    exchange.response.write(b"hello")
    head, _, body = exchange.arrived().partition(HEAD)
    assert (head[:15], body) == (b"HTTP/1.1 200 OK", b"hello")
    assert b"Server:" not in head


@pytest.mark.parametrize("length", ["5", None])
def test_an_empty_piece_says_that_the_head_is_to_go_out(
    exchange: Exchange, length: str | None
) -> None:
    exchange.response.start_response("200 OK", [("Content-Length", length)] if length else [])
    exchange.response.write(b"")
    assert exchange.arrived().endswith(HEAD)


def test_pieces_of_no_known_length_are_framed_behind_the_head(exchange: Exchange) -> None:
    exchange.response.start_response("200 OK", [])
    exchange.response.write(b"hello")
    exchange.response.close()
    assert exchange.arrived().partition(HEAD)[2] == b"5\r\nhello\r\n0\r\n\r\n"


def test_an_answer_without_a_body_goes_out_at_its_end(exchange: Exchange) -> None:
    exchange.response.start_response("304 Not Modified", [("ETag", '"1"')])
    assert exchange.arrived() == b""
    exchange.response.close()
    assert exchange.arrived().endswith(b'ETag: "1"\r\n\r\n')


def test_a_long_body_is_not_copied_for_the_head(exchange: Exchange) -> None:
    body = b"x" * TOGETHER
    exchange.response.start_response("200 OK", [("Content-Length", str(len(body)))])
    exchange.response.write(body)
    assert exchange.arrived().partition(HEAD)[2] == body
