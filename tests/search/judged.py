"""How good matching is on a judged set, beside what else there is: ``make bench-match JUDGED=…``.

A folder holds `verified_claims.docs.tsv` (id, claim, title) and, for each name, `NAME.queries.tsv`
(id, post) and `NAME.qrels` (post, 0, claim, 1), as the CheckThat! lab of CLEF 2020 gives them.
Each claim is imported with a published verdict of that title, and each post sent as it is.
"""

import csv
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import fmean, quantiles
from typing import Any, Final
from urllib.parse import urlencode

import orjson
import psycopg

from service.storage.embedded import Embedded
from tests.docs.service import UNLIMITED, Service, folder
from tests.search.counting import count_words

Rank = Callable[[str], Sequence[str]]
MOST, FEW = 10, 5
DOCS: Final = """
CREATE TABLE judged (id text, words tsvector);
CREATE INDEX ON judged USING gin (words);
"""
BY_TS_RANK: Final = """
WITH asked AS (
    SELECT string_agg(quote_literal(word), ' | ')::tsquery AS any_word
    FROM unnest(tsvector_to_array(to_tsvector('english', %s))) AS word
)
SELECT id FROM judged, asked WHERE words @@ any_word
ORDER BY ts_rank(words, any_word) DESC, id LIMIT 10
"""


@dataclass(frozen=True)
class Post:
    """A post and the claims that it is about."""

    text: str
    right: frozenset[str]


@dataclass(frozen=True)
class Judged:
    """Claims with their titles, and posts by the names of their sets."""

    claims: Mapping[str, tuple[str, str]]
    posts: Mapping[str, list[Post]]


def judged(place: Path) -> Judged:
    """Read a judged set; ids are numbered by their place, so that equals keep their order."""
    csv.field_size_limit(sys.maxsize)
    docs = rows(place / "verified_claims.docs.tsv")
    known = {row[0]: f"c{number:06}" for number, row in enumerate(docs)}
    posts: dict[str, list[Post]] = {}
    for file in sorted(place.glob("*.qrels")):
        right = defaultdict[str, set[str]](set)
        for line in file.read_text().splitlines():
            post, _, claim, _ = line.split()
            right[post].add(known[claim])
        queries = rows(file.with_name(f"{file.stem}.queries.tsv"))
        posts[file.stem] = [Post(row[1], frozenset(right[row[0]])) for row in queries]
    return Judged({known[row[0]]: (row[1], row[2]) for row in docs}, posts)


def rows(file: Path) -> list[list[str]]:
    """Return the rows of a table, but for its head."""
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream, delimiter="\t"))[1:]


def lines(claims: Mapping[str, tuple[str, str]]) -> Iterator[bytes]:
    """Yield an import of claims, each with a verdict."""
    own: dict[str, object] = {"status": "published", "language": "en"}
    for name, (text, title) in claims.items():
        yield orjson.dumps({"type": "claim", "id": name, "text": text, **own}) + b"\n"
        rated = {"claim_id": name, "scale_id": "truth", "rating": "unproven", "title": title}
        yield orjson.dumps({"type": "verdict", "id": name, **rated, **own}) + b"\n"


def bring(service: Service, claims: Mapping[str, tuple[str, str]]) -> None:
    """Import claims, and let all their words be counted."""
    fields = {"Authorization": f"Bearer {service.key}", "Content-Type": "application/x-ndjson"}
    with closing(HTTPConnection(service.url.removeprefix("http://"))) as connection:
        connection.request("POST", "/v1/import", b"".join(lines(claims)), fields)
        answer = connection.getresponse()
        assert answer.status == 200, answer.read()
    with psycopg.connect(Embedded(service.home).owner_url, autocommit=True) as owner:
        count_words(owner)
        owner.execute("VACUUM ANALYZE wording")


def by_service(service: Service) -> Rank:
    """Return what ranks as the service does, for the public."""
    connection = HTTPConnection(service.url.removeprefix("http://"))

    def rank(text: str) -> list[str]:
        query = urlencode({"text": text, "limit": MOST, "language": "en"})
        connection.request("GET", f"/v1/match?{query}")
        answer = connection.getresponse()
        body = orjson.loads(answer.read())
        return [one["claim"]["id"] for one in body["items"]] if answer.status == 200 else []

    return rank


def by_ts_rank(service: Service, claims: Mapping[str, tuple[str, str]]) -> Rank:
    """Return what ranks by PostgreSQL's own function."""
    owner = psycopg.connect(Embedded(service.home).owner_url, autocommit=True)
    owner.execute(DOCS)
    with owner.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO judged VALUES (%s, to_tsvector('english', %s))",
            [(name, " ".join(texts)) for name, texts in claims.items()],
        )

    def rank(text: str) -> list[str]:
        return [row[0] for row in owner.execute(BY_TS_RANK, [text])]

    return rank


def by_bm25s(claims: Mapping[str, tuple[str, str]]) -> Rank:
    """Return what ranks by the package bm25s, with its English stop words."""
    import bm25s  # noqa: PLC0415 # pyright: ignore[reportMissingImports]

    known: Any = bm25s
    names = list(claims)
    index = known.BM25()
    texts = [" ".join(claims[name]) for name in names]
    index.index(known.tokenize(texts, stopwords="en", show_progress=False), show_progress=False)

    def rank(text: str) -> list[str]:
        asked = known.tokenize([text], stopwords="en", show_progress=False)
        found, _ = index.retrieve(asked, k=MOST, show_progress=False)
        return [names[int(place)] for place in found[0]]

    return rank


def by_tantivy(claims: Mapping[str, tuple[str, str]]) -> Rank:
    """Return what ranks by the package tantivy, with its English stemmer."""
    import tantivy  # noqa: PLC0415 # pyright: ignore[reportMissingImports]

    known: Any = tantivy
    builder = known.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", tokenizer_name="en_stem")
    index = known.Index(builder.build())
    writer = index.writer()
    for name, texts in claims.items():
        writer.add_document(known.Document(id=[name], text=[" ".join(texts)]))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def rank(text: str) -> list[str]:
        words = "".join(letter if letter.isalnum() else " " for letter in text)
        query = index.parse_query(words.lower(), ["text"])
        return [searcher.doc(at)["id"][0] for _, at in searcher.search(query, MOST).hits]

    return rank


def precision(found: Sequence[str], right: frozenset[str]) -> float:
    """Return the average precision of the first few."""
    hits = [place for place, name in enumerate(found[:FEW], 1) if name in right]
    return sum(number / place for number, place in enumerate(hits, 1)) / min(len(right), FEW)


def figures(rank: Rank, posts: Iterable[Post]) -> str:
    """Return MAP@5, MRR, hit@1, hit@5, and p50 and p99 in ms."""
    told: list[tuple[float, float, float, float]] = []
    took: list[float] = []
    for post in posts:
        begun = time.perf_counter()
        found = rank(post.text)
        took.append(1000 * (time.perf_counter() - begun))
        places = [place for place, name in enumerate(found, 1) if name in post.right]
        first = min(places, default=sys.maxsize)
        told.append((precision(found, post.right), 1 / first, first == 1, first <= FEW))
    means = [fmean(column) for column in zip(*told, strict=True)]
    cuts = quantiles(took, n=100)
    return " | ".join([*(f"{mean:.4f}" for mean in means), f"{cuts[49]:.1f}", f"{cuts[98]:.1f}"])


def main(place: Path) -> None:
    """Print a table of all that rank, for every set of posts."""
    known = judged(place)
    with folder() as home, Service(home / "data", "--workers", "1", **UNLIMITED) as service:
        bring(service, known.claims)
        ways = {
            "this service, over HTTP": by_service(service),
            "ts_rank": by_ts_rank(service, known.claims),
            "bm25s": by_bm25s(known.claims),
            "tantivy": by_tantivy(known.claims),
        }
        say("| posts | by | MAP@5 | MRR | hit@1 | hit@5 | p50 ms | p99 ms |", "|" + " --- |" * 8)
        for name, posts in known.posts.items():
            for way, rank in ways.items():
                say(f"| {name} ({len(posts)}) | {way} | {figures(rank, posts)} |")


def say(*told: str) -> None:
    """Print lines at once."""
    print(*told, sep="\n", flush=True)  # noqa: T201 -- a program's output


if __name__ == "__main__":
    main(Path(sys.argv[1]))
