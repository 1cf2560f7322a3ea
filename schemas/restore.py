"""The order to bring an earlier revision back."""

from schemas import bounds
from schemas.fields import Choice, Integer
from schemas.record import STATUSES, ChangeSchema


class RestoreSchema(ChangeSchema):
    """Which revision, and the status of the new one; the record's kind narrows the statuses."""

    restore = Integer(1, bounds.REVISION, required=True)
    status = Choice("draft", "in_review", *STATUSES[1:])
