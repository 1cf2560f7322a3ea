"""What a client is told of a database in trouble, and by which name the log calls the trouble."""

import psycopg
from psycopg import errors
from psycopg_pool import PoolTimeout, TooManyRequests

from service.errors import Busy, Overloaded, Problem, Unavailable

RETRY_AFTER = {"Retry-After": "2"}
BUSY = (errors.LockNotAvailable, errors.DeadlockDetected, errors.SerializationFailure)
AWAY = (
    PoolTimeout,
    psycopg.OperationalError,
    errors.ReadOnlySqlTransaction,
    errors.IdleInTransactionSessionTimeout,
    errors.UndefinedTable,
    errors.FeatureNotSupported,  # an unlogged table, while the server is a replica
)

TROUBLES = {
    "read-only": "The database takes no writes now.",
    "full": "The database has no room to write.",
    "slow": "The database took too long.",
    "silent": "The database does not answer.",
    "connections": "The database has no connection to spare.",
    "crowded": "All connections to the database are in use.",
    "unmigrated": "The database is not set up for this release.",
    "unconfirmed": "No standby has confirmed the write, so it may be lost again.",
    "away": "The database cannot be reached.",
    "behind": "This replica has not got to the moment of the cursor yet.",
    "failing": "The database failed.",
}
"""The names, each with the sentence for the client."""

NAMES: dict[type[Exception], str] = {
    errors.ReadOnlySqlTransaction: "read-only",
    errors.FeatureNotSupported: "read-only",
    errors.DiskFull: "full",
    errors.QueryCanceled: "slow",
    errors.IdleInTransactionSessionTimeout: "slow",
    errors.CancellationTimeout: "silent",
    errors.ConnectionTimeout: "silent",
    errors.TooManyConnections: "connections",
    errors.UndefinedTable: "unmigrated",
    errors.PipelineAborted: "failing",  # what aborted it has been told already
    PoolTimeout: "crowded",
}


def translated(error: Exception, refusal: Exception | None = None) -> Problem:
    """Return what the client is told of an error of the driver.

    `refusal` is why the last try to connect failed, if it did: it explains why the pool
    has no connection.
    """
    if isinstance(error, BUSY):
        detail = "Nothing was written. Send the request again."
        return Busy(detail, retry_after=2)
    if isinstance(error, (PoolTimeout, TooManyRequests)) and refusal:
        return unavailable(name_of(refusal))
    if isinstance(error, TooManyRequests):
        return overloaded()
    return unavailable(name_of(error))


def unavailable(trouble: str) -> Unavailable:
    """Return the problem for a trouble of this name."""
    detail = f"{TROUBLES[trouble]} Send the request again in a few seconds."
    return Unavailable(detail, headers=RETRY_AFTER, trouble=trouble)


def overloaded() -> Overloaded:
    """Return the problem for a request that there is no time for now."""
    detail = "More is asked than can be answered soon. Ask again after Retry-After."
    return Overloaded(detail, headers={"Retry-After": "5"}, trouble="overloaded")


def name_of(error: Exception) -> str:
    """Return the name of the trouble behind an error of the driver."""
    if (name := NAMES.get(type(error))) is not None:
        return name
    state = isinstance(error, psycopg.Error) and error.sqlstate
    if state and not state.startswith(("08", "57P")):
        return "failing"
    # libpq gives no SQLSTATE for a refused connection; in another language it is "away".
    text = str(error)
    return "connections" if "too many" in text or "connection slots" in text else "away"
