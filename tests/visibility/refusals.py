"""Every write of openapi.yaml, in ways that each reader must be refused."""

from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode

from service.interop.factchecktools.pages import name_of, term_of
from tests.newsroom import Answer
from tests.visibility import tables
from tests.visibility.calls import SYSTEM, Call, Calls, Visit
from tests.visibility.life import ID

ANY: Final = {"If-Match": "*"}
FIRST: Final = {"If-Match": '"1"'}
STALE: Final = {"If-Match": '"999"'}
NEW: Final = {"If-None-Match": "*"}
NDJSON: Final = {"Content-Type": "application/x-ndjson"}
FAULTY: Final = {"text": 7, "title": "", "claim_id": "nowhere", "status": "published", "x": 1}


def code(answer: Answer) -> str:
    """Return status and code of a problem."""
    return f"{answer.status} {answer.json()['code']}"


def refused(visit: Visit, call: Call, otherwise: str, scope: str = "write") -> Call:
    """Return a write with its refusal: of the key, or where the key will do, of the rest."""
    if visit.scopes is None:
        expected = "401 unauthorized"
    elif not set(visit.scopes) & set(ABOVE[scope]):
        expected = "403 forbidden"
    else:
        expected = otherwise
    return call._replace(told=code, expected=expected)


ABOVE: Final = {"write": ("write", "publish", "admin"), "admin": ("admin",)}
"""The scopes that cover a write."""


def standing(visit: Visit, otherwise: str) -> str:
    """Return how a write to a tombstone is refused, or to anything else."""
    return "410 gone" if visit.life.statuses[-1] == "deleted" else otherwise


def creations(visit: Visit) -> Calls:
    """Create a record whose id is taken."""
    path, sent = visit.life.collection, visit.life.bodies[1] | {"id": ID}
    yield refused(visit, Call("POST", path, {}, sent), "409 id-exists")
    yield refused(visit, Call("POST", path, {}, FAULTY | {"id": 1}), fault(visit))


def fault(visit: Visit) -> str:
    """Return how a faulty record that is to be public is refused."""
    return "403 publish-required" if visit.scopes == ("write",) else "422 invalid-record"


def replacements(visit: Visit) -> Calls:
    """Replace the record: without a match, with an old one, with faults."""
    sent, now = visit.life.bodies[1], visit.life.now
    for headers, otherwise in (
        ({}, "428 precondition-required"),
        (STALE, "412 precondition-failed"),
        (FIRST if now > 1 else STALE, "412 precondition-failed"),
        (NEW, "412 precondition-failed"),
    ):
        call = Call("PUT", visit.path, headers, sent)
        yield refused(visit, call, standing(visit, otherwise))
    call = Call("PUT", f"{visit.path}?note=N&reason=typo", ANY, FAULTY)
    yield refused(visit, call, standing(visit, fault(visit)))
    yield echo(visit)


def echo(visit: Visit) -> Call:
    """Send the author's latest write again, with its Idempotency-Key: it is the author's alone."""
    number, method, path, sent = visit.life.latest
    headers = {"Idempotency-Key": f"w{number}", **STALE}
    status = visit.life.statuses[-1]
    drafts = visit.scopes == ("write",) and status != "draft"
    otherwise = "403 publish-required" if drafts else "412 precondition-failed"
    call = Call(method, path, headers, sent)
    if visit.life.purged:
        return refused(visit, call, "412 precondition-failed", scope="admin")
    return refused(visit, call, standing(visit, otherwise))


def patches(visit: Visit) -> Calls:
    """Change parts of the record, in the same ways."""
    for headers, otherwise in (
        ({}, "428 precondition-required"),
        (STALE, "412 precondition-failed"),
        (FIRST if visit.life.now > 1 else STALE, "412 precondition-failed"),
    ):
        call = Call("PATCH", visit.path, headers, {"external_ids": {"desk": "1"}})
        # What is retracted or withheld stays so unless the patch says otherwise.
        kept = visit.life.statuses[-1] != "draft" and visit.scopes == ("write",)
        first = "403 publish-required" if kept else otherwise
        yield refused(visit, call, standing(visit, first))
    yield refused(visit, Call("PATCH", visit.path, ANY, FAULTY), standing(visit, fault(visit)))


def deletions(visit: Visit) -> Calls:
    """Delete the record without a match, with an old one, and with a key that may not."""
    public = visit.life.now >= 3 and visit.scopes == ("write",)
    for headers, otherwise in (
        ({}, "428 precondition-required"),
        (STALE, "412 precondition-failed"),
        *([(ANY, "")] if public or not visit.scopes or visit.scopes == ("read",) else []),
    ):
        call = Call("DELETE", f"{visit.path}?note=N&reason=typo", headers)
        yield refused(visit, call, standing(visit, "403 forbidden" if public else otherwise))
    call = Call("DELETE", f"{visit.path}?purge=true&note=N&reason=legal", STALE)
    yield refused(visit, call, "412 precondition-failed", scope="admin")


def purges(visit: Visit) -> Calls:
    """Purge a revision without a match, and with an old one."""
    for headers, otherwise in (
        ({}, "428 precondition-required"),
        (STALE, "412 precondition-failed"),
    ):
        call = Call("DELETE", f"{visit.path}/revisions/1?note=N&reason=legal", headers)
        yield refused(visit, call, otherwise, scope="admin")


def restorations(visit: Visit) -> Calls:
    """Restore a revision without a match, with an old one, and one that never was."""
    path = f"{visit.path}/revisions"
    for headers, sent, otherwise in (
        ({}, {"restore": 1}, "428 precondition-required"),
        (STALE, {"restore": 1}, "412 precondition-failed"),
        (ANY, {"restore": 999}, "422 invalid-record"),
        (ANY, {"restore": 1, "status": "published"}, "403 publish-required"),
    ):
        if otherwise[:3] != "403" or visit.scopes in {None, (), ("read",), ("write",)}:
            yield refused(visit, Call("POST", path, headers, sent), otherwise)


def imports(visit: Visit) -> Calls:
    """Import a history into a server that holds records, and lines that cannot be written."""
    call = Call("POST", "/v1/import?history=true", NDJSON, {})
    yield refused(visit, call, "409 not-empty", scope="admin")
    line = {"type": visit.life.kind, "id": ID}
    for own in (
        {"x": 1},
        {"text": "other", "title": "other"},
        {"op": "patch", "internal": {"a": 1}},
        {"op": "patch", "internal": {"a": 1}, "if_revision": 999},
        {"op": "delete", "x": 1},
        {"op": "delete", "if_revision": 999, "note": ""},
    ):
        call = Call("POST", "/v1/import?note=N&reason=typo", NDJSON, line | own)
        yield refused(visit, call, "422 invalid-record")


def pushes(visit: Visit) -> Calls:
    """Push an item that is none, and one that nobody signed."""
    call = Call("POST", "/v1/integrations/superdesk", {}, {"headline": "No guid"})
    yield refused(visit, call, "422 invalid-body")
    signed = {"X-Superdesk-Signature": "sha1=" + "0" * 40}
    call = Call("POST", "/v1/integrations/superdesk", signed, {"guid": ID})
    yield call._replace(told=code, expected="403 bad-signature")


def keys(method: str, path: str, otherwise: str) -> Callable[[Visit], Calls]:
    """Return the calls of an operation on keys, which takes an admin."""

    def calls(visit: Visit) -> Calls:
        call = refused(visit, Call(method, path, {}, {}), otherwise, scope="admin")
        yield call._replace(told=tables.status, expected=str(call.expected)[:3])

    return calls


def selves(visit: Visit) -> Calls:
    """Ask what one's own key is."""
    expected = "401" if visit.scopes is None else "200"
    yield Call("GET", "/v1/keys/self", told=tables.status, expected=expected)


def page_lists(visit: Visit) -> Calls:
    """List pages of markup, which takes a key that may write."""
    lists = "/v1alpha1/pages"
    addresses = [one.get("url", "https://v.example/") for one in visit.life.bodies.values()]
    queries = [urlencode({"url": url}) for url in addresses]
    paging = f"organization=v.example&offset=0&pageSize=100&{SYSTEM}"
    for query in (paging, "prettyPrint=false", *queries):
        yield writable(visit, Call("GET", f"{lists}?{query}"), "200")
    yield writable(visit, Call("GET", f"{lists}?pageToken=x"), "400")


def pages(visit: Visit) -> Calls:
    """Read the page of each address that the record had."""
    for body in visit.life.bodies.values():
        if "url" in body:
            path = f"/v1alpha1/{name_of(term_of(body['url']))}"
            call = Call("GET", f"{path}?{SYSTEM}")
            shown = visit.life.kind == "verdict" and visit.row.shown
            here = shown and visit.life.bodies[visit.row.shown or 0]["url"] == body["url"]
            yield writable(visit, call, "200" if here else "404")
    yield writable(visit, Call("GET", f"/v1alpha1/pages/none?{SYSTEM}"), "404")


def page_writes(method: str, path: str = "") -> Callable[[Visit], Calls]:
    """Return the writes of pages that everyone is refused, each in its own way."""

    def calls(visit: Visit) -> Calls:
        for body in visit.life.bodies.values():
            place = path or f"/v1alpha1/{name_of(term_of(body.get('url', 'https://v.example/')))}"
            sent = None if method == "DELETE" else {"pageUrl": 1}
            call = Call(method, place, {}, sent)
            answered = {"400", "404"} if method == "PUT" else {"400" if sent else "404"}
            yield writable(visit, call, *answered)

    return calls


def writable(visit: Visit, call: Call, *otherwise: str) -> Call:
    """Return a call with its refusal: of the key, or where the key may write, of the rest."""
    if visit.scopes is None:
        expected = {"401"}
    else:
        may = set(visit.scopes) & set(ABOVE["write"])
        expected = set(otherwise) if may else {"403"}
    return call._replace(told=lambda one: tables.status(one) in expected, expected=True)


NO_KEY: Final = "/v1/keys/7c1f0a52-3d0e-4c55-9a41-0d8a2f6f1b7e"
NO_WEBHOOK: Final = "/v1/webhooks/019018c2-55c8-7a3e-9f5c-2b1d7e0a4c11"
WRITES: Final[dict[str, Callable[[Visit], Calls]]] = {
    "POST /v1/{c}": creations,
    "PUT /v1/{c}/{id}": replacements,
    "PATCH /v1/{c}/{id}": patches,
    "DELETE /v1/{c}/{id}": deletions,
    "POST /v1/{c}/{id}/revisions": restorations,
    "DELETE /v1/{c}/{id}/revisions/{n}": purges,
    "POST /v1/import": imports,
    "GET /v1alpha1/pages": page_lists,
    "POST /v1alpha1/pages": page_writes("POST", "/v1alpha1/pages"),
    "GET /v1alpha1/pages/{page_id}": pages,
    "PUT /v1alpha1/pages/{page_id}": page_writes("PUT"),
    "DELETE /v1alpha1/pages/{page_id}": page_writes("DELETE", "/v1alpha1/pages/none"),
    "POST /v1/integrations/superdesk": pushes,
    "GET /v1/keys": keys("GET", "/v1/keys?limit=1&cursor=1", "200"),
    "POST /v1/keys": keys("POST", "/v1/keys", "422"),
    "GET /v1/keys/{id}": keys("GET", NO_KEY, "404"),
    "DELETE /v1/keys/{id}": keys("DELETE", NO_KEY, "404"),
    "GET /v1/keys/self": selves,
    "GET /v1/webhooks": keys("GET", f"/v1/webhooks?limit=1&cursor={NO_WEBHOOK[-36:]}", "200"),
    "POST /v1/webhooks": keys("POST", "/v1/webhooks", "422"),
    "GET /v1/webhooks/{id}": keys("GET", NO_WEBHOOK, "404"),
    "PATCH /v1/webhooks/{id}": keys("PATCH", NO_WEBHOOK, "404"),
    "DELETE /v1/webhooks/{id}": keys("DELETE", NO_WEBHOOK, "404"),
    "GET /v1/webhooks/{id}/deliveries": keys(
        "GET", f"{NO_WEBHOOK}/deliveries?limit=1&cursor=1", "404"
    ),
}
"""What takes a key of some scope, by operation."""
