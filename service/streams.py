"""Files that commands read and write: standard input and output among them."""

import os
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

CHUNK = 64 * 1024


@contextmanager
def opened(name: str) -> Generator[tuple[BinaryIO, int | None]]:
    """Open a file to read, or standard input, and tell its size if that is known."""
    if name == "-":
        if not sys.stdin:
            sys.exit("factcheck: standard input is closed")
        yield sys.stdin.buffer, None
        return
    with found(Path(name)) as stream:
        yield stream, os.fstat(stream.fileno()).st_size


def found(file: Path) -> BinaryIO:
    """Open a file to read; ends the program with a sentence where that fails."""
    try:
        return file.open("rb")
    except OSError as error:
        sys.exit(f"factcheck: {error}")


@contextmanager
def written(name: str | None) -> Generator[BinaryIO]:
    """Open a file to write, which is there once all of it is; without a name standard output.

    A device or a pipe is written to as it is, and a link leads to its file.
    """
    if name is None:
        if not sys.stdout:
            sys.exit("factcheck: standard output is closed")
        yield sys.stdout.buffer
        return
    file = Path(name).resolve()
    try:
        if file.exists() and not file.is_file():
            with file.open("wb") as stream:
                yield stream
        else:
            with whole(file) as stream:
                yield stream
    except OSError as error:
        sys.exit(f"factcheck: {error}")


@contextmanager
def whole(file: Path) -> Generator[BinaryIO]:
    """Open a new file, which takes the place of `file` once all of it is on disk."""
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    with unfinished.open("xb") as stream:
        try:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
            _ = unfinished.replace(file)
        except BaseException:
            unfinished.unlink()
            raise


def blocks(stream: BinaryIO) -> Iterator[bytes]:
    """Yield a file in pieces."""
    while block := stream.read(CHUNK):
        yield block
