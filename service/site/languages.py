"""Languages of texts: which way they run, and what English calls them."""

from typing import Final

from markupsafe import Markup

LEFTWARD: Final = frozenset(
    [
        "ar",
        "arc",
        "arz",
        "azb",
        "bal",
        "ckb",
        "dv",
        "fa",
        "glk",
        "ha-arab",
        "he",
        "iw",
        "ji",
        "khw",
        "ks",
        "lrc",
        "mzn",
        "nqo",
        "pnb",
        "ps",
        "sd",
        "syr",
        "ug",
        "ur",
        "yi",
    ]
)
"""Languages that are usually written from right to left."""

LEFTWARD_SCRIPTS: Final = frozenset(
    ["arab", "aran", "hebr", "syrc", "thaa", "nkoo", "adlm", "mand", "samr", "rohg"]
)
SCRIPT = 4
"""Letters in the name of a script."""

NAMES: Final = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech",
    "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew",
    "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian",
    "ja": "Japanese", "ka": "Georgian", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian",
    "mk": "Macedonian", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian",
    "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "th": "Thai",
    "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def direction(tag: str) -> str:
    """Return ``rtl`` or ``ltr`` for a language tag (BCP 47): its script decides, if it has one."""
    first, *others = tag.lower().split("-")
    script = next((part for part in others if len(part) == SCRIPT and part.isalpha()), None)
    leftward = script in LEFTWARD_SCRIPTS if script else first in LEFTWARD
    return "rtl" if leftward else "ltr"


def spoken(tag: object) -> Markup:
    """Return the attributes of an element whose text is in a language; unknown, it shows itself."""
    if not tag:
        return Markup('dir="auto"')
    return Markup('lang="{}" dir="{}"').format(tag, direction(str(tag)))


def named(tag: object) -> str:
    """Return what English calls a language, with the tag where that says more."""
    first, _, rest = str(tag).partition("-")
    name = NAMES.get(first.lower())
    if name is None:
        return str(tag)
    return f"{name} ({tag})" if rest else name
