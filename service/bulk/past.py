"""The past as a file tells it: a revision of a history, and those that every server has."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from service.documents.instants import read
from service.documents.values import JsonObject
from service.errors import Fault
from service.kinds import Kind

Row = dict[str, Any]
"""The columns of a revision."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """A revision that every server starts with, and a history may do without."""

    target: str
    revision: int
    recorded_at: datetime
    sha256: bytes
    terms: list[str]


@dataclass(frozen=True)
class Past:
    """One revision of a history, as its line has it."""

    line: int
    kind: Kind
    sent: JsonObject

    @property
    def target(self) -> str:
        """Return ``kind/id``."""
        return f"{self.kind.name}/{self.sent['id']}"

    @property
    def revision(self) -> int:
        """Return the number."""
        return int(cast("float", self.sent["revision"]))

    @property
    def recorded_at(self) -> datetime:
        """Return when it was recorded."""
        return read(str(self.sent["recorded_at"]))

    @property
    def status(self) -> str:
        """Return the status."""
        return str(self.sent["status"])

    @property
    def purged(self) -> bool:
        """Tell whether its content was erased."""
        return "purged_at" in self.sent

    @property
    def purges(self) -> list[float]:
        """Return the numbers of the revisions from which it took the content."""
        return cast("list[float]", self.sent.get("purges", []))

    @property
    def body(self) -> JsonObject:
        """Return the content as it was sent."""
        return cast("JsonObject", self.sent["body"])

    @property
    def author(self) -> dict[str, Any]:
        """Return the key and actor, as far as the line names them."""
        return cast("dict[str, Any]", self.sent.get("recorded_by", {}))

    def fault(self, code: str, detail: str, pointer: str) -> Fault:
        """Return a fault of this line."""
        return Fault(code, detail, pointer, line=self.line)
