"""What a request has at hand: the service's state, who calls, and the rule that binds them."""

import base64
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from threading import BoundedSemaphore
from typing import cast

from flask import current_app, request

from service.documents.seals import Seal
from service.errors import Forbidden, Unauthorized
from service.feed.following import Poller
from service.feed.marks import Marks
from service.interop.newsroom import Newsroom
from service.records.allowances import Allowances
from service.records.cursors import Cursors
from service.records.keys import Keyring
from service.records.people import PUBLIC, Caller, Scope
from service.records.sweeping import Sweeper
from service.routes import limiting
from service.settings import Settings
from service.storage.database import Database
from service.storage.installation import Installation, installation

GOOGLE = "/v1alpha1/"
"""What the addresses begin with that are Google's."""

KEY_PARAMETERS = ("key", "access_token", "oauth_token")
"""Where its clients put a key."""

CHALLENGE = {"WWW-Authenticate": 'Bearer realm="factcheck", Basic realm="factcheck"'}


@dataclass(slots=True)
class State:
    """What all requests of an application share; lives in ``app.extensions``."""

    settings: Settings
    database: Database
    keyring: Keyring
    allowances: Allowances
    sweeper: Sweeper
    flusher: Sweeper
    poller: Poller
    imports: BoundedSemaphore
    """Places for imports that are written or wait for that, each with a connection."""
    _installation: Installation | None = None

    @property
    def cursors(self) -> Cursors:
        """Return the maker of the cursors of lists."""
        found = self.installation
        return Cursors(Seal(found.cursor_secret), found.system)

    @property
    def marks(self) -> Marks:
        """Return the maker of the cursors of the feed."""
        found = self.installation
        return Marks(Seal(found.cursor_secret), found.system)

    @property
    def installation(self) -> Installation:
        """Return what signs cursors and where they hold; the first use asks the database."""
        if self._installation is None:
            self._installation = installation(self.database)
        return self._installation


def state() -> State:
    """Return the state of the application that answers."""
    return cast("State", current_app.extensions["factcheck"])


def newsroom() -> Newsroom:
    """Return who publishes here, at the address the settings name or the client asked."""
    found = state().settings
    # As it was sent: the address that Flask makes of a host tells its letters, not its name.
    base = found.public_url or f"{request.scheme}://{request.host}"
    return Newsroom(base, found.publisher, found.license)


def caller() -> Caller:
    """Return who reads, which counts against the caller's allowance.

    Without a key that is the public, or `Unauthorized` where its reads are switched off.
    Raises `Unauthorized` for a key not in force, `RateLimited` for one request too many.
    """
    who = _sender()
    if who.key_name is None and not state().settings.public_reads:
        raise _keyless("Reading takes a key here.")
    return counted(who)


def bearer() -> Caller:
    """Return the bearer of a key, whatever its scopes; the request counts.

    Raises `Unauthorized` without one, `RateLimited` for one request too many.
    """
    who = _sender()
    if who.key_name is None:
        raise _keyless("This takes a key.")
    return counted(who)


def require(scope: Scope) -> Caller:
    """Return the caller if a scope of the key implies this one; the request counts.

    Raises `Unauthorized` without a key, `Forbidden` with one that may not, `RateLimited`
    for one request too many.
    """
    who = _sender()
    if who.key_name is None:
        raise _keyless(f"This takes a key with the scope {scope}.")
    if not who.may(scope):
        held = ", ".join(sorted(who.scopes)) or "none"
        raise Forbidden(f"This takes a key with the scope {scope}; the scopes of this one: {held}.")
    return counted(who)


def renewal() -> Callable[[], object]:
    """Return what tells, as long as the answer goes on, whether the key is still in force.

    It raises `Unauthorized` when not, `Unavailable` when nobody can tell.
    """
    header, keyring = request.headers.get("Authorization"), state().keyring
    return partial(keyring.caller, _secret(header)) if header else bool


def _sender() -> Caller:
    """Return whose key the request carries; one that is not in force counts as failed."""
    header = request.headers.get("Authorization")
    secret = _asked_with() if header is None else _secret(header)
    if secret is None:
        return PUBLIC
    try:
        found = state().keyring.caller(secret)
    except Unauthorized:
        count_failure()
        raise
    request.environ["factcheck.key"] = found.key_name
    return found


def _asked_with() -> str | None:
    """Return the key in the query, which clients of Google's send there and nobody else may."""
    if not request.path.startswith(GOOGLE):
        return None
    return next((key for name in KEY_PARAMETERS if (key := request.args.get(name))), None)


def counted(who: Caller) -> Caller:
    """Return the caller, whose request counts; raises `RateLimited` for one too many."""
    limiting.spend(state().allowances, f"key {who.key_name}" if who.key_name else _address())
    return who


def count_failure() -> None:
    """Count what should have shown who asks and did not; raises `RateLimited`."""
    limiting.spend_failure(state().allowances, _address())


def _keyless(what: str) -> Unauthorized:
    detail = f"{what} Send it as Authorization: Bearer fck_… or with curl -u fck_…:"
    return Unauthorized(detail, headers=CHALLENGE)


def _address() -> str:
    return limiting.address(state().settings.proxies)


def _secret(header: str) -> str:
    """Return the key in an Authorization field: Bearer, or the user of Basic (RFC 7617)."""
    scheme, _, credentials = header.partition(" ")
    secret = ""
    if scheme.lower() == "bearer":
        secret = credentials.strip()
    elif scheme.lower() == "basic":
        with suppress(ValueError):  # no Base64, or no UTF-8
            secret = base64.b64decode(credentials, validate=True).decode().partition(":")[0]
    if secret:
        return secret
    detail = "Authorization is not understood. Send Bearer fck_… or, with curl, -u fck_…:"
    raise Unauthorized(detail, headers=CHALLENGE)
