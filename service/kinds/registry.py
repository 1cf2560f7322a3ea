"""The four kinds, in the order in which they can be written: no kind before what it refers to."""

from schemas.claim import ClaimSchema
from schemas.scale import ScaleSchema
from schemas.source import SourceSchema
from schemas.verdict import VerdictSchema
from service.kinds.kind import Kind

KINDS = (
    Kind("scale", ScaleSchema(), lasting="rating="),
    Kind("source", SourceSchema()),
    Kind("claim", ClaimSchema()),
    Kind("verdict", VerdictSchema(), judged=True),
)
BY_NAME = {kind.name: kind for kind in KINDS}
BY_COLLECTION = {kind.collection: kind for kind in KINDS}
