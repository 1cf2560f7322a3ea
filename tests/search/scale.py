"""What search and matching take at ten thousand, a hundred thousand and a million claims.

``make bench-scale`` imports claims of `prose.Prose`, each with a published verdict, into a
service with one worker, and asks it over HTTP; nothing else ought to run on the machine.
"""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from http.client import HTTPConnection
from itertools import islice
from statistics import fmean, median, quantiles
from typing import Any, Final
from urllib.parse import urlencode

import orjson
import psycopg

from service.storage.embedded import Embedded
from tests.bulk.freight import children, cpu
from tests.docs.service import UNLIMITED, Service, folder
from tests.search.counting import count_words
from tests.search.prose import Prose

PIECE: Final = 10_000
"""Claims of one import."""

ASKED: Final = 500
DOCUMENTS: Final = 10
WRITTEN: Final = 200
ROUNDS: Final = 6
SIZES: Final = """
SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class
WHERE oid IN ('wording'::regclass, 'word'::regclass, 'letters'::regclass)
"""
INDEX: Final = "SELECT pg_relation_size('wording_present')"
SWITCHES: Final = (
    "ALTER TABLE revision {} TRIGGER revisions_are_worded;"
    " ALTER TABLE revision {} TRIGGER revisions_are_unworded"
)


class Scale:
    """A service that grows, and what it is asked."""

    def __init__(self, service: Service) -> None:
        """Begin with nothing in it."""
        self.service = service
        self.prose = Prose()
        self.claims = self.prose.claims()
        self.first: list[str] = []
        self.count = 0
        self.http = HTTPConnection(service.url.removeprefix("http://"), timeout=3600)
        self.owner = psycopg.connect(Embedded(service.home).owner_url, autocommit=True)

    def grow(self, claims: int) -> str:
        """Import until there are so many claims; return records a second and CPU a record."""
        begun, records, spent = time.monotonic(), 0, self.spent()
        while self.count < claims:
            piece = list(islice(self.claims, min(PIECE, claims - self.count)))
            self.request("POST", "/v1/import", b"".join(self.lines(piece)), "application/x-ndjson")
            self.first += piece[: PIECE - len(self.first)]
            self.count += len(piece)
            records += 2 * len(piece)
        took = time.monotonic() - begun
        used = [1e6 * (now - then) / records for now, then in zip(self.spent(), spent, strict=True)]
        count_words(self.owner)
        self.owner.execute("VACUUM ANALYZE")
        return f"{records / took:,.0f} | {used[0]:.0f} | {used[1]:.0f}"

    def lines(self, claims: Sequence[str]) -> Iterator[bytes]:
        """Yield claims, each with a verdict, as lines of an import."""
        own: dict[str, object] = {"status": "published", "language": "en"}
        for number, text in enumerate(claims, self.count):
            name = f"c{number:07}"
            yield orjson.dumps({"type": "claim", "id": name, "text": text, **own}) + b"\n"
            said = {"claim_id": name, "scale_id": "truth", "rating": "false"}
            said["title"] = self.prose.title(text)
            yield orjson.dumps({"type": "verdict", "id": name, **said, **own}) + b"\n"

    def matching(self) -> str:
        """Return how often the right claim comes first and among five, p50, p99, CPU a match."""
        step = len(self.first) // ASKED
        posts = [
            (number, self.prose.post(self.first[number])) for number in range(0, ASKED * step, step)
        ]
        paths = [f"/v1/match?{urlencode({'text': post, 'language': 'en'})}" for _, post in posts]
        for path in paths[:100]:
            self.request("GET", path)
        spent = self.spent()
        found, took = self.timed(paths)
        used = [
            1000 * (now - then) / len(paths) for now, then in zip(self.spent(), spent, strict=True)
        ]
        names = [[one["claim"]["id"] for one in answer["items"]] for answer in found]
        right = [f"c{number:07}" for number, _ in posts]
        first = fmean(some[:1] == [one] for some, one in zip(names, right, strict=True))
        five = fmean(one in some[:5] for some, one in zip(names, right, strict=True))
        cuts = quantiles(took, n=100)
        told = [f"{one:.1f}" for one in (cuts[49], cuts[98], *used)]
        return " | ".join([f"{first:.3f}", f"{five:.3f}", *told])

    def document(self) -> str:
        """Return how many ms a document of some 1,000 words takes, at the median."""
        took: list[float] = []
        for number in range(DOCUMENTS):
            said = islice(self.first, 40 * number, 40 * number + 40)
            text, words = "", 0
            for claim in said:
                text += f"{self.prose.post(claim).capitalize()}. "
                words = len(text.split())
                if words >= 1000:
                    break
            begun = time.perf_counter()
            self.request("POST", "/v1/match", orjson.dumps({"document": text, "language": "en"}))
            took.append(1000 * (time.perf_counter() - begun))
        return f"{median(took):.0f}"

    def searching(self) -> str:
        """Return p50 and p99 in ms of lists that are searched for two words of a claim."""
        paths = [
            f"/v1/claims?{urlencode({'q': ' '.join(sorted(text.split(), key=len)[-2:])})}"
            for text in self.first[:ASKED]
        ]
        _, took = self.timed(paths)
        cuts = quantiles(took, n=100)
        return f"{cuts[49]:.1f} | {cuts[98]:.1f}"

    def writing(self) -> str:
        """Return PostgreSQL's CPU in µs of a claim that is created, without words and with them.

        With them is with the hint at similar claims too; what is folded later is in it.
        """
        used: dict[str, list[float]] = {"DISABLE": [], "ENABLE": []}
        for _ in range(ROUNDS):
            for switch, each in used.items():
                self.owner.execute(SWITCHES.format(switch, switch).encode())
                before = self.spent()[1]
                for text in islice(self.claims, WRITTEN):
                    body = orjson.dumps({"text": text, "language": "en", "status": "published"})
                    self.request("POST", "/v1/claims", body)
                count_words(self.owner)
                each.append(1e6 * (self.spent()[1] - before) / WRITTEN)
        return f"{median(used['DISABLE']):.0f} | {median(used['ENABLE']):.0f}"

    def sizes(self) -> str:
        """Return the bytes a claim with its verdict takes for its words, of these in the index."""
        told = [self.owner.execute(query).fetchone() or (0,) for query in (SIZES, INDEX)]
        return " | ".join(f"{size / self.count:,.0f}" for (size,) in told)

    def timed(self, paths: Sequence[str]) -> tuple[list[Any], list[float]]:
        """Return the answers, and the ms that each took."""
        found: list[Any] = []
        took: list[float] = []
        for path in paths:
            begun = time.perf_counter()
            found.append(self.request("GET", path))
            took.append(1000 * (time.perf_counter() - begun))
        return found, took

    def spent(self) -> tuple[float, float]:
        """Return the seconds of CPU that the worker and PostgreSQL have had."""
        postmaster = self.service.postmaster
        return cpu(self.service.workers), cpu([postmaster, *children(postmaster)])

    def request(
        self, method: str, path: str, body: bytes = b"", kind: str = "application/json"
    ) -> Any:  # noqa: ANN401
        """Send a request on a connection that is kept, and return what the answer says."""
        fields = {"Authorization": f"Bearer {self.service.key}"} if method == "POST" else {}
        self.http.request(method, path, body or None, {**fields, "Content-Type": kind})
        answer = self.http.getresponse()
        text = answer.read()
        assert answer.status < 300, text
        return orjson.loads(text)


TABLE: Final[dict[str, Callable[[Scale], str]]] = {
    "came first | among five | match p50 ms | p99 ms | CPU service ms | PostgreSQL": Scale.matching,
    "document of 1,000 words, ms": Scale.document,
    "list with q p50 ms | p99 ms": Scale.searching,
    "bytes of words a claim | of these index": Scale.sizes,
    "PostgreSQL's µs a claim created: no words | words": Scale.writing,
}


def main(most: int) -> None:
    """Grow tenfold until there are so many claims, and print a table of each size."""
    with folder() as home, Service(home / "data", "--workers", "1", **UNLIMITED) as service:
        scale = Scale(service)
        with closing(scale.http), closing(scale.owner):
            head = [
                "claims",
                "imported: records/s | CPU a record: service µs | PostgreSQL µs",
                *TABLE,
            ]
            columns = " | ".join(head).count("|") + 1
            say(f"| {' | '.join(head)} |", "|" + " --- |" * columns)
            claims = 10_000
            while claims <= most:
                told = [
                    f"{claims:,}",
                    scale.grow(claims),
                    *(step(scale) for step in TABLE.values()),
                ]
                say(f"| {' | '.join(told)} |")
                claims *= 10


def say(*told: str) -> None:
    """Print lines at once."""
    print(*told, sep="\n", flush=True)  # noqa: T201 -- a program's output


if __name__ == "__main__":
    main(int(sys.argv[1]))
