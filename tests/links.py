"""Links as headers and link-format have them, read to the letter (RFC 8288, RFC 6690)."""

import re
from dataclasses import dataclass
from typing import Final, Self

TARGET: Final = re.compile(r"<([!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~]+)>")
PARAMETER: Final = re.compile(r"""(?x)
    ([!\#$&+\-.^_`|~0-9A-Za-z]+) =                          # a token
    (?: ([!\#$%&'*+\-.^_`|~0-9A-Za-z]+) | "([^"\\]*)" )     # another, or in quotes
""")


@dataclass(frozen=True)
class Link:
    """Where a link leads, its relation types and its other attributes."""

    target: str
    rels: frozenset[str]
    attributes: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, target: str, parameters: list[tuple[str, str]]) -> Self:
        """Return a link; it has `rel` once, each type once, and no attribute twice."""
        named = dict(parameters)
        assert len(named) == len(parameters), f"{target} has an attribute twice"
        rels = named.pop("rel").split(" ")
        assert len(set(rels)) == len(rels), f"{target} has a type twice"
        return cls(target, frozenset(rels), tuple(named.items()))

    def __getitem__(self, name: str) -> str:
        """Return an attribute."""
        return dict(self.attributes)[name]

    def __contains__(self, name: str) -> bool:
        """Tell whether the link has an attribute."""
        return name in dict(self.attributes)


class Links(list[Link]):
    """The links of an answer, in their order."""

    @classmethod
    def of_header(cls, text: str) -> Self:
        """Read the field `Link`."""
        return cls._read(text, re.compile(r"[ \t]*,[ \t]*"), re.compile(r"[ \t]*;[ \t]*"))

    @classmethod
    def of_document(cls, text: str) -> Self:
        """Read a document of link-format, which has no blanks; a link ends its line."""
        return cls._read(text.removesuffix("\n"), re.compile(r",\n"), re.compile(";"))

    @classmethod
    def _read(cls, text: str, comma: re.Pattern[str], semicolon: re.Pattern[str]) -> Self:
        links, at = cls(), 0
        while at < len(text):
            if links:
                at = _take(comma, text, at).end()
            target = _take(TARGET, text, at)
            at, parameters = target.end(), list[tuple[str, str]]()
            while found := semicolon.match(text, at):
                parameter = _take(PARAMETER, text, found.end())
                at = parameter.end()
                parameters.append((parameter[1], parameter[2] or parameter[3]))
            links.append(Link.of(target[1], parameters))
        return links

    def with_rel(self, rel: str) -> list[Link]:
        """Return those of a relation type."""
        return [link for link in self if rel in link.rels]

    def one(self, rel: str) -> Link:
        """Return the only one of a relation type."""
        (link,) = self.with_rel(rel)
        return link

    def targets(self, rel: str) -> list[str]:
        """Return where those of a relation type lead."""
        return [link.target for link in self.with_rel(rel)]


def _take(pattern: re.Pattern[str], text: str, at: int) -> re.Match[str]:
    found = pattern.match(text, at)
    assert found, f"no link goes on like this: {text[at : at + 60]!r}"
    return found
