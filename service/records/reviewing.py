"""Four eyes: where they are asked for, a verdict becomes public as somebody else's draft has it.

The function `approved` of the database decides, with the write; here is what it tells.
"""

from service.errors import FourEyes
from service.records.proposals import PUBLIC, Proposal
from service.records.rows import State


def takes_two(proposal: Proposal) -> bool:
    """Tell whether a first revision would be public before a second person has seen it."""
    return proposal.reviewed and proposal.status in PUBLIC


def unseen(proposal: Proposal, state: State) -> FourEyes:
    """Return the problem of a revision that the database has not approved."""
    publishes = state.same_draft and proposal.status == "published"
    return own_draft(proposal) if publishes else drafted_first(proposal)


def own_draft(proposal: Proposal) -> FourEyes:
    """Return the problem of who would publish a draft of their own."""
    detail = (
        f"What the draft of the {proposal.place} says is this key's or this actor's own. Another"
        " key publishes it, as it is and for another person; or another actor, where a key vouches"
        " for its people: send actor with both writes."
    )
    return FourEyes(detail)


def drafted_first(proposal: Proposal) -> FourEyes:
    """Return the problem of content that would be public before a second person has seen it."""
    detail = (
        'Write it as a draft first: give "status": "draft". Another key then publishes that draft:'
        f' PATCH {proposal.place.path} with {{"status": "published"}}, and published_at at most.'
    )
    return FourEyes(detail)
