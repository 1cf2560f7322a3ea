"""Our problems as Google words errors: `google.rpc.Status`, with its canonical codes."""

import re
from typing import Final

from service.documents.values import JsonObject, JsonValue
from service.errors import Fault, Problem

TYPES: Final = "type.googleapis.com/google.rpc."
DOMAIN: Final = "factcheck-records"
TOLD: Final = 3
"""Faults that the message names itself; `details` has them all."""

CANONICAL: Final = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    405: "UNIMPLEMENTED",
    409: "ABORTED",
    413: "INVALID_ARGUMENT",
    415: "INVALID_ARGUMENT",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}
"""The status of each HTTP status that these addresses answer."""

OTHERS: Final = {
    "cursor-expired": (400, "INVALID_ARGUMENT"),
    "gone": (400, "FAILED_PRECONDITION"),
    "id-exists": (409, "ALREADY_EXISTS"),
    "idempotency-key-reused": (400, "INVALID_ARGUMENT"),
    "invalid-body": (400, "INVALID_ARGUMENT"),
    "invalid-record": (400, "INVALID_ARGUMENT"),
    "precondition-failed": (409, "ABORTED"),
    "precondition-required": (400, "FAILED_PRECONDITION"),
    "public-record": (400, "FAILED_PRECONDITION"),
}
"""What is another status with Google than it is under /v1."""


def error_of(problem: Problem, instance: str) -> tuple[int, JsonObject]:
    """Return the HTTP status and the body that answer a problem."""
    usual = problem.status, CANONICAL.get(problem.status, "INVALID_ARGUMENT")
    code, status = OTHERS.get(problem.code, usual)
    metadata = {"type": f"/problems/{problem.code}", "instance": instance, **problem.members}
    info: JsonObject = {
        "@type": f"{TYPES}ErrorInfo",
        "reason": _constant(problem.code),
        "domain": DOMAIN,
        "metadata": {name: str(value) for name, value in metadata.items() if value is not None},
    }
    details: list[JsonValue] = [info]
    if problem.errors:
        violations: list[JsonValue] = [_violation(fault) for fault in problem.errors]
        details.append({"@type": f"{TYPES}BadRequest", "fieldViolations": violations})
    error: JsonObject = {"code": code, "message": message(problem), "status": status}
    return code, {"error": {**error, "details": details}}


def message(problem: Problem) -> str:
    """Return what to do, with the first of the faults."""
    told = "; ".join(f"{field_of(fault)}: {fault.detail}" for fault in problem.errors[:TOLD])
    return f"{problem.detail} {told}".strip() if told else problem.detail


def field_of(fault: Fault) -> str:
    """Return where a fault is, as Google writes it: `claimReviewMarkups[0].rating`."""
    if fault.pointer is None:
        return fault.parameter or str(fault.header)
    path = re.sub(r"/([0-9]+)(?=/|$)", r"[\1]", fault.pointer.removeprefix("#"))
    return path.removeprefix("/").replace("/", ".")


def _violation(fault: Fault) -> JsonObject:
    return {
        "field": field_of(fault),
        "description": fault.detail,
        "reason": _constant(fault.code),
    }


def _constant(code: str) -> str:
    return code.upper().replace("-", "_")
