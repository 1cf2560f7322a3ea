"""What is not there, no longer, not yet, or not as it is asked for."""

from service.problem import Problem


class NotFound(Problem):
    """There is nothing at this address that you may see."""

    code, status, title = "not-found", 404, "Nothing here"


class NotYetRecorded(Problem):
    """The record exists now and did not at the instant asked for."""

    code, status, title = "not-yet-recorded", 404, "Not recorded at that time"


class MethodNotAllowed(Problem):
    """The address exists and does not take this method; `Allow` lists those it takes."""

    code, status, title = "method-not-allowed", 405, "Method not allowed"


class NotAcceptable(Problem):
    """None of the media types in `Accept` (or the `format`) can be given here."""

    code, status, title = "not-acceptable", 406, "No such representation"


class Gone(Problem):
    """The record was deleted; who may read drafts still sees its revisions and can restore it."""

    code, status, title = "gone", 410, "Deleted"


class Purged(Problem):
    """The content of this revision was erased, as the law asked; its hash stays."""

    code, status, title = "purged", 410, "Erased"


class Withheld(Problem):
    """The record is withheld from the public; the note says why."""

    code, status, title = "withheld", 451, "Withheld"


class InvalidCursor(Problem):
    """The `cursor` is not one that this service made, or was changed on its way.

    Follow the `next` link of a page as it stands, or start again without `cursor`.
    """

    code, status, title = "invalid-cursor", 400, "The cursor is not one of ours"


class ForeignCursor(Problem):
    """The `cursor` belongs to another list, filter, sort order or reader.

    A cursor continues the very list it came from; only `limit` may change.
    """

    code, status, title = "foreign-cursor", 400, "The cursor belongs to another list"


class CursorExpired(Problem):
    """A cursor lives for 24 hours; start again at the first page."""

    code, status, title = "cursor-expired", 410, "The cursor has expired"
