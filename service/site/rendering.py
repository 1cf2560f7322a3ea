"""From values to HTML: one environment in which everything is escaped unless it is markup."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from jinja2 import ChainableUndefined, Environment, PackageLoader
from markupsafe import Markup

from service.site.assets import address
from service.site.dates import period, when
from service.site.languages import named, spoken
from service.site.markdown import RULES, harmless, markdown
from service.site.wording import plain, quantity, words

NAMELESS: Final = "Fact-check records"
"""What a site is called whose publisher has no name."""

TIMELESS: Final = {"trim_blocks": True, "lstrip_blocks": True, "auto_reload": False}


@dataclass(frozen=True, slots=True)
class Site:
    """What all pages of a server share: whose they are, where (no slash behind), their license."""

    name: str
    base: str
    license: str | None = None


def web(url: object) -> Markup:
    """Return the attributes of a link to somebody's address; none for what is no web address."""
    if not harmless(str(url or "")):
        return Markup("")
    return Markup('href="{}" rel="{}"').format(url, RULES)


FILTERS: Final[dict[str, Callable[..., str]]] = {
    "when": when,
    "period": period,
    "spoken": spoken,
    "named": named,
    "markdown": markdown,
    "web": web,
    "words": words,
    "plain": plain,
    "quantity": quantity,
}
"""What templates say of a value behind a bar."""


def _environment() -> Environment:
    # What a record does not have is nothing: no member of it is there either.
    made = Environment(
        loader=PackageLoader("service.site"),
        autoescape=True,
        undefined=ChainableUndefined,
        **TIMELESS,  # pyright: ignore[reportArgumentType]
    )
    made.filters.update(FILTERS)  # pyright: ignore[reportUnknownMemberType]
    made.globals["asset"] = address  # pyright: ignore[reportUnknownMemberType]
    return made


_ENVIRONMENT: Final = _environment()


def render(template: str, site: Site, **values: object) -> str:
    """Return a page."""
    return _ENVIRONMENT.get_template(template).render(site=site, **values)


def embedded(json: str) -> Markup:
    """Return JSON as the content of a script element, which no text in it can end."""
    return Markup(json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704
