"""`/docs` in a real browser: the whole contract, and nothing from anywhere else."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.clusters import Cluster
from tests.docs import browser
from tests.docs.browser import Browser
from tests.docs.service import Service
from tests.running.client import until

ROOT = Path(__file__).parent.parent
VERBS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def service(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Run the service on a database of the tests' server."""
    home = tmp_path_factory.mktemp("docs") / "home"
    with (
        cluster.database("docs_page") as name,
        Service(home, "--workers", "1", DATABASE_URL=cluster.url(name)) as running,
    ):
        yield running


@pytest.fixture(scope="module")
def page(service: Service) -> Iterator[Browser]:
    """Open /docs and wait until it shows operations."""
    with Browser(browser.find()) as opened:
        opened.call("Page.navigate", url=f"{service.url}/docs")
        until(lambda: opened.evaluate("document.querySelectorAll('.opblock').length"))
        yield opened


def test_the_page_shows_every_operation(page: Browser) -> None:
    contract = yaml.safe_load((ROOT / "openapi.yaml").read_text())
    items = [*contract["paths"].values(), *contract["webhooks"].values()]
    operations = sum(len(VERBS & set(item)) for item in items)
    assert page.evaluate("document.querySelectorAll('.opblock').length") == operations


def test_the_page_asks_nobody_else(page: Browser, service: Service) -> None:
    asked = [event["request"]["url"] for event in page.told("Network.requestWillBeSent")]
    assert f"{service.url}/openapi.yaml" in asked
    assert [url for url in asked if not url.startswith((f"{service.url}/", "data:"))] == []


def test_everything_that_the_page_asks_for_is_there(page: Browser) -> None:
    answers = [event["response"] for event in page.told("Network.responseReceived")]
    assert [answer["url"] for answer in answers if answer["status"] != 200] == []
    assert page.told("Network.loadingFailed") == []


def test_the_page_has_no_error_to_tell(page: Browser) -> None:
    logged = [event["entry"] for event in page.told("Log.entryAdded")]
    assert [entry for entry in logged if entry["level"] == "error"] == []
    assert page.told("Runtime.exceptionThrown") == []
    calls = page.told("Runtime.consoleAPICalled")
    assert [call for call in calls if call["type"] in {"error", "assert"}] == []


def test_the_page_shows_no_error(page: Browser) -> None:
    assert page.evaluate("document.querySelectorAll('.errors-wrapper').length") == 0
    assert page.evaluate("document.querySelector('.info .title').innerText").startswith(
        "Fact-check records"
    )


def test_an_operation_opens_with_its_fields(page: Browser) -> None:
    page.evaluate("document.querySelector('.opblock-summary-control').click()")
    until(lambda: page.evaluate("document.querySelectorAll('.opblock-body td').length"))
    assert page.told("Runtime.exceptionThrown") == []


def test_what_the_page_names_is_served_by_the_service_itself(service: Service) -> None:
    html = service.curl("/docs").body.decode()
    named = re.findall(r'(?:src|href)="([^"]+)"', html)
    assert len(named) > 2
    assert [url for url in named if not url.startswith("/")] == []
    assert {url: service.curl(url).status for url in named} == dict.fromkeys(named, 200)
