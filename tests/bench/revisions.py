"""An earlier revision of this repository, with an environment of its own."""

import io
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.subjects import ROOT


@contextmanager
def factcheck_of(revision: str) -> Iterator[Path]:
    """Take a revision out and have its own Makefile install it; yield its `factcheck`."""
    # Without a worktree there is nothing to clear up in the repository after a kill.
    command = ["git", "-c", "safe.directory=*", "archive", "--format=tar", revision]
    archive = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if archive.returncode:
        raise SystemExit(archive.stderr.decode().strip())
    # root's PostgreSQL runs as another user, who must reach the programs in the environment.
    with TemporaryDirectory(prefix="factcheck-bench-") as place:
        Path(place).chmod(0o755)
        with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
            files.extractall(place, filter="data")
        subprocess.run(["make", "--silent", ".venv/.installed"], cwd=place, check=True)
        yield Path(place) / ".venv/bin/factcheck"
