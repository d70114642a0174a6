"""Time entries: logged, changed, deleted, tagged, and picked from a day."""

from collections.abc import Sequence
from datetime import date

from app.core.accounts import Caller
from app.core.dates import format_day
from app.core.day_total import DayTotal
from app.core.model import Account, TimeEntry, Timer
from app.core.operations import Delete, Tag
from app.slack.blocks import Block, actions, context, cut_markup, escape, header, section
from app.slack.call import Call, Reply
from app.slack.messages import phrasing

_MOST_SHOWN = 15  # an entry takes two blocks with its buttons, and a message holds fifty


def entry_logged(
    call: Call, caller: Caller, entry: TimeEntry, whose: Account, day_total: DayTotal | None = None
) -> Reply:
    for_whom = "" if whose == caller.account else f" for <@{whose.user}>"
    lines = [
        f":white_check_mark:  *{phrasing.title(entry.work)}*",
        f"Logged{for_whom}: {phrasing.when(call, entry)} = *{phrasing.length(entry.duration)}*",
    ]
    text = (
        f"Logged {phrasing.length(entry.duration)} on {phrasing.plain_title(entry.work)}, {phrasing.when(call, entry)}"
    )
    return Reply(
        text,
        (
            section("\n".join(lines)),
            *phrasing.notes(phrasing.details(entry.work), phrasing.kept_as_text(call, "log 1h yesterday …")),
            *phrasing.overlap(call, day_total),
            phrasing.entry_buttons(call, entry, undoes=caller.operation_id),
        ),
    )


def entry_changed(call: Call, caller: Caller, entry: TimeEntry) -> Reply:
    lines = [
        f":pencil2:  *{phrasing.title(entry.work)}*",
        f"Changed: {phrasing.when(call, entry)} = *{phrasing.length(entry.duration)}*",
    ]
    text = (
        f"Changed {phrasing.plain_title(entry.work)}: {phrasing.when(call, entry)} = {phrasing.length(entry.duration)}"
    )
    buttons = phrasing.entry_buttons(call, entry, undoes=caller.operation_id)
    return Reply(text, (section("\n".join(lines)), *phrasing.notes(phrasing.details(entry.work)), buttons))


def entry_deleted(call: Call, caller: Caller, entry: TimeEntry) -> Reply:
    text = (
        f"Deleted {phrasing.plain_title(entry.work)}: {phrasing.when(call, entry)} = {phrasing.length(entry.duration)}"
    )
    undo = phrasing.undo_buttons(caller, Delete, caller.operation_id, entry.assignee)
    return Reply(text, (section(f":wastebasket:  Deleted {phrasing.span_of(call, entry)}"), *undo))


def tags_changed(call: Call, caller: Caller, on: TimeEntry | Timer) -> Reply:
    tags = ", ".join(f"#{tag}" for tag in on.work.tags) or "no tags"
    about = "the running timer" if isinstance(on, Timer) else phrasing.when(call, on)
    text = f"{phrasing.plain_title(on.work)} now has {tags}"
    said = section(f":label:  *{phrasing.title(on.work)}*\nNow has {escape(tags)}")
    return Reply(text, (said, context(escape(about)), *phrasing.undo_buttons(caller, Tag, caller.operation_id)))


def tags_listed(call: Call, caller: Caller, tags: Sequence[str]) -> Reply:
    if not tags:
        text = f"No tags are in use in {caller.provider.label} yet. Add one with {call.services.command} tag +design."
        return Reply(text, (section(escape(text)),))
    shown = cut_markup("  ".join(f"`#{escape(tag).replace('`', '')}`" for tag in tags), 2900)
    return Reply(f"{len(tags)} tags in use: {', '.join(tags[:20])}", (section(f"*Tags in use*\n{shown}"),))


def entries_to_pick(call: Call, caller: Caller, day: date, entries: Sequence[TimeEntry]) -> Reply:
    name = f"{phrasing.relative(call, day)}{format_day(day, call.today)}"
    if not entries:
        text = f"{name}: nothing is logged, so there is nothing to change."
        return Reply(text, (section(text), *phrasing.what_is_missing(caller), actions(phrasing.log_button(day))))
    blocks: list[Block] = [header(f"Which entry? {name}")]
    for index, entry in enumerate(entries[-_MOST_SHOWN:]):
        blocks += [section(phrasing.entry_line(call, entry)), phrasing.entry_buttons(call, entry, index)]
    left = len(entries) - _MOST_SHOWN
    blocks += [context(f"{left} earlier entries are not shown here.")] if left > 0 else []
    blocks += phrasing.what_is_missing(caller)
    return Reply(f"{name}: pick an entry to change or delete", tuple(blocks))
