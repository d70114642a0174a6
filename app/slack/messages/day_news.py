"""What a click on the message at the end of the day has come to, as sentences in plain words."""

from collections.abc import Sequence
from datetime import timedelta

from app.core.day_copying import Copied
from app.core.day_total import day_total
from app.core.errors import AlreadySent, ProviderError, PutOff, TimerError
from app.core.model import TimeEntry
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
    overlaps = day_total(entry, brief.entries, is_mine=True).overlaps if brief else ()
    if not overlaps:
        return (f"{said}.",)
    return f"{said}.", f":warning:  It overlaps {_names(call, overlaps)}. If that wasn't meant, undo it."


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


def _names(call: Call, entries: Sequence[TimeEntry]) -> str:
    shown = ", ".join(_name(call, entry) for entry in entries[:_MOST_NAMED])
    more = len(entries) - _MOST_NAMED
    return f"{shown} and {more} more" if more > 0 else shown


def _name(call: Call, entry: TimeEntry) -> str:
    title = cut(" ".join(phrasing.plain_title(entry.work).split()), 80)
    return f"{title}, {phrasing.when(call, entry)} = {phrasing.length(entry.duration)}"
