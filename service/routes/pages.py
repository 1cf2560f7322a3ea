"""Pages about the service itself: where things are, its contract, its problems, its health."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import metadata
from importlib.resources import files

import orjson
import yaml
from flask import Response, request, send_from_directory
from werkzeug.exceptions import HTTPException

from service.errors import FAULTS, NotFound, Problem, Unavailable
from service.feed.changes import lag
from service.kinds import KINDS
from service.records.presence import NO_STORE
from service.resources import place, text
from service.routes import answers, context, site
from service.routes.conditions import not_modified
from service.routes.forms import preferred
from service.routes.queries import Query
from service.storage.readiness import readiness
from service.webhooks.bookmarks import longest_behind

LINKS = {
    **{kind.collection: f"/v1/{kind.collection}" for kind in KINDS},
    "changes": "/v1/changes",
    "corrections": "/v1/corrections",
    "export": "/v1/export",
    "keys": "/v1/keys",
    "webhooks": "/v1/webhooks",
    "docs": "/docs",
    "openapi": "/openapi.yaml",
    "problems": "/problems",
    "liveness": "/livez",
    "readiness": "/readyz",
    "metrics": "/metrics",
}

PATIENCE = 1.0
"""Seconds for which metrics wait for the database: they are read when it is in trouble too."""

CATALOG = "/.well-known/api-catalog"
LINKSET = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'
MAX_AGE = 3600
KEPT = ("ETag", "Cache-Control")
"""Headers of a file that the client has already."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Swagger UI sets styles by attribute; it needs nothing else from outside its files."""


def root() -> Response:
    """Say what this is and where its parts are; to people on a page."""
    with Query("format", *request.args) as query:
        form = query.choice("format", ("json", "html")) or preferred("json", "html")
    if form == "html":
        return site.start()
    version = metadata.version("factcheck-records")
    return plain({"name": "factcheck-records", "version": version, "links": LINKS})


def openapi_yaml() -> Response:
    """Return the contract as it is written."""
    return Response(text("openapi.yaml"), content_type="application/yaml")


def openapi_json() -> Response:
    """Return the contract as JSON."""
    return answers.json(contract_json())


@cache
def contract_json() -> str:
    """Return the contract as JSON text, converted once."""
    return orjson.dumps(yaml.safe_load(text("openapi.yaml"))).decode()


def problems() -> Response:
    """List every code that a problem or a fault can have."""
    codes = [*Problem.catalogue, *FAULTS]
    return plain({"items": [meaning(code) for code in codes]})


def problem(code: str) -> Response:
    """Say what a code means and what to do about it."""
    if code not in Problem.catalogue and code not in FAULTS:
        detail = f'There is no code "{code[:60]}". GET /problems lists them.'
        raise NotFound(detail, headers=NO_STORE)
    return plain(meaning(code))


def meaning(code: str) -> dict[str, object]:
    """Return what is known of a code; whole problems have title and status too."""
    found: dict[str, object] = {"type": f"/problems/{code}", "code": code}
    if kind := Problem.catalogue.get(code):
        found |= {"title": kind.title, "status": kind.status}
        return found | {"description": " ".join(str(kind.__doc__).split())}
    return found | {"description": FAULTS[code]}


def livez() -> Response:
    """Tell that the process answers, whatever the database does."""
    return plain({"status": "ok"})


def readyz() -> Response:
    """Tell whether the database answers with the schema of this release.

    Under load too: to take a server that is busy for one that is not ready would put what
    it does on the others.
    """
    context.state().database.go_first()
    found = readiness(context.state().database)
    if found.missing:
        detail = f"Migrations are missing: {', '.join(found.missing)}. Call factcheck migrate."
        raise Unavailable(detail, headers={"Retry-After": "5"}, trouble="unmigrated")
    known = {"database": found.database, "protection": found.protection, "lag": found.lag}
    return plain({"status": "ok", **known})


def metrics() -> Response:
    """Return counts and durations over all workers, as Prometheus reads them."""
    render = request.environ.get("factcheck.metrics")
    found = render(lags()) if render else b""
    return Response(found, content_type="text/plain; version=0.0.4; charset=utf-8")


def lags() -> dict[str, float]:
    """Return by how many seconds feed and webhooks are late, as far as the database says it."""
    database, found = context.state().database, dict[str, float]()
    database.start_clock(PATIENCE)
    database.go_first()
    with suppress(Problem):
        found["factcheck_feed_lag_seconds"] = lag(database)
        found["factcheck_webhook_lag_seconds"] = longest_behind(database)
    return found


def api_catalog() -> Response:
    """Say where the interface for programs is and what describes it (RFC 9727)."""
    at = context.newsroom().at
    described = {
        "anchor": at("/"),
        "service-desc": [
            {"href": at("/openapi.yaml"), "type": "application/yaml"},
            {"href": at("/openapi.json"), "type": "application/json"},
        ],
        "service-doc": [{"href": at("/docs"), "type": "text/html"}],
        "status": [{"href": at("/readyz"), "type": "application/json"}],
    }
    headers = {"Link": f'<{CATALOG}>; rel="api-catalog"', "Cache-Control": "no-store"}
    return Response(orjson.dumps({"linkset": [described]}), headers=headers, content_type=LINKSET)


def security_txt() -> Response:
    """Say where to report a weakness of this server (RFC 9116)."""
    contact = context.state().settings.security_contact
    if contact is None:
        detail = (
            "Whoever runs this server has named nobody to report weaknesses to. Operators set "
            "FACTCHECK_SECURITY_CONTACT to a mailto: or https: address."
        )
        raise NotFound(detail, headers=NO_STORE)
    # Less than a year ahead, as section 2.5.5 advises, and the same all day.
    expires = datetime.now(UTC) + timedelta(days=364)
    lines = [f"Contact: {contact}", f"Expires: {expires:%Y-%m-%d}T00:00:00Z", ""]
    headers = {"Cache-Control": f"max-age={MAX_AGE}"}
    return Response("\n".join(lines), headers=headers, content_type="text/plain; charset=utf-8")


def docs() -> Response:
    """Return the page that shows the contract; all of it comes from this service."""
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
    return Response(
        text("docs/index.html"), headers=headers, content_type="text/html; charset=utf-8"
    )


def docs_file(path: str) -> Response:
    """Return a part of that page: our own start script, or a file of Swagger UI."""
    folder = place("docs") if path == "start.js" else files("flask_swagger_ui").joinpath("dist")
    try:
        found = send_from_directory(str(folder), path, max_age=MAX_AGE, conditional=False)
    except HTTPException:
        raise NotFound(f'The documentation has no file "{path[:60]}".', headers=NO_STORE) from None
    if not_modified(found.headers["ETag"], found.last_modified):
        found.close()
        return answers.empty(304, {name: found.headers[name] for name in KEPT})
    return found


def plain(value: object) -> Response:
    """Return a value as JSON that is made anew each time."""
    return answers.json(orjson.dumps(value).decode(), headers={"Cache-Control": "no-store"})
