"""The kinds of records: what each is called, how it is shaped and what it says to the tables.

Nothing here knows HTTP, SQL or who is asking.
"""

from service.kinds.kind import Kind
from service.kinds.registry import BY_COLLECTION, BY_NAME, KINDS

__all__ = ["BY_COLLECTION", "BY_NAME", "KINDS", "Kind"]
