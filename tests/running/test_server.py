"""The life of a server: many clients, several workers, the way out."""

import os
import re
import resource
import signal
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from service.running.server import raise_file_limit
from service.storage.embedded import Embedded
from tests.running.client import Answer, Program, keep_alive, until


def in_flight(program: Program, file: Path) -> tuple[threading.Thread, list[bytes]]:
    """Start a request that waits for `file`, and return when the server is at it."""
    answers: list[bytes] = []
    request = f"GET /wait?file={file} HTTP/1.1\r\nConnection: close\r\n\r\n".encode()
    thread = threading.Thread(target=lambda: answers.append(program.send(request)))
    thread.start()
    until(file.with_suffix(".waiting").exists)
    return thread, answers


def children(program: Program) -> list[int]:
    """Return the process ids of the workers."""
    pid = program.process.pid
    return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def gone(pid: int) -> bool:
    """Say whether there is no such process, or only its remains."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_idle_and_slow_clients_do_not_stop_the_service(server: Program) -> None:
    raise_file_limit()
    with ExitStack() as stack:
        for number in range(1300):
            client = stack.enter_context(server.connect())
            if number % 4 == 0:
                client.sendall(b"GET /hello HTTP/1.1\r\nA: b")
        assert server.get("/hello").body.startswith(b"5\r\nhello")


def test_slow_statements_wait_side_by_side(home: Path, postgres: Embedded) -> None:
    database = {"DATABASE_URL": postgres.url, "FACTCHECK_OWNER_URL": postgres.owner_url}
    with Program(home, FACTCHECK_WORKERS="1", **database) as program:
        began = time.monotonic()
        assert program.get("/sleep").status == 200
        alone = time.monotonic() - began
        finished: list[str] = []
        with ThreadPoolExecutor(21) as threads:
            for path in [*["/sleep"] * 20, "/hello"]:
                threads.submit(lambda path=path: finished.append(program.get(path) and path))
        assert finished[0] == "/hello"
        assert time.monotonic() - began - alone < 20 * alone / 3


def test_sigterm_lets_requests_finish_and_drops_the_idle(home: Path) -> None:
    with Program(home) as program, program.connect() as idle, ExitStack() as stack:
        connection = stack.enter_context(closing(keep_alive(program)))
        connection.request("GET", "/hello")
        connection.getresponse().read()
        thread, answers = in_flight(program, home / "file")
        program.process.terminate()
        assert idle.recv(1) == b""
        assert connection.sock.recv(1) == b""
        (home / "file").touch()
        thread.join()
        assert answers[0].endswith(b"6\r\nwaited\r\n0\r\n\r\n")
        assert program.process.wait(20) == 0


def test_a_killed_worker_is_replaced(home: Path) -> None:
    with Program(home, FACTCHECK_WORKERS="1") as program:
        pid = int(program.get("/pid").body.split()[1])
        os.kill(pid, signal.SIGKILL)
        until(lambda: pid not in children(program) and children(program))
        assert int(program.get("/pid").body.split()[1]) != pid


def test_workers_leave_and_clear_up_when_the_parent_is_killed(home: Path) -> None:
    with Program(home, FACTCHECK_WORKERS="1") as program:
        program.get("/hello")
        pids = children(program)
        directory = run_directory(program)
        program.stop(signal.SIGKILL)
        until(lambda: all(gone(pid) for pid in pids))
        assert not directory.exists()


def run_directory(program: Program) -> Path:
    """Return the directory in which the workers keep their metrics."""
    names = Path(f"/proc/{children(program)[0]}/maps").read_text()
    return Path(re.findall(r"(/\S+)/\w+_\d+\.db", names)[0])


def test_the_run_directory_goes_with_the_server(home: Path) -> None:
    with Program(home, FACTCHECK_WORKERS="1") as program:
        program.get("/hello")
        directory = run_directory(program)
        assert directory.stat().st_mode & 0o777 == 0o700
        gauge = directory / f"gauge_livesum_{children(program)[0]}.db"
        gauge.touch()
        os.kill(children(program)[0], signal.SIGKILL)
        until(lambda: not gauge.exists())
        assert program.stop() == 0
        assert not directory.exists()


def test_metrics_are_those_of_all_workers(home: Path) -> None:
    with Program(home) as program:
        pids = set[bytes]()
        while len(pids) < 2:
            pids.add(program.get("/pid").body)
        text = program.get("/metrics").data.decode()
        assert float(re.findall(r'_count{.*"/pid".*} (\S+)', text)[0]) >= 2


def test_an_ipv6_address_is_announced_as_it_is_written(home: Path) -> None:
    with Program(home, FACTCHECK_HOST="::1") as program:
        assert program.address[0] == "::1"
        assert program.get("/hello").status == 200


def test_a_head_that_does_not_end_is_given_up(home: Path) -> None:
    with Program(home, TEST_KEEPALIVE="1") as program:
        assert program.send(b"GET /hello HTTP/1.1\r\n") == b""


def test_a_body_that_does_not_come_is_a_bad_request(home: Path) -> None:
    with Program(home, TEST_SILENCE="0.2") as program:
        answer = Answer(program.send(b"POST /echo HTTP/1.1\r\nContent-Length: 5\r\n\r\nhel"))
        assert answer.problem()["code"] == "bad-request"


def test_a_connection_that_breaks_within_a_body_is_no_fault(server: Program) -> None:
    with server.connect() as client:
        client.sendall(b"POST /echo HTTP/1.1\r\nX-Request-Id: broken\r\nContent-Length: 5\r\n\r\n")
        client.sendall(b"hel")
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    until(lambda: server.lines(request_id="broken"))
    assert not server.lines(request_id="broken", status=500)


def test_an_answer_that_nobody_reads_is_given_up(home: Path) -> None:
    with Program(home, TEST_SILENCE="0.2") as program, program.connect() as client:
        client.sendall(b"GET /large HTTP/1.1\r\n\r\n")
        until(lambda: program.lines(route="/large", cut_short=True))
        assert not program.lines(level="error")


def test_requests_that_never_end_are_cut_off(home: Path) -> None:
    with Program(home, TEST_GRACE="1") as program:
        thread, answers = in_flight(program, home / "file")
        assert program.stop() == 0
        thread.join()
        assert answers == [b""]
        assert program.lines(level="warning", event="requests were cut off at the graceful timeout")


def test_files_may_be_opened_up_to_the_hard_limit() -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (1024, before[1]))
        limit = raise_file_limit()
        assert limit > 1024
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (limit, before[1])
        assert raise_file_limit() == limit
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_a_stop_right_after_the_start_is_quick(home: Path) -> None:
    with Program(home, TEST_GRACE="600") as program:
        assert program.stop() == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGQUIT])
def test_an_interrupt_ends_at_once(home: Path, number: int) -> None:
    with Program(home) as program:
        thread, _ = in_flight(program, home / "file")
        assert program.stop(number) == 0
        thread.join()
