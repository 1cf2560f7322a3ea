"""What stands against a write: other records, other writers, the same request before."""

from service.problem import Problem


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


class PublicRecord(Problem):
    """A page of markup writes drafts, and this changes or deletes what is or was public.

    The detail has the request under `/v1` that does it, with a note and a reason for readers.
    """

    code, status, title = "public-record", 400, "It is public"


class NotEmpty(Problem):
    """A history moves into an empty server only, and this one holds records already."""

    code, status, title = "not-empty", 409, "The server holds records"


class PreconditionFailed(Problem):
    """The record is not at the revision that `If-Match` (or `If-None-Match`) names.

    Read it again, put your change on top of what you get, and send its ETag.
    `revision` is the present one and `changed` lists the JSON Pointers that
    differ since yours.
    """

    code, status, title = "precondition-failed", 412, "Someone was there before you"


class PreconditionRequired(Problem):
    """A write to an existing record names the revision it is based on.

    Send its ETag as `If-Match`, or `If-Match: *` to overwrite whatever is there.
    """

    code, status, title = "precondition-required", 428, "If-Match is required"


class InvalidRecord(Problem):
    """The body is JSON and breaks rules of its kind; `errors` lists all of them at once."""

    code, status, title = "invalid-record", 422, "The record breaks rules of its kind"


class InvalidBody(Problem):
    """The body is JSON and not what this address takes; `errors` lists all faults at once."""

    code, status, title = "invalid-body", 422, "The body is not what this address takes"


class IdempotencyKeyReused(Problem):
    """The `Idempotency-Key` did another request: another method, address, query or body.

    A key stands for one request for 24 hours. Make a new one, a UUID for example.
    """

    code, status, title = "idempotency-key-reused", 422, "The key stands for another request"


class IdempotencyKeyNotTaken(Problem):
    """Answers about keys and webhooks may hold a secret, and so none is kept to be given again.

    Leave the header out: `GET /v1/keys` and `GET /v1/webhooks` tell what was made, and revoking
    or deleting can be repeated as it is. So can the push of a news item, which needs none either.
    """

    code, status, title = "idempotency-key-not-taken", 400, "No Idempotency-Key is taken here"
