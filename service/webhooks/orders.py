"""What an admin asks of a webhook, checked: shape, where it leads, where it begins."""

from collections.abc import Callable
from typing import Any, cast

from schemas.webhook import NewWebhookSchema, WebhookChangeSchema, WebhookSchema
from service.documents.values import JsonObject
from service.errors import Fault, InvalidBody, Problem
from service.feed.marks import Mark
from service.kinds.faults import faults
from service.webhooks.register import Wanted
from service.webhooks.targets import Refused, parsed, resolved

NEW, CHANGE = NewWebhookSchema(), WebhookChangeSchema()

Start = Callable[[str], Mark]


def new(sent: JsonObject, start: Start, *, private: bool) -> Wanted:
    """Return the webhook that was asked for; raises `InvalidBody` with every fault.

    `start` returns the place in the feed that a text names; it begins now if none does.
    """
    return _wanted(NEW, {"since": "now", **sent}, start, private=private)


def changed(sent: JsonObject, start: Start, *, private: bool) -> tuple[Wanted, bool]:
    """Return what shall be different, and whether the secret shall; raises `InvalidBody`."""
    wanted = _wanted(CHANGE, sent, start, private=private)
    return wanted, sent.get("rotate") is True


def _wanted(schema: WebhookSchema, sent: JsonObject, start: Start, *, private: bool) -> Wanted:
    found = faults(schema, sent)
    wrong = {fault.pointer for fault in found}
    mark: Mark | None = None
    if "url" in sent and "#/url" not in wrong:
        found += check_url(str(sent["url"]), private=private)
    if "since" in sent and "#/since" not in wrong:
        try:
            mark = start(str(sent["since"]))
        except Problem as problem:
            found.append(Fault("invalid", problem.detail, "#/since"))
    if found:
        raise InvalidBody("Mend what errors lists, and send it again.", errors=found)
    members = cast("dict[str, Any]", sent)
    kept = {name: members.get(name) for name in ("url", "types", "reasons", "description", "reads")}
    return Wanted(**kept, describes="description" in sent, mark=mark, active=members.get("active"))


def check_url(url: str, *, private: bool) -> list[Fault]:
    """Return the fault of an address that is not sent to, if it has one.

    A name that nobody knows now passes: it is looked up again before each delivery.
    """
    try:
        _ = resolved(parsed(url, private=private), private=private)
    except Refused as refused:
        if refused.word == "private":
            return [Fault("private-target", f"expected {refused}", "#/url")]
    except ValueError as error:
        return [Fault("invalid", f"expected {error}", "#/url")]
    return []
