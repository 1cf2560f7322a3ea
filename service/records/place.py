"""Where a record is: its kind and its id."""

from dataclasses import dataclass

from service.kinds import Kind


@dataclass(frozen=True, slots=True)
class Place:
    """Name a record, whether it is there or not."""

    kind: Kind
    id: str

    def __str__(self) -> str:
        """Return the record as a message names it: ``claim "drawdown"``."""
        return f'{self.kind.name} "{self.id}"'

    @property
    def path(self) -> str:
        """Return the record's path."""
        return f"/v1/{self.kind.collection}/{self.id}"

    @property
    def target(self) -> str:
        """Return the record as references to it are kept: ``claim/drawdown``."""
        return f"{self.kind.name}/{self.id}"

    @property
    def values(self) -> dict[str, object]:
        """Return the values by which statements find it."""
        return {"kind": self.kind.name, "id": self.id}
