"""What can go wrong, as the client reads it: RFC 9457 problems and their faults.

The tree, a module a branch::

    Problem
    ├── access
    │   Unauthorized 401 · Forbidden 403 · PublishRequired 403 · FourEyes 403
    │   BadSignature 403 · OwnKey 409 · KeyNameTaken 409 · RateLimited 429
    ├── reading
    │   NotFound 404 · NotYetRecorded 404 · MethodNotAllowed 405 · NotAcceptable 406
    │   Gone 410 · Purged 410 · Withheld 451 · InvalidCursor 400 · ForeignCursor 400
    │   CursorExpired 410
    ├── writing
    │   IdExists 409 · IdempotencyKeyInUse 409 · ReplayUnavailable 409 · PresentRevision 409
    │   NotEmpty 409 · PreconditionFailed 412 · PreconditionRequired 428 · InvalidRecord 422
    │   InvalidBody 422 · IdempotencyKeyReused 422 · IdempotencyKeyNotTaken 400
    │   PublicRecord 400
    ├── requests
    │   BadRequest 400 · InvalidQuery 400 · MalformedJson 400 · BodyTooLarge 413
    │   UriTooLong 414 · UnsupportedMediaType 415 · HeadersTooLarge 431
    └── trouble
        Internal 500 · Busy 503 · Unavailable 503 · Overloaded 503 · TooManyStreams 503

A class's docstring is the text that ``/problems/{code}`` serves, so it speaks
to the person who got the answer.
"""

from service.errors.access import (
    BadSignature,
    Forbidden,
    FourEyes,
    KeyNameTaken,
    OwnKey,
    PublishRequired,
    RateLimited,
    Unauthorized,
)
from service.errors.reading import (
    CursorExpired,
    ForeignCursor,
    Gone,
    InvalidCursor,
    MethodNotAllowed,
    NotAcceptable,
    NotFound,
    NotYetRecorded,
    Purged,
    Withheld,
)
from service.errors.requests import (
    BadRequest,
    BodyTooLarge,
    HeadersTooLarge,
    InvalidQuery,
    MalformedJson,
    UnsupportedMediaType,
    UriTooLong,
)
from service.errors.trouble import (
    Busy,
    Internal,
    Overloaded,
    TooManyStreams,
    Unavailable,
)
from service.errors.writing import (
    IdempotencyKeyInUse,
    IdempotencyKeyNotTaken,
    IdempotencyKeyReused,
    IdExists,
    InvalidBody,
    InvalidRecord,
    NotEmpty,
    PreconditionFailed,
    PreconditionRequired,
    PresentRevision,
    PublicRecord,
    ReplayUnavailable,
)
from service.faults import FAULTS, Fault
from service.problem import Problem

__all__ = [
    "FAULTS",
    "BadRequest",
    "BadSignature",
    "BodyTooLarge",
    "Busy",
    "CursorExpired",
    "Fault",
    "Forbidden",
    "ForeignCursor",
    "FourEyes",
    "Gone",
    "HeadersTooLarge",
    "IdExists",
    "IdempotencyKeyInUse",
    "IdempotencyKeyNotTaken",
    "IdempotencyKeyReused",
    "Internal",
    "InvalidBody",
    "InvalidCursor",
    "InvalidQuery",
    "InvalidRecord",
    "KeyNameTaken",
    "MalformedJson",
    "MethodNotAllowed",
    "NotAcceptable",
    "NotEmpty",
    "NotFound",
    "NotYetRecorded",
    "Overloaded",
    "OwnKey",
    "PreconditionFailed",
    "PreconditionRequired",
    "PresentRevision",
    "Problem",
    "PublicRecord",
    "PublishRequired",
    "Purged",
    "RateLimited",
    "ReplayUnavailable",
    "TooManyStreams",
    "Unauthorized",
    "Unavailable",
    "UnsupportedMediaType",
    "UriTooLong",
    "Withheld",
]
