"""Web addresses as reviews have them, put right where there is no doubt."""

import html
import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from schemas import bounds
from schemas.texts import Url
from service.interop.claimreview.reading.nodes import Node
from service.kinds.faults import fault_of

_URL = Url()
_LONGEST = 20_000
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_SCHEME = re.compile(r"(?:h{1,2}t{1,2}ps?|h?ttps?)[:;]?/{1,3}", re.IGNORECASE)
_DOUBLED = re.compile(r"(?:https?:?/*)?[\w.-]*", re.IGNORECASE)
_SECOND = re.compile(r"https?(?::/{1,3}|//)", re.IGNORECASE)
_BARE = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[^\W\d_]{2,24}(?::[0-9]{1,5})?(?:[/?#].*)?")
_OTHER_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}:")
_RELATIVE = re.compile(r"/(?!/)|\?|\.")
_IN_TEXT = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_END = re.compile(r"[\"<>]|'(?=[\s>]|$)")
"""What ends an address: it is of the markup around it."""

_ANCHOR = re.compile(
    r"<a\b[^<>]{0,500}?\bhref\s{0,9}=\s{0,9}(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))",
    re.IGNORECASE,
)
_BLANK = re.compile(r"\s+")
_USER = re.compile(r"^(https?://)[^/?#@\s]*@", re.IGNORECASE)


def read(node: Node | None, base: str | None = None) -> str | None:
    """Return the address of a value, the first of a list, that of an object; None for none."""
    for item in node.each() if node else []:
        if found := _of(item, base):
            return found
    return None


def every(node: Node | None, base: str | None = None) -> list[str]:
    """Return all addresses of a value, each once."""
    found = [_of(item, base) for item in (node.each() if node else [])]
    return list(dict.fromkeys(filter(None, found)))


def _of(node: Node, base: str | None) -> str | None:
    if isinstance(node.value, dict):
        inner = node.get("url", "contentUrl", "@id", "sameAs")
        return _inside(inner, base) if inner and not node.deep else None
    if not isinstance(node.value, str):
        node.note("url-unusable", found=node.value)
        return None
    found = mended(node.value, base)
    if found is None:
        node.note("url-unusable", found=node.value)
    elif len(found) > bounds.URL:
        found = _shortened(node, found)
    elif found != node.value:
        relative = _RELATIVE.match(node.value.strip())
        node.note("url-relative" if relative else "url-mended", found=node.value, made=found)
    return found


def _inside(node: Node, base: str | None) -> str | None:
    """Return the address inside another; a list of references to yet others has none."""
    own = (one for one in node.each() if len(one.through) == len(node.through))
    return next(filter(None, (_of(one, base) for one in own)), None)


def mended(sent: str, base: str | None = None) -> str | None:
    """Return an address put right, None for what is none; it may be longer than can be kept."""
    text = _INVISIBLE.sub("", html.unescape(sent)) if len(sent) <= _LONGEST else ""
    if "<" in text and (anchor := _ANCHOR.search(text)):
        text = anchor[1] or anchor[2] or anchor[3] or ""
    text = _END.split(_single(text.strip().strip("\"'<>")), 1)[0]
    if text.startswith("//"):
        text = f"https:{text}"
    elif not text or text == "#":
        return None
    elif found := _SCHEME.match(text):
        scheme = "https" if "s" in found[0].casefold() else "http"
        text = f"{scheme}://{text[found.end() :].lstrip()}"
    elif _BARE.fullmatch(text):
        text = f"https://{text}"
    elif inside := _IN_TEXT.search(text):
        text = inside[0].rstrip(".,;:!?)]}\"'»”")
    elif (
        _OTHER_SCHEME.match(text)
        or base is None
        or not text.startswith(("/", "?", "./", "../"))
        or text.strip("/") == ""
    ):
        return None
    else:
        text = _joined(base, text)
    text = _USER.sub(r"\1", _BLANK.sub("%20", text.strip()))
    return text if _is_sound(text) else None


def _is_sound(text: str) -> bool:
    """Tell whether an address can be kept, but for its length."""
    fault = fault_of(_URL, text if len(text) <= bounds.URL else text[: bounds.URL])
    return fault is None


def _single(text: str) -> str:
    """Return the last of two addresses of which the first is a host alone, or a scheme."""
    seconds = [one.start() for one in _SECOND.finditer(text) if one.start()]
    for start in seconds:
        if _DOUBLED.fullmatch(text[:start]):
            return text[start:]
    return text


def _joined(base: str, text: str) -> str:
    try:
        return urljoin(base, text)
    except ValueError:
        return ""


def _shortened(node: Node, url: str) -> str | None:
    """Return an address that is too long without the longest parameters of its query."""
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=None)[:1000]
    taken: list[str] = []
    while query and len(url) > bounds.URL:
        longest = max(query, key=lambda pair: len(pair[1]))
        query.remove(longest)
        taken.append(longest[0])
        url = urlunsplit(parts._replace(query=urlencode(query), fragment=""))
    if len(url) > bounds.URL or not _is_sound(url):
        node.note("url-unusable", found=node.value)
        return None
    node.note("url-shortened", found=f"parameters {', '.join(taken)}", made=url)
    return url
