"""The smallest record of each kind, and what a public one has beside."""

from dataclasses import dataclass, field
from typing import Any, Final

Json = dict[str, Any]

SUBJECT: Final = {"text": "It rained on Wednesday", "language": "en", "status": "published"}
"""The claim ``subject``, which must be there for the verdict."""


@dataclass(frozen=True)
class Sample:
    """One kind: what its smallest record has, and a text of it that tests change."""

    kind: str
    member: str
    sent: Json
    rated: Json = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the name under which tests show it."""
        return self.kind

    @property
    def collection(self) -> str:
        """Return the path of the kind's list."""
        return f"/v1/{self.kind}s"

    @property
    def path(self) -> str:
        """Return the path of the record of which most tests tell."""
        return f"{self.collection}/one"

    def draft(self, **members: object) -> Json:
        """Return the smallest draft, with further members."""
        return self.sent | members

    def public(self, **members: object) -> Json:
        """Return the smallest record that can be published, with further members."""
        return self.sent | self.rated | {"status": "published"} | members


SAMPLES: Final = (
    Sample("scale", "name", {"name": "Stars", "ratings": [{"key": "five"}]}),
    Sample("source", "title", {"title": "A report"}),
    Sample("claim", "text", {"text": "It rained"}),
    Sample("verdict", "title", {"claim_id": "subject"}, {"scale_id": "truth", "rating": "true"}),
)
