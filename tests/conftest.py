"""What all tests share: one PostgreSQL a run, one database a worker, one application."""

import os
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis
from werkzeug.test import Client

from service.app import create_app
from service.records import keys
from service.routes.context import State
from service.running.observation import Observed
from service.settings import Settings
from service.storage.database import Database
from tests import clusters
from tests.clusters import Cluster
from tests.contract import Contract
from tests.newsroom import Newsroom

pytest_plugins = ["tests.plugins.no_skips", "tests.plugins.following"]

ROOT = Path(__file__).parents[1]
SCOPES = {"admin": ["admin"], "editor": ["publish"], "desk": ["write"]}

# A busy machine is no fault of the code: nothing is timed.
hypothesis.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.load_profile("untimed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the walk of readers: a file goes to one process, and this takes minutes."""
    items.sort(key=lambda item: "visibility" not in item.path.parts)


@pytest.fixture(scope="session")
def contract() -> Contract:
    """Load openapi.yaml."""
    return Contract.load(ROOT / "openapi.yaml")


@pytest.fixture(scope="session")
def cluster() -> Generator[Cluster]:
    """Run the embedded PostgreSQL."""
    with clusters.embedded() as found:
        yield found


@pytest.fixture(scope="session")
def system_cluster() -> Generator[Cluster]:
    """Run the system's own PostgreSQL, where it has one."""
    programs = clusters.find_system()
    if programs is None:
        pytest.skip("this system has no PostgreSQL of its own")
    with clusters.system(programs) as found:
        yield found


@pytest.fixture(scope="session", params=["cluster", "system_cluster"])
def each_cluster(request: pytest.FixtureRequest) -> Cluster:
    """Stand for the embedded PostgreSQL and the system's, one after the other."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def settings() -> Settings:
    """Return the settings of an empty environment, with no limits of rates or of targets."""
    none = {"read_limit": 0, "write_limit": 0, "failed_key_limit": 0}
    return replace(Settings.from_environment(), **none, private_webhooks=True)


@pytest.fixture(scope="session")
def tables(cluster: Cluster) -> Generator[str]:
    """Make the database of this run; what the migrations put in it is kept in `seed`."""
    with cluster.database(f"tests_{os.getpid()}") as name:
        with psycopg.connect(cluster.url(name)) as connection:
            connection.execute("CREATE TABLE seed AS TABLE revision")
        yield name


@pytest.fixture(scope="session")
def app(settings: Settings, cluster: Cluster, tables: str) -> Generator[Flask]:
    """Make the application, which speaks to the database as the service's role."""
    found = create_app(replace(settings, database_url=cluster.url(tables, "newsroom")))
    yield found
    state(found).database.close()


@pytest.fixture
def database(app: Flask, clean: None) -> Database:
    """Return the application's database, as the migrations left it."""
    return state(app).database


@pytest.fixture(scope="session")
def owner(cluster: Cluster, tables: str) -> Generator[psycopg.Connection]:
    """Connect as the owner of the tables."""
    with psycopg.connect(cluster.url(tables), autocommit=True) as connection:
        yield connection


@pytest.fixture
def clean(owner: psycopg.Connection) -> None:
    """Take out what earlier tests wrote, past the triggers that keep revisions."""
    owner.execute("SET session_replication_role = replica")
    owner.execute("DELETE FROM revision")
    owner.execute("DELETE FROM retry")
    owner.execute("SET session_replication_role = origin")
    owner.execute("DELETE FROM wording")
    owner.execute("DELETE FROM wording_change")
    owner.execute("DELETE FROM wording_total")
    owner.execute("DELETE FROM word")
    owner.execute("DELETE FROM letters")
    owner.execute("DELETE FROM posting")
    owner.execute("DELETE FROM stemming_used WHERE rules <> 'english'")
    owner.execute("INSERT INTO revision OVERRIDING SYSTEM VALUE TABLE seed")
    owner.execute("DELETE FROM import_line")
    owner.execute("DELETE FROM allowance")
    owner.execute("DELETE FROM webhook")


@pytest.fixture(scope="session")
def secrets(app: Flask) -> dict[str, str]:
    """Make a key for each of the people at work."""
    made = {name: keys.create(state(app).database, name, SCOPES[name]) for name in SCOPES}
    return {name: str(secret) for name, secret in made.items()}


@pytest.fixture
def http(app: Flask, secrets: dict[str, str], contract: Contract, clean: None) -> Newsroom:
    """Return a way to send requests; no answer leaves it that breaks the contract."""
    return Newsroom(Client(Observed(app)), contract.check, **secrets)


def state(app: Flask) -> State:
    """Return the state of an application."""
    return app.extensions["factcheck"]
