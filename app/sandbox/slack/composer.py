"""What Slack's message box does to what a person types: curly quotes, dashes, mentions and links."""

import re

from app.sandbox.slack.team import Channel, Team

_TOKEN = re.compile(
    r"(?P<url>https?://[^\s<>|]+[^\s<>|.,;:!?)\]'\"’”])"
    r"|(?<![\w@])@(?P<name>[\w][\w.\-]*)"
    r"|(?<![\w#&])#(?P<channel>[\w][\w\-]*)"
    r"|(?P<special>[&<>])"
)
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_BROADCASTS = {"here", "channel", "everyone"}


def punctuate(text: str) -> str:
    """`--` becomes an em dash and straight quotes curl, except inside backticks."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(part if part.startswith("`") else _curl(part) for part in parts)


def _curl(text: str) -> str:
    text = text.replace("--", "—")
    text = re.sub(r'(^|[\s(\[{—‘])"', r"\1“", text).replace('"', "”")
    return re.sub(r"(^|[\s(\[{—“])'", r"\1‘", text).replace("'", "’")


def escape(text: str, team: Team) -> str:
    """The text as Slack hands it on: mentions and channels as ids, links in angle brackets, `&<>` escaped."""
    return _TOKEN.sub(lambda match: _escaped(match, team), text)


def escape_specials(text: str) -> str:
    return re.sub("[&<>]", lambda match: _ESCAPES[match[0]], text)


def _escaped(match: re.Match[str], team: Team) -> str:
    if match["special"]:
        return _ESCAPES[match[0]]
    if match["url"]:
        return f"<{escape_specials(match['url'])}>"
    if match["channel"]:
        return _channel(match[0], match["channel"], team)
    return _mention(match[0], match["name"], team)


def _mention(typed: str, name: str, team: Team) -> str:
    if name in _BROADCASTS:
        return f"<!{name}>"
    if name.lower() == team.bot_handle:
        return f"<@{team.bot_user_id}>"
    person = next((one for one in team.people.values() if one.handle == name.lower()), None)
    return f"<@{person.id}>" if person else typed


def _channel(typed: str, name: str, team: Team) -> str:
    channel: Channel | None = next(
        (one for one in team.channels.values() if one.name == name and one.kind != "im"), None
    )
    if channel is None:
        return typed
    return f"<#{channel.id}|{name if channel.kind == 'public' else ''}>"
