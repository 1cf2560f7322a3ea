"""Texts of a known form: ids, addresses, languages, hashes, colours."""

from typing import Unpack
from urllib.parse import urlsplit

from schemas import bounds
from schemas.fields import Options, Patterned, refuse


class RecordId(Patterned):
    """Take the id of a record, in characters that a URL needs not escape (RFC 3986, 2.3)."""

    pattern = r"^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$"
    expected = "an id: letters, digits and . _ ~ -, the first a letter or digit, at most 100"

    def __init__(self, **options: Unpack[Options]) -> None:
        """Set the bound that the pattern has too."""
        super().__init__(100, **options)


class Key(Patterned):
    """Take a short name that machines use: a rating, the system that an external id is of."""

    pattern = r"^[A-Za-z0-9][A-Za-z0-9._~-]{0,49}$"
    expected = "a key: letters, digits and . _ ~ -, the first a letter or digit, at most 50"

    def __init__(self, **options: Unpack[Options]) -> None:
        """Set the bound that the pattern has too."""
        super().__init__(50, **options)


class KeyName(Patterned):
    """Take the name of an API key, which people read beside each revision.

    ``factcheck`` stands beside the revisions that every server starts with.
    """

    pattern = r"^(?!factcheck$)\S(.*\S)?$"
    expected = (
        '1 to 100 printable characters, the first and last no space, and not "factcheck", which'
        " stands beside what every server starts with"
    )

    def __init__(self, **options: Unpack[Options]) -> None:
        """Set the bound."""
        super().__init__(100, **options)

    def take(self, value: object) -> str:
        """Return a name that a line can show."""
        text = super().take(value)
        if not text.isprintable():
            refuse("invalid", f"expected {self.expected}")
        return text


class Url(Patterned):
    """Take an absolute http or https address without credentials; letters of any script.

    Spaces and control characters, user information (RFC 3986, 3.2.1) and hosts that are no
    name or IPv4 address are refused.
    """

    pattern = (
        r'^https?://[^\x00-\x20\x7f"<>\\^`{|}/?#@:\[\]]+(:[0-9]{1,5})?([/?#][^\x00-\x20\x7f]*)?$'
    )
    format = "iri"
    expected = "a full address, http:// or https://, without user name, password and spaces"

    def __init__(self, **options: Unpack[Options]) -> None:
        """Set the bound."""
        super().__init__(bounds.URL, **options)

    def take(self, value: object) -> str:
        """Return an address that can be taken apart."""
        text = super().take(value)
        try:
            _ = urlsplit(text).port
        except ValueError:  # a port over 65535; a host that turns into another one (NFKC)
            refuse("invalid", f"expected {self.expected}; host or port cannot be")
        return text


class Language(Patterned):
    """Take a well-formed language tag (BCP 47, RFC 5646 section 2.1, but grandfathered ones)."""

    pattern = (
        r"^([A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}|[A-Za-z]{4,8})"
        r"(-[A-Za-z]{4})?"
        r"(-([A-Za-z]{2}|[0-9]{3}))?"
        r"(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*"
        r"(-[0-9A-WY-Za-wy-z](-[A-Za-z0-9]{2,8})+)*"
        r"(-[Xx](-[A-Za-z0-9]{1,8})+)?$"
    )
    expected = 'a language tag as in BCP 47, such as "en", "pt-BR" or "zh-Hant"'

    def __init__(self, **options: Unpack[Options]) -> None:
        """Set the bound (RFC 5646, 4.4.1)."""
        super().__init__(35, **options)


class Sha256(Patterned):
    """Take a SHA-256 in hexadecimal."""

    pattern = r"^[0-9a-f]{64}$"
    expected = "a SHA-256: 64 hexadecimal digits, lower case"

    def __init__(self, **options: Unpack[Options]) -> None:
        """Set the bound that the pattern has too."""
        super().__init__(64, **options)


class Salt(Patterned):
    """Take the 16 random bytes of a revision's hash, in hexadecimal."""

    pattern = r"^[0-9a-f]{32}$"
    expected = "a salt: 32 hexadecimal digits, lower case"

    def __init__(self, **options: Unpack[Options]) -> None:
        """Set the bound that the pattern has too."""
        super().__init__(32, **options)


class Color(Patterned):
    """Take a colour as CSS writes it in full."""

    pattern = r"^#[0-9A-Fa-f]{6}$"
    expected = 'a colour of six hexadecimal digits, such as "#1a9850"'

    def __init__(self, **options: Unpack[Options]) -> None:
        """Set the bound that the pattern has too."""
        super().__init__(7, **options)
