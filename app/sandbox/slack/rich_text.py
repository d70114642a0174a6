"""The rules of rich_text, whose elements nest."""

from typing import Any

from app.sandbox.slack.rules import Check, Where, anything, boolean, by_type, choice, list_of, shape, string, whole

_STYLES = ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
_STYLE = {"style": shape({}, dict.fromkeys(_STYLES, boolean))}

_INLINE: dict[str, Check] = {
    "text": shape({"text": string(40_000)}, _STYLE),
    "link": shape({"url": string(3000)}, {"text": string(40_000), "unsafe": boolean, **_STYLE}),
    "emoji": shape({"name": string(100)}, {"unicode": string(100), "url": string(3000), **_STYLE}),
    "user": shape({"user_id": string(40)}, _STYLE),
    "channel": shape({"channel_id": string(40)}, _STYLE),
    "usergroup": shape({"usergroup_id": string(40)}, _STYLE),
    "broadcast": shape({"range": choice("here", "channel", "everyone")}, _STYLE),
    "date": shape(
        {"timestamp": whole(0, 10**11), "format": string(500)}, {"url": string(3000), "fallback": string(500)}
    ),
    "color": shape({"value": string(20)}),
}

_inline_list = list_of(by_type(_INLINE, "not an inline element of rich_text"), most=1000, least=0)
_section = shape({"elements": _inline_list})

_PARTS: dict[str, Check] = {
    "rich_text_section": _section,
    "rich_text_list": shape(
        {
            "style": choice("bullet", "ordered"),
            "elements": list_of(by_type({"rich_text_section": _section}, "a list holds sections"), most=1000),
        },
        {"indent": whole(0, 8), "offset": whole(0, 10_000), "border": whole(0, 1)},
    ),
    "rich_text_preformatted": shape({"elements": _inline_list}, {"border": whole(0, 1), "language": string(40)}),
    "rich_text_quote": shape({"elements": _inline_list}, {"border": whole(0, 1)}),
}

RICH_TEXT_FIELDS: dict[str, Check] = {"elements": list_of(by_type(_PARTS, "not a part of rich_text"), most=1000)}


def _check(value: Any, where: Where) -> None:
    by_type({"rich_text": shape(RICH_TEXT_FIELDS, {"block_id": anything})}, "rich_text is expected here")(value, where)


RICH_TEXT: Check = _check
