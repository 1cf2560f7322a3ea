"""The load generator knows where an answer ends, and what is no answer."""

import socket
from collections.abc import Iterator
from itertools import islice, repeat
from threading import Thread

import pytest

from tests.bench.load import LOST, Call, drive, status

ASKED = b"GET / HTTP/1.1\r\n\r\n"
WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
CHUNKED = b"HTTP/1.1 207 Multi-Status\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"
UNCHANGED = b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n"


@pytest.mark.parametrize(
    ("answer", "number"), [(WHOLE, 200), (CHUNKED, 207), (UNCHANGED, 304)], ids=str
)
def test_an_answer_is_whole_at_its_last_byte(answer: bytes, number: int) -> None:
    assert status(answer) == number
    assert [status(answer[:end]) for end in range(len(answer))] == [None] * len(answer)


@pytest.fixture
def rude() -> Iterator[tuple[str, int]]:
    """Listen, answer the first request of each connection and hang up at the second."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            for _ in range(4):
                client, _ = server.accept()
                with client:
                    for reply in (WHOLE, b""):
                        client.recv(1000)
                        client.sendall(reply)

        thread = Thread(target=answer)
        thread.start()
        yield server.getsockname()
        thread.join()


def test_connections_that_end_are_errors_and_are_made_anew(rude: tuple[str, int]) -> None:
    outcome = drive(rude, islice(repeat(Call(ASKED, 200)), 8), 1)
    assert outcome.wrong == {LOST: 4}
    assert len(outcome.latencies) == 8


def test_a_status_that_is_not_the_right_one_is_an_error(rude: tuple[str, int]) -> None:
    outcome = drive(rude, islice(repeat(Call(ASKED, 201)), 8), 1)
    assert outcome.wrong == {LOST: 4, 200: 4}
    assert outcome.errors == 8
