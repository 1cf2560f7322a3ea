"""Records with something hostile in every text of theirs, and what a page is made of."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final

from marshmallow import fields

from schemas import fields as ours
from schemas import structures, texts
from schemas.dates import HalfKnownDate, Instant
from service.kinds import BY_NAME
from service.kinds.trails import fields_of
from tests.kinds.smallest import Json

SHORT: Final = "\"'><script class=planted>alert(1)</script>{{7*7}}</p>"
LONG: Final = (
    f'{SHORT}</title></style></textarea></script><img class=planted src=x onerror="alert(2)">'
    '<svg class=planted onload=alert(3)><a class=planted href="javascript:alert(4)">a</a>'
    "<style>body{display:none}</style><iframe class=planted srcdoc='x'></iframe>"
    "[m](javascript:alert(5)) [n](JaVaScRiPt&colon;alert(6)) ![o](https://evil.example/p.png)"
    " [p](data:text/html,<script>alert(7)</script>) <javascript:alert(8)>\n\n"
    "[q]: javascript:alert(9)\n\n[q] [r](https://ok.example '\" onmouseover=alert(10)')\n\n"
    "<div class=planted>\n\n| a |\n|:-:|\n| <b class=planted>b</b> |\n\n{% raw %} ]]> -->"
)
ADDRESS: Final = 'https://e.example/"><script/class=planted>alert(1)</script>'

NAMES: Final = {
    "source": "hostile-source",
    "scale": "hostile-scale",
    "claim": "hostile",
    "verdict": "hostile",
}
"""The ids of the hostile records, by kind, in the order in which they can be written."""

ASIDE: Final = {
    *("id", "type", "revision", "created_at", "updated_at", "self", "expanded", "recorded_by"),
    *("note", "reason", "actor", "internal", "status", "derived_from"),
}
"""Members that the server sets, that only a write has, and that pages never show."""


def body(kind: str) -> Json:
    """Return a public record of a kind whose every member is there and hostile where it can be."""
    made = _members(BY_NAME[kind].schema, top=True)
    made |= {"status": "published"}
    if kind == "claim":
        made["quantity"] = {"value": 7, "unit": SHORT, "comparison": "about", "measure": "total"}
        made["relations"][0]["claim_id"] = "other"
    if kind == "verdict":
        made["rating"] = "k"
    return made


def _members(schema: Any, *, top: bool = False) -> Json:  # noqa: ANN401 -- any schema
    left = (ASIDE | {"supersedes", "quantity"}) if top else {"raw"}
    return {name: _value(one) for name, one in fields_of(schema).items() if name not in left}


def _value(one: Any) -> Any:  # noqa: ANN401, PLR0911 -- any field, any value
    if isinstance(one, structures.Part):
        return _members(one.schema)
    if isinstance(one, structures.Many):
        return [_value(one.inner)]
    if isinstance(one, structures.Map):
        return {_value(one.names): SHORT}
    if isinstance(one, ours.Choice):
        return one.choices[0]
    if isinstance(one, HalfKnownDate | Instant):
        return "2022-02-16T12:00:00Z"
    if isinstance(one, texts.RecordId):
        return NAMES[one.metadata["refers_to"]]
    return _text(one)


def _text(one: Any) -> Any:  # noqa: ANN401 -- as above
    known = {
        texts.Url: ADDRESS,
        texts.Language: "ar",
        texts.Key: "k",
        texts.Color: "#ff0000",
        texts.Sha256: "0" * 64,
        ours.Integer: 1,
        ours.Number: 1,
        ours.Flag: True,
    }
    if type(one) in known:
        return known[type(one)]
    assert isinstance(one, fields.Field)
    longest = getattr(one, "maximum", 0)
    return LONG if longest >= len(LONG) else SHORT


@dataclass
class Page(HTMLParser):
    """The elements of a page and its texts, as a parser that is no browser reads them."""

    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        """Begin before the first element."""
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Take a text, which is data where it stands in a script."""
        if self.elements and self.elements[-1][0] == "script" and self.cdata_elem == "script":
            self.scripts.append(data)
        else:
            self.text += data

    def values(self, name: str) -> Iterator[str]:
        """Yield the values that an attribute has, on whatever elements."""
        return (attrs[name] or "" for _, attrs in self.elements if name in attrs)


def read(html: str) -> Page:
    """Return what a page is made of."""
    page = Page()
    page.feed(html)
    page.close()
    return page
