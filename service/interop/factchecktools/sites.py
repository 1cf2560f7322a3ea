"""Sites: the host of an address, as readers know a publisher by it."""

from service.kinds.addresses import site_of


def named(text: str) -> str:
    """Return the site that someone asks for, as a host or as an address."""
    return site_of(text if "://" in text else f"//{text}") or text


def belongs(url: object, site: str) -> bool:
    """Tell whether an address is of a site or of one below it, as de.example.org is."""
    host = site_of(url)
    return host is not None and (host == site or host.endswith(f".{site}"))
