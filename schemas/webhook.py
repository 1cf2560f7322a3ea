"""The order to make or change a webhook."""

from typing import Final

from schemas import bounds
from schemas.fields import Choice, Flag, Patterned, Text, Wording
from schemas.record import REASONS
from schemas.structures import Many, Object

PATTERNS: Final = 50
DESCRIPTION: Final = 1_000
READS: Final = ("public", "drafts")


class WebAddress(Patterned):
    """Take an http or https address in ASCII; where it leads is looked at elsewhere."""

    pattern = r"^https?://[!-~]+$"
    expected = "a full address, https:// or http://, in visible ASCII"


class TypePattern(Patterned):
    """Take a type of change, or several by an asterisk: ``verdict.*``, ``*.corrected``."""

    pattern = (
        r"^(\*|claim|source|verdict|scale)\."
        r"(\*|created|updated|published|corrected|retracted|withheld|deleted|restored|purged)$"
    )
    expected = 'a type of change such as "verdict.published", "verdict.*" or "*.corrected"'


class WebhookSchema(Object):
    """What a webhook is told of; `since` is a cursor, an instant, ``now`` or empty."""

    url = WebAddress(bounds.URL)
    types = Many(TypePattern(30), PATTERNS, distinct=True)
    reasons = Many(Choice(*REASONS), len(REASONS), distinct=True)
    description = Wording(DESCRIPTION, allow_none=True)
    reads = Choice(*READS)
    since = Text(200)


class NewWebhookSchema(WebhookSchema):
    """A webhook that somebody asks to be made."""

    url = WebAddress(bounds.URL, required=True)


class WebhookChangeSchema(WebhookSchema):
    """What shall be different about a webhook."""

    active = Flag()
    rotate = Flag()
