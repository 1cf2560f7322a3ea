"""Who asks: what a reader may see, and what an author may do."""

from dataclasses import dataclass
from typing import Literal

Scope = Literal["read", "write", "publish", "admin"]

SHIPPER = "factcheck"
"""The key of the revisions that every server starts with; nobody else's is called so."""

CONSOLE = "command line"
"""The key of what is written by commands, which need none: who runs them has the database."""

SUPERDESK = "superdesk"
"""The key of what Superdesk pushes, which shows by its signature that it may."""

IMPLIED: dict[str, frozenset[str]] = {
    "read": frozenset({"read"}),
    "write": frozenset({"read", "write"}),
    "publish": frozenset({"read", "write", "publish"}),
    "admin": frozenset({"read", "write", "publish", "admin"}),
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Someone who asks: the public, or the bearer of a key that may read drafts.

    `until` names the column that ends the interval this reader's reads go by, and `present` the
    one that marks the words of what has not ended.
    """

    keyed: bool

    @property
    def until(self) -> str:
        """Return superseded_at for those who see all, withdrawn_at for the public."""
        return "superseded_at" if self.keyed else "withdrawn_at"

    @property
    def present(self) -> str:
        """Return head for those who see all, shown for the public."""
        return "head" if self.keyed else "shown"

    @property
    def closed_by(self) -> str:
        """Return the column of the transaction that ended it."""
        return "closed_by" if self.keyed else "withdrawn_by"


@dataclass(frozen=True, slots=True)
class Caller:
    """The bearer of a key, or, without a name, the public.

    A key that `vouches` signs its people in, so that two actors behind it are two people.
    `four_eyes` says that here a verdict takes two to become public.
    """

    key_name: str | None = None
    scopes: frozenset[str] = frozenset()
    vouches: bool = False
    four_eyes: bool = False

    def may(self, scope: Scope) -> bool:
        """Tell whether one of the scopes implies this one."""
        return any(scope in IMPLIED[held] for held in self.scopes)

    @property
    def reader(self) -> Reader:
        """Return what the caller sees."""
        return Reader(keyed=self.may("read"))


PUBLIC = Caller()
