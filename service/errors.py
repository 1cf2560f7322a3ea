"""What can go wrong, as the client reads it: RFC 9457 problems and their faults.

The tree::

    Problem
    ├── BadRequest 400             ├── NotEmpty 409
    ├── InvalidQuery 400           ├── Gone 410
    ├── InvalidCursor 400          ├── Purged 410
    ├── ForeignCursor 400          ├── CursorExpired 410
    ├── MalformedJson 400          ├── PreconditionFailed 412
    ├── Unauthorized 401           ├── BodyTooLarge 413
    ├── Forbidden 403              ├── UriTooLong 414
    ├── PublishRequired 403        ├── UnsupportedMediaType 415
    ├── FourEyes 403               ├── InvalidRecord 422
    ├── NotFound 404               ├── IdempotencyKeyReused 422
    ├── NotYetRecorded 404         ├── PreconditionRequired 428
    ├── MethodNotAllowed 405       ├── HeadersTooLarge 431
    ├── NotAcceptable 406          ├── Withheld 451
    ├── IdExists 409               ├── Internal 500
    ├── IdempotencyKeyInUse 409    ├── Busy 503
    ├── ReplayUnavailable 409      └── Unavailable 503
    └── PresentRevision 409

A class's docstring is the text that ``/problems/{code}`` serves, so it speaks
to the person who got the answer.
"""

from service.faults import FAULTS, Fault
from service.problem import Problem

__all__ = ["FAULTS", "Fault", "Problem"]


class BadRequest(Problem):
    """The request could not be read as HTTP, or a header in it has no meaning here."""

    code, status, title = "bad-request", 400, "The request cannot be read"


class InvalidQuery(Problem):
    """A query parameter is unknown or its value is not of the form it must have.

    `errors` names each one, with the nearest known name or an example value.
    """

    code, status, title = "invalid-query", 400, "The query string is not understood"


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


class MalformedJson(Problem):
    """The body is not JSON that can be kept.

    Refused are syntax errors, names given twice in an object, NaN and Infinity,
    the character U+0000, lone surrogates, and nesting deeper than 32.
    """

    code, status, title = "malformed-json", 400, "The body is not usable JSON"


class Unauthorized(Problem):
    """The request needs a key, or the one it carries is unknown, revoked or expired.

    Send it as `Authorization: Bearer fck_…` or with `curl -u fck_…:`.
    """

    code, status, title = "unauthorized", 401, "A valid key is needed"


class Forbidden(Problem):
    """The key is valid and its scopes do not cover this request."""

    code, status, title = "forbidden", 403, "The key may not do this"


class PublishRequired(Problem):
    """Only a key with the scope `publish` may write any status other than `draft`.

    Send `status=draft` to leave a draft over the published record.
    """

    code, status, title = "publish-required", 403, "The key may only write drafts"


class FourEyes(Problem):
    """Here a verdict becomes public only as a draft that somebody else has read.

    Write it as a draft; another key then changes its status to `published`, and nothing
    of it but `published_at`. Two actors behind one key are two people only if the key was
    made to vouch for them.
    """

    code, status, title = "four-eyes", 403, "A second person publishes it"


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


class IdExists(Problem):
    """A record with this id exists, perhaps deleted; ids are never given twice."""

    code, status, title = "id-exists", 409, "The id is taken"


class IdempotencyKeyInUse(Problem):
    """A request with the same `Idempotency-Key` is still at work.

    Send it again a little later; it is then answered as the first one was.
    """

    code, status, title = "idempotency-key-in-use", 409, "The same request is still at work"


class ReplayUnavailable(Problem):
    """The request was done before, and its answer cannot be made again byte for byte.

    Its revision was purged since, or this release words records in another way. Nothing
    was written a second time; GET the record to see what became of it.
    """

    code, status, title = "replay-unavailable", 409, "Done before; the answer is gone"


class PresentRevision(Problem):
    """A revision is purged once it is past: this one is what the record is, or readers have.

    Write or publish a revision without what has to go, then purge this one; or purge the
    whole record with `?purge=true`.
    """

    code, status, title = "present-revision", 409, "The revision is in force"


class NotEmpty(Problem):
    """A history moves into an empty server only, and this one holds records already."""

    code, status, title = "not-empty", 409, "The server holds records"


class Gone(Problem):
    """The record was deleted; who may read drafts still sees its revisions and can restore it."""

    code, status, title = "gone", 410, "Deleted"


class Purged(Problem):
    """The content of this revision was erased, as the law asked; its hash stays."""

    code, status, title = "purged", 410, "Erased"


class CursorExpired(Problem):
    """A cursor lives for 24 hours; start again at the first page."""

    code, status, title = "cursor-expired", 410, "The cursor has expired"


class PreconditionFailed(Problem):
    """The record is not at the revision that `If-Match` (or `If-None-Match`) names.

    Read it again, put your change on top of what you get, and send its ETag.
    `revision` is the present one and `changed` lists the JSON Pointers that
    differ since yours.
    """

    code, status, title = "precondition-failed", 412, "Someone was there before you"


class BodyTooLarge(Problem):
    """The body has more bytes than this address takes."""

    code, status, title = "body-too-large", 413, "The body is too large"


class UriTooLong(Problem):
    """The request line has more than 8,190 bytes; send long values in a body."""

    code, status, title = "uri-too-long", 414, "The address is too long"


class UnsupportedMediaType(Problem):
    """The `Content-Type` is not one that this address reads.

    With curl use `--json @file`, or `-H 'Content-Type: application/json' -d @file`.
    """

    code, status, title = "unsupported-media-type", 415, "The media type is not read here"


class InvalidRecord(Problem):
    """The body is JSON and breaks rules of its kind; `errors` lists all of them at once."""

    code, status, title = "invalid-record", 422, "The record breaks rules of its kind"


class IdempotencyKeyReused(Problem):
    """The `Idempotency-Key` did another request: another method, address, query or body.

    A key stands for one request for 24 hours. Make a new one, a UUID for example.
    """

    code, status, title = "idempotency-key-reused", 422, "The key stands for another request"


class PreconditionRequired(Problem):
    """A write to an existing record names the revision it is based on.

    Send its ETag as `If-Match`, or `If-Match: *` to overwrite whatever is there.
    """

    code, status, title = "precondition-required", 428, "If-Match is required"


class HeadersTooLarge(Problem):
    """The header fields are more, or longer, than the server reads."""

    code, status, title = "headers-too-large", 431, "The header fields are too large"


class Withheld(Problem):
    """The record is withheld from the public; the note says why."""

    code, status, title = "withheld", 451, "Withheld"


class Internal(Problem):
    """A fault of the service, logged under the id in `instance`; nothing was written."""

    code, status, title = "internal", 500, "A fault of the service"


class Busy(Problem):
    """Too many writers want the same record at once; nothing was written, try again."""

    code, status, title = "busy", 503, "Busy"


class Unavailable(Problem):
    """The database cannot be reached or cannot write now; try again after `Retry-After`."""

    code, status, title = "unavailable", 503, "The database is not available"
