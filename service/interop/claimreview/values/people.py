"""People and organizations: who made a claim, and who reviewed it."""

import re
from dataclasses import dataclass, replace
from typing import cast

from schemas import bounds
from service.documents.values import JsonObject, JsonValue
from service.interop.claimreview.reading.nodes import Node
from service.interop.claimreview.values import links, texts

KINDS = {"person": "person", "governmentorganization": "government"}
"""Kinds of claimants by types of schema.org in small letters, but for organizations."""

NOBODY = frozenset({"null", "undefined", "n/a", "none", "nan", "-", "–", "—"})  # noqa: RUF001 -- dashes are meant
"""What systems write for a name that they do not have, in small letters."""

_TAGGED = re.compile(r"<a\b|&lt;a\b", re.IGNORECASE)
_ORGANIZATIONS = ("organization", "corporation", "ngo", "politicalparty")


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody, as far as a review tells."""

    names: tuple[str, ...] = ()
    kind: str | None = None
    role: str | None = None
    affiliation: str | None = None
    addresses: tuple[str, ...] = ()
    logo: str | None = None

    @property
    def name(self) -> str | None:
        """Return the first name."""
        return self.names[0] if self.names else None

    @property
    def organization(self) -> bool:
        """Tell whether it is said to be one."""
        return self.kind in {"organization", "government"}

    def publisher(self) -> JsonObject:
        """Return it as who publishes a verdict."""
        address = self.addresses[0] if self.addresses else None
        return _said({"name": self.name, "url": address, "logo": self.logo})

    def claimant(self, node: Node) -> JsonObject:
        """Return it as who made a claim, by the value that names it."""
        same = cast("list[JsonValue]", node.kept(self.addresses, bounds.FEW))
        members: JsonObject = {"name": self.name, "kind": self.kind, "role": self.role}
        members |= {"affiliation": self.affiliation, "same_as": same or None}
        return _said(members)


def parties(node: Node | None, base: str | None = None) -> list[Party]:
    """Return everybody that a value names; relative addresses are completed from `base`."""
    found = [_party(one, base) for one in (node.each() if node else [])]
    return [one for one in found if one.names or one.addresses]


def claimant(node: Node | None) -> JsonObject:
    """Return who made a claim; several are kept as one group."""
    if node is None:
        return {}
    found = [_with_role(one, node) for one in parties(node)]
    names = [name for one in found for name in one.names]
    if len(found) <= 1 and len(names) <= 1:
        return found[0].claimant(node) if found else {}
    text = "; ".join(dict.fromkeys(names))
    if len(text) > bounds.NAME:
        text = f"{text[: bounds.NAME - 1]}…"
    node.note("several-claimants", found=node.value, made=text)
    addresses = tuple(dict.fromkeys(one for party in found for one in party.addresses))
    return Party((text,) if text else (), "group", addresses=addresses).claimant(node)


def _name(node: Node | None) -> str | None:
    """Return a name, none where a system wrote that it has none."""
    found = texts.read(node, bounds.NAME)
    if node and found and found.casefold() in NOBODY:
        node.note("empty", found=found)
        return None
    return found


def _party(node: Node, base: str | None) -> Party:
    if node.members is not None:
        return _described(node, base)
    if isinstance(node.value, str) and links.mended(node.value.strip()):
        address = links.read(node)
        name = texts.read(node, bounds.NAME) if _TAGGED.search(node.value) else None
        name = None if name and links.mended(name) else name
        node.note("text-for-object", found=node.value, made={"url": address})
        return Party((name,) if name else (), addresses=(address,) if address else ())
    name = _name(node)
    if name:
        node.note("text-for-object", found=node.value, made={"name": name})
    return Party((name,) if name else ())


def _described(node: Node, base: str | None) -> Party:
    names = _names(node)
    kind = next(filter(None, map(_kind, node.types)), None)
    same = [*links.every(node.get("url"), base), *links.every(node.get("sameAs"), base)]
    if not same and not names:
        same = links.every(node.get("@id"), base)
    role = texts.read(node.get("jobTitle"), bounds.NAME)
    if role is None and kind and kind != "person":
        role = texts.read(node.get("description"), bounds.NAME)
    inside = node.get("affiliation", "worksFor", "parentOrganization")
    affiliation = texts.read(inside.get("name"), bounds.NAME) if inside else None
    if inside and affiliation is None:
        affiliation = texts.read(inside.one(), bounds.NAME)
    logo = links.read(node.get("logo"), base)
    return Party(names, kind, role, affiliation, tuple(dict.fromkeys(same)), logo)


def _names(node: Node) -> tuple[str, ...]:
    """Return the names of somebody, of which a list has several."""
    named = node.get("name", "legalName", "alternateName")
    if named is None:
        parts = [_name(node.get(one)) for one in ("givenName", "familyName")]
        joined = " ".join(filter(None, parts))[: bounds.NAME]
        return (joined,) if joined else ()
    found = [_name(one) for one in named.each()]
    return tuple(dict.fromkeys(filter(None, found)))


def _with_role(party: Party, node: Node) -> Party:
    """Return a claimant of one name: what else stands in the list of names may be the role."""
    if len(party.names) <= 1:
        return party
    if party.role:
        node.note("further-names", found=list(party.names), made=party.name)
        return replace(party, names=party.names[:1])
    if not all(one[0].islower() for one in party.names[1:]):
        return party
    role = ", ".join(party.names[1:])[: bounds.NAME]
    node.note("role-in-name", found=list(party.names), made={"name": party.name, "role": role})
    return replace(party, names=party.names[:1], role=role)


def _kind(name: str) -> str | None:
    small = name.casefold()
    return KINDS.get(small) or ("organization" if small.endswith(_ORGANIZATIONS) else None)


def _said(members: JsonObject) -> JsonObject:
    return {name: value for name, value in members.items() if value is not None}
