"""The service on a port of its own, and Google's client pointed at it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from service.running.observation import Observed
from tests.newsroom import Newsroom
from tests.routes.factchecktools.client import Google

Pointed = Callable[[str], Google]


class Quiet(WSGIRequestHandler):
    """Say nothing of each request."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 -- its name there
        """Say nothing."""


@pytest.fixture(scope="session")
def address(app: Flask) -> Iterator[str]:
    """Serve the application on a free port."""
    server = make_server("127.0.0.1", 0, Observed(app), threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def pointed(address: str, http: Newsroom) -> Iterator[Pointed]:
    """Return a way to build the client with a key."""
    with ExitStack() as stack:
        yield lambda key: stack.enter_context(Google(address, key))


@pytest.fixture
def google(pointed: Pointed, http: Newsroom) -> Google:
    """Build the client with a key that writes drafts."""
    return pointed(http.desk)
