"""One record's long life, a step a row, with a secret in everything that is written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from urllib.parse import urlencode

import orjson
import psycopg

from tests.kinds.smallest import Json
from tests.newsroom import Asked, Newsroom
from tests.visibility import bodies
from tests.visibility.planting import found, secret

ID: Final = "kept-record"
NOBODY: Final = "none-record"
"""An id of the same length that never was."""

SALTS: Final = "SELECT revision, encode(salt, 'hex') FROM revision WHERE kind = %s AND id = %s"
ANY: Final = {"If-Match": "*"}
PUBLIC: Final = ("published", "retracted", "withheld")


class Planted(NamedTuple):
    """A secret, where in the record it lies, and in which revision."""

    secret: str
    place: str
    revision: int


@dataclass
class Life:
    """The record so far; `key` is its author's."""

    kind: str
    http: Newsroom
    key: str
    author: str
    owner: psycopg.Connection
    planted: list[Planted] = field(default_factory=list)
    bodies: dict[int, Json] = field(default_factory=dict)
    statuses: list[str] = field(default_factory=list)
    instants: list[str] = field(default_factory=list)
    sent: list[tuple[str, str, Json | None]] = field(default_factory=list)
    purged: set[int] = field(default_factory=set)

    @property
    def collection(self) -> str:
        """Return the path of the list."""
        return f"/v1/{self.kind}s"

    @property
    def path(self) -> str:
        """Return the path of the record."""
        return f"{self.collection}/{ID}"

    @property
    def now(self) -> int:
        """Return the revision that the record is at."""
        return len(self.statuses)

    @property
    def latest(self) -> tuple[int, str, str, Json | None]:
        """Return the number, method, path and body of the write that made the present revision."""
        sent = enumerate(self.sent, start=1)
        return [(number, *write) for number, write in sent if ID in write[1]][-1]

    def begin(self) -> None:
        """Write the records around ours, one of its own kind among them."""
        for path, body in bodies.AROUND.items():
            self.send("PUT", path, body | {"status": "published"})
        self.touch("first")

    def step(self) -> None:
        """Take the record to its next revision."""
        number = self.now + 1
        status, act = LIFE[number - 1]
        status = "draft" if status == "in_review" and self.kind != "verdict" else status
        self.statuses.append(status)
        act(self, number, status)
        line = self.http.get(f"{self.path}/revisions", key=self.key).json()["items"][number - 1]
        self.instants.append(line["recorded_at"])
        salt = dict(self.owner.execute(SALTS, [self.kind, ID]).fetchall())[number]
        self.planted.append(Planted(salt, "salt", number))
        self.attend(number)

    def attend(self, number: int) -> None:
        """Write what happens around the record at some of its steps."""
        path, body = bodies.REFERRERS[self.kind]
        body = orjson.loads(orjson.dumps(body).replace(b"{id}", ID.encode()))
        if number == 1:
            self.send("PUT", path, body)
        if number == 3:
            self.send("PUT", path, body | {"status": "published"})
            self.touch("between the public revision and the draft over it")

    def touch(self, words: str) -> None:
        """Publish the neighbour, a record of the same kind, anew."""
        body = bodies.body(self.kind, 0, public=True, plant=lambda _: "neighbour")
        body |= {"origin": {"url": f"https://o.example/{len(words)}"}, "status": "published"}
        self.send("PUT", f"{self.collection}/neighbour?reason=typo&note=A+word", body)

    def change(self, number: int) -> dict[str, str]:
        """Return what goes with a write: note, reason, actor."""
        note, actor = self.plant("note", number), self.plant("actor", number)
        self.planted.append(Planted(self.author, "key", number))
        return {"note": f"It was {note}.", "reason": "correction", "actor": f"Ann {actor}"}

    def plant(self, place: str, number: int) -> str:
        """Return a new secret for a place in a revision."""
        self.planted.append(Planted(secret(), place, number))
        return self.planted[-1].secret

    def keep(self, number: int, body: Json) -> None:
        """Note what a revision holds; a secret that it takes over lies in both."""
        self.bodies[number] = body
        places = {one.secret: one.place for one in self.planted}
        for name in found(orjson.dumps(body)):
            self.planted.append(Planted(name, places[name], number))

    def send(self, method: str, path: str, body: Json | None = None) -> None:
        """Send a write that succeeds, as the author."""
        new = self.http.get(path.partition("?")[0], key=self.key).status == 404
        self.sent.append((method, path, body))
        headers = {"Idempotency-Key": f"w{len(self.sent)}", **({} if new else ANY)}
        asked: Asked = {"key": self.key, "headers": headers}
        if body is not None:
            asked["json"] = body
        answer = self.http.request(method, path, **asked)
        assert answer.status in {200, 201, 204}, answer.text


def write(life: Life, number: int, status: str) -> None:
    """Write the whole record anew, nothing of the revision before left in it."""
    public = status in PUBLIC
    body = bodies.body(
        life.kind, number, public=public, plant=lambda place: life.plant(place, number)
    )
    if life.kind == "scale" and public:
        # A published scale keeps the ratings that it was published with.
        before = [life.bodies[n]["ratings"] for n in life.bodies if life.statuses[n - 1] in PUBLIC]
        body["ratings"] += [one for ratings in before[-1:] for one in ratings[1:]]
    life.keep(number, body)
    life.send("PUT", f"{life.path}?{urlencode(life.change(number))}", body | {"status": status})


def delete(life: Life, number: int, status: str) -> None:
    """Delete the record."""
    life.send("DELETE", f"{life.path}?{urlencode(life.change(number))}")


def restore(life: Life, number: int, status: str) -> None:
    """Bring back what was there before the tombstone."""
    life.keep(number, life.bodies[number - 2])
    sent = {"restore": number - 2, "status": status, **life.change(number)}
    life.send("POST", f"{life.path}/revisions", sent)


def purge_the_fifth(life: Life, number: int, status: str) -> None:
    """Purge what was once published; the record is what it was."""
    life.keep(number, life.bodies[number - 1])
    change = urlencode(life.change(number) | {"reason": "legal"})
    life.send("DELETE", f"{life.path}/revisions/5?{change}")
    life.purged.add(5)


def purge(life: Life, number: int, status: str) -> None:
    """Purge the record."""
    change = urlencode(life.change(number) | {"reason": "legal"})
    life.send("DELETE", f"{life.path}?purge=true&{change}")
    life.purged.update(range(1, number))


LIFE: Final[tuple[tuple[str, Callable[[Life, int, str], None]], ...]] = (
    ("draft", write),
    ("in_review", write),
    ("published", write),
    ("draft", write),
    ("published", write),
    ("retracted", write),
    ("withheld", write),
    ("published", write),
    ("deleted", delete),
    ("draft", restore),
    ("published", write),
    ("published", purge_the_fifth),
    ("deleted", purge),
)
"""The status of each revision, and the act that makes it."""
