"""Who may do what: 401, 403, and too often."""

from service.problem import Problem


class Unauthorized(Problem):
    """The request needs a key, or the one it carries is unknown, revoked or expired.

    Send it as `Authorization: Bearer fck_…` or with `curl -u fck_…:`.
    """

    code, status, title = "unauthorized", 401, "A valid key is needed"


class Forbidden(Problem):
    """The key is valid and its scopes do not cover this request."""

    code, status, title = "forbidden", 403, "The key may not do this"


class BadSignature(Problem):
    """A push of Superdesk is signed with a secret that the operator of this service has set.

    Give the destination in Superdesk, as its secret token, one of those in
    `FACTCHECK_SUPERDESK_SECRET`. Who has a key with the scope `write` needs no signature.
    """

    code, status, title = "bad-signature", 403, "The signature does not hold"


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


class OwnKey(Problem):
    """A key does not revoke itself, so that the one who revokes can still go on.

    Make another key with the scope `admin`, and revoke this one with that.
    """

    code, status, title = "own-key", 409, "A key cannot revoke itself"


class KeyNameTaken(Problem):
    """An API key of this name was made before; names are kept, as revisions show them for good."""

    code, status, title = "key-name-taken", 409, "The name of the key is taken"


class RateLimited(Problem):
    """You have sent more requests of this sort than one client may in a minute.

    Wait as many seconds as `Retry-After` says; `RateLimit` and `RateLimit-Policy`
    tell with each answer how many are left. Nothing was read or written.
    """

    code, status, title = "rate-limited", 429, "Too many requests"
