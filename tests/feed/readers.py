"""Readers of a running server's feed: by pages, by a stream, and by streams that break off."""

import random
from collections.abc import Generator, Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from itertools import islice
from typing import Any, Final

import orjson

PATIENCE: Final = 60.0
EVENTS: Final = {"Accept": "text/event-stream"}

Event = dict[str, Any]


def connect(url: str) -> HTTPConnection:
    """Return a connection to the server."""
    return HTTPConnection(url.removeprefix("http://"), timeout=PATIENCE)


def ask(connection: HTTPConnection, path: str, key: str, **fields: str) -> HTTPResponse:
    """Send a GET, with a key if there is one, and return the answer unread."""
    headers = {name.replace("_", "-"): value for name, value in fields.items()}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    assert answer.status == 200, answer.read()
    return answer


def polled(url: str, key: str, since: str) -> Iterator[Event]:
    """Yield the events of page after page, each waited for."""
    path = f"/v1/changes?since={since}&wait=5&limit=20"
    with closing(connect(url)) as connection:
        while True:
            page = orjson.loads(ask(connection, path, key).read())
            yield from page["items"]
            path = page["next"]


def streamed(url: str, key: str, since: str, last: str = "") -> Generator[Event]:
    """Yield the events of one stream until it ends."""
    fields = {"Last_Event_ID": last} if last else {}
    with closing(connect(url)) as connection:
        yield from events(ask(connection, f"/v1/changes?since={since}", key, **EVENTS, **fields))


def events(answer: HTTPResponse) -> Iterator[Event]:
    """Yield the events of a stream as they come."""
    while line := answer.readline():
        if line.startswith(b"data: "):
            yield orjson.loads(line[6:])


def resumed(url: str, key: str, since: str) -> Iterator[Event]:
    """Yield the events of streams, each broken off after a few and gone on with by another."""
    last = ""
    while True:
        some = random.randrange(1, 30)  # noqa: S311 -- nothing secret
        with closing(streamed(url, key, since, last)) as stream:
            for event in islice(stream, some):
                last = event["id"]
                yield event


READERS: Final = {"poll": polled, "stream": streamed, "resumed": resumed}
