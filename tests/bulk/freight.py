"""A large import and export at a running service, and what they cost.

``python -m tests.bulk.freight 100000`` prints the figures.
"""

import http.client
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from typing import Final, LiteralString, TypeVar
from urllib.parse import urlsplit

import orjson
import psycopg
from psycopg import sql

from service.storage.embedded import Embedded
from tests.docs.service import UNLIMITED, Service
from tests.running.client import until

T = TypeVar("T")

TICKS: Final = os.sysconf("SC_CLK_TCK")
PAGE: Final = os.sysconf("SC_PAGE_SIZE")
TENTH: Final = 10
"""One record in so many is a source, the others are claims that name one."""

COLUMNS: LiteralString = (
    "kind, id, revision, status, public, body, created_at, first_public, recorded_at, key_name,"
    " actor, note, reason, sha256, salt, refs, terms, valid, review_by"
)


@dataclass
class Figures:
    """What one step took: seconds, and of CPU and memory the service's and PostgreSQL's share.

    `peak` is the most that the worker had in memory, `before` what it had at the beginning.
    """

    records: int
    seconds: float = 0.0
    service: float = 0.0
    postgres: float = 0.0
    before: int = 0
    peak: int = 0
    sizes: list[int] = field(default_factory=list[int])

    def __str__(self) -> str:
        """Return the figures in a line."""
        each = 1e6 / self.records
        return (
            f"{self.records / self.seconds:,.0f} records/s, CPU per record: service"
            f" {self.service * each:.0f} µs, PostgreSQL {self.postgres * each:.0f} µs; worker"
            f" {self.before / 1e6:.0f} MB before, {self.peak / 1e6:.0f} MB at the most"
        )


def words(count: int) -> str:
    """Return so many words, none of them told twice in a million."""
    return " ".join(f"{random.getrandbits(30):x}" for _ in range(count))


def lines(count: int) -> Iterator[bytes]:
    """Yield records of some 1.3 KB, each tenth a source, the others claims that name two."""
    sources = max(1, count // TENTH)
    for number in range(sources):
        url = f"https://desk{number % 100}.example/{number}"
        source = {"title": words(8), "source_type": "article", "url": url, "language": "en"}
        yield line("source", f"s{number}", source | {"publisher": f"Desk {number % 50}"})
    for number in range(count - sources):
        claim = {
            "text": words(20),
            "language": "en",
            "claim_type": "event",
            "claimant": {"name": words(2), "kind": "person"},
            "claimed_at": "2022-02-16",
            "about": {"from": "2022-02"},
            "topics": [f"topic {number % 300}", f"place {number % 70}"],
            "context": words(80),
            "attribution": [{"source_id": f"s{number % sources}", "verb": "said", "at": "2022"}],
            "appearances": [
                {"url": f"https://www.news.example/{number}?utm_source=x", "platform": "web",
                 "source_id": f"s{number * 7 % sources}", "title": words(6)}
            ],
        }  # fmt: skip
        yield line("claim", f"c{number}", claim)


def line(kind: str, identifier: str, members: Mapping[str, object]) -> bytes:
    """Return a published record as a line."""
    own = {"type": kind, "id": identifier, "status": "published"}
    return orjson.dumps({**own, **members}) + b"\n"


@dataclass(frozen=True)
class Freight:
    """A service with one worker, and a file to import."""

    service: Service
    file: Path
    records: int

    def bring(self, query: str = "") -> tuple[Figures, bytes]:
        """Import the file and return the figures and the answer."""
        return self.weighed(lambda: self._request("POST", f"/v1/import{query}", self.file))

    def fetch(self, query: str = "") -> tuple[Figures, bytes]:
        """Export everything, keep the beginning of each piece only, and return the last."""
        return self.weighed(lambda: self._request("GET", f"/v1/export{query}", None))

    def weighed(self, act: Callable[[], T]) -> tuple[Figures, T]:
        """Do something and weigh it."""
        worker, over = until(lambda: self.service.workers)[0], Event()
        figures = Figures(self.records, before=resident(worker))

        def watch() -> None:
            while not over.wait(0.02):
                figures.sizes.append(resident(worker))

        watcher = Thread(target=watch)
        watcher.start()
        begun, service, postgres = time.monotonic(), cpu([worker]), cpu(self._backends())
        result = act()
        figures.seconds = time.monotonic() - begun
        figures.service = cpu([worker]) - service
        figures.postgres = cpu(self._backends()) - postgres
        over.set()
        watcher.join()
        figures.peak = max([figures.before, *figures.sizes])
        return figures, result

    def copied(self) -> Figures:
        """Copy the same rows into a plain table, without an index, and weigh that."""
        whole = psycopg.connect(Embedded(self.service.home).owner_url, autocommit=True)
        with whole as connection:
            named = sql.SQL(COLUMNS)
            make = sql.SQL("CREATE TABLE plain AS SELECT {} FROM revision LIMIT 0").format(named)
            _ = connection.execute(make)
            out = sql.SQL("COPY (SELECT {} FROM revision) TO STDOUT").format(named)
            with connection.cursor().copy(out) as copy:
                data = [bytes(block) for block in copy]

            def act() -> None:
                with connection.cursor().copy("COPY plain FROM STDIN") as copy:
                    for block in data:
                        copy.write(block)

            figures, _ = self.weighed(act)
            connection.execute("DROP TABLE plain")
        return figures

    def _backends(self) -> list[int]:
        postmaster = self.service.postmaster
        return [postmaster, *children(postmaster)]

    def _request(self, method: str, path: str, file: Path | None) -> bytes:
        parts = urlsplit(self.service.url)
        connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=3600)
        fields = {"Authorization": f"Bearer {self.service.key}"}
        if file is None:
            connection.request(method, path, headers=fields)
        else:
            fields |= {"Content-Type": "application/x-ndjson"}
            fields |= {"Content-Length": str(file.stat().st_size)}
            with file.open("rb") as body:
                connection.request(method, path, body, fields)
        answer, last = connection.getresponse(), b""
        while piece := answer.read(2**20):
            last = (last + piece)[-2000:]
        assert answer.status < 300, last
        connection.close()
        return last


def cpu(processes: list[int]) -> float:
    """Return the seconds of CPU that processes have had, with those of their ended children."""
    total = 0
    for process in processes:
        try:
            text = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(map(int, text[11:15]))
    return total / TICKS


def children(process: int) -> list[int]:
    """Return the children of a process."""
    text = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(word) for word in text.split()]


def resident(process: int) -> int:
    """Return how many bytes of memory a process has."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE


def write_file(place: Path, records: int) -> Path:
    """Write the file of an import."""
    file = place / "freight.ndjson"
    with file.open("wb") as stream:
        stream.writelines(lines(records))
    return file


def main(records: int) -> None:
    """Import, import again, export, and copy; print what each took."""
    place = Path(tempfile.mkdtemp(prefix="factcheck-freight-"))
    place.chmod(0o711)
    file = write_file(place, records)
    print(f"{records:,} records, {file.stat().st_size / records:,.0f} bytes each", flush=True)  # noqa: T201
    with Service(place / "data", "--workers", "1", **UNLIMITED) as service:
        freight = Freight(service, file, records)
        steps: dict[str, Callable[[], tuple[Figures, bytes]]] = {
            "import": freight.bring,
            "import again": freight.bring,
            "export": freight.fetch,
            "export of the history": lambda: freight.fetch("?history=true"),
        }
        for name, step in steps.items():
            figures, last = step()
            print(f"{name}: {figures}\n    {last[-150:].decode().strip()}", flush=True)  # noqa: T201
        print(f"COPY into a plain table: {freight.copied()}", flush=True)  # noqa: T201
    shutil.rmtree(place)


if __name__ == "__main__":
    main(int(sys.argv[1]))
