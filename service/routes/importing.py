"""Imports as requests bring them: the body in pieces, written once however often it comes."""

from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from typing import Protocol

from flask import request

from service.bulk.files import File
from service.bulk.lines import Order
from service.bulk.staging import Staging
from service.bulk.taking import Taking
from service.errors import BodyTooLarge, Busy, InvalidRecord
from service.meters import Meters
from service.records import retries
from service.routes import context
from service.routes.retrying import attempt, idempotency_key
from service.storage.database import Door

CHUNK = 64 * 1024


class Hashed(File, Protocol):
    """What reads a body as records; once it is read, `sha256` is the hash of all of it."""

    @property
    def sha256(self) -> bytes:
        """Return the hash of what was read."""
        ...


def taken(order: Order, file: Hashed) -> tuple[Taking, str, bool]:
    """Import the body; return what was taken, the text of the answer, and whether it is a replay.

    What was staged is still there, for an answer to be made of; it is removed where this fails.
    """
    with metered() as meters:
        return _taken(order, file, meters)


@contextmanager
def metered() -> Generator[Meters]:
    """Let the meters hear of an import, and of the lines for which it is refused."""
    meters = context.state().database.meters
    with meters.importing():
        try:
            yield meters
        except InvalidRecord as problem:
            told = problem.members.get("refused")
            lines = told if isinstance(told, int) else len({one.line for one in problem.errors})
            meters.imported("refused", lines)
            raise


def _taken(order: Order, file: Hashed, meters: Meters) -> tuple[Taking, str, bool]:
    database = context.state().database
    staging = Staging(database, meters)
    # A dry run has no answer to keep, but a key that is none is refused there too.
    keyed = idempotency_key() is not None and not order.dry_run
    taking = Taking(staging, order, keeps=keyed, turn=let_in)
    try:
        taking.stage(file.read(chunks()))
        trial = attempt(order.caller, file.sha256) if keyed else None

        def once(act: Callable[[Door], str]) -> tuple[str, bool]:
            return retries.once(database, trial, act)

        text, replayed = taking.finish(once)
    except BaseException:
        staging.remove()
        raise
    if not replayed:
        meters.imported("written", staging.written)
        meters.imported("refused", staging.refused)
    return taking, text, replayed


@contextmanager
def let_in(seconds: float) -> Generator[None]:
    """Wait without a connection until fewer imports than may be are written or wait to be.

    Raises `Busy` after so many seconds.
    """
    imports = context.state().imports
    if not imports.acquire(timeout=seconds):
        detail = "Other imports are still being written. Send this one again in a minute."
        raise Busy(detail, retry_after=60)
    try:
        yield
    finally:
        imports.release()


def chunks() -> Iterable[bytes]:
    """Yield the body in pieces; raises `BodyTooLarge` once there is too much of it."""
    most, seen = context.state().settings.max_import, 0
    request.max_content_length = None
    while chunk := request.stream.read(CHUNK):
        seen += len(chunk)
        if seen > most:
            raise BodyTooLarge(f"Send at most {most:,} bytes.")
        yield chunk
