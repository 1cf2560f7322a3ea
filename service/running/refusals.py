"""What gunicorn's parser refuses, as problems."""

from gunicorn.http.errors import (
    ChunkMissingTerminator,
    ExpectationFailed,
    InvalidChunkExtension,
    InvalidChunkSize,
    InvalidHeader,
    InvalidHeaderName,
    InvalidHTTPVersion,
    InvalidRequestLine,
    InvalidRequestMethod,
    InvalidSchemeHeaders,
    LimitRequestHeaders,
    LimitRequestLine,
    NoMoreData,
    ObsoleteFolding,
    ParseException,
    UnsupportedTransferCoding,
)

from service.errors import BadRequest, HeadersTooLarge, Problem, UriTooLong

_CHUNK = "The body is not in the chunked coding that Transfer-Encoding announces (RFC 9112, 7.1)."
_HEADER = (
    "A header field cannot be read. Send `Name: value` lines ended by CRLF, the name of letters, "
    "digits and hyphens, no control characters in the value, Host, Content-Type and "
    "Content-Length once, and either Content-Length or Transfer-Encoding: chunked."
)
_LINE = (
    "The request line cannot be read. Send `GET /v1/claims HTTP/1.1` ended by CRLF, in ASCII; "
    "write everything else in the address as %XX."
)
_DETAILS: dict[type[Exception], str] = {
    InvalidRequestLine: _LINE,
    InvalidRequestMethod: "The method is not one. Send GET, HEAD, POST, PUT, PATCH, DELETE "
    "or OPTIONS, in capitals.",
    InvalidHTTPVersion: "Speak HTTP/1.1 (or HTTP/1.0).",
    InvalidHeader: _HEADER,
    InvalidHeaderName: _HEADER,
    ObsoleteFolding: "A header field goes on over a second line; send it on one (RFC 9112, 5.2).",
    InvalidSchemeHeaders: "The forwarded-protocol headers contradict each other; send one of them.",
    UnsupportedTransferCoding: "The only transfer coding read here is chunked.",
    ExpectationFailed: "The only expectation met here is `Expect: 100-continue`.",
    InvalidChunkSize: _CHUNK,
    InvalidChunkExtension: _CHUNK,
    ChunkMissingTerminator: _CHUNK,
    NoMoreData: "The body ended before its last byte.",
    ConnectionError: "The connection broke within the body.",
    TimeoutError: "No byte of the body came for too long; send it again without a pause.",
}
"""What to do instead. The client's own bytes are not repeated to it."""


def refusal(error: BaseException) -> Problem | None:
    """Return the problem that answers what a client sent, None when the fault is not the client's.

    Every one is a 4xx: an unknown transfer coding is 501 by RFC 9112, 6.1, yet
    only the client can mend it.
    """
    if isinstance(error, LimitRequestLine):
        return UriTooLong("Keep the request line within 8,190 bytes; send long values in a body.")
    if isinstance(error, LimitRequestHeaders):
        return HeadersTooLarge("Send at most 100 header fields of at most 8,190 bytes each.")
    for kind, detail in _DETAILS.items():
        if isinstance(error, kind):
            return BadRequest(detail)
    return BadRequest(_HEADER) if isinstance(error, ParseException) else None
