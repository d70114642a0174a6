"""Every Block Kit block and element that the app uses, cut to Slack's limits where it is made.

Text that people or providers wrote goes through `escape` before it comes near mrkdwn.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

Block = dict[str, Any]

MOST_OPTIONS = 100
_JOINER = "\u200d"
_EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff"
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
    # A joiner between two emoji makes one of them; anywhere else it only hides.
    f"|(?<![{_EMOJI}\ufe0f])\u200d|\u200d(?![{_EMOJI}])"
)
_BROKEN_END = re.compile(r"(?:&[a-z]{0,3}|<[^<>]{0,80})$")


def escape(text: str) -> str:
    """So that `<!channel>` pings nobody, a link leads nowhere, and nothing turns the line around."""
    return _INVISIBLE.sub("", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, limit: int) -> str:
    """For display only, and never within a character as people see it: an accent or a joined emoji goes whole."""
    return text if len(text) <= limit else f"{text[: character_start(text, limit - 1)]}…"


def cut_markup(mrkdwn: str, limit: int) -> str:
    """Also never within an escape or a mention, whose other half would be shown."""
    return mrkdwn if len(mrkdwn) <= limit else f"{_BROKEN_END.sub('', cut(mrkdwn, limit)[:-1])}…"


def character_start(text: str, at: int) -> int:
    """`at`, or where the character begins that stands across it."""
    while 0 < at < len(text) and (_continues(text[at]) or text[at - 1] == _JOINER):
        at -= 1
    return at


def section(mrkdwn: str, accessory: Block | None = None, *, block_id: str = "") -> Block:
    """A name for the block lets what was chosen in it stay where a form changes."""
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": cut_markup(mrkdwn, 3000)}}
    return block | ({"accessory": accessory} if accessory else {}) | ({"block_id": block_id} if block_id else {})


def context(*mrkdwn: str) -> Block:
    return {
        "type": "context",
        "elements": [{"type": "mrkdwn", "text": cut_markup(text, 2000)} for text in mrkdwn[:10] if text],
    }


def preformatted(text: str) -> Block:
    """As it is, to be copied: Slack reads no markup in it."""
    inside = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": _INVISIBLE.sub("", text)}]}
    return {"type": "rich_text", "elements": [inside]}


def header(text: str) -> Block:
    return {"type": "header", "text": _plain(text, 150)}


def divider() -> Block:
    return {"type": "divider"}


def actions(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements[:25])}


def button(label: str, action_id: str, value: str = "", *, style: str = "", confirm: Block | None = None) -> Block:
    """`style` is primary (at most one in a set) or danger (only with `confirm`)."""
    element: Block = {"type": "button", "text": _plain(label, 75), "action_id": action_id, "value": value or "-"}
    return element | ({"style": style} if style else {}) | ({"confirm": confirm} if confirm else {})


def link_button(label: str, action_id: str, url: str) -> Block:
    """Opens an address in a browser; Slack tells of the click as well, and wants it acknowledged."""
    return {"type": "button", "text": _plain(label, 75), "action_id": action_id, "url": url, "style": "primary"}


def confirm(title: str, text: str, yes: str, no: str = "Keep it") -> Block:
    return {
        "title": _plain(title, 100),
        "text": {"type": "mrkdwn", "text": cut_markup(text, 300)},
        "confirm": _plain(yes, 30),
        "deny": _plain(no, 30),
        "style": "danger",
    }


def modal(
    title: str,
    callback_id: str,
    blocks: Sequence[Block],
    *,
    submit: str = "",
    close: str = "Cancel",
    metadata: str = "",
) -> Block:
    view: Block = {
        "type": "modal",
        "callback_id": callback_id,
        "title": _plain(title, 24),
        "close": _plain(close, 24),
        "blocks": list(blocks),
        "private_metadata": metadata,
    }
    return view | ({"submit": _plain(submit, 24)} if submit else {})


def field(label: str, block_id: str, element: Block, *, hint: str = "", is_optional: bool = False) -> Block:
    """An input block; its element's action id is the block's id, so that a value is found by one name."""
    block: Block = {"type": "input", "block_id": block_id, "label": _plain(label, 2000), "optional": is_optional}
    return block | {"element": element | {"action_id": block_id}} | ({"hint": _plain(hint, 2000)} if hint else {})


def text_input(initial: str = "", placeholder: str = "", *, is_multiline: bool = False, longest: int = 3000) -> Block:
    element: Block = {"type": "plain_text_input", "multiline": is_multiline, "max_length": longest}
    return element | _initial("initial_value", initial[:longest]) | _placeholder(placeholder)


def date_input(initial: str) -> Block:
    return {"type": "datepicker"} | _initial("initial_date", initial)


def time_input(initial: str = "", placeholder: str = "") -> Block:
    return {"type": "timepicker"} | _initial("initial_time", initial) | _placeholder(placeholder)


def typeahead(placeholder: str, initial: Block | None = None) -> Block:
    """Shows its first suggestions before anything is typed."""
    return (
        {"type": "external_select", "min_query_length": 0}
        | _initial("initial_option", initial)
        | _placeholder(placeholder)
    )


def many_typeahead(placeholder: str, initial: Sequence[Block] = ()) -> Block:
    element: Block = {"type": "multi_external_select", "min_query_length": 0, "max_selected_items": 100}
    return element | _initial("initial_options", list(initial)) | _placeholder(placeholder)


def person_input(initial: str) -> Block:
    return {"type": "users_select"} | _initial("initial_user", initial)


def select(options: Sequence[Block], initial: Block | None = None, placeholder: str = "") -> Block:
    return (
        {"type": "static_select", "options": list(options[:MOST_OPTIONS])}
        | _initial("initial_option", initial)
        | _placeholder(placeholder)
    )


def tick(label: str, value: str, *, is_ticked: bool = False) -> Block:
    return ticks([option(label, value)], [option(label, value)] if is_ticked else [])


def ticks(options: Sequence[Block], initial: Sequence[Block] = ()) -> Block:
    return {"type": "checkboxes", "options": list(options[:10])} | _initial("initial_options", list(initial))


def many_select(options: Sequence[Block], initial: Sequence[Block] = ()) -> Block:
    offered = {"type": "multi_static_select", "options": list(options[:MOST_OPTIONS])}
    return offered | _initial("initial_options", list(initial))


def option(label: str, value: str, note: str = "") -> Block:
    """`note` is shown below the label."""
    chosen: Block = {"text": _plain(label, 75), "value": value[:150]}
    return chosen | ({"description": _plain(note, 75)} if note else {})


def option_group(label: str, options: Sequence[Block]) -> Block:
    return {"label": _plain(label, 75), "options": list(options[:100])}


def _continues(char: str) -> bool:
    is_skin_tone = "\U0001f3fb" <= char <= "\U0001f3ff"
    return char == _JOINER or is_skin_tone or unicodedata.category(char) in ("Mn", "Me", "Mc")


def _plain(text: str, limit: int) -> Block:
    return {"type": "plain_text", "text": cut(_INVISIBLE.sub("", text), limit) or "–", "emoji": False}


def _initial(name: str, value: object) -> Block:
    return {name: value} if value else {}


def _placeholder(text: str) -> Block:
    return {"placeholder": _plain(text, 150)} if text else {}
