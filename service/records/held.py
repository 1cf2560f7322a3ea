"""What is there already of some records, for who is about to write them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import orjson

from service.documents.values import JsonObject
from service.kinds import KINDS
from service.records.people import Caller
from service.storage.database import Door
from service.storage.statements import statement

Key = tuple[str, str]
"""Kind and id of a record."""


@dataclass(frozen=True, slots=True)
class Held:
    """A record as it is: its latest revision, its status and its content as text.

    It is `approved` if it may become public as it is by who asks.
    """

    kind: str
    id: str
    revision: int
    status: str
    body: str
    first_public: int | None = None
    approved: bool = True

    @property
    def gone(self) -> bool:
        """Tell whether it is deleted."""
        return self.status == "deleted"

    @property
    def content(self) -> JsonObject:
        """Return the content, without the raw item and what is internal."""
        return cast("JsonObject", orjson.loads(self.body))


def held(door: Door, caller: Caller, actor: str | None, wanted: list[Key]) -> Mapping[Key, Held]:
    """Return those of some records that are there or were, drafts too."""
    if not wanted:
        return {}
    values = {
        "kinds": [kind for kind, _ in wanted],
        "ids": [name for _, name in wanted],
        "reviewed": [kind.name for kind in KINDS if kind.judged and caller.four_eyes],
        "key_name": caller.key_name,
        "actor": actor,
        "vouches": caller.vouches,
    }
    return {(one.kind, one.id): one for one in door.all(Held, statement("held"), values)}
