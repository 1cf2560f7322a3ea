"""Instants as text: RFC 3339 in UTC, always six digits of the second."""

from datetime import UTC, datetime


def written(instant: datetime) -> str:
    """Return ``2022-02-16T18:00:00.000000Z``."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def read(text: str) -> datetime:
    """Return the instant that RFC 3339 text names; raises `ValueError` without an offset.

    A blank before the offset stands for the plus sign that a query string lost.
    """
    instant = datetime.fromisoformat(text.replace(" ", "+") if "T" in text.upper() else text)
    if instant.tzinfo is None:
        message = "an instant needs its offset, such as Z"
        raise ValueError(message)
    return instant.astimezone(UTC)
