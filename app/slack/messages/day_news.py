"""What a click on the message at the end of the day has come to, as sentences in plain words."""

from collections.abc import Sequence
from datetime import timedelta

from app.core.briefs import occupied
from app.core.day_copying import Copied
from app.core.day_total import day_total
from app.core.errors import AlreadySent, ProviderError, PutOff, TimerError
from app.core.model import TimeEntry, Window
from app.core.reminder import Brief
from app.slack.blocks import cut
from app.slack.call import Call
from app.slack.messages import phrasing

_MOST_NAMED = 5


def day_kept(sentence: str) -> str:
    return f":inbox_tray:  {sentence}"


def day_logged(call: Call, entry: TimeEntry, brief: Brief | None) -> tuple[str, ...]:
    """Overlapping time is saved as it was said, and shown."""
    said = f":white_check_mark:  Logged {_name(call, entry)}"
    there = occupied(brief, call.now, call.zone) if brief else ()
    overlaps = day_total(entry, there, is_mine=True).overlaps
    if not overlaps:
        return (f"{said}.",)
    return f"{said}.", f":warning:  It overlaps {_overlapped(call, entry, overlaps)}"


def day_copied(call: Call, copied: Sequence[Copied]) -> tuple[str, ...]:
    """What was logged, and of the rest what became of it and why."""
    logged = [one.entry for one in copied if one.entry]
    said = [f":white_check_mark:  Logged {_count(logged)}."] if logged else []
    reasons = dict.fromkeys(one.error.sentence for one in copied if one.error)
    for reason in reasons:
        same = [one for one in copied if one.error and one.error.sentence == reason]
        said.append(f"{_how(same[0].error)}: {_names(call, [one.piece.entry for one in same])}. {reason}")
    return tuple(said)


def day_undone(count: int, errors: Sequence[TimerError]) -> tuple[str, ...]:
    gone = "One entry is" if count == 1 else f"{count} entries are"
    left = dict.fromkeys(error.sentence for error in errors)
    return (
        f":leftwards_arrow_with_hook:  Undone: {gone} gone again.",
        *(f":warning:  Not all of it: {reason}" for reason in left),
    )


def _how(error: TimerError | None) -> str:
    if isinstance(error, PutOff):
        return ":inbox_tray:  Kept here"
    if isinstance(error, AlreadySent) or (isinstance(error, ProviderError) and error.may_have_happened):
        return ":inbox_tray:  Not sure yet"
    return ":warning:  Not logged"


def _count(entries: Sequence[TimeEntry]) -> str:
    length = phrasing.length(sum((entry.duration for entry in entries), timedelta()))
    return f"one entry, {length}" if len(entries) == 1 else f"{len(entries)} entries, {length}"


def _overlapped(call: Call, entry: TimeEntry, overlaps: Sequence[TimeEntry]) -> str:
    """One a line, for a name and its times have commas of their own; the day only where it is another."""
    undo = "If that wasn't meant, undo it."
    names = [_beside(call, entry, other) for other in overlaps[:_MOST_NAMED]]
    more = len(overlaps) - _MOST_NAMED
    names += [f"and {more} more"] if more > 0 else []
    if len(names) == 1:
        return f"{names[0]}. {undo}"
    return "\n".join(("what is there already:", *(f"• {name}" for name in names), undo))


def _beside(call: Call, entry: TimeEntry, other: TimeEntry) -> str:
    is_same_day = entry.start.astimezone(call.zone).date() == other.start.astimezone(call.zone).date()
    when = phrasing.clock_range(call, Window(other.start, other.end)) if is_same_day else phrasing.when(call, other)
    return f"{_title(other)} {when}"


def _names(call: Call, entries: Sequence[TimeEntry]) -> str:
    shown = ", ".join(_name(call, entry) for entry in entries[:_MOST_NAMED])
    more = len(entries) - _MOST_NAMED
    return f"{shown} and {more} more" if more > 0 else shown


def _name(call: Call, entry: TimeEntry) -> str:
    return f"{_title(entry)}, {phrasing.when(call, entry)} = {phrasing.length(entry.duration)}"


def _title(entry: TimeEntry) -> str:
    return cut(" ".join(phrasing.plain_title(entry.work).split()), 80)
