"""Who publishes here, and where the world finds it."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Newsroom:
    """The address under which records are found, who publishes them, and under which license.

    `base` ends without a slash. `publisher` has a name and perhaps an address and a logo, or
    nothing at all; `license` is an address.
    """

    base: str
    publisher: Mapping[str, str] = field(default_factory=dict[str, str])
    license: str | None = None

    @property
    def name(self) -> str:
        """Return the name of the publisher, or that of the program where it has none."""
        return self.publisher.get("name", "factcheck-records")

    def of(self, record: Mapping[str, object]) -> str:
        """Return the whole address of a record."""
        return self.at(str(record["self"]))

    def at(self, path: str) -> str:
        """Return the whole address of a path."""
        return f"{self.base}{path}"
