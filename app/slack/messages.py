"""Every sentence that the app says in Slack. What people and providers wrote is escaped here."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from app.core.accounts import Caller
from app.core.dates import format_day
from app.core.durations import format_duration, to_minute
from app.core.errors import Reading
from app.core.logbook import total
from app.core.model import Account, Task, TimeEntry, Timer, Work
from app.core.times import wall_time
from app.core.tracker import Started
from app.slack import ids
from app.slack.blocks import Block, actions, button, confirm, context, cut, divider, escape, header, section
from app.slack.call import Call, Command, Reply

_MOST_LISTED = 40
_MOST_SHOWN = 15  # an entry takes two blocks with its buttons, and a message holds fifty


def timer_started(call: Call, caller: Caller, started: Started) -> Reply:
    timer = started.timer
    whose = "" if timer.assignee == caller.account.user_id else " for them"
    notes = [_details(timer.work)]
    if timer.is_held:
        notes.append(f"Kept here and saved to {caller.provider.label} as one entry when it stops.")
    if _looks_like_a_time(call.phrase.text) and not call.phrase.start:
        notes.append("The time in the text was kept as text. To start earlier, put it first: start at 9:30 …")
    first = [section(f":arrow_forward:  *{_title(timer.work)}*\nRunning{whose} since {_clock(call, timer.start)}")]
    if started.stopped:
        first.insert(0, context(f":white_check_mark:  Stopped {_span_of(call, started.stopped)}"))
    blocks = [*first, *_context(*notes)]
    if not whose:
        blocks.append(actions(_stop_button(timer), _cancel_button(call, timer)))
    before = f"Stopped {_plain_title(started.stopped.work)}. " if started.stopped else ""
    return Reply(f"{before}Started {_plain_title(timer.work)} at {_clock(call, timer.start)}", tuple(blocks))


def timer_stopped(call: Call, caller: Caller, entry: TimeEntry, day_total: timedelta | None) -> Reply:
    lines = [
        f":white_check_mark:  *{_title(entry.work)}*",
        f"Stopped after *{_length(entry.duration)}*  ·  {_when(call, entry)}",
    ]
    notes = [_details(entry.work)]
    if day_total is not None and entry.assignee == caller.account.user_id:
        notes.append(f"{_day_name(call, entry.start)}: {_against_target(call, day_total)}")
    text = f"Stopped {_plain_title(entry.work)} after {_length(entry.duration)}"
    return Reply(text, (section("\n".join(lines)), *_context(*notes), _entry_buttons(call, entry)))


def entry_logged(call: Call, caller: Caller, entry: TimeEntry, whose: Account) -> Reply:
    for_whom = "" if whose == caller.account else f" for <@{whose.user}>"
    lines = [
        f":white_check_mark:  *{_title(entry.work)}*",
        f"Logged{for_whom}: {_when(call, entry)} = *{_length(entry.duration)}*",
    ]
    text = f"Logged {_length(entry.duration)} on {_plain_title(entry.work)}, {_when(call, entry)}"
    return Reply(text, (section("\n".join(lines)), *_context(_details(entry.work)), _entry_buttons(call, entry)))


def entry_changed(call: Call, entry: TimeEntry) -> Reply:
    lines = [f":pencil2:  *{_title(entry.work)}*", f"Changed: {_when(call, entry)} = *{_length(entry.duration)}*"]
    text = f"Changed {_plain_title(entry.work)}: {_when(call, entry)} = {_length(entry.duration)}"
    return Reply(text, (section("\n".join(lines)), *_context(_details(entry.work)), _entry_buttons(call, entry)))


def entry_deleted(call: Call, entry: TimeEntry) -> Reply:
    text = f"Deleted {_plain_title(entry.work)}: {_when(call, entry)} = {_length(entry.duration)}"
    return Reply(text, (section(f":wastebasket:  Deleted {_span_of(call, entry)}"),))


def tags_changed(call: Call, on: TimeEntry | Timer) -> Reply:
    tags = ", ".join(f"#{tag}" for tag in on.work.tags) or "no tags"
    about = "the running timer" if isinstance(on, Timer) else _when(call, on)
    text = f"{_plain_title(on.work)} now has {tags}"
    return Reply(text, (section(f":label:  *{_title(on.work)}*\nNow has {escape(tags)}"), context(escape(about))))


def tags_listed(call: Call, caller: Caller, tags: Sequence[str]) -> Reply:
    if not tags:
        text = f"No tags are in use in {caller.provider.label} yet. Add one with {call.services.command} tag +design."
        return Reply(text, (section(escape(text)),))
    shown = cut("  ".join(f"`#{escape(tag).replace('`', '')}`" for tag in tags), 2900)
    return Reply(f"{len(tags)} tags in use: {', '.join(tags[:20])}", (section(f"*Tags in use*\n{shown}"),))


def status_shown(call: Call, caller: Caller, timer: Timer | None, entries: Sequence[TimeEntry]) -> Reply:
    done = total(list(entries)) + (_today_part(call, timer) if timer else timedelta())
    note = f"Today: {_against_target(call, done)}"
    if timer is None:
        blocks = [section("No timer is running."), context(note), actions(_log_button())]
        return Reply(f"No timer is running. {note}", tuple(blocks))
    kept = f"Kept here until it stops, then saved to {caller.provider.label}." if timer.is_held else ""
    running = f"Running for *{_length(timer.elapsed(call.now))}*, since {_clock(call, timer.start)}"
    first = section(f":stopwatch:  *{_title(timer.work)}*\n{running}")
    text = f"{_plain_title(timer.work)} has run for {_length(timer.elapsed(call.now))}. {note}"
    buttons = actions(_stop_button(timer), _cancel_button(call, timer))
    return Reply(text, (first, *_context(_details(timer.work), kept, note), buttons))


def day_shown(call: Call, day: date, entries: Sequence[TimeEntry], timer: Timer | None) -> Reply:
    done = total(list(entries)) + (_today_part(call, timer) if timer else timedelta())
    name = f"{_relative(call, day)}{format_day(day, call.today)}"
    summary = _against_target(call, done)
    lines = [_entry_line(call, entry) for entry in entries[-_MOST_LISTED:]]
    if timer:
        lines.append(
            f"{_clock(call, timer.start)}–now   *{_title(timer.work)}*   {_length(timer.elapsed(call.now))}  :stopwatch:"
        )
    hidden = len(entries) - _MOST_LISTED
    more = f"{hidden} earlier entries are not shown; the total counts them." if hidden > 0 else ""
    blocks = [header(name), *(section(line) for line in lines or ["Nothing is logged."]), context(summary, more)]
    blocks.append(actions(_log_button(day), *([_edit_day_button(day)] if entries else [])))
    return Reply(f"{name}: {len(entries)} entries, {summary}", tuple(blocks))


def week_shown(call: Call, monday: date, entries: Sequence[TimeEntry]) -> Reply:
    shown = [monday + timedelta(days=back) for back in range((call.today - monday).days + 1)]
    totals = {day: total([e for e in entries if e.start.astimezone(call.zone).date() == day]) for day in shown}
    lines = [
        f"{format_day(day, call.today):<11} {_bar(totals[day], call.person.target)}  {_length(totals[day])}"
        for day in shown
    ]
    whole = sum(totals.values(), timedelta())
    summary = f"{_length(whole)} logged this week"
    by_work = _totals_by_title(entries)
    ranking = [f"{escape(title)}  *{_length(length)}*" for title, length in by_work[:8]]
    chart = "```" + "\n".join(lines) + "```"
    blocks = [header(f"Week of {format_day(monday, call.today)}"), section(chart)]
    blocks += [divider(), section("\n".join(ranking))] if ranking else []
    return Reply(
        f"{summary}: " + ", ".join(f"{day:%a} {_length(totals[day])}" for day in shown), (*blocks, context(summary))
    )


def entries_to_pick(call: Call, day: date, entries: Sequence[TimeEntry]) -> Reply:
    name = f"{_relative(call, day)}{format_day(day, call.today)}"
    if not entries:
        text = f"{name}: nothing is logged, so there is nothing to change."
        return Reply(text, (section(text), actions(_log_button(day))))
    blocks: list[Block] = [header(f"Which entry? {name}")]
    for index, entry in enumerate(entries[-_MOST_SHOWN:]):
        blocks += [section(_entry_line(call, entry)), _entry_buttons(call, entry, index)]
    left = len(entries) - _MOST_SHOWN
    blocks += [context(f"{left} earlier entries are not shown here.")] if left > 0 else []
    return Reply(f"{name}: pick an entry to change or delete", tuple(blocks))


def cancel_asked(call: Call, timer: Timer) -> Reply:
    length = _length(timer.elapsed(call.now))
    question = f"Drop *{_title(timer.work)}*? It has run for *{length}*, and nothing of it will be saved."
    drop = button("Drop it", ids.action_id(ids.CANCEL), timer.id, style="danger")
    keep = button("Keep it running", ids.action_id(ids.SAY, 1), "status")
    return Reply(f"Drop {_plain_title(timer.work)}, {length}?", (section(question), actions(drop, keep)))


def timer_dropped(call: Call, timer: Timer) -> Reply:
    length = _length(timer.elapsed(call.now))
    text = f"Dropped {_plain_title(timer.work)} after {length}. Nothing was saved."
    return Reply(text, (section(f":wastebasket:  {escape(text)}"),))


def help_shown(call: Call, commands: Sequence[Command]) -> Reply:
    name = call.services.command
    lines = [f"`{name} {command.word.name}`  {escape(command.summary)}" for command in commands]
    examples = "\n".join(
        f"`{name} {escape(command.examples[0])}`"
        for command in commands
        if command.word.name in ("start", "log", "tag")
    )
    grammar = (
        "Lengths: `1h30m` `1:30` `90m` `1.5h`   Times: `9:30` `930` `9am` `9-11:30`   Days: `yesterday` `mon` `18 nov`\n"
        "They stand before the task. What follows is yours and is never read as a time."
    )
    blocks = (
        section("*What you can type*"),
        section("\n".join(lines)),
        section(f"*For example*\n{examples}"),
        context(grammar),
    )
    more = context(f"More about one: `{name} help log`. The same words work in a direct message to this app.")
    return Reply(f"{name}: {', '.join(command.word.name for command in commands)}", (*blocks, more))


def help_on_shown(call: Call, command: Command) -> Reply:
    name = call.services.command
    examples = "\n".join(f"`{name} {escape(example)}`" for example in command.examples)
    also = f"Also: {', '.join(escape(alias) for alias in command.word.aliases)}" if command.word.aliases else ""
    body = f"*{command.word.name}*  {escape(command.summary)}\n`{name} {escape(command.usage)}`"
    text = f"{name} {command.usage}: {command.summary}"
    return Reply(text, (section(body), section(f"*For example*\n{examples}"), *_context(also)))


def question_asked(call: Call, sentence: str, readings: Sequence[Reading]) -> Reply:
    buttons = [
        button(reading.label, ids.action_id(ids.SAY, index), cut(reading.line, 2000))
        for index, reading in enumerate(readings)
    ]
    return Reply(sentence, (section(f":thinking_face:  {escape(sentence)}"), *([actions(*buttons)] if buttons else [])))


def refused(sentence: str, *buttons: Block) -> Reply:
    return Reply(
        sentence, (section(f":warning:  {_with_mentions(sentence)}"), *([actions(*buttons)] if buttons else []))
    )


def refused_with_text(sentence: str, typed: str, operation_id: str = "") -> Reply:
    """A refusal that comes after the form has closed: nothing typed is lost."""
    kept = section(f"You wrote: {escape(typed)}")
    again = [actions(button("Open the form again", ids.action_id(ids.AGAIN), operation_id))] if operation_id else []
    return Reply(f"{sentence} You wrote: {typed}", (section(f":warning:  {_with_mentions(sentence)}"), kept, *again))


def still_waiting(label: str) -> Reply:
    text = f"{label} is slow to answer. I'm still at it and will tell you here."
    return Reply(text, (context(f":hourglass_flowing_sand:  {text}"),))


def form_expired(name: str, value: str) -> Reply:
    """`name` and `value` are those of the button that asked for the form."""
    text = "Slack was too slow to open the form. Press the button to open it again."
    return Reply(text, (section(text), actions(button("Open the form", ids.action_id(name), value))), is_refusal=True)


def form_offered(name: str, value: str) -> Reply:
    text = "I can open the form from a button."
    return Reply(text, (section(text), actions(button("Open the form", ids.action_id(name), value))))


def with_trouble(view: Block, sentence: str) -> Block:
    """The same form with a sentence above it; blocks keep their names, so what was typed stays."""
    kept = ("type", "callback_id", "title", "close", "submit", "private_metadata")
    fields = [block for block in view["blocks"] if block["type"] == "input"]
    return {key: view[key] for key in kept if view.get(key)} | {
        "blocks": [section(f":warning:  {_with_mentions(sentence)}"), *fields]
    }


def plain(sentence: str) -> str:
    """For where Slack shows no mentions: in errors at a field."""
    return re.sub(r"<@[UW][A-Z0-9]+>", "That person", sentence)


def task_choice(task: Task) -> str:
    label = f"{task.custom_id} {task.name}" if task.custom_id else task.name
    return cut(f"{label} · {task.place}" if task.place else label, 75)


def went_wrong(reference: str) -> Reply:
    text = (
        "Something went wrong here, and it was our fault. Check today's entries, then try again. "
        f"If it stays, tell whoever runs this app: {reference}."
    )
    return Reply(text, (section(f":warning:  {text}"),))


def task_label(work: Work) -> str:
    return _plain_title(work)


def _title(work: Work) -> str:
    return escape(cut(_plain_title(work), 200)).replace("*", "∗")


def _plain_title(work: Work) -> str:
    if work.task:
        return f"{work.task.name} ({work.task.custom_id})" if work.task.custom_id else work.task.name
    return work.description or "Time without a task"


def _details(work: Work) -> str:
    parts = [cut(work.description, 300) if work.task else ""]
    parts += [" ".join(f"#{tag}" for tag in work.tags), "billable" if work.billable else ""]
    return "  ·  ".join(escape(part) for part in parts if part)


def _context(*notes: str) -> list[Block]:
    kept = [note for note in notes if note]
    return [context(*kept)] if kept else []


def _clock(call: Call, moment: datetime) -> str:
    local = moment.astimezone(call.zone)
    day = "" if local.date() == call.today else f"{format_day(local.date(), call.today)}, "
    return f"{day}{wall_time(moment, call.zone)}"


def _when(call: Call, entry: TimeEntry) -> str:
    """`Tue 3 Mar, 14:00–15:30`, as the person's clocks showed it."""
    start, end = (moment.astimezone(call.zone).date() for moment in (entry.start, entry.end))
    shown_end = str(wall_time(entry.end, call.zone))
    if end != start:
        shown_end = (
            f"24:00{shown_end[5:]}" if shown_end.startswith("00:00") else f"{format_day(end, call.today)}, {shown_end}"
        )
    return f"{format_day(start, call.today)}, {wall_time(entry.start, call.zone)}–{shown_end}"


def _length(duration: timedelta) -> str:
    """To the minute; what is shorter is told in seconds."""
    return format_duration(duration if timedelta() < duration < timedelta(seconds=30) else to_minute(duration))


def _span_of(call: Call, entry: TimeEntry) -> str:
    return f"*{_title(entry.work)}*  ·  {_when(call, entry)} = *{_length(entry.duration)}*"


def _entry_line(call: Call, entry: TimeEntry) -> str:
    start, end = (wall_time(moment, call.zone) for moment in (entry.start, entry.end))
    lock = "  :lock:" if entry.is_locked else ""
    details = _details(entry.work)
    line = f"{start}–{end}   *{_title(entry.work)}*   {_length(entry.duration)}{lock}"
    return f"{line}\n_{details}_" if details else line


def _against_target(call: Call, done: timedelta) -> str:
    missing = call.person.target - done
    rest = f", {_length(missing)} to go" if missing > timedelta(seconds=30) else ""
    return f"{_length(done)} of {_length(call.person.target)}{rest}"


def _today_part(call: Call, timer: Timer) -> timedelta:
    midnight = call.now.astimezone(call.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return call.now - max(timer.start, midnight)


def _day_name(call: Call, moment: datetime) -> str:
    day = moment.astimezone(call.zone).date()
    return "Today" if day == call.today else format_day(day, call.today)


def _relative(call: Call, day: date) -> str:
    return {0: "Today, ", 1: "Yesterday, "}.get((call.today - day).days, "")


def _bar(done: timedelta, target: timedelta) -> str:
    full = min(round(10 * done / target), 10) if target else 0
    return "█" * full + "░" * (10 - full)


def _totals_by_title(entries: Sequence[TimeEntry]) -> list[tuple[str, timedelta]]:
    totals: dict[str, timedelta] = {}
    for entry in entries:
        title = cut(_plain_title(entry.work), 80)
        totals[title] = totals.get(title, timedelta()) + entry.duration
    return sorted(totals.items(), key=lambda item: item[1], reverse=True)


def _looks_like_a_time(text: str) -> bool:
    words = text.casefold().split()[-2:]
    return len(words) == 2 and (
        (words[0] == "at" and words[1][0].isdigit()) or (words[1] == "ago" and words[0][0].isdigit())
    )


def _with_mentions(sentence: str) -> str:
    """Escaped, but for the mentions of people that our own sentences make."""
    return re.sub(r"&lt;@([UW][A-Z0-9]+)&gt;", r"<@\1>", escape(sentence))


def _stop_button(timer: Timer) -> Block:
    return button("Stop", ids.action_id(ids.STOP), timer.id, style="primary")


def _cancel_button(call: Call, timer: Timer) -> Block:
    question = confirm("Drop this timer?", f"*{_title(timer.work)}* is dropped and nothing of it is saved.", "Drop it")
    return button("Drop", ids.action_id(ids.CANCEL), timer.id, confirm=question)


def _log_button(day: date | None = None) -> Block:
    return button("Log time", ids.action_id(ids.FORM), f"log {day}" if day else "log")


def _edit_day_button(day: date) -> Block:
    return button("Edit", ids.action_id(ids.SAY), f"edit {day}")


def _entry_buttons(call: Call, entry: TimeEntry, index: int = 0) -> Block:
    question = confirm("Delete this entry?", f"{_span_of(call, entry)} will be gone for good.", "Delete it")
    return actions(
        button("Edit", ids.action_id(ids.EDIT, index), entry.id),
        button("Delete", ids.action_id(ids.DELETE, index), entry.id, style="danger", confirm=question),
    )
