"""`factcheck deliver`: a process that tells webhooks of changes, alone or beside a server."""

import os
import signal
from collections.abc import Callable
from functools import partial

from gevent import monkey, signal_handler
from gevent.event import Event
from gevent.pool import Pool

from service.settings import Settings

AT_ONCE = 200
"""Deliveries at the same time, each in a greenlet of some kilobytes; the rest wait their turn."""
CONNECTIONS = 2
"""Connections to the database that all of them share."""


def deliver(settings: Settings, beside: int | None = None) -> None:
    """Deliver until SIGTERM or SIGINT, or until the process `beside`, our parent, is gone."""
    # Before anything is imported that waits: psycopg decides at its import how.
    _ = monkey.patch_all()
    from service.running import logs  # noqa: PLC0415 -- see above
    from service.running.startup import database  # noqa: PLC0415

    logs.configure(settings.log_level)
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        _ = signal_handler(number, stop.set)
    with database(settings) as (complete, watch):

        def every_second() -> None:
            _ = watch()
            if beside is not None and os.getppid() != beside:
                stop.set()

        _run(complete, stop, every_second)


def _run(settings: Settings, stop: Event, every_second: Callable[[], object]) -> None:
    from service.running.metering import Metered  # noqa: PLC0415 -- as above
    from service.running.rounds import Rounds  # noqa: PLC0415
    from service.storage.database import Database  # noqa: PLC0415

    opened = partial(
        Database,
        str(settings.database_url),
        size=CONNECTIONS,
        deadline=settings.deadline,
        prepare=settings.prepare_statements,
        meters=Metered(),
    )
    Rounds(opened(), Pool(AT_ONCE), settings.private_webhooks).go(stop, every_second)
