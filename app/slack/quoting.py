"""A message that somebody tracks: its words as people read them, its link, and the tasks it names.

What people say in Slack is private: nothing of it is ever logged.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.core.task_ids import is_task_id
from app.slack.blocks import character_start
from app.slack.message_words import words_of
from app.slack.outgoing import Body

LONGEST = 3000  # of a field in a form, and of a description at every provider that says how long one may be

_MARKUP = re.compile(r"<(?P<sign>[@#!]?)(?P<id>[^<>|\s][^<>|]*)(?:\|(?P<label>[^<>]*))?>")
_AROUND = ".,;:!?()[]{}\"'“”‘’„«»*_~`"


@dataclass(frozen=True, slots=True)
class Quoted:
    """`markup` is the text as Slack has it; `link` leads to the message, "" where its workspace is not known."""

    markup: str = field(repr=False)
    link: str = field(repr=False)

    def plain(self, names: Mapping[str, str]) -> str:
        """Names for mentions, labels for links, no escapes. `names` are people's, by their id."""
        return html.unescape(_MARKUP.sub(lambda found: _read(found, names), self.markup)).strip()

    def task_ids(self) -> list[str]:
        """What looks like a task's id or link, each once."""
        links = [html.unescape(found["id"]) for found in _MARKUP.finditer(self.markup) if not found["sign"]]
        words = html.unescape(_MARKUP.sub(" ", self.markup)).split()
        found = [word for word in (*links, *(word.strip(_AROUND) for word in words)) if is_task_id(word)]
        return list(dict.fromkeys(found))


def quoted(body: Body) -> Quoted:
    """The message of a `message_action`."""
    return Quoted(words_of(body["message"]), _permalink(body))


def fitted(text: str, link: str, limit: int = LONGEST) -> str:
    """Text and link, a line each; what is too long loses the end of its text."""
    room = limit - (_length(link) + 1 if link else 0)
    return "\n".join(part for part in (_cut(text, room), link) if part)


def _permalink(body: Body) -> str:
    """As chat.getPermalink makes it, which the app may not ask about a channel that it is not in.

    https://docs.slack.dev/reference/methods/chat.getPermalink
    """
    domain = (body.get("team") or {}).get("domain")
    if not domain:
        return ""
    channel, ts = body["channel"]["id"], body["message_ts"]
    thread = body["message"].get("thread_ts") or ts
    within = f"?thread_ts={thread}&cid={channel}" if thread != ts else ""
    return f"https://{domain}.slack.com/archives/{channel}/p{ts.replace('.', '')}{within}"


def _read(found: "re.Match[str]", names: Mapping[str, str]) -> str:
    sign, name, label = found["sign"], found["id"], found["label"] or ""
    if sign == "@":
        return f"@{html.escape(names.get(name, ''), quote=False) or label or 'someone'}"
    if sign == "#":
        return f"#{label or 'private-channel'}"
    if sign == "!":
        return label or f"@{name.partition('^')[0]}"
    return label or re.sub(r"^(mailto|tel):", "", name)


def _cut(text: str, room: int) -> str:
    """Never within a character as people see it: an accent or a joined emoji goes whole."""
    if _length(text) <= room:
        return text
    kept = text.encode("utf-16-le")[: 2 * max(room - 1, 0)].decode("utf-16-le", "ignore")
    kept = text[: character_start(text, len(kept))]
    return f"{kept.rstrip()}…" if kept else ""


def _length(text: str) -> int:
    """As Slack's own clients count: in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2
