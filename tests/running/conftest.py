"""Servers for the tests of `service.running`."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from service.storage.embedded import Embedded, throwaway
from tests.running.client import Program


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """Run a server of one worker without a database."""
    home = tmp_path_factory.mktemp("server")
    with Program(home, FACTCHECK_WORKERS="1") as program:
        yield program


@pytest.fixture(scope="session")
def postgres() -> Iterator[Embedded]:
    """Run a PostgreSQL of our own that nobody will miss."""
    with throwaway() as embedded:
        yield embedded


@pytest.fixture
def home() -> Iterator[Path]:
    """Make a folder for one server, which root's PostgreSQL can reach too."""
    with TemporaryDirectory(prefix="factcheck-") as name:
        Path(name).chmod(0o711)
        yield Path(name)
