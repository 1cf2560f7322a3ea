"""A page of another site in a real browser: it reads what is public, and can do no more."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.clusters import Cluster
from tests.docs import browser
from tests.docs.browser import Browser
from tests.docs.service import Service
from tests.running.client import until

CLAIM = {"id": "fares", "text": "Bus fares rose by a third", "status": "published"}


class Site(BaseHTTPRequestHandler):
    """Another site, all of whose pages are empty."""

    def do_GET(self) -> None:
        """Answer with an empty page."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Another site</title>")

    def log_message(self, format: str, *_: object) -> None:  # noqa: A002 -- its name there
        """Say nothing."""


@dataclass(frozen=True)
class Page:
    """A page of another site, and the service that it calls."""

    browser: Browser
    service: Service

    def fetch(self, path: str, options: str = "{}") -> Any:  # noqa: ANN401 -- what the page has
        """Fetch from the page; return status, ETag and body, or the name of the error."""
        script = f"""
            fetch({self.service.url + path!r}, {options}).then(
                async (a) => [a.type, a.status, a.headers.get('ETag'), await a.text()],
                (error) => error.name)"""
        asked = {"expression": script, "awaitPromise": True, "returnByValue": True}
        return self.browser.call("Runtime.evaluate", **asked)["result"].get("value")


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Run another site."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def page(cluster: Cluster, site: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Open a page of the site beside a service with a public claim."""
    home = tmp_path_factory.mktemp("origins") / "home"
    with (
        Browser(browser.find()) as opened,
        cluster.database("other_origins") as name,
        Service(home, "--workers", "1", DATABASE_URL=cluster.url(name)) as service,
    ):
        assert service.send("POST", "/v1/claims", CLAIM).status == 201
        opened.call("Page.navigate", url=site)
        until(lambda: opened.evaluate("document.title") == "Another site")
        yield Page(opened, service)


def test_it_reads_a_claim_and_its_etag(page: Page) -> None:
    kind, status, etag, body = page.fetch("/v1/claims/fares")
    assert (kind, status, etag) == ("cors", 200, '"1"')
    assert CLAIM["text"] in body


def test_it_asks_whether_its_copy_is_still_good(page: Page) -> None:
    asked = "{headers: {'If-None-Match': '\"1\"'}, cache: 'no-store'}"
    assert page.fetch("/v1/claims/fares", asked)[:3] == ["cors", 304, '"1"']


def test_it_reads_why_there_is_nothing(page: Page) -> None:
    kind, status, _, body = page.fetch("/v1/claims/never")
    assert (kind, status, '"not-found"' in body) == ("cors", 404, True)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_it_cannot_write_with_a_key(page: Page, method: str) -> None:
    headers = f"{{Authorization: 'Bearer {page.service.key}', 'If-Match': '*'}}"
    asked = f"{{method: '{method}', headers: {headers}, body: '{{}}'}}"
    assert page.fetch("/v1/claims/fares", asked) == "TypeError"
    assert page.fetch("/v1/claims/fares")[2] == '"1"'


def test_it_cannot_send_a_key_with_a_read(page: Page) -> None:
    asked = f"{{headers: {{Authorization: 'Bearer {page.service.key}'}}}}"
    assert page.fetch("/v1/claims/fares", asked) == "TypeError"


def test_it_cannot_write_as_a_form_does(page: Page) -> None:
    # No browser asks before this one. It carries no key, its type is no JSON, and of the
    # answer not even that there was one is told (Cross-Origin-Resource-Policy).
    asked = '{method: \'POST\', mode: \'no-cors\', body: \'{"id": "planted", "text": "x"}\'}'
    assert page.fetch("/v1/claims", asked) == "TypeError"
    until(lambda: '"method":"POST"' in page.service.log.read_text())
    assert page.fetch("/v1/claims/planted")[1] == 404
    assert page.service.curl("/v1/claims/planted", key=page.service.key).status == 404


def test_it_cannot_read_what_is_the_operators(page: Page) -> None:
    assert page.fetch("/metrics") == "TypeError"


def test_it_cannot_show_the_documentation_in_a_frame(page: Page) -> None:
    script = f"""
        new Promise((done) => {{
            const frame = document.createElement('iframe');
            frame.onload = () => done(frame.contentDocument === null);
            frame.src = {page.service.url + "/docs"!r};
            document.body.append(frame);
        }})"""
    page.browser.call("Runtime.evaluate", expression=script, awaitPromise=True)
    told = [entry["entry"]["text"] for entry in page.browser.told("Log.entryAdded")]
    assert any("frame-ancestors" in text for text in told)
