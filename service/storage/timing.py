"""How long statements take, and how the pool is used, for whoever measures it."""

from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from types import TracebackType
from typing import Final, Self

from service.meters import Meters

COMMIT: Final = "commit"
"""What the end of a transaction is called, beside the names of statements."""


class Timed:
    """Tell how long a statement took, whatever came of it.

    A class of its own: what `contextmanager` makes would take twice as long.
    """

    __slots__ = ("_began", "_meters", "_name")

    def __init__(self, meters: Meters, name: str) -> None:
        """Take who is told, and of what."""
        self._meters, self._name = meters, name

    def __enter__(self) -> None:
        """Begin."""
        self._began = perf_counter()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Tell."""
        self._meters.ran(self._name, perf_counter() - self._began)


@dataclass(frozen=True, slots=True)
class Use:
    """A pool at this moment, and since it began.

    `most` connections it may have, `made` it has, `used` of them are lent out; `waiting`
    requests wait for one. `waits` had to wait so far, for `waited` seconds in all; `denied`
    got none in their time. `failed` is how often connecting failed, `lost` how many
    connections broke.
    """

    most: int
    made: int
    used: int
    waiting: int
    waits: int
    waited: float
    denied: int
    failed: int
    lost: int

    @classmethod
    def of(cls, told: Mapping[str, int]) -> Self:
        """Return what psycopg's statistics say; they leave out what is 0."""
        made = told["pool_size"]
        return cls(
            most=told["pool_max"],
            made=made,
            used=made - told["pool_available"],
            waiting=told["requests_waiting"],
            waits=told.get("requests_queued", 0),
            waited=told.get("requests_wait_ms", 0) / 1000,
            denied=told.get("requests_errors", 0),
            failed=told.get("connections_errors", 0),
            lost=told.get("connections_lost", 0),
        )
