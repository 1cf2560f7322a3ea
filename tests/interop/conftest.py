"""What the tests of the vocabularies of others share with those of the routes."""

from tests.routes.conftest import reader, variant, visitor

__all__ = ["reader", "variant", "visitor"]
