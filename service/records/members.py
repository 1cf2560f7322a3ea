"""The members of a record: which of them the service sets, and which are no content of it."""

from service.documents.values import JsonObject

SERVER_SET = ("type", "revision", "created_at", "updated_at", "self", "recorded_by", "expanded")
"""Members that only the service sets."""

BESIDE_THE_BODY = frozenset({*SERVER_SET, "id", "status", "note", "reason", "actor", "internal"})


def client_members(record: JsonObject) -> JsonObject:
    """Return a record without the members that the service sets."""
    return {name: value for name, value in record.items() if name not in SERVER_SET}
