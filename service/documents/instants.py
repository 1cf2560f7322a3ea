"""Instants as text: RFC 3339 in UTC, always six digits of the second."""

from datetime import UTC, datetime


def written(instant: datetime) -> str:
    """Return ``2022-02-16T18:00:00.000000Z``."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def read(text: str) -> datetime:
    """Return the instant that RFC 3339 text names.

    Raises `ValueError` without an offset, and where UTC would need a year 0 or 10000.
    """
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        message = "an instant needs its offset, such as Z"
        raise ValueError(message)
    try:
        return instant.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(*error.args) from error
