"""How a call to Slack's Web API can fail, and why in a word, for the log."""

import aiohttp
from slack_sdk.errors import SlackApiError

NOT_TAKEN = (SlackApiError, aiohttp.ClientError, TimeoutError, OSError)

REFUSED_BLOCKS = frozenset(["invalid_blocks", "invalid_blocks_format", "block_mismatch"])


def reason(error: Exception) -> str:
    """Slack's own code, such as invalid_blocks or ratelimited, where it gave one."""
    if not isinstance(error, SlackApiError):
        return type(error).__name__
    said = getattr(error.response, "data", error.response)
    return str(said.get("error")) if isinstance(said, dict) else "an answer that can't be read"
