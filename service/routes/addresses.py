"""Every address, and the view that answers it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Flask
from werkzeug.routing import BaseConverter, IntegerConverter

from service.kinds import KINDS, Kind
from service.routes import (
    changes,
    corrections,
    embedding,
    keys,
    lists,
    matching,
    pages,
    records,
    revisions,
    site,
    superdesk,
    transfer,
    webhooks,
)
from service.routes.factchecktools import addresses as factchecktools

View = Callable[..., Any]


class Number(IntegerConverter):
    """Match the numbers that revisions can have: in ASCII, where werkzeug takes any digits."""

    regex = "[0-9]+"


class RecordId(BaseConverter):
    """Match the ids that records can have."""

    regex = "[A-Za-z0-9][A-Za-z0-9._~-]{0,99}"


class KeyId(BaseConverter):
    """Match what may be the id of a key, but not ``self``, which is an address of its own."""

    regex = f"(?!self/?$){RecordId.regex}"


def route(app: Flask) -> None:
    """Give an application its addresses."""
    app.url_map.converters |= {"id": RecordId, "key_id": KeyId, "number": Number}
    for kind in KINDS:
        route_kind(app, kind)
    route_administration(app)
    route_pages(app)
    route_service(app)


def route_kind(app: Flask, kind: Kind) -> None:
    """Give a kind its addresses."""
    one = f"/v1/{kind.collection}/<id:id>"
    for rule, views in {
        f"/v1/{kind.collection}": {"GET": lists.list_records, "POST": records.create_record},
        one: {
            "GET": records.get_record,
            "PUT": records.put_record,
            "PATCH": records.patch_record,
            "DELETE": records.delete_record,
        },
        f"{one}/revisions": {"GET": revisions.list_revisions, "POST": revisions.restore_revision},
        f"{one}/revisions/<number:n>": {
            "GET": revisions.get_revision,
            "DELETE": revisions.purge_revision,
        },
        f"{one}/revisions/<number:n>/diff": {"GET": revisions.diff_revision},
    }.items():
        for method, view in views.items():
            endpoint = f"{kind.name}.{view.__name__}"
            app.add_url_rule(rule, endpoint, partial(view, kind), methods=[method])


def route_administration(app: Flask) -> None:
    """Give keys and webhooks their addresses, and Google's API those that its clients know."""
    for method, rule, view in (
        ("GET", "/v1/keys", keys.list_keys),
        ("POST", "/v1/keys", keys.create_key),
        ("GET", "/v1/keys/self", keys.get_own_key),
        ("GET", "/v1/keys/<key_id:id>", keys.get_key),
        ("DELETE", "/v1/keys/<key_id:id>", keys.revoke_key),
        ("GET", "/v1/webhooks", webhooks.list_webhooks),
        ("POST", "/v1/webhooks", webhooks.create_webhook),
        ("GET", "/v1/webhooks/<id:id>", webhooks.get_webhook),
        ("PATCH", "/v1/webhooks/<id:id>", webhooks.change_webhook),
        ("DELETE", "/v1/webhooks/<id:id>", webhooks.delete_webhook),
        ("GET", "/v1/webhooks/<id:id>/deliveries", webhooks.list_deliveries),
        *factchecktools.VIEWS,
    ):
        app.add_url_rule(rule, view.__name__, view, methods=[method])


def route_service(app: Flask) -> None:
    """Give the service its own addresses."""
    gets: dict[str, View] = {
        "/": pages.root,
        "/openapi.yaml": pages.openapi_yaml,
        "/openapi.json": pages.openapi_json,
        "/docs": pages.docs,
        "/docs/<path>": pages.docs_file,
        "/problems": pages.problems,
        "/problems/<code>": pages.problem,
        "/livez": pages.livez,
        "/readyz": pages.readyz,
        "/metrics": pages.metrics,
        "/.well-known/security.txt": pages.security_txt,
        "/v1/changes": changes.list_changes,
        "/v1/corrections": corrections.list_corrections,
        "/v1/export": transfer.export_records,
        "/v1/match": matching.match_text,
    }
    for rule, view in gets.items():
        app.add_url_rule(rule, view.__name__, view, methods=["GET"])
    for rule, view in {
        "/v1/import": transfer.import_records,
        "/v1/integrations/superdesk": superdesk.push_item,
        "/v1/match": matching.match_order,
    }.items():
        app.add_url_rule(rule, view.__name__, view, methods=["POST"])


def route_pages(app: Flask) -> None:
    """Give people the addresses of pages that are no record's own."""
    pages_of: dict[str, View] = {
        "/search": site.search,
        "/corrections": corrections.corrections_page,
        "/at/claims/<id:id>": site.go_back_to_claim,
        "/at/verdicts/<id:id>": site.go_back_to_verdict,
        "/embed/verdicts/<id:id>": embedding.get_card,
        "/oembed": embedding.oembed,
        "/assets/<name>": site.asset,
    }
    for rule, view in pages_of.items():
        app.add_url_rule(rule, view.__name__, view, methods=["GET"])
