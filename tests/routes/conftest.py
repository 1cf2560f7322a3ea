"""What the tests of the routes share: a record of each kind, further keys, other settings."""

from collections.abc import Callable, Generator
from dataclasses import replace

import psycopg
import pytest
from flask import Flask
from werkzeug.test import Client

from service.app import close, create_app
from service.records import keys
from service.running.observation import Observed
from service.settings import Settings
from tests.clusters import Cluster
from tests.contract import Contract
from tests.kinds.smallest import SAMPLES, SUBJECT, Sample
from tests.newsroom import Newsroom

Variant = Callable[..., Newsroom]
Empty = Callable[[], None]


@pytest.fixture(params=SAMPLES, ids=str)
def sample(request: pytest.FixtureRequest, http: Newsroom) -> Sample:
    """Stand for each kind in turn; what its smallest record refers to is there."""
    assert http.put("/v1/claims/subject", json=SUBJECT, key=http.editor).status == 201
    return request.param


@pytest.fixture(scope="session")
def reader(app: Flask) -> str:
    """Make a key that may read drafts and write nothing."""
    return str(keys.create(app.extensions["factcheck"].database, "reader", ["read"]))


@pytest.fixture(scope="session")
def visitor(app: Flask) -> str:
    """Make a key without scopes, which sees what the public sees."""
    return str(keys.create(app.extensions["factcheck"].database, "visitor", []))


@pytest.fixture
def variant(
    http: Newsroom, settings: Settings, cluster: Cluster, tables: str, contract: Contract
) -> Generator[Variant]:
    """Return a way to the same database through an application with other settings."""
    made: list[Flask] = []

    def make(**changes: object) -> Newsroom:
        url = cluster.url(tables, "newsroom")
        made.append(create_app(replace(settings, database_url=url, **changes)))  # pyright: ignore[reportArgumentType]
        return replace(http, client=Client(Observed(made[-1])), check=contract.check)

    yield make
    for app in made:
        close(app)


@pytest.fixture
def empty(owner: psycopg.Connection) -> Empty:
    """Return a way to make the server as empty as a new one."""

    def again() -> None:
        owner.execute("SET session_replication_role = replica")
        owner.execute("DELETE FROM revision")
        owner.execute("INSERT INTO revision OVERRIDING SYSTEM VALUE TABLE seed")
        owner.execute("SET session_replication_role = origin")

    return again
