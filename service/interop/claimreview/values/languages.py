"""Languages as reviews name them, as tags of BCP 47; none is ever guessed from a text."""

import re

from schemas.texts import Language
from service.documents.values import JsonObject
from service.interop.claimreview.reading.nodes import Node
from service.kinds.faults import fault_of

_FIELD = Language()
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,6}")
_NAMES = """
en english inglés inglês anglais englisch;
es spanish español castellano espagnol spanisch; fr french français francés französisch;
de german deutsch alemán allemand; pt portuguese português portugués;
it italian italiano; nl dutch nederlands; pl polish polski; ru russian русский;
uk ukrainian українська; tr turkish türkçe; ar arabic العربية; fa persian farsi فارسی;
ur urdu اردو; hi hindi हिन्दी हिंदी; bn bengali bangla বাংলা; mr marathi मराठी;
ta tamil தமிழ்; te telugu తెలుగు; gu gujarati ગુજરાતી; pa punjabi ਪੰਜਾਬੀ;
ml malayalam മലയാളം; kn kannada ಕನ್ನಡ; id indonesian; ms malay; th thai ไทย;
vi vietnamese; zh chinese 中文; ja japanese 日本語; ko korean 한국어; sv swedish svenska;
da danish dansk; no norwegian norsk; fi finnish suomi; el greek ελληνικά;
ro romanian română; he hebrew עברית; hu hungarian magyar; cs czech čeština;
bg bulgarian български; ca catalan català; hr croatian hrvatski; sr serbian српски;
sk slovak; sl slovenian; ka georgian ქართული; sq albanian shqip; mk macedonian;
lt lithuanian; lv latvian; et estonian; sw swahili; am amharic; ha hausa; yo yoruba;
my burmese; ne nepali; si sinhala; tl tagalog; fil filipino
"""
NAMES = {name: words.split()[0] for words in _NAMES.split(";") for name in words.split()[1:]}
"""The tag of a language by its name in English or its own, in small letters."""


def read(node: Node | None) -> str | None:
    """Return the language that a value names, None where it names none."""
    node = node.one() if node else None
    if node is None or node.deep:
        return None
    if node.members is not None:
        return read(node.get("alternateName", "identifier", "name"))
    found = _of(node.value) if isinstance(node.value, str) else None
    if found is None:
        node.note("language-unknown", found=node.value)
    return found


def chosen(texts: JsonObject, wanted: str | None) -> str | None:
    """Return the name of the text that counts in a map of languages, None of what is none."""
    said = [name for name, text in texts.items() if isinstance(text, str) and text.strip()]
    if not said or set(said) == {"id"} or not all(map(_is_code, texts)):
        return None
    order = [wanted or "", (wanted or "").partition("-")[0], "en"]
    return min(said, key=lambda name: _rank(name, order))


def _rank(name: str, order: list[str]) -> int:
    """Return where a language stands in an order, exactly or as its main one."""
    tag = (_of(name) or "").casefold()
    for place, one in enumerate(order):
        if one and one.casefold() in {tag, tag.partition("-")[0]}:
            return place
    return len(order)


def _is_code(name: str) -> bool:
    main = (_of(name) or "").partition("-")[0].casefold()
    return len(main) == len("en") or main in NAMES.values()


def _of(sent: str) -> str | None:
    text = sent[:100].strip().replace("_", "-")
    if name := NAMES.get(text.casefold()):
        return name
    return text if _TAG.fullmatch(text) and fault_of(_FIELD, text) is None else None
