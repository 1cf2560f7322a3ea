"""A refusal as a page: what the problem says, for someone who sits before a browser."""

from collections.abc import Mapping

from service.site.rendering import Site, render


def page(site: Site, problem: Mapping[str, object], *, framed: bool) -> str:
    """Return the page of a problem document; `framed` if it stands in a frame of somebody's."""
    return render("problem.html", site, problem=problem, framed=framed)
