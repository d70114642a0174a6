"""A day line by line: entries, the holes between them, and what runs."""

from collections.abc import Sequence
from dataclasses import replace

from app.core.briefs import gaps, is_left_on, running
from app.core.model import TimeEntry, Timer, Window
from app.core.reminder import Brief
from app.core.times import wall_time
from app.slack.blocks import Block, cut_markup, section
from app.slack.call import Call
from app.slack.messages import phrasing

_MOST_LISTED = 40
_LONGEST_SECTION = 2900


def with_waiting(brief: Brief, waiting: Sequence[TimeEntry]) -> Brief:
    """With what is saved here and still to be sent, which has no id yet."""
    whole = sorted((*brief.entries, *waiting), key=lambda entry: entry.start)
    return replace(brief, entries=tuple(whole))


def lines(call: Call, brief: Brief) -> list[str]:
    """In the order of the day."""
    found = [(entry.start, entry_line(call, entry)) for entry in brief.entries]
    found += [(hole.start, _hole(call, hole)) for hole in gaps(brief, call.now, call.zone)]
    window = running(brief, call.now, call.zone)
    if brief.timer and window:
        found.append((window.start, _runs(call, brief, brief.timer, window)))
    found.sort(key=lambda line: line[0])
    hidden = len(found) - _MOST_LISTED
    more = [f"_{hidden} earlier lines are not shown; the total counts them._"] if hidden > 0 else []
    return [*more, *(line for _, line in found[-_MOST_LISTED:])]


def entry_line(call: Call, entry: TimeEntry, *, has_details: bool = False) -> str:
    first, _, details = phrasing.entry_line(call, entry).partition("\n")
    is_waiting = "" if entry.id else "  :inbox_tray:  to be sent"
    return f"{first}{is_waiting}\n{details}" if details and has_details else f"{first}{is_waiting}"


def sections(found: Sequence[str]) -> list[Block]:
    """As few as hold all of it."""
    texts = [""]
    for line in (cut_markup(line, _LONGEST_SECTION) for line in found):
        if texts[-1] and len(texts[-1]) + len(line) > _LONGEST_SECTION:
            texts.append("")
        texts[-1] += f"\n{line}" if texts[-1] else line
    return [section(text) for text in texts if text]


def _runs(call: Call, brief: Brief, timer: Timer, window: Window) -> str:
    """What may be forgotten is not counted before they have said when it ended."""
    title = f"*{phrasing.title(timer.work)}*"
    if is_left_on(brief, call.now, call.zone):
        return f"{phrasing.clock(call, timer.start)}–…   {title}   still running, not counted yet  :stopwatch:"
    end = "now" if window.end >= call.now else "…"
    length = phrasing.length(window.end - window.start)
    is_on = "" if end == "now" else ", still running"
    return f"{wall_time(window.start, call.zone)}–{end}   {title}   {length}{is_on}  :stopwatch:"


def _hole(call: Call, hole: Window) -> str:
    return f"_{phrasing.clock_range(call, hole)}   nothing   {phrasing.length(hole.end - hole.start)}_"
