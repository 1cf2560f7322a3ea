"""What a record should be after all that was done to it: the rules in a few lines of Python."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Move(NamedTuple):
    """Something done to a record; `tip` is internal and never public."""

    how: str
    text: str = ""
    tip: str = ""


@dataclass
class Model:
    """Its revisions, and which of them the public saw after each: a number, 0 for none."""

    revisions: list[Move] = field(default_factory=list[Move])
    shown: list[int] = field(default_factory=list[int])

    def does(self, move: Move) -> int:
        """Do a move and return the status that its answer should have."""
        if refusal := self._refusal(move):
            return refusal
        is_new = not self.revisions or move.how == "restored"
        if move.how == "deleted":
            _ = self._open(Move("deleted"))
            return 204
        revision = Move("draft", *self.revisions[0][1:]) if move.how == "restored" else move
        return 201 if self._open(revision) and is_new else 200

    def reads(self) -> list[tuple[int, str | None]]:
        """Return status and ETag of a read now, with a key and as the public."""
        head, shown = len(self.revisions), self.shown[-1]
        keyed = (410, None) if self.revisions[-1].how == "deleted" else (200, f'"{head}"')
        kinds = {"deleted": (410, None), "withheld": (451, None)}
        public = kinds.get(self.revisions[shown - 1].how, (200, f'"{shown}"'))
        return [keyed, public if shown else (404, None)]

    def _refusal(self, move: Move) -> int:
        status = self.revisions[-1].how if self.revisions else None
        if status == "deleted" and move.how != "restored":
            return 410
        never_public = move.how == "withheld" and not self.shown[-1]
        out_of_order = move.how == "retracted" and status not in {"published", "retracted"}
        return 422 if never_public or out_of_order else 0

    def _open(self, revision: Move) -> bool:
        """Add a revision, unless it changes nothing, and return whether it does."""
        if self.revisions and revision == self.revisions[-1]:
            return False
        before = self.shown[-1] if self.shown else 0
        # The public sees status and text.
        seen = self.revisions[before - 1][:2] if before else ("deleted", "")
        self.revisions.append(revision)
        hidden = revision.how == "draft" or revision[:2] == seen
        self.shown.append(before if hidden else len(self.revisions))
        return True
