"""More than a service can do, as ``make overload`` prints it: too many requests, and a crowd."""

import argparse
import asyncio

from service.running.server import raise_file_limit
from tests.docs.service import UNLIMITED, Service, folder
from tests.load.crowd import IDLE, SLOW, crowd
from tests.load.overload import overload


def main() -> None:
    """Start a service as users do, load it and print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.load")
    parser.add_argument("--connections", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--idle", type=int, default=IDLE)
    parser.add_argument("--slow", type=int, default=SLOW)
    words = parser.parse_args()
    _ = raise_file_limit()
    with folder() as home, Service(home / "data", **UNLIMITED) as service:
        say(f"{words.connections} connections that never pause, for {words.seconds:.0f} s:")
        say(str(overload(service, words.connections, words.seconds)))
        say("A crowd that asks for nothing:")
        say(asyncio.run(crowd(service, words.seconds / 2, words.idle, words.slow)))


def say(words: str) -> None:
    """Print a line at once."""
    print(words, flush=True)  # noqa: T201 -- a program's output


if __name__ == "__main__":
    main()
