"""Slack's markup as the words a person reads: names for ids, labels for links, dates in the reader's zone."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

EMOJI = {
    "white_check_mark": "✅", "heavy_check_mark": "✔️", "x": "❌", "warning": "⚠️", "wave": "👋", "clock1": "🕐",
    "stopwatch": "⏱️", "timer_clock": "⏲️", "hourglass": "⌛",  "hourglass_flowing_sand": "⏳", "alarm_clock": "⏰",
    "arrow_forward": "▶️", "black_square_for_stop": "⏹️", "double_vertical_bar": "⏸️", "pencil2": "✏️", "pencil": "📝",
    "wastebasket": "🗑️", "tada": "🎉", "palm_tree": "🌴", "calendar": "📅", "date": "📅", "spiral_calendar_pad": "🗓️",
    "bar_chart": "📊", "chart_with_upwards_trend": "📈", "mag": "🔍", "bulb": "💡", "lock": "🔒", "key": "🔑", "inbox_tray": "📥",
    "link": "🔗", "bell": "🔔", "no_bell": "🔕", "gear": "⚙️", "rocket": "🚀", "eyes": "👀", "thumbsup": "👍", "+1": "👍",
    "heart": "❤️", "fire": "🔥", "moneybag": "💰", "dollar": "💵", "label": "🏷️", "question": "❓", "exclamation": "❗",
    "information_source": "ℹ️", "red_circle": "🔴", "large_green_circle": "🟢", "large_yellow_circle": "🟡",
    "large_blue_circle": "🔵", "white_circle": "⚪", "black_circle": "⚫", "smile": "😄", "slightly_smiling_face": "🙂",
    "thinking_face": "🤔", "coffee": "☕", "house": "🏠", "memo": "📝", "point_right": "👉", "sparkles": "✨",
    "arrows_counterclockwise": "🔄", "leftwards_arrow_with_hook": "↩️", "heavy_plus_sign": "➕", "crescent_moon": "🌙",
    "zzz": "💤", "sunny": "☀️", "face_with_thermometer": "🤒", "airplane": "✈️", "bust_in_silhouette": "👤",
}  # fmt: skip

_ANGLE = re.compile(r"<([^<>]+)>")
_EMOJI = re.compile(r":([a-z0-9_+\-]+):")
_MARKS = [
    re.compile(r"(?<![\w*])\*(?!\s)([^*\n]+?)(?<!\s)\*(?![\w*])"),
    re.compile(r"(?<![\w_])_(?!\s)([^_\n]+?)(?<!\s)_(?![\w_])"),
    re.compile(r"(?<![\w~])~(?!\s)([^~\n]+?)(?<!\s)~(?![\w~])"),
]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the names they know ids by, their zone, and what they take for today."""

    people: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    timezone: str = "UTC"
    now: datetime = datetime(1970, 1, 1, tzinfo=UTC)


def read_mrkdwn(text: str, reader: Reader) -> str:
    """The words left when bold, links, mentions, emoji and escapes are shown; code keeps its marks off, too."""
    parts = re.split(r"(```[\s\S]+?```|`[^`\n]+`)", text)
    return "".join(
        html.unescape(_ANGLE.sub(lambda match: _angle(match[1], reader), part.strip("`")))
        if part.startswith("`")
        else _read_prose(part, reader)
        for part in parts
    )


def _read_prose(text: str, reader: Reader) -> str:
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(_angle(match[1], reader))
        return f"\x00{len(kept) - 1}\x00"

    text = _ANGLE.sub(keep, text)
    for mark in _MARKS:
        text = mark.sub(r"\1", text)
    text = read_emoji(text)
    text = re.sub(r"\x00(\d+)\x00", lambda match: kept[int(match[1])], text)
    return html.unescape(re.sub(r"(?m)^&gt; ?", "> ", text))


def read_emoji(text: str) -> str:
    return _EMOJI.sub(lambda match: EMOJI.get(match[1], match[0]), text)


def _angle(inside: str, reader: Reader) -> str:
    target, _, label = inside.partition("|")
    if target.startswith("@"):
        return "@" + reader.people.get(target[1:], label or target[1:])
    if target.startswith("#"):
        return "#" + reader.channels.get(target[1:], label or target[1:])
    if target.startswith("!date^"):
        return read_date(target, label, reader)
    if target.startswith("!subteam^"):
        return label or "@group"
    if target.startswith("!"):
        return "@" + target[1:]
    return html.unescape(label or target.removeprefix("mailto:"))


def read_date(target: str, fallback: str, reader: Reader) -> str:
    """`!date^1772619420^{date_short} {time}^link` as that reader sees it."""
    _, stamp, form, *_ = [*target.split("^"), "", ""]
    if not stamp.isdigit():
        return fallback
    zone = ZoneInfo(reader.timezone)
    then, today = datetime.fromtimestamp(int(stamp), zone), reader.now.astimezone(zone).date()
    near = {timedelta(0): "today", timedelta(-1): "yesterday", timedelta(1): "tomorrow"}.get(then.date() - today)
    forms = {
        "date_num": f"{then:%Y-%m-%d}",
        "date_slash": f"{then:%m/%d/%Y}",
        "date": f"{then:%B} {then.day}, {then.year}",
        "date_short": f"{then:%b} {then.day}, {then.year}",
        "date_long": f"{then:%A}, {then:%B} {then.day}, {then.year}",
        "time": f"{then.hour % 12 or 12}:{then:%M %p}",
        "time_secs": f"{then.hour % 12 or 12}:{then:%M:%S %p}",
    }
    forms |= {f"{name}_pretty": near or forms[name] for name in ("date", "date_short", "date_long")}
    return re.sub(r"\{(\w+)\}", lambda match: forms.get(match[1], match[0]), form)
