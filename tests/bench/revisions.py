"""An earlier revision of this repository, with an environment of its own."""

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.subjects import ROOT


def git(*words: str) -> bytes:
    """Return what git says of this repository, or end with why it does not."""
    # The checkout may belong to another user.
    command = ["git", "-c", "safe.directory=*", *words]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if said.returncode:
        raise SystemExit(said.stderr.decode().strip())
    return said.stdout


def short(revision: str) -> str:
    """Return the name of a revision that does not move."""
    return git("rev-parse", "--short", f"{revision}^{{commit}}").decode().strip()


@contextmanager
def factcheck_of(revision: str) -> Iterator[Path]:
    """Take a revision out and have its own Makefile install it; yield its `factcheck`."""
    # Without a worktree there is nothing to clear up in the repository after a kill.
    archive = git("archive", "--format=tar", revision)
    # root's PostgreSQL runs as another user, who must reach the programs in the environment.
    with TemporaryDirectory(prefix="factcheck-bench-") as place:
        Path(place).chmod(0o755)
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            files.extractall(place, filter="data")
        subprocess.run(["make", "--silent", ".venv/.installed"], cwd=place, stdout=2, check=True)
        yield Path(place) / ".venv/bin/factcheck"
