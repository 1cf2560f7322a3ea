"""A walk through pages is one moment, whatever is written meanwhile and however long that takes."""

import random
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any, LiteralString

import psycopg
import pytest

from tests.newsroom import Answer
from tests.records.office import ANY, WHY, Office

RECORDS = 120
WRITERS = 4
SORTS = ("created_at", "-created_at", "updated_at", "-updated_at")
COPY: dict[bool, LiteralString] = {
    True: """
        SELECT id, revision FROM revision
        WHERE kind = 'claim' AND superseded_at IS NULL AND status <> 'deleted'
    """,
    False: """
        SELECT id, revision FROM revision
        WHERE kind = 'claim' AND withdrawn_at IS NULL AND status IN ('published', 'retracted')
    """,
}
"""What lists show each reader, by the plainest statement there is."""


class Turnstile:
    """Lets transactions end one by one, and none while somebody has it closed."""

    def __init__(self) -> None:
        """Begin open, with work to do."""
        self.closed = threading.Lock()
        self.over = threading.Event()


@pytest.fixture(scope="module")
def claims(office: Office) -> list[str]:
    """Make claims, some of them drafts, and return their paths."""
    paths = [f"/v1/claims/w{number}" for number in range(RECORDS)]
    for number, path in enumerate(paths):
        status = "published" if number % 4 else "draft"
        body = {"text": "First", "topics": ["one"], "status": status}
        assert office.send("PUT", path, json=body).status == 201
    return paths


@contextmanager
def writers(office: Office, claims: list[str]) -> Generator[Turnstile]:
    """Let others write in transactions of one to twenty acts, and end them as the turnstile lets."""
    turnstile = Turnstile()
    threads = [
        threading.Thread(target=write, args=(office, claims, turnstile, seed))
        for seed in range(WRITERS)
    ]
    for thread in threads:
        thread.start()
    try:
        yield turnstile
    finally:
        turnstile.over.set()
        for thread in threads:
            thread.join()
