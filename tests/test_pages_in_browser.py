"""Pages for people in a real browser: accessible, harmless, and cards as high as they are."""

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.clusters import Cluster
from tests.docs import browser
from tests.docs.browser import Browser
from tests.docs.service import PROGRAMS, UNLIMITED, Service
from tests.running.client import until
from tests.site.planted import NAMES, SHORT, body

AXE = PROGRAMS.parent / "node" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
  "best-practice"]}).then(found => JSON.stringify(found.violations.map(one =>
  [one.id, one.nodes.map(node => node.html + " " + node.failureSummary)])))"""
VERDICT = "/v1/verdicts/troops-148k-verdict"
HOSTILE = ("/v1/claims/hostile?format=html", "/v1/verdicts/hostile?format=html")
CARD = "/embed/verdicts/hostile"
PAGES = (
    "/v1/claims/troops-148k?format=html",
    f"{VERDICT}?format=html",
    "/v1/verdicts/insufficient-1?format=html",
    f"{VERDICT}?format=html&as_of=2022-02-17T00:00:00Z",
    *HOSTILE,
    "/corrections",
    "/corrections?category=update",
    "/?format=html",
    "/search?q=russian+troops",
    "/search?q=",
    "/v1/claims/never",
    "/embed/verdicts/troops-148k-verdict",
)


@pytest.fixture(scope="module")
def service(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Run the service with the demo and a hostile record of each kind."""
    home = tmp_path_factory.mktemp("pages") / "home"
    with (
        cluster.database("people_pages") as name,
        Service(
            home, "--workers", "1", "--demo", DATABASE_URL=cluster.url(name), **UNLIMITED
        ) as running,
    ):
        plant(running)
        yield running


def plant(service: Service) -> None:
    """Publish what is hostile, and change it so that there is a difference to show."""
    other = {"id": "other", "text": SHORT, "status": "published"}
    assert service.send("POST", "/v1/claims", other).status == 201
    for kind, name in NAMES.items():
        assert service.send("POST", f"/v1/{kind}s", {"id": name, **body(kind)}).status == 201
    change = {"title": f"{SHORT} again", "note": SHORT, "reason": "correction"}
    assert service.send("PATCH", "/v1/verdicts/hostile", change).status == 200


@pytest.fixture(scope="module")
def page(service: Service) -> Iterator[Browser]:
    """Open a browser."""
    with Browser(browser.find()) as opened:
        yield opened


def go(page: Browser, url: str, *, dark: bool = False, width: int = 1000) -> None:
    """Open a page, light or dark, and wait for all that it asks for."""
    page.events.clear()
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    page.call("Emulation.setEmulatedMedia", features=[scheme])
    sizes = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    page.call("Emulation.setDeviceMetricsOverride", **sizes)
    page.call("Page.navigate", url=url)
    # Until then it may be the page before that is complete.
    there = f"location.href === {json.dumps(url)} && document.readyState === 'complete'"
    until(lambda: page.evaluate(f"{there} && document.title !== ''"))


def wrong(page: Browser) -> object:
    """Return what axe finds wrong with the page, with what is folded up unfolded."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.evaluate(AXE.read_text())
    done = page.call("Runtime.evaluate", expression=RUN, awaitPromise=True, returnByValue=True)
    return done["result"]["value"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible(page: Browser, service: Service, path: str, scheme: str) -> None:
    go(page, service.url + path, dark=scheme == "dark")
    assert wrong(page) == "[]"


def test_what_is_not_accessible_is_found(page: Browser, service: Service) -> None:
    go(page, f"{service.url}/search")
    page.evaluate("document.querySelector('label').remove()")
    page.evaluate("document.querySelector('input').removeAttribute('placeholder')")
    page.evaluate("document.querySelector('h1').style.color = '#ddd'")
    found = dict(json.loads(str(wrong(page))))
    assert {"label", "color-contrast"} <= found.keys()


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_a_phone(page: Browser, service: Service, path: str) -> None:
    go(page, service.url + path, width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("path", [*PAGES[:2], *HOSTILE, "/?format=html", "/corrections"])
def test_a_page_asks_nobody_else_and_complains_of_nothing(
    page: Browser, service: Service, path: str
) -> None:
    go(page, service.url + path)
    asked = [event["request"]["url"] for event in page.told("Network.requestWillBeSent")]
    # The browser draws the field for day and time with a picture of its own, in a data: address.
    assert [url for url in asked if not url.startswith((f"{service.url}/", "data:"))] == []
    assert page.told("Log.entryAdded", "Runtime.exceptionThrown", "Network.loadingFailed") == []
    assert page.told("Runtime.consoleAPICalled", "Page.javascriptDialogOpening") == []


@pytest.mark.parametrize("path", [*HOSTILE, CARD, "/corrections", "/?format=html"])
def test_what_is_planted_does_nothing(page: Browser, service: Service, path: str) -> None:
    go(page, service.url + path)
    assert page.evaluate("document.querySelectorAll('.planted, iframe, img').length") == 0
    assert page.evaluate("document.body.innerText.includes('<script class=planted>')")
    harmless = "[...document.links].every(one => /^(https?|mailto):$/.test(one.protocol))"
    assert page.evaluate(harmless)
    assert page.told("Page.javascriptDialogOpening", "Log.entryAdded") == []


class Quiet(SimpleHTTPRequestHandler):
    """Serve files under a policy as strict as a newspaper's, and say nothing of it."""

    policy = ""

    def end_headers(self) -> None:
        """Add the policy."""
        self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its name above
        """Say nothing."""


@pytest.fixture
def newspaper(service: Service, tmp_path: Path) -> Iterator[str]:
    """Serve a page that embeds a card from another origin."""
    answer = service.curl(f"/oembed?url={service.url}{VERDICT}")
    snippet = json.loads(answer.body)["html"]
    (tmp_path / "story.html").write_text(f"<title>Story</title><p>A story</p>{snippet}")

    class Strict(Quiet):
        policy = f"default-src 'none'; frame-src {service.url}; script-src {service.url}"

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Strict, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/story.html"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("width", [320, 800])
def test_a_card_is_as_high_as_what_is_in_it(page: Browser, newspaper: str, width: int) -> None:
    go(page, newspaper, width=width)
    until(lambda: page.evaluate("document.querySelector('iframe').height !== '360'"))
    assert 200 < page.evaluate("Number(document.querySelector('iframe').height)") < 1200
    assert page.told("Log.entryAdded", "Runtime.exceptionThrown") == []


def test_a_page_cannot_be_framed(page: Browser, service: Service) -> None:
    go(page, f"{service.url}/?format=html")
    policy = page.told("Network.responseReceived")[0]["response"]["headers"]
    assert "frame-ancestors 'none'" in policy["Content-Security-Policy"]


def test_the_form_leads_to_the_moment_it_names(page: Browser, service: Service) -> None:
    go(page, f"{service.url}{VERDICT}?format=html")
    page.evaluate("document.getElementById('at').value = '2022-02-17T00:00'")
    page.evaluate("document.querySelector('.picker').submit()")
    until(lambda: "as_of=" in page.evaluate("location.href"))
    until(lambda: page.evaluate("document.querySelector('.banner.past') !== null"))


def test_a_whole_page_is_printed(page: Browser, service: Service) -> None:
    go(page, f"{service.url}{VERDICT}?format=html")
    printed = page.call("Page.printToPDF", transferMode="ReturnAsBase64")["data"]
    assert printed.startswith("JVBERi0")
