"""The addresses of Google's Fact Check Tools API, as its discovery document has them."""

from typing import Final

from service.routes.factchecktools import claims, pages

VIEWS: Final = (
    ("GET", "/v1alpha1/claims:search", claims.search_claims),
    ("GET", "/v1alpha1/claims:imageSearch", claims.search_images),
    ("GET", "/v1alpha1/pages", pages.list_pages),
    ("POST", "/v1alpha1/pages", pages.create_page),
    ("GET", "/v1alpha1/pages/<page_id>", pages.get_page),
    ("PUT", "/v1alpha1/pages/<page_id>", pages.update_page),
    ("DELETE", "/v1alpha1/pages/<page_id>", pages.delete_page),
)
"""Method, address and view."""
