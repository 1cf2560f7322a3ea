"""What the tests of records share: an office a module, on each cluster."""

from collections.abc import Generator

import pytest

from service.settings import Settings
from tests.clusters import Cluster
from tests.contract import Contract
from tests.records.office import Office, opened


@pytest.fixture(scope="module")
def office(
    each_cluster: Cluster, settings: Settings, contract: Contract, request: pytest.FixtureRequest
) -> Generator[Office]:
    """Open an office for the tests of a module."""
    name = f"records_{request.path.stem}"
    with opened(each_cluster, settings, contract.check, name) as found:
        yield found
