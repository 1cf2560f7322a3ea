"""Whether a record is there for a reader, and the problem that says why not."""

from collections.abc import Mapping

from service.documents.instants import http_date, written
from service.errors import Gone, NotFound, Problem, Purged, Withheld
from service.records.people import Reader
from service.records.place import Place
from service.records.rows import Standing

NO_STORE = {"Cache-Control": "no-store"}


def not_found(place: Place) -> NotFound:
    """Return the problem of a record that was never there, or not for this reader."""
    detail = f"There is no {place}. GET /v1/{place.kind.collection} lists those there are."
    return NotFound(detail, headers=NO_STORE)


def check_standing(
    place: Place, row: Standing, reader: Reader, headers: Mapping[str, str] = NO_STORE
) -> None:
    """Raise `Gone` for a tombstone, and `Withheld` for what the public may not see."""
    if row.status == "deleted":
        raise gone(place, row, headers)
    if row.status == "withheld" and not reader.keyed:
        detail = f"The {place} is withheld. The note says why."
        raise with_reason(Withheld(detail, headers=headers), row)


def of_then(row: Standing) -> dict[str, str]:
    """Return the headers of a refusal that is itself a memento (RFC 7089, section 4.5.5)."""
    return {**NO_STORE, "Memento-Datetime": http_date(row.recorded_at)}


def gone(place: Place, row: Standing, headers: Mapping[str, str] = NO_STORE) -> Problem:
    """Return the problem of a tombstone: it names the revision that a restore matches."""
    detail = (
        f"The {place} was deleted by revision {row.revision}. A key that may write brings back a"
        f' revision that was not purged: POST {place.path}/revisions with {{"restore": n}} and'
        f' If-Match: "{row.revision}".'
    )
    return with_reason(Gone(detail, headers=headers, revision=row.revision), row)


def purged(place: Place, revision: int, headers: Mapping[str, str] = NO_STORE) -> Purged:
    """Return the problem of a revision whose content was erased."""
    detail = (
        f"Revision {revision} of the {place} was erased for legal reasons."
        f" GET {place.path}/revisions shows what is left of its history."
    )
    return Purged(detail, headers=headers)


def with_reason(problem: Problem, row: Standing) -> Problem:
    """Add to a problem when and why the record came to be as it is."""
    problem.members |= {
        "recorded_at": written(row.recorded_at),
        "note": row.note,
        "reason": row.reason,
    }
    return problem
