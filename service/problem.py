"""The problem: one shape for every refusal (RFC 9457)."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from service.faults import Fault


class Problem(Exception):  # noqa: N818 -- the RFC's word for it
    """Answer a request that cannot be done, in the shape of RFC 9457.

    `detail` says what to do; `errors` lists every fault found; `headers` go
    with the answer; `trouble` goes into the log; further keyword arguments
    become members of the body.
    """

    code: ClassVar[str]
    status: ClassVar[int]
    title: ClassVar[str]
    catalogue: ClassVar[dict[str, type["Problem"]]] = {}

    def __init_subclass__(cls) -> None:
        """Enter the subclass in the catalogue that ``/problems`` serves."""
        Problem.catalogue[cls.code] = cls

    def __init__(
        self,
        detail: str,
        *,
        errors: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
        trouble: str = "",
        **members: object,
    ) -> None:
        """Keep what the answer will say."""
        super().__init__(detail)
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})
        self.trouble = trouble
        self.members = members

    def as_dict(self, instance: str) -> dict[str, object]:
        """Return the problem document; `instance` is a URI of this request."""
        document: dict[str, object] = {
            "type": f"/problems/{self.code}",
            "code": self.code,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": instance,
        }
        if self.errors:
            document["errors"] = [fault.as_dict() for fault in self.errors]
        return document | self.members
