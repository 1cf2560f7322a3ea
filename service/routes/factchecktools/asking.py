"""The parameters of Google's clients: those of every request, and those of pages."""

import re
from dataclasses import dataclass
from typing import Final

from flask import request

from schemas.factchecktools import INT32
from service.interop.factchecktools.masks import Mask, mask_of
from service.interop.factchecktools.walks import Start
from service.routes.context import KEY_PARAMETERS
from service.routes.queries import LONGEST, Query

SYSTEM: Final = (
    *KEY_PARAMETERS,
    "$.xgafv",
    "alt",
    "fields",
    "prettyPrint",
    "quotaUser",
    "uploadType",
    "upload_protocol",
)
"""What any request may have; of Google's own, `callback` is not taken: scripts can ask by CORS."""

PAGING: Final = ("pageSize", "pageToken", "offset")
USUAL_PAGE, MOST_OF_PAGE = 10, 100
LONGEST_TOKEN: Final = 4_000
LONGEST_MASK: Final = 500


@dataclass(frozen=True, slots=True)
class Form:
    """How an answer is to look: only some of its members, and on how many lines."""

    mask: Mask
    pretty: bool


class GoogleQuery(Query):
    """Read the parameters of an address of Google's."""

    def __init__(self, *known: str) -> None:
        """Take the names that this address knows beside those of every request."""
        super().__init__(*known, *SYSTEM)

    def said(self, name: str, longest: int = LONGEST) -> str | None:
        """Return a text, None when it is absent or empty, for so clients say nothing."""
        return self.text(name, longest) if request.args.get(name) else None

    def whole(self, name: str) -> int | None:
        """Return a whole number that is no less than 0 and that 32 bits hold."""

        def parse(text: str) -> int:
            if not re.fullmatch("[0-9]{1,10}", text) or int(text) >= INT32:
                raise ValueError
            return int(text)

        return self.parsed(name, parse, f"a whole number from 0 to {INT32 - 1}")

    def form(self) -> Form:
        """Return how the answer shall look; what else every request may have is only checked."""
        _ = self.choice("alt", ("json",)), self.choice("$.xgafv", ("1", "2"))
        for name in (*KEY_PARAMETERS, "quotaUser", "uploadType", "upload_protocol"):
            _ = self.said(name)
        return Form(self._mask(), self.choice("prettyPrint", ("true", "false")) != "false")

    def size(self) -> int:
        """Return how many results a page has: 10 unless it is said, more than 100 are 100."""
        return min(self.whole("pageSize") or USUAL_PAGE, MOST_OF_PAGE)

    def start(self, **bound: object) -> Start:
        """Return where the page starts; `offset` counts only where there is no token.

        A token belongs to the request that gave it: to its other parameters, `bound`.
        """
        offset = self.whole("offset") or 0
        token = self.said("pageToken", LONGEST_TOKEN)
        try:
            return Start.of(token, bound) if token else Start(offset)
        except ValueError:
            detail = "expected the nextPageToken of the page before, with its other parameters"
            self.refuse("pageToken", "invalid", detail)
            return Start()

    def _mask(self) -> Mask:
        text = self.said("fields", LONGEST_MASK)
        try:
            return mask_of(text) if text else {}
        except ValueError:
            self.refuse("fields", "invalid", "expected names, as in claims(text,claimReview/url)")
            return {}
