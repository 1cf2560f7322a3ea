"""What to do instead where a page would change what is public: the request that does it."""

import shlex
from typing import Final

import orjson

from service.documents.diffs import merge_patch
from service.documents.values import JsonObject, members
from service.errors import PublicRecord
from service.interop.newsroom import Newsroom
from service.records.members import BESIDE_THE_BODY
from service.records.proposals import Proposal, without_raw

LONGEST: Final = 1_500
"""Characters of a change that a message writes out."""

WHY: Final = {"note": "what was wrong and what is right", "reason": "correction"}


def public_record(
    proposal: Proposal, standing: JsonObject, public: str | None, newsroom: Newsroom
) -> PublicRecord:
    """Return the problem of a public record, with the line of curl that does what was asked.

    `public` is the status of what the public has of it, None where it has nothing any more.
    """
    place = proposal.place
    detail = (
        f"The {place} is or was public, and a page writes drafts only. With a key that may publish"
        f" do it there, and say why: {line(proposal, standing, public, newsroom)}"
    )
    return PublicRecord(detail, record=place.path)


def line(proposal: Proposal, standing: JsonObject, public: str | None, newsroom: Newsroom) -> str:
    """Return a line of curl: PATCH with what changes, or DELETE.

    Only over what is published it publishes: what was withheld or retracted stays that.
    """
    start = f'curl -u "$KEY:" -H \'If-Match: "{standing["revision"]}"\' -X'
    address = newsroom.at(proposal.place.path)
    if proposal.status == "deleted":
        why = f"note=why+it+goes&reason={WHY['reason']}"
        return f"{start} DELETE {shlex.quote(f'{address}?{why}')}"
    status = public if public == "published" else standing["status"]
    patch = {**change(proposal, standing), "status": status, **WHY}
    body = shlex.quote(orjson.dumps(patch).decode())
    sent = body if len(body) <= LONGEST else "@change.json"
    kind = "'Content-Type: application/merge-patch+json'"
    return f"{start} PATCH -H {kind} -d {sent} {shlex.quote(address)}"


def change(proposal: Proposal, standing: JsonObject) -> JsonObject:
    """Return the merge patch that makes the record what was asked for."""
    own = {name: value for name, value in standing.items() if name not in BESIDE_THE_BODY}
    return members(merge_patch(without_raw(own)[0], proposal.body))
