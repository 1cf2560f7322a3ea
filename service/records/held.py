"""What is there already of some records, for who is about to write them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import orjson

from service.documents.values import JsonObject
from service.storage.database import Door
from service.storage.statements import statement

Key = tuple[str, str]
"""Kind and id of a record."""


@dataclass(frozen=True, slots=True)
class Held:
    """A record as it is: its latest revision, its status and its content as text."""

    kind: str
    id: str
    revision: int
    status: str
    body: str

    @property
    def content(self) -> JsonObject:
        """Return the content, without the raw item and what is internal."""
        return cast("JsonObject", orjson.loads(self.body))


def held(door: Door, wanted: list[Key]) -> Mapping[Key, Held]:
    """Return those of some records that are there and not deleted, drafts too."""
    if not wanted:
        return {}
    values = {"kinds": [kind for kind, _ in wanted], "ids": [name for _, name in wanted]}
    return {(one.kind, one.id): one for one in door.all(Held, statement("held"), values)}
