"""One request to somebody else's server, and every way in which it can go wrong."""

import socket
import ssl
from collections.abc import Generator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Thread

import pytest

from service.webhooks import client as module
from service.webhooks.client import Answer, Client, tls
from tests.webhooks.receiver import answer, hang_up, receiving

CLIENT = Client(private=True)
CERTIFICATE = Path(__file__).with_name("desk.example.pem")
"""A key and a certificate for desk.example that no authority has signed, good for a century."""


def word(found: Answer) -> int | str | None:
    """Return the status or the word for why there is none."""
    return found.status or found.error


def read(connection: socket.socket) -> None:
    """Read a request to the end of its body, ``{}``."""
    came = b""
    while not came.endswith(b"{}") and (more := connection.recv(65_536)):
        came += more


@contextmanager
def answering(data: bytes) -> Generator[str]:
    """Serve one connection: read a request, send these bytes, close; yield the address."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                read(connection)
                connection.sendall(data)

        thread = Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        thread.join()


@pytest.mark.parametrize("status", [200, 201, 204, 301, 302, 307, 400, 410, 429, 500, 503])
def test_the_status_is_what_came_of_it(status: int) -> None:
    with receiving(answer(status, Location="http://127.0.0.1:1/")) as receiver:
        found = CLIENT.post(receiver.url, b"{}", {})
    assert (found.status, found.error) == (status, None)
    assert found.taken == (status < 300)
    assert found.outcome == ("taken" if status < 300 else "status")
    assert len(receiver.received) == 1


def test_what_is_sent_arrives_as_it_is() -> None:
    with receiving() as receiver:
        CLIENT.post(f"{receiver.url}?a=b%20c", "{é}".encode(), {"webhook-id": "1"})
    assert receiver.received[0].path == "/hook?a=b%20c"
    assert receiver.received[0].body == "{é}".encode()
    assert receiver.received[0].headers["host"] == f"127.0.0.1:{receiver.port}"
    assert receiver.received[0].headers["webhook-id"] == "1"


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    found = CLIENT.post(f"http://127.0.0.1:{port}/", b"{}", {})
    assert (word(found), found.outcome, found.taken) == ("refused", "refused", False)


def test_a_server_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TOTAL", 0.05)
    with receiving() as receiver:
        receiver.answers.append(receiver.hang)
        assert word(CLIENT.post(receiver.url, b"{}", {})) == "timeout"


def test_a_server_that_hangs_up_has_not_taken_it() -> None:
    with receiving(hang_up) as receiver:
        assert word(CLIENT.post(receiver.url, b"{}", {})) == "broken"


@pytest.mark.parametrize("data", [b"", b"SSH-2.0\r\n", b"HTTP/1.1 2", b"HTTP/1.1 abc\r\n\r\n"])
def test_what_is_no_answer_is_none(data: bytes) -> None:
    with answering(data) as url:
        assert word(CLIENT.post(url, b"{}", {})) == "broken"


@pytest.mark.parametrize(
    "data",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.0 200\r\n\r\n" + b"x" * 1_000_000,
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
    ],
)
def test_once_the_status_is_there_the_body_changes_nothing(data: bytes) -> None:
    with answering(data[:100_000]) as url:
        assert CLIENT.post(url, b"{}", {}).taken


def test_a_name_that_turned_private_after_it_was_kept_is_refused() -> None:
    with receiving() as receiver:
        url = receiver.url.replace("127.0.0.1", "desk.example")
        answers = iter([["8.8.8.8"], ["127.0.0.1"]])
        strict = Client(lookup=lambda *_: next(answers))
        assert strict.lookup("desk.example", receiver.port) == ["8.8.8.8"]
        assert word(strict.post(url, b"{}", {})) == "private"
    assert receiver.received == []


def test_the_address_that_was_checked_is_the_one_connected_to() -> None:
    with receiving() as receiver:
        url = receiver.url.replace("127.0.0.1", "desk.example")
        asked: list[str] = []

        def lookup(host: str, _port: int) -> list[str]:
            asked.append(host)
            return ["127.0.0.1"]

        assert Client(private=True, lookup=lookup).post(url, b"{}", {}).taken
    assert asked == ["desk.example"]
    assert receiver.received[0].headers["host"] == f"desk.example:{receiver.port}"


def test_the_next_address_is_tried_where_one_takes_no_connection() -> None:
    with receiving() as receiver:
        url = receiver.url.replace("127.0.0.1", "desk.example")
        client = Client(private=True, lookup=lambda *_: ["127.0.0.2", "127.0.0.1"])
        assert client.post(url, b"{}", {}).taken


def test_dead_addresses_have_no_more_time_the_more_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "TOTAL", 0.3)
    monkeypatch.setattr(module, "CONNECTING", 0.2)
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server, ExitStack() as others:
        port = server.getsockname()[1]
        for _ in range(2):  # now its queue is full, and it hears of nobody
            other = others.enter_context(socket.socket())
            other.setblocking(False)  # noqa: FBT003 -- as the standard library has it
            other.connect_ex(("127.0.0.1", port))
        client = Client(private=True, lookup=lambda *_: ["127.0.0.1"] * 50)
        found = client.post(f"http://desk.example:{port}/", b"{}", {})
    assert word(found) == "timeout"
    assert found.milliseconds < 50 * 200


def test_a_name_that_nobody_knows_is_told() -> None:
    assert word(Client(lookup=lambda *_: []).post("http://a.example/", b"{}", {})) == "name"


@pytest.fixture
def desk() -> Generator[tuple[str, list[str | None]]]:
    """Serve TLS for desk.example, once; yield the address, and the names that were asked for."""
    context, names = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), list[str | None]()
    context.load_cert_chain(CERTIFICATE)
    context.sni_callback = lambda _sock, name, _context: names.append(name)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with suppress(OSError), context.wrap_socket(connection, server_side=True) as secure:
                read(secure)
                secure.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

        thread = Thread(target=serve)
        thread.start()
        yield f"https://desk.example:{server.getsockname()[1]}/", names
        thread.join()
    tls.cache_clear()


DESK = Client(private=True, lookup=lambda *_: ["127.0.0.1"])


def test_a_certificate_that_nobody_vouches_for_is_refused(
    desk: tuple[str, list[str | None]],
) -> None:
    assert word(DESK.post(desk[0], b"{}", {})) == "tls"


def test_a_certificate_of_the_name_is_taken(
    desk: tuple[str, list[str | None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    tls.cache_clear()
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    assert DESK.post(desk[0], b"{}", {}).taken
    assert desk[1] == ["desk.example"]


def test_a_certificate_of_another_name_is_refused(
    desk: tuple[str, list[str | None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    tls.cache_clear()
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    url = desk[0].replace("desk.example", "other.example")
    assert word(DESK.post(url, b"{}", {})) == "tls"
