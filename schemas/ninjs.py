"""A news item as a newsroom pushes it: what it must have, whatever else it has."""

from marshmallow import INCLUDE

from schemas import bounds
from schemas.fields import Choice, Wording
from schemas.structures import Object

PUBSTATUS = ("usable", "withheld", "canceled")


class PushedItemSchema(Object):
    """A ninjs item in the dialect of Superdesk, told apart by its `guid`.

    Newsrooms add members of their own, and what one of them puts into a member is not what the
    next does: the rest is taken as far as it can be understood.
    """

    class Meta:
        """Let through what has no field here."""

        unknown = INCLUDE

    guid = Wording(bounds.NAME, required=True)
    pubstatus = Choice(*PUBSTATUS)
