"""Structured logs, one JSON object a line, from which secrets are taken out on the way."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_SECRET = re.compile(
    r"(xox[a-z]-|xapp-|pk_[0-9]+_|hsk_(?:live|test)_|Bearer\s+)[A-Za-z0-9_.-]{6,}"
    r"|(https?://hooks\.slack\.com/\S+|\b(?:response_url|trigger_id|token)[\"']?[=:]\s*[\"']?[^\s\"'&,]+)"
)
_QUIET = {
    "slack_bolt": logging.WARNING,  # at INFO it writes down the whole body of a request with a bad signature
    "slack_sdk": logging.WARNING,
    "aiohttp": logging.WARNING,
    "uvicorn.access": logging.WARNING,
}


def set_up_logs(level: str) -> None:
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            redact,
            structlog.processors.JSONRenderer(),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name, least in _QUIET.items():
        logging.getLogger(name).setLevel(max(least, logging.getLevelName(level)))


def redact(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Tokens, answer addresses and triggers, wherever in the line they stand."""
    return {key: _SECRET.sub(_masked, value) if isinstance(value, str) else value for key, value in event.items()}


def _masked(match: re.Match[str]) -> str:
    return f"{match[1]}…" if match[1] else "…"
