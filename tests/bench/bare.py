"""A Flask route with nothing in it, on the service's own server: what all else is compared with.

``python -m tests.bench.bare`` prints its address and serves until SIGTERM. With ``--plain`` it
has gunicorn's own worker, and nothing of ours around the route.
"""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from wsgiref.types import WSGIApplication

from service.running import logs
from service.running.run_directory import run_directory
from service.running.server import Server
from service.settings import Settings

HEADER: Final = {"X-Bare": "1"}


def create_app() -> WSGIApplication:
    """Return the application."""
    from flask import Flask  # noqa: PLC0415 -- after the fork, as the service does

    app = Flask("bare", static_folder=None)
    app.add_url_rule("/", view_func=lambda: ("", HEADER), endpoint="bare")
    return app.wsgi_app


class Plain(Server):
    """The same settings of gunicorn, and nothing else of ours."""

    def load_config(self) -> None:
        """Take gunicorn's own worker."""
        super().load_config()
        self.cfg.set("worker_class", "gevent")

    def load(self) -> Any:  # noqa: ANN401 -- as in `Server`
        """Return the application as it is."""
        return create_app()


def main() -> None:
    """Serve."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bare")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--workers", type=int, default=2)
    words = parser.parse_args()
    settings = replace(Settings.from_environment(), port=0, workers=words.workers)
    logs.configure(settings.log_level)
    with run_directory() as directory:
        serve(Plain if words.plain else Server, settings, directory)


def serve(server: type[Server], settings: Settings, directory: Path) -> None:
    """Serve and say where."""
    server(create_app, settings, directory, lambda url: print(url, flush=True)).run()  # noqa: T201


if __name__ == "__main__":
    main()
