"""gunicorn, run inside `factcheck serve` with the settings that this service needs."""

import os
import resource
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar
from wsgiref.types import WSGIApplication

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker as AnyWorker

from service.running.keeper import Keeper, forget_signals
from service.running.logs import GunicornLogs
from service.running.worker import Worker
from service.settings import Settings

_FILES = 20_000
_RESERVE = 256
"""Descriptors of a worker that are not clients: logs, metrics, the database."""


class Server(BaseApplication):
    """Serve an application with `settings.workers` processes on `settings.host` and `port`.

    `create_app` runs in each worker, after the fork and with gevent's sockets
    in place, so what it imports and opens (psycopg, its pool) is the worker's
    own. Until then this process must not import psycopg, which decides at its
    import whether to wait as gevent does. `announce` is called once with the
    URL that was really bound; port 0 takes a free one. `every_second` is called
    about that often in this process and in no other, without a thread, which a
    fork could catch with a lock in its hand; it must not raise or wait.
    """

    grace: ClassVar[int] = 30
    """Seconds that requests have to end after SIGTERM."""

    keepalive: ClassVar[int] = 75
    """Seconds to wait for a request's head: more than the 60 of proxies, so that they hang up."""

    def __init__(
        self,
        create_app: Callable[[], WSGIApplication],
        settings: Settings,
        directory: Path,
        announce: Callable[[str], None],
        every_second: Callable[[], object] = lambda: None,
    ) -> None:
        """Keep what will be needed; `directory` is the server's own, from `run_directory`."""
        self._every_second = every_second
        self._create_app = create_app
        self._settings = settings
        self._directory = directory
        self._announce = announce
        super().__init__()

    def run(self) -> None:
        """Serve until a signal says stop; ends by `SystemExit`, in the workers too."""
        Keeper(self, self._every_second).run()

    def load_config(self) -> None:
        """Set what gunicorn shall do; its own environment variables have no say."""
        for name, value in (self._limits() | self._ways()).items():
            self.cfg.set(name, value)

    def load(self) -> Any:  # noqa: ANN401 -- gunicorn's stub has a WSGI type of its own
        """Return the application of one worker."""
        from service.running import tracing  # noqa: PLC0415 -- after the fork
        from service.running.observation import Observed  # noqa: PLC0415
        from service.running.traced import Traced  # noqa: PLC0415

        application, spans = Observed(self._create_app()), tracing.spans()
        return Traced(application, spans) if spans else application

    def _limits(self) -> dict[str, object]:
        host = self._settings.host
        return {
            "bind": f"[{host}]:{self._settings.port}"
            if ":" in host
            else f"{host}:{self._settings.port}",
            "workers": self._settings.workers,
            "worker_connections": raise_file_limit() - _RESERVE,
            "timeout": 60,
            "graceful_timeout": self.grace,
            "keepalive": self.keepalive,
            "limit_request_line": 8190,
            "limit_request_fields": 100,
            "limit_request_field_size": 8190,
        }

    def _ways(self) -> dict[str, object]:
        return {
            "worker_class": Worker,
            "logger_class": GunicornLogs,
            "worker_tmp_dir": str(self._directory),
            "control_socket_disable": True,
            "forwarded_allow_ips": "127.0.0.1,::1",
            # From a neighbour on this machine too, SCRIPT_NAME is just a header.
            "forwarder_headers": "",
            # The same refusals whether or not gunicorn's C parser is installed.
            "http_parser": "python",
            "proc_name": "factcheck",
            # It would go out ahead of the head that a response keeps.
            "sendfile": False,
            "when_ready": self._when_ready,
            "post_fork": forget_signals,
            "child_exit": self._child_exit,
            "worker_exit": self._worker_exit,
        }

    def _when_ready(self, arbiter: Arbiter) -> None:
        host, port = arbiter.LISTENERS[0].getsockname()[:2]
        self._announce(f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}")

    def _child_exit(self, _arbiter: Arbiter, worker: AnyWorker) -> None:
        for gauge in self._directory.glob(f"gauge_live*_{worker.pid}.db"):
            gauge.unlink(missing_ok=True)

    def _worker_exit(self, _arbiter: Arbiter, worker: AnyWorker) -> None:
        from service.running import tracing  # noqa: PLC0415 -- as in `load`

        try:
            tracing.stop()
        finally:
            if os.getppid() != worker.ppid:
                # The parent was killed and cannot clear up after itself.
                shutil.rmtree(self._directory, ignore_errors=True)


def raise_file_limit() -> int:
    """Let this process open more files, as far as it may, and return how many.

    Each idle client holds one; the usual soft limit of 1,024 is for programs
    that use select().
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    limit = _FILES if hard == resource.RLIM_INFINITY else min(hard, _FILES)
    if limit > soft:
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
    return limit
