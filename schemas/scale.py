"""A scale: the ratings that verdicts choose from."""

from schemas import bounds
from schemas.fields import Choice, Number, ServerSet, Text, Wording
from schemas.record import SEARCHED, RecordSchema
from schemas.structures import Many, Map, Object, Part
from schemas.texts import Color, Key, Language, Url


class RatingSchema(Object):
    """One rating: what it is called, where it stands, how far it calls a claim true.

    `number` is null for a rating outside the order, `truth` for one that says nothing of it.
    """

    key = Key(required=True, metadata={"filter": "rating"})
    labels = Map(Language(), Text(bounds.LABEL), bounds.SEVERAL)
    number = Number(allow_none=True)
    truth = Number(-1, 1, allow_none=True)
    color = Color()
    description = Text(bounds.PARAGRAPH)


class ScaleSchema(RecordSchema):
    """Ratings in their order."""

    type = ServerSet(Choice("scale"))
    name = Wording(bounds.NAME, required=True, metadata=SEARCHED)
    ratings = Many(Part(RatingSchema), bounds.SEVERAL, minimum=1, unique="key", required=True)
    url = Url()
