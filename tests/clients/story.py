"""A finding and its correction, by the Python client that is generated from openapi.yaml.

Run with the address of a service, and a key that publishes.
"""
# The client is made by the test that runs this, so no type of it is known before.
# pyright: basic, reportMissingImports=false

import sys

from factcheck_client import AuthenticatedClient, Client
from factcheck_client.api.claims import create_claim, list_claims
from factcheck_client.api.sources import create_source
from factcheck_client.api.verdicts import (
    create_verdict,
    diff_verdict_revisions,
    get_verdict,
    list_verdict_revisions,
    replace_verdict,
)
from factcheck_client.models import (
    Claim,
    ClaimPage,
    Evidence,
    EvidenceStance,
    Problem,
    Reason,
    ReviewedStatus,
    Source,
    Status,
    Verdict,
    VerdictRevisionPage,
)

url, key = sys.argv[1:]
desk = AuthenticatedClient(base_url=url, token=key, raise_on_unexpected_status=True)
public = Client(base_url=url, raise_on_unexpected_status=True)
PUBLISHED = Status.PUBLISHED

claim = create_claim.sync(client=desk, body=Claim(text="It rained on Friday", status=PUBLISHED))
assert isinstance(claim, Claim), claim
window = create_source.sync(client=desk, body=Source(title="The window", status=PUBLISHED))
assert isinstance(window, Source), window

evidence = [Evidence(source_id=window.id, stance=EvidenceStance.REFUTES)]
found = Verdict(claim_id=claim.id, scale_id="truth", rating="false", evidence=evidence)
draft = create_verdict.sync(client=desk, body=found)
assert isinstance(draft, Verdict), draft
hidden = get_verdict.sync(draft.id, client=public)
assert isinstance(hidden, Problem), hidden
assert (hidden.code, hidden.status) == ("not-found", 404)

# By PUT: what the generator (0.29) makes of PATCH fails on the body of a JSON Patch, a list.
found.status = ReviewedStatus.PUBLISHED
first = replace_verdict.sync(draft.id, client=desk, body=found, if_match='"1"')
assert isinstance(first, Verdict), first
stale = replace_verdict.sync(draft.id, client=desk, body=found, if_match='"1"')
assert isinstance(stale, Problem), stale
assert stale.code == "precondition-failed"

found.rating = "true"
why = {"note": "It did, in the evening.", "reason": Reason.CORRECTION}
second = replace_verdict.sync(draft.id, client=desk, body=found, if_match='"2"', **why)
assert isinstance(second, Verdict), second

then = get_verdict.sync(draft.id, client=public, as_of=first.updated_at)
now = get_verdict.sync(draft.id, client=public)
assert isinstance(then, Verdict) and isinstance(now, Verdict)  # noqa: PT018
assert (then.rating, now.rating, now.status) == ("false", "true", ReviewedStatus.PUBLISHED)

history = list_verdict_revisions.sync(draft.id, client=public)
assert isinstance(history, VerdictRevisionPage), history
assert [(one.revision, one.note) for one in history.items] == [(2, None), (3, why["note"])]
changes = diff_verdict_revisions.sync(draft.id, 3, client=public, from_=2)
assert isinstance(changes, list), changes
assert {"op": "replace", "path": "/rating", "value": "true"} in [one.to_dict() for one in changes]

claims = list_claims.sync(client=public, q="Friday", count=True)
assert isinstance(claims, ClaimPage), claims
assert (claims.total, [one.to_dict()["id"] for one in claims.items]) == (1, [claim.id])
print("told")  # noqa: T201 -- to the test
