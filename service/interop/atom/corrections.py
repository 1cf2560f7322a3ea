"""The register of corrections as entries of a feed."""

from collections.abc import Iterable, Iterator
from html import escape

from service.documents.instants import written
from service.documents.readable import readable
from service.documents.sequences import Effort
from service.feed.corrections import Correction
from service.interop.atom.writing import Category, Entry, Link
from service.interop.newsroom import Newsroom

STEPS = 300_000
"""Steps of comparing records that one page of the feed may take: some 0.1 s."""

LONGEST = 5_000
"""Characters of a difference that an entry shows; the whole is behind its links."""

PAGED = ("claim", "verdict")
"""The kinds of records that have a page for people."""

UPDATES = {"new_evidence": "New evidence", "world_changed": "The world has changed"}


def entries(corrections: Iterable[Correction], newsroom: Newsroom) -> list[Entry]:
    """Return corrections as entries; what it may cost to compare records they share."""
    effort = Effort(STEPS)
    return [_entry(one, newsroom, effort) for one in corrections]


def _entry(correction: Correction, newsroom: Newsroom, effort: Effort) -> Entry:
    """Return a correction as an entry, whose id is the address of the revision that made it."""
    links = correction.links
    at = written(correction.recorded_at)
    what = UPDATES.get(correction.reason, correction.reason.capitalize())
    return Entry(
        id=newsroom.at(links["after"]),
        title=f"{what}: {correction.title or correction.id}",
        updated=at,
        published=at,
        summary=correction.note,
        content="".join(_content(correction, effort)),
        links=[
            *_page(correction, newsroom),
            Link(newsroom.at(links["after"]), type="application/json"),
            Link(newsroom.at(correction.path), "related", "application/json"),
            Link(newsroom.at(links["before"]), "related", "application/json"),
            Link(newsroom.at(links["diff"]), "related"),
        ],
        categories=[
            Category(correction.category, correction.category.capitalize()),
            Category(correction.reason, what),
            Category(correction.kind, correction.kind.capitalize()),
        ],
    )


def _page(correction: Correction, newsroom: Newsroom) -> Iterator[Link]:
    """Yield the page on which people read it, where the record has one."""
    if correction.kind in PAGED:
        where = f"{correction.path}?format=html#revision-{correction.revision}"
        yield Link(newsroom.at(where), type="text/html")


def _content(correction: Correction, effort: Effort) -> Iterator[str]:
    """Yield why, and what was wrong and is right, as far as it may still be read."""
    yield f"<p>{escape(correction.note or '', quote=False)}</p>"
    before, after = correction.apart()
    if before and after:
        told = readable(before, after, effort)
        told = f"{told[:LONGEST]}…" if len(told) > LONGEST else told
        yield f"<pre>{escape(told, quote=False)}</pre>"
