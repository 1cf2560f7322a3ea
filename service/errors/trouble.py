"""What the client cannot mend: our faults, and a database that is busy or away."""

from service.problem import Problem


class Internal(Problem):
    """A fault of the service, logged under the id in `instance`; nothing was written."""

    code, status, title = "internal", 500, "A fault of the service"


class Busy(Problem):
    """Too many writers want the same record at once; nothing was written, try again."""

    code, status, title = "busy", 503, "Busy"

    def __init__(self, detail: str, *, retry_after: int = 1) -> None:
        """Ask to come again after so many seconds; the log names the trouble."""
        super().__init__(detail, headers={"Retry-After": str(retry_after)}, trouble="busy")


class Unavailable(Problem):
    """The database cannot be reached or cannot write now; try again after `Retry-After`.

    An import that takes longer than it may comes to this too; `detail` says so. Send it in
    smaller files.
    """

    code, status, title = "unavailable", 503, "The database is not available"


class Overloaded(Problem):
    """More is asked of the service than it can answer soon, so it refuses what would only wait.

    Nothing was read or written. Try again after `Retry-After`, less often if you can.
    """

    code, status, title = "overloaded", 503, "Too much is asked at once"


class TooManyStreams(Problem):
    """The server has as many open streams and waiting requests as it takes.

    Read pages of the feed without `wait`, or try again after `Retry-After`.
    """

    code, status, title = "too-many-streams", 503, "Too many streams are open"
