"""Writing pages of markup: their records as drafts, all of them in one transaction or none."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import orjson

from service.documents.values import JsonObject, equal, objects
from service.errors import Fault, IdExists
from service.interop.factchecktools.markup import claim_of, revised, verdict_of
from service.interop.factchecktools.mending import public_record
from service.interop.factchecktools.pages import (
    CLAIM,
    KEYED,
    VERDICT,
    Page,
    Review,
    find,
    name_of,
    no_page,
)
from service.interop.factchecktools.updating import Reviewed, check_version, paired
from service.interop.newsroom import Newsroom
from service.kinds import Kind
from service.kinds.kind import term
from service.records import writing
from service.records.ids import new_id
from service.records.judging import invalid, present
from service.records.listing import Listing
from service.records.members import client_members
from service.records.people import Caller
from service.records.place import Place
from service.records.proposals import Change, Proposal, propose, published_by
from service.records.retries import Attempt, once
from service.records.rows import Content, State
from service.records.walking import ask
from service.storage.database import Database, Door
from service.storage.statements import statement


@dataclass(frozen=True, slots=True)
class Draft:
    """A record to be written as a draft: new, or in the place of one that was read."""

    proposal: Proposal
    standing: JsonObject | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """Whoever writes a page, for which newsroom, and the term of its address.

    `attempt` is the request that asks for it, as a retry of that can be known.
    """

    database: Database
    newsroom: Newsroom
    caller: Caller
    attempt: Attempt | None
    term: str

    def create(self, sent: JsonObject) -> bool:
        """Write a new page; return whether it was written before. Raises `IdExists`."""

        def act(door: Door, page: Page | None) -> None:
            if page:
                detail = f"The page is there: {name_of(self.term)}. Get it and update that."
                raise IdExists(detail, name=name_of(self.term))
            self._write(door, sent, [(one, None) for one in objects(sent["claimReviewMarkups"])])

        return self._alone(act)

    def update(self, sent: JsonObject) -> bool:
        """Write a page in the place of the one that `versionId` names.

        Raises `NotFound`, `PreconditionRequired`, `PreconditionFailed`, and `PublicRecord`
        where it would change what is public.
        """

        def act(door: Door, page: Page) -> None:
            check_version(sent.get("versionId"), page)
            matched = list(paired(objects(sent["claimReviewMarkups"]), page.reviews))
            self._write(door, sent, matched, page.head)
            kept = [str(one.verdict["id"]) for _, one in matched if one]
            self._delete(door, [one for one in page.reviews if one.verdict["id"] not in kept])

        return self._standing(act)

    def delete(self) -> bool:
        """Delete the drafts of a page, and the claims that nothing else speaks of."""

        def act(door: Door, page: Page) -> None:
            self._delete(door, page.reviews)

        return self._standing(act)

    def _standing(self, act: Callable[[Door, Page], None]) -> bool:
        """Do something to a page that is there; raises `NotFound`."""

        def checked(door: Door, page: Page | None) -> None:
            if page is None:
                raise no_page(name_of(self.term).removeprefix("pages/"))
            act(door, page)

        return self._alone(checked)

    def _alone(self, act: Callable[[Door, Page | None], None]) -> bool:
        """Do something to the page as it is, while nobody else writes it as a page."""

        def together(door: Door) -> str:
            with door.transaction() as transaction:
                transaction.run(statement("lock_page"), {"page": self.term})
                act(transaction, find(transaction, self.term))
            return self.term  # and nothing of what was said: a purge would not find it here

        return once(self.database, self.attempt, together)[1]

    def _write(
        self,
        door: Door,
        sent: JsonObject,
        reviewed: Sequence[Reviewed],
        head: JsonObject | None = None,
    ) -> None:
        """Write what differs from what is there; raises `InvalidRecord` with all faults."""
        ids = iter(sorted(new_id() for _ in (*reviewed, *reviewed)))
        names = zip(ids, ids, strict=True)  # what is written at once is in the order of its ids
        drafts = [
            self._drafts(sent, one, head or {}, pair)
            for one, pair in zip(reviewed, names, strict=True)
        ]
        if faults := list(faults_of(drafts)):
            raise invalid(faults)
        instant = None
        for draft in in_order(drafts):
            proposal = replace(draft.proposal, instant=instant)
            if draft.standing is None:
                written = writing.create(door, proposal)
            else:
                self._check_draft(door, proposal, draft.standing)
                match = writing.Match(given=True, revisions=[revision_of(draft.standing)])
                written = writing.put(door, proposal, match)
            instant = instant or written.row.recorded_at

    def _drafts(
        self, sent: JsonObject, reviewed: Reviewed, head: JsonObject, names: tuple[str, str]
    ) -> list[Draft]:
        """Return the claim and the verdict of a markup, of those that stand only what changed."""
        markup, review = reviewed
        claim, verdict = claim_of(markup), verdict_of(sent, markup)
        if review is None:
            claim_id, verdict_id = names
            whole = {**verdict, "claim_id": claim_id}
            places = Place(CLAIM, claim_id), Place(VERDICT, verdict_id)
            return [self._draft(places[0], claim), self._draft(places[1], whole)]
        before = review.markup
        claims = review.claim, revised(review.claim, claim_of(before), claim)
        told = revised(review.verdict, verdict_of(head, before), verdict)
        pairs = ((CLAIM, *claims), (VERDICT, review.verdict, told))
        return [self._revision(kind, old, new) for kind, old, new in pairs if old != new]

    def _draft(self, place: Place, body: JsonObject) -> Draft:
        sent = published_by(self.newsroom.publisher, place.kind, body)
        return Draft(propose(place, sent, Change(), self.caller))

    def _revision(self, kind: Kind, standing: JsonObject, body: JsonObject) -> Draft:
        place = Place(kind, str(standing["id"]))
        sent = {name: one for name, one in client_members(body).items() if name != "status"}
        return Draft(propose(place, sent, Change(), self.caller), standing)

    def _delete(self, door: Door, reviews: Sequence[Review]) -> None:
        for review in reviews:
            self._bury(door, VERDICT, review.verdict)
        for claim in {str(one.claim["id"]): one.claim for one in reviews}.values():
            if not is_referred_to(door, claim) and not self._state(door, claim).first_public:
                self._bury(door, CLAIM, claim)

    def _bury(self, door: Door, kind: Kind, standing: JsonObject) -> None:
        place = Place(kind, str(standing["id"]))
        proposal = Proposal(place, self.caller, "deleted", Change())
        self._check_draft(door, proposal, standing)
        match = writing.Match(given=True, revisions=[revision_of(standing)])
        _ = writing.delete(door, proposal, match)

    def _state(self, door: Door, claim: JsonObject) -> State:
        place = Place(CLAIM, str(claim["id"]))
        return present(door, Proposal(place, self.caller, "draft", Change()))

    def _check_draft(self, door: Door, proposal: Proposal, standing: JsonObject) -> None:
        """Raise `PublicRecord` for what is or was public."""
        state = present(door, proposal)
        if state.first_public:
            values = {**proposal.place.values, "number": state.shown}
            public = door.one(Content, statement("content"), values)
            raise public_record(proposal, standing, public and public.status, self.newsroom)


def faults_of(drafts: Sequence[Sequence[Draft]]) -> Iterator[Fault]:
    """Yield the faults of records, each with the place of its markup before its own."""
    for place, both in enumerate(drafts):
        for fault in (fault for draft in both for fault in draft.proposal.faults):
            pointer = f"#/claimReviewMarkups/{place}{str(fault.pointer)[1:]}"
            yield replace(fault, pointer=pointer)


def in_order(drafts: Sequence[Sequence[Draft]]) -> list[Draft]:
    """Return each record once, claims before the verdicts on them.

    Raises `InvalidRecord` where two markups say different things of one claim.
    """
    every: dict[str, Draft] = {}
    for place, both in enumerate(drafts):
        for draft in both:
            known = every.setdefault(draft.proposal.place.target, draft)
            if not equal(known.proposal.body, draft.proposal.body):
                detail = "another markup of the page says something else of the same claim"
                raise invalid([Fault("given-twice", detail, f"#/claimReviewMarkups/{place}")])
    return sorted(every.values(), key=lambda one: one.proposal.kind is VERDICT)


def is_referred_to(door: Door, claim: JsonObject) -> bool:
    """Tell whether another verdict or claim names a claim."""
    filters = {"claim_id": [term("claim_id", str(claim["id"]))]}
    lists = (Listing(kind, KEYED, filters, limit=1) for kind in (VERDICT, CLAIM))
    return any(orjson.loads(ask(door, one).items) for one in lists)


def revision_of(standing: JsonObject) -> int:
    """Return the number of a revision that was read."""
    return int(str(standing["revision"]))
