"""What the tests of the database share: a migrated database a module, on each cluster."""

from collections.abc import Generator

import psycopg
import pytest

from tests.clusters import Cluster


@pytest.fixture(scope="module")
def migrated(each_cluster: Cluster, request: pytest.FixtureRequest) -> Generator[str]:
    """Make a migrated database for the tests of a module; yield its name."""
    with each_cluster.database(f"storage_{request.path.stem}") as name:
        yield name


@pytest.fixture
def empty(each_cluster: Cluster) -> Generator[str]:
    """Make a database in which there is nothing; yield how its owner reaches it."""
    with each_cluster.database("storage_empty", template="template0") as name:
        yield each_cluster.url(name)


@pytest.fixture(scope="module")
def owner_url(each_cluster: Cluster, migrated: str) -> str:
    """Return how the owner reaches the module's database."""
    return each_cluster.url(migrated)


@pytest.fixture(scope="module")
def service_url(each_cluster: Cluster, migrated: str) -> str:
    """Return how the service's role reaches the module's database."""
    return each_cluster.url(migrated, "newsroom")


@pytest.fixture
def as_owner(owner_url: str) -> Generator[psycopg.Connection]:
    """Speak as the owner; nothing is kept."""
    with psycopg.connect(owner_url) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def as_service(service_url: str) -> Generator[psycopg.Connection]:
    """Speak as the service's role; nothing is kept."""
    with psycopg.connect(service_url) as connection:
        yield connection
        connection.rollback()
