"""One reader's questions at one step of the record's life, and what is wrong with the answers."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

import orjson

from tests.newsroom import Answer, Asked, Newsroom
from tests.visibility.calls import Call, Calls, Visit
from tests.visibility.forms import READS
from tests.visibility.life import ID, NOBODY, Life
from tests.visibility.planting import found
from tests.visibility.refusals import WRITES
from tests.visibility.rules import visible
from tests.visibility.tables import TABLES

Heard = dict[str, list[tuple[Call, Answer]]]
"""By operation, what was asked and answered."""

REQUEST_ID: Final = {"X-Request-Id": "00000000-0000-4000-8000-000000000000"}
"""The same for all requests, so that equal answers have equal bytes."""

PASSING: Final = {"Last-Modified", "Content-Length", "Transfer-Encoding", "Date", "Expires"}
MOVING: Final = re.compile(
    rb'"exported_at":"[^"]*"|"sha256":"[0-9a-f]{64}"\}\n$|cursor=[\w-]{40,}|(?:private|public), '
    rb'|"nextPageToken":"[^"]*"|"score":[\d.e-]+|"explanation":\{"words":\{[^}]*\},"letters":[\d.e-]+\}'
)
"""What differs in answers that are otherwise equal: clocks, what is signed, whose cache it is, and
what words are worth, which goes on changing."""

SHARE: Final = 10
"""Who is not the first of a class asks each operation, and of its variants one in so many, at each
step others: for the answers must be those of the first, byte for byte. Of HEAD likewise."""


OFF_PAGES: Final = {"internal", "raw", "actor", "key"}
"""What is on no page, whoever reads it."""


@dataclass(frozen=True)
class Reader:
    """One who asks: `scopes` None is nobody in particular."""

    name: str
    scopes: tuple[str, ...] | None
    secret: str | None

    @property
    def sees(self) -> str:
        """Return the table that holds for this reader."""
        return "keyed" if self.scopes else "public"


@dataclass
class Hearing:
    """Ask as one reader: faults go to `faults`, the secrets that came to `seen`.

    `asked` are the parameters that were tried, by operation.
    """

    life: Life
    http: Newsroom
    reader: Reader
    faults: list[str]
    tally: Counter[str]
    seen: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Work out what this reader may see now."""
        self.row = TABLES[self.reader.sees][self.life.now]
        self.visible = visible(self.reader.sees, self.life)
        self.salts = {one.secret for one in self.life.planted if one.place == "salt"}
        self.off_pages = {one.secret for one in self.life.planted if one.place in OFF_PAGES}
        self.visit = Visit(self.life, self.row, self.reader.scopes)

    def read(self, heard: Heard) -> None:
        """Go through all operations that read, as the first of the class or after it."""
        for operation, calls in READS.items():
            if operation not in heard:
                heard[operation] = list(self.explore(operation, calls(self.visit)))
            else:
                self.repeat(heard[operation])

    def write(self) -> None:
        """Try all operations that write; those who may not, a part of the ways."""
        for operation, calls in WRITES.items():
            if self.visit.scopes in {None, (), ("read",)}:
                for number, call in enumerate(calls(self.visit)):
                    if number == 0 or self.turn(number):
                        self.compare_with_nobody(call, self.ask(call))
            else:
                deque(self.explore(operation, calls(self.visit)), 0)

    def explore(self, operation: str, calls: Calls) -> Iterator[tuple[Call, Answer]]:
        """Ask one thing after the other, each as the answers before it suggest."""
        try:
            call = next(calls)
            while True:
                names = parse_qs(urlsplit(call.path).query, keep_blank_values=True)
                self.asked |= {f"{operation} {name}" for name in names}
                answer = self.ask(call)
                yield call, answer
                call = calls.send(answer)
        except StopIteration:
            pass
        except (AssertionError, LookupError) as error:
            self.faults.append(f"at {self.life.now} to {self.reader.name}: {operation} {error!r}")

    def repeat(self, heard: list[tuple[Call, Answer]]) -> None:
        """Ask a part of what another of the class was asked; the answers must be the same."""
        for number, (call, theirs) in enumerate(heard):
            asked = number == 0 or self.turn(number)
            if asked and normal(self.ask(call)) != normal(theirs):
                self.note(call, "differs from what another of the same class gets")

    def turn(self, number: int) -> bool:
        """Tell whether a variant has its turn at this step."""
        return (number + self.life.now) % SHARE == 0

    def ask(self, call: Call) -> Answer:
        """Ask once, and hold the answer to the table."""
        answer = self.send(call)
        told = call.told(answer)
        if told != call.expected:
            self.note(call, f"tells {told}, not {call.expected}")
        if answer.status >= 500:
            self.note(call, f"is {answer.status}")
        if call.method == "GET":
            self.tally["GET"] += 1
            if self.turn(self.tally["GET"]):
                self.ask_for_the_head(call, answer)
            if ID in call.path and self.row.item == "404":
                self.compare_with_nobody(call, answer)
        return answer

    def send(self, call: Call) -> Answer:
        """Send a request, and search all bytes of the answer for what this reader may not see."""
        body: Asked = {} if call.json is None else {"json": call.json}
        body |= {"key": self.reader.secret, "headers": {**call.headers, **REQUEST_ID}}
        answer = self.http.request(call.method, call.path, **body)
        data = text(answer)
        told = found(unquote(call.path).encode() + orjson.dumps(call.json))
        shown = found(data) | {salt for salt in self.salts if salt.encode() in data}
        self.tally.update(requests=1, bytes=len(data))
        self.seen |= shown - told
        if leaked := shown - self.visible - told:
            self.note(call, f"shows {[one for one in self.life.planted if one.secret in leaked]}")
        if "text/html" in answer.headers.get("Content-Type", "") and (
            off := self.off_pages & shown
        ):
            self.note(call, f"has on a page {off - told}")
        return answer

    def ask_for_the_head(self, call: Call, answer: Answer) -> None:
        """Hold HEAD to what GET told; it has no body."""
        head = self.send(call._replace(method="HEAD"))
        if normal(Answer(head.status, head.headers, answer.body)) != normal(answer) or head.body:
            self.note(call, "is not what HEAD tells")

    def compare_with_nobody(self, call: Call, answer: Answer) -> None:
        """Hold the answer to that of an id that never was: the reader is to know no better."""
        other = self.send(call._replace(path=call.path.replace(ID, NOBODY)))
        if normal(other).replace(NOBODY.encode(), ID.encode()) != normal(answer):
            self.note(call, "is not what one that never was gets")

    def note(self, call: Call, what: str) -> None:
        """Note a fault."""
        asked = f"{call.method} {call.path} {call.headers or ''}"
        self.faults.append(f"at {self.life.now} to {self.reader.name}: {asked} {what}")


def text(answer: Answer) -> bytes:
    """Return all bytes of an answer: status, headers, body."""
    fields = "".join(f"{name}: {value}\n" for name, value in answer.headers.items())
    return f"{answer.status}\n{fields}\n".encode() + answer.body


def normal(answer: Answer) -> bytes:
    """Return the bytes of an answer less what moves by itself; of metrics the headers."""
    kept = {name: value for name, value in answer.headers.items() if name not in PASSING}
    body = b"" if answer.body.startswith(b"# HELP") else answer.body
    return MOVING.sub(b"~", text(Answer(answer.status, kept, body)))
