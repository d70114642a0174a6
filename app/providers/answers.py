"""What the services' refusals have in common: words that may be quoted to a person, and when to come back."""

import unicodedata
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

QUOTED_LENGTH = 200


def quotable(words: str) -> str:
    """Without control, format and bidirectional characters, on one line."""
    plain = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in words[: QUOTED_LENGTH * 4])
    return " ".join(plain.split())[:QUOTED_LENGTH]


def at_epoch(text: str) -> datetime | None:
    """The moment that a header names in seconds since 1970."""
    try:
        return datetime.fromtimestamp(float(text), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def moment_after(text: str, now: datetime) -> datetime | None:
    """The moment that a header names in seconds from now, or as a date as HTTP writes it."""
    try:
        return now + timedelta(seconds=float(text))
    except (ValueError, OverflowError):
        return _http_date(text)


def _http_date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
