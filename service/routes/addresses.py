"""Every address, and the view that answers it."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final

from flask import Flask
from werkzeug.routing import BaseConverter, IntegerConverter

from service.kinds import KINDS
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


OF_A_KIND: Final = (
    ("GET", "", lists.list_records),
    ("POST", "", records.create_record),
    ("GET", "/<id:id>", records.get_record),
    ("PUT", "/<id:id>", records.put_record),
    ("PATCH", "/<id:id>", records.patch_record),
    ("DELETE", "/<id:id>", records.delete_record),
    ("GET", "/<id:id>/revisions", revisions.list_revisions),
    ("POST", "/<id:id>/revisions", revisions.restore_revision),
    ("GET", "/<id:id>/revisions/<number:n>", revisions.get_revision),
    ("DELETE", "/<id:id>/revisions/<number:n>", revisions.purge_revision),
    ("GET", "/<id:id>/revisions/<number:n>/diff", revisions.diff_revision),
)
"""Method, what follows the address of the kind's list, and view, which is given the kind."""

OF_ALL_KINDS: Final = (
    ("GET", "/v1/changes", changes.list_changes),
    ("GET", "/v1/corrections", corrections.list_corrections),
    ("GET", "/v1/export", transfer.export_records),
    ("GET", "/v1/match", matching.match_text),
    ("POST", "/v1/import", transfer.import_records),
    ("POST", "/v1/integrations/superdesk", superdesk.push_item),
    ("POST", "/v1/match", matching.match_order),
)
OF_PEOPLE: Final = (
    ("GET", "/search", site.search),
    ("GET", "/corrections", corrections.corrections_page),
    ("GET", "/at/claims/<id:id>", site.go_back_to_claim),
    ("GET", "/at/verdicts/<id:id>", site.go_back_to_verdict),
    ("GET", "/embed/verdicts/<id:id>", embedding.get_card),
    ("GET", "/oembed", embedding.oembed),
    ("GET", "/assets/<name>", site.asset),
)
OF_ADMINISTRATION: Final = (
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
)
OF_THE_SERVICE: Final = (
    ("GET", "/", pages.root),
    ("GET", "/openapi.yaml", pages.openapi_yaml),
    ("GET", "/openapi.json", pages.openapi_json),
    ("GET", "/docs", pages.docs),
    ("GET", "/docs/<path>", pages.docs_file),
    ("GET", "/problems", pages.problems),
    ("GET", "/problems/<code>", pages.problem),
    ("GET", "/livez", pages.livez),
    ("GET", "/readyz", pages.readyz),
    ("GET", "/metrics", pages.metrics),
    ("GET", pages.CATALOG, pages.api_catalog),
    ("GET", "/.well-known/security.txt", pages.security_txt),
)
VIEWS: Final[Iterable[tuple[str, str, View]]] = (
    *OF_ALL_KINDS,
    *OF_PEOPLE,
    *OF_ADMINISTRATION,
    *OF_THE_SERVICE,
    *factchecktools.VIEWS,
)
"""Method, address and view of all that is not of one kind."""


def route(app: Flask) -> None:
    """Give an application its addresses."""
    app.url_map.converters |= {"id": RecordId, "key_id": KeyId, "number": Number}
    for kind in KINDS:
        for method, after, view in OF_A_KIND:
            rule, endpoint = f"/v1/{kind.collection}{after}", f"{kind.name}.{view.__name__}"
            app.add_url_rule(rule, endpoint, partial(view, kind), methods=[method])
    for method, rule, view in VIEWS:
        app.add_url_rule(rule, view.__name__, view, methods=[method])
