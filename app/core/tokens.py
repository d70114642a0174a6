"""What Slack hands over as the text of a command, cut into the words a person typed.

Slack escapes `& < >`, turns mentions, channels and links into `<…>`, and its composer makes curly
quotes and em dashes. Quotes keep words together and keep them from being read as anything else.
"""

import html
import re
from dataclasses import dataclass

from app.core.errors import NotUnderstood

LONGEST_LINE = 4000

_QUOTED = r'"(?:[^"\\]|\\.)*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»'
_TOKEN = re.compile(
    rf"(?P<sign>[#+-])?(?P<quoted>{_QUOTED})(?P<colon>:)?(?=[\s,]|$)(?(sign),?)|(?P<markup><[^<>\s][^<>]*>[^\s<]*)|\S(?:(?!,#)\S)*,?"
)
_MARKUP = re.compile(r"<(?P<sign>[@#!]?)(?P<id>[^|>]*)(?:\|(?P<label>[^>]*))?>")
_INVISIBLE = re.compile("[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is what a person reads; `mention` and `tag` are set where the token is nothing but that."""

    text: str
    is_quoted: bool = False
    ends_name: bool = False
    mention: str = ""
    tag: str = ""

    def __str__(self) -> str:
        written = f'"{self.text}"' if self.is_quoted and not self.tag else self.text
        return f"{written}:" if self.ends_name else written


def tokens(line: str) -> list[Token]:
    """Raises `NotUnderstood` for a line that is too long to be a command."""
    if len(line) > LONGEST_LINE:
        raise NotUnderstood(f"That is {len(line)} characters. A line may have {LONGEST_LINE}; use the form for more.")
    return [_token(match) for match in _TOKEN.finditer(_INVISIBLE.sub("", line))]


def _token(match: re.Match[str]) -> Token:
    if match["quoted"]:
        return _quoted(match)
    if match["markup"]:
        return _from_markup(match["markup"])
    return _plain(html.unescape(match[0]))


def _quoted(match: re.Match[str]) -> Token:
    inner = match["quoted"][1:-1]
    if match["quoted"][0] == '"':
        inner = re.sub(r"\\(.)", r"\1", inner)
    text, sign = " ".join(html.unescape(inner).split()), match["sign"] or ""
    tag = text if sign == "#" else ""
    return Token(sign + text, is_quoted=True, ends_name=bool(match["colon"]), tag=tag)


def _plain(text: str) -> Token:
    if text.endswith(":") and len(text) > 1:
        return Token(text[:-1], ends_name=True)
    tag = text[1:].rstrip(",;.!?") if text.startswith("#") else ""
    return Token(text, tag=tag if _is_tag(tag) else "")


def _is_tag(name: str) -> bool:
    """#12 is the number of an issue and ## a heading: neither is a tag."""
    return bool(name) and not name.isdigit() and name[0] not in '#"“„'


def _from_markup(text: str) -> Token:
    found = _MARKUP.match(text)
    if not found:
        return _plain(html.unescape(text))
    rest, label = html.unescape(text[found.end() :]), html.unescape(found["label"] or "")
    is_alone = not rest.rstrip(",")
    if found["sign"] == "@":
        return Token(f"@{label or found['id']}{rest}", mention=found["id"] if is_alone else "")
    if found["sign"] == "#" and not label:
        raise NotUnderstood('Slack sent a private channel in place of that tag. Write it in quotes: #"backend".')
    if found["sign"] == "#":
        return Token(f"#{label}{rest}", tag=label if is_alone else "")
    if found["sign"] == "!":
        return Token(f"@{label.lstrip('@') or found['id'].split('^')[0]}{rest}")
    url = html.unescape(found["id"])
    url = url if url.startswith("http") else label or url  # mailto: and tel: are Slack's, not the person's
    return Token(url, ends_name=True) if rest == ":" else Token(url + rest)
