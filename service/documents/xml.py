"""What XML 1.0 can hold."""

import re
from typing import Final

_UNFIT: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that it has no way to write (section 2.2)."""


def clean(text: str, mark: str = "\ufffd") -> str:
    """Return a text with a mark for each character that XML cannot hold."""
    return _UNFIT.sub(mark, text)
