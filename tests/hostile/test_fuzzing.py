"""schemathesis, with all its checks and phases, finds nothing: as admin and as the public.

`make test` runs 100 examples of each operation on claims and of each without a kind, which all
kinds share; with FUZZ=200 it is 200 of every operation of every kind.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract import Contract
from tests.docs.service import UNLIMITED, Service
from tests.hostile.fuzzing import Reader, fuzz

EXAMPLES = int(os.environ.get("FUZZ", "100"))
SEED = int(os.environ.get("SEED", "0"))
ALL_KINDS = "FUZZ" in os.environ
ONLY = {} if ALL_KINDS else {"path_regex": "^(?!/v1/(sources|verdicts|scales))"}


@pytest.fixture
def fuzzed(home: Path) -> Iterator[Service]:
    """Run a service of its own: it fills up."""
    with Service(home / "fuzzed", **UNLIMITED) as service:
        yield service


@pytest.mark.parametrize("reader", ["admin", "public"])
def test_schemathesis_finds_nothing(fuzzed: Service, contract: Contract, reader: str) -> None:
    key = fuzzed.key if reader == "admin" else None
    # Without a key every write is 401 before anything of it is read.
    only = ONLY if key else {**ONLY, "method": "GET"}
    run = fuzz(contract.document, Reader(fuzzed.url, key, only), EXAMPLES, SEED)
    print(f"seed {SEED}, {reader}: {dict(run.cases)}")  # noqa: T201 -- shown with -rP, or on failure
    assert not run.found, "\n\n".join(run.found[:9])
    assert {"examples", "coverage", "fuzzing"} <= run.cases.keys()
