"""Claims with their reviews, as Google's search answers them: what is published, and that alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from service.documents.values import JsonObject, members, objects
from service.interop.factchecktools.dates import first_instant, written
from service.interop.factchecktools.ratings import label
from service.interop.factchecktools.sites import belongs
from service.interop.scales import scale_of
from service.kinds.addresses import identity, site_of
from service.records.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Sieve:
    """What reviews have to pass: a publisher's site, a language, an instant that they come after.

    Of languages the first part is compared, as Google says of itself that it does.
    """

    site: str | None = None
    language: str | None = None
    since: datetime | None = None

    def passes(self, claim: JsonObject, verdict: JsonObject) -> bool:
        """Tell whether a verdict passes; its age is that of the claim, if that is newer."""
        told = self.language is None or primary(spoken(claim, verdict)) == primary(self.language)
        ours = self.site is None or belongs(address(verdict), self.site)
        return told and ours and (self.since is None or self._recent(claim, verdict))

    def _recent(self, claim: JsonObject, verdict: JsonObject) -> bool:
        dates = [reviewed(verdict), *([claim["claimed_at"]] if "claimed_at" in claim else [])]
        return any(first_instant(str(one)) >= self.since for one in dates if self.since)


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim, and verdicts on it: those that pass."""

    claim: JsonObject
    verdicts: Sequence[JsonObject]

    def as_dict(self, around: Surroundings) -> JsonObject:
        """Return it as Google has it; the scales of the verdicts stand around them."""
        claim = self.claim
        found: JsonObject = {"text": claim["text"]}
        if name := members(claim.get("claimant")).get("name"):
            found["claimant"] = name
        if "claimed_at" in claim:
            found["claimDate"] = written(str(claim["claimed_at"]))
        found["claimReview"] = [
            _review(claim, one, scale_of(one, around) or {}) for one in self.verdicts
        ]
        return found


def checked(claim: JsonObject, verdicts: Iterable[JsonObject], sieve: Sieve) -> Checked | None:
    """Return a claim with the verdicts that pass, None if there are none."""
    passed = [one for one in verdicts if sieve.passes(claim, one)]
    return Checked(claim, passed) if passed else None


def published(records: JsonObject, claim: JsonObject) -> list[JsonObject]:
    """Return the published verdicts on a claim among records, the latest first."""
    ours = [
        one
        for one in map(members, records.values())
        if one.get("claim_id") == claim["id"] and one.get("status") == "published"
    ]
    return sorted(ours, key=lambda one: (str(one["created_at"]), str(one["id"])), reverse=True)


def pictured(claim: JsonObject, image: str) -> bool:
    """Tell whether one of a claim's media lies, or is archived, at an address."""
    wanted = identity(image)
    media = objects(claim.get("media"))
    found = [one[name] for one in media for name in ("url", "archived_url") if name in one]
    return any(identity(str(url)) == wanted for url in found)


def spoken(claim: JsonObject, verdict: JsonObject) -> str | None:
    """Return the language of a verdict, which is that of its claim if it says none."""
    found = verdict.get("language", claim.get("language"))
    return None if found is None else str(found)


def primary(tag: str | None) -> str | None:
    """Return the first part of a language tag: `pt` of `pt-BR`."""
    return tag and tag.partition("-")[0].casefold()


def address(verdict: JsonObject) -> object:
    """Return where a verdict is published, or else where its publisher is."""
    return verdict.get("url") or members(verdict.get("publisher")).get("url")


def reviewed(verdict: JsonObject) -> str:
    """Return when a verdict was published, or else recorded."""
    return str(verdict.get("published_at", verdict["created_at"]))


def _review(claim: JsonObject, verdict: JsonObject, scale: JsonObject) -> JsonObject:
    publisher = {
        "name": members(verdict.get("publisher")).get("name"),
        "site": site_of(address(verdict)),
    }
    found: JsonObject = {
        "publisher": {name: value for name, value in publisher.items() if value} or None,
        "url": verdict.get("url"),
        "title": verdict.get("title"),
        "reviewDate": written(reviewed(verdict)),
        "textualRating": label(verdict, scale),
        "languageCode": spoken(claim, verdict),
    }
    return {name: value for name, value in found.items() if value is not None}
