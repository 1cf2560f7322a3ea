"""Web addresses as people mean them: two spellings of one page are one."""

from urllib.parse import urlsplit, urlunsplit

from w3lib.url import canonicalize_url, url_query_cleaner

_TRACKING = ("fbclid", "gclid", "mc_cid", "mc_eid", "igshid")


def identity(url: str) -> str:
    """Return what two spellings of an address share.

    Scheme, ``www.``, a default port, a trailing slash, the fragment, the order of
    the query and what campaigns append do not tell pages apart.
    """
    try:
        plain = canonicalize_url(url_query_cleaner(url, _tracking(url), remove=True))
        parts = urlsplit(plain)
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    except ValueError:
        return url
    return urlunsplit(("", host + port, parts.path.rstrip("/"), parts.query, ""))


def _tracking(url: str) -> list[str]:
    names = {pair.partition("=")[0] for pair in urlsplit(url).query.split("&")}
    return [name for name in names if name in _TRACKING or name.startswith("utm_")]
