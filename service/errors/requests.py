"""What is wrong with a request before anyone asks what it wants."""

from service.problem import Problem


class BadRequest(Problem):
    """The request could not be read as HTTP, or a header in it has no meaning here."""

    code, status, title = "bad-request", 400, "The request cannot be read"


class InvalidQuery(Problem):
    """A query parameter is unknown or its value is not of the form it must have.

    `errors` names each one, with the nearest known name or an example value.
    """

    code, status, title = "invalid-query", 400, "The query string is not understood"


class MalformedJson(Problem):
    """The body is not JSON that can be kept.

    Refused are syntax errors, names given twice in an object, NaN and Infinity,
    the character U+0000, lone surrogates, and nesting deeper than 32.
    """

    code, status, title = "malformed-json", 400, "The body is not usable JSON"


class BodyTooLarge(Problem):
    """The body has more bytes than this address takes."""

    code, status, title = "body-too-large", 413, "The body is too large"


class UriTooLong(Problem):
    """The request line has more than 8,190 bytes; send long values in a body."""

    code, status, title = "uri-too-long", 414, "The address is too long"


class UnsupportedMediaType(Problem):
    """The `Content-Type` is not one that this address reads.

    With curl use `--json @file`, or `-H 'Content-Type: application/json' -d @file`.
    """

    code, status, title = "unsupported-media-type", 415, "The media type is not read here"


class HeadersTooLarge(Problem):
    """The header fields are more, or longer, than the server reads."""

    code, status, title = "headers-too-large", 431, "The header fields are too large"
