"""The metrics of a running server: all that the README names, and labels of which there are few."""

import os
import re
import signal
from collections.abc import Generator
from http import HTTPStatus
from pathlib import Path

import pytest
from flask import Flask
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from service.running import metrics
from service.running.metering import Pool
from service.storage.timing import COMMIT, Use
from tests.docs.service import UNLIMITED, Service, folder
from tests.running.client import until
from tests.webhooks.receiver import receiving

ROOT = Path(__file__).parents[2]
STATEMENTS = {path.stem for path in (ROOT / "service/sql").glob("*.sql")} | {COMMIT}
OUTCOMES = {"taken", "status", "timeout", "tls", "refused", "broken", "name", "private", "url"}
ROWS = re.findall(r"(?m)^\| `(factcheck_\w+)` \| ([^|]+) \| ", (ROOT / "README.md").read_text())
GOOD = '{"type": "claim", "id": "c1", "text": "It rained", "status": "published"}'
IMPORT = f"{GOOD}\n" + '{"type": "claim", "text": ""}\n'
NDJSON = ["-H", "Content-Type: application/x-ndjson", "--data-binary"]

Families = dict[str, Metric]


@pytest.fixture(scope="module")
def service() -> Generator[Service]:
    """Run a server that has imported, told a webhook, and met what nobody should send."""
    private = {**UNLIMITED, "FACTCHECK_PRIVATE_WEBHOOKS": "true", "FACTCHECK_POOL_SIZE": "3"}
    with folder() as place, Service(place / "data", **private) as found, receiving() as receiver:
        found.send("POST", "/v1/webhooks", {"url": receiver.url})
        found.curl("/v1/import?partial=true", *NDJSON, IMPORT, key=found.key)
        receiver.wait_for(1)
        for number in range(30):
            path = f"/v1/claims/id-{number}/revisions/{number}?q=word-{number}"
            found.curl(path, "-X", f"VERB{number}", "-H", f"X-Request-Id: id-{number}")
            found.curl(f"/nowhere-{number}/fck_{number}", key=f"fck_{number}")
        yield found


def families(service: Service) -> Families:
    """Return what the server counts, by the names that its samples begin with."""
    text = service.curl("/metrics").body.decode()
    found = text_string_to_metric_families(text)
    return {one.name + ("_total" if one.type == "counter" else ""): one for one in found}


def values(found: Families, label: str) -> set[str]:
    """Return all the values of a label."""
    samples = [sample for family in found.values() for sample in family.samples]
    return {sample.labels[label] for sample in samples if label in sample.labels}


def total(found: Families, name: str, **labels: str) -> float:
    """Return the value of a sample."""
    family = next(one for family, one in found.items() if name.startswith(family))
    return sum(s.value for s in family.samples if s.name == name and s.labels == labels)


def test_the_readme_names_every_metric_and_its_labels(service: Service) -> None:
    until(lambda: "factcheck_webhook_deliveries_total" in families(service))
    found = {
        name: {label for sample in family.samples for label in sample.labels} - {"le"}
        for name, family in families(service).items()
    }
    assert {name: set(re.findall(r"`(\w+)`", labels)) for name, labels in ROWS} == found


def test_every_metric_says_what_it_is(service: Service) -> None:
    assert all(len(family.documentation) > 20 for family in families(service).values())


def test_labels_take_few_values_whatever_is_sent(service: Service, app: Flask) -> None:
    found = families(service)
    rules = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(rule)) for rule in app.url_map.iter_rules()}
    assert values(found, "route") <= rules | {metrics.UNROUTED, "unreadable"}
    assert values(found, "method") <= metrics.METHODS | {"other"}
    assert values(found, "status") <= {str(int(status)) for status in HTTPStatus}
    assert values(found, "statement") <= STATEMENTS
    assert values(found, "outcome") <= OUTCOMES | {"read", "written"}
    known = {"route", "method", "status", "statement", "outcome", "le"}
    assert {label for one in found.values() for s in one.samples for label in s.labels} == known


def test_statements_are_counted_by_their_names(service: Service) -> None:
    name = "factcheck_statement_duration_seconds_count"
    before = total(families(service), name, statement="get")
    service.curl("/v1/claims/c1")
    until(lambda: total(families(service), name, statement="get") == before + 1)
    assert total(families(service), name, statement="claim_webhooks") > 0


def test_lines_of_imports_are_counted_by_what_became_of_them(service: Service) -> None:
    def lines() -> list[float]:
        found, name = families(service), "factcheck_import_lines_total"
        return [total(found, name, outcome=one) for one in ("read", "written", "refused")]

    before = lines()
    for query in ("", "?partial=true", "?dry_run=true"):
        service.curl(f"/v1/import{query}", *NDJSON, IMPORT, key=service.key)
    assert [now - then for now, then in zip(lines(), before, strict=True)] == [6, 0, 3]
    assert before == [2, 1, 1]
    assert total(families(service), "factcheck_imports_running") == 0


def test_the_pools_of_all_workers_are_told_of(service: Service) -> None:
    until(lambda: total(families(service), "factcheck_pool_size") == 6)
    found = families(service)
    assert 1 <= total(found, "factcheck_pool_connections") <= 6
    assert total(found, "factcheck_pool_waiting") == 0
    assert total(found, "factcheck_pool_timeouts_total") == 0


def test_a_dead_worker_has_no_pool(service: Service) -> None:
    [one, _] = service.workers
    until(lambda: total(families(service), "factcheck_pool_size") == 6)
    os.kill(one, signal.SIGKILL)
    until(lambda: one not in service.workers and len(service.workers) == 2)
    until(lambda: total(families(service), "factcheck_pool_size") == 6)


def test_what_a_pool_counts_is_taken_over_once() -> None:
    def waits() -> float:
        text = metrics.render().decode()
        return float(text.partition("\nfactcheck_pool_waits_total ")[2].split()[0])

    use = Use(most=4, made=2, used=1, waiting=0, waits=5, waited=0.5, denied=0, failed=0, lost=0)
    pool, before = Pool(lambda: use), waits()
    for _ in range(3):
        pool.sample()
    assert waits() == before + 5
