"""The directory of one running server: its workers' signs of life and their metrics."""

import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108 -- mkdtemp makes a name nobody can guess, 0700


@contextmanager
def run_directory() -> Generator[Path]:
    """Make a private directory for this server, in memory where there is some to write to.

    A worker's sign of life is written every second and must not wait for a
    disk. `PROMETHEUS_MULTIPROC_DIR` names the directory before prometheus_client
    is imported, which looks for it then and only then. The directory goes with
    the process that made it; a worker that leaves through here lets it be.
    """
    owner = os.getpid()
    parent = _MEMORY if os.access(_MEMORY, os.W_OK | os.X_OK) else None
    path = Path(tempfile.mkdtemp(prefix="factcheck-serve-", dir=parent))
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(path)
    try:
        yield path
    finally:
        if os.getpid() == owner:
            del os.environ["PROMETHEUS_MULTIPROC_DIR"]
            shutil.rmtree(path, ignore_errors=True)
