"""Forms of an answer: the one that the client wants, by `format` or else by `Accept`."""

from typing import Final

from service.routes import answers, bodies
from service.routes.queries import Query

FORMS: Final = {
    "json": bodies.JSON,
    "ndjson": bodies.NDJSON,
    "csv": bodies.CSV,
    "jsonld": "application/ld+json",
    # The IPTC has registered no media type for it, and one of its own has a schema of its own.
    "ninjs": "application/x.ninjs+json",
    "atom": "application/atom+xml",
    "html": "text/html",
}
"""The media type of each form, by the name that `format` has for it."""


def form(query: Query, *names: str) -> str:
    """Return the name of a form that an address gives; raises `NotAcceptable` for another.

    `format` goes before `Accept`, for links and browsers choose by address.
    """
    return query.choice("format", names) or negotiated(*names)


def negotiated(*names: str) -> str:
    """Return the name of the form that `Accept` likes best; raises as `form` does."""
    _ = answers.acceptable(*(FORMS[name] for name in names))
    return str(preferred(*names))


def preferred(*names: str) -> str | None:
    """Return the name of the form that `Accept` likes best, the first if it does not care.

    None if it takes none of them: what is not there at all is told before that.
    """
    media = answers.preferred(*(FORMS[name] for name in names))
    return next((name for name in names if FORMS[name] == media), None)
