"""Every way Hoursmith says no, so that a status, its code and its words are written down once."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """Answered as ``{"error": {"code", "message", …}}``."""

    def __init__(self, status: int, code: str, message: str, *, retry_after: int | None = None, **more: Any) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status, self.retry_after = status, retry_after
        self.body = {"error": {"code": code, "message": message, **more}}


def bad_request(message: str) -> Refused:
    return Refused(400, "bad_request", message)


def unauthenticated() -> Refused:
    """The same for a missing, a malformed, an unknown and a revoked token."""
    return Refused(401, "unauthenticated", "Missing or invalid API token.")


def forbidden_plan() -> Refused:
    message = "API access requires the Studio plan."
    return Refused(402, "forbidden_plan", message, requiredPlan="studio", feature="apiAccess")


def forbidden_scope(message: str) -> Refused:
    return Refused(403, "forbidden_scope", message)


def not_found(what: str) -> Refused:
    """In the same words for what is missing and for what this person may not see."""
    return Refused(404, "not_found", f"{what} not found.")


def locked() -> Refused:
    return Refused(409, "conflict", "Time entry is invoiced and locked.")


def key_reused() -> Refused:
    return Refused(409, "conflict", "Idempotency-Key was already used with a different request body.")


def invalid(**fields: str) -> Refused:
    return Refused(422, "validation_error", "Request validation failed.", fields=fields)


def key_missing(reason: str = "required") -> Refused:
    message = "Every POST needs an Idempotency-Key header of at most 255 characters."
    return Refused(422, "validation_error", message, fields={"Idempotency-Key": reason})


def rate_limited(seconds: int) -> Refused:
    return Refused(429, "rate_limited", "Too many requests.", retry_after=seconds)
