"""What runs now, a day, and a week."""

from collections.abc import Sequence
from datetime import date, timedelta

from app.core.accounts import Caller
from app.core.briefs import is_left_on
from app.core.dates import format_day
from app.core.logbook import total
from app.core.model import TimeEntry, Timer
from app.core.reminder import Brief
from app.core.times import start_of_day
from app.slack.blocks import actions, context, cut, divider, escape, header, section
from app.slack.call import Call, Reply
from app.slack.messages import phrasing

_MOST_LISTED = 40


def status_shown(call: Call, caller: Caller, timer: Timer | None, entries: Sequence[TimeEntry] | None) -> Reply:
    """Without entries where they could not be read: what runs may be known all the same."""
    label = caller.provider.label
    note = f"{label} isn't answering." if entries is None else f"Today: {_summary(call, entries, timer, call.today)}"
    whose = _somebody_else(call)
    if timer is None:
        text = "No timer is running."
        buttons = [] if whose else [actions(phrasing.log_button())]
        said = (section(text), *phrasing.notes(whose, note), *phrasing.what_is_missing(caller), *buttons)
        return Reply(f"{text} {note}", said)
    length = phrasing.length(timer.elapsed(call.now))
    kept = f"Kept here until it stops, then saved to {caller.provider.label}." if timer.is_held else ""
    running = f"Running for *{length}*, since {phrasing.clock(call, timer.start)}"
    first = section(f":stopwatch:  *{phrasing.title(timer.work)}*\n{running}")
    buttons = [] if whose else [actions(phrasing.stop_button(timer), phrasing.cancel_button(call, timer))]
    text = f"{phrasing.plain_title(timer.work)} has run for {length}. {note}"
    notes = phrasing.notes(whose, phrasing.details(timer.work), kept, note)
    return Reply(text, (first, *notes, *phrasing.what_is_missing(caller), *buttons))


def day_shown(call: Call, caller: Caller, day: date, entries: Sequence[TimeEntry], timer: Timer | None) -> Reply:
    name = f"{phrasing.relative(call, day)}{format_day(day, call.today)}"
    summary, whose = _summary(call, entries, timer, day), _somebody_else(call)
    lines = [phrasing.entry_line(call, entry) for entry in entries[-_MOST_LISTED:]]
    if timer:
        length = phrasing.length(timer.elapsed(call.now))
        since = phrasing.clock(call, timer.start)
        lines.append(f"{since}–now   *{phrasing.title(timer.work)}*   {length}  :stopwatch:")
    hidden = len(entries) - _MOST_LISTED
    more = f"{hidden} earlier entries are not shown; the total counts them." if hidden > 0 else ""
    listed = [section(line) for line in lines or ["Nothing is logged."]]
    edit = [phrasing.edit_day_button(day)] if entries else []
    buttons = [] if whose else [actions(phrasing.log_button(day), *edit)]
    text = f"{name}: {len(entries)} entries, {summary}"
    notes = (*phrasing.notes(whose, summary, more), *phrasing.what_is_missing(caller))
    return Reply(text, (header(name), *listed, *notes, *buttons))


def week_shown(call: Call, caller: Caller, monday: date, entries: Sequence[TimeEntry]) -> Reply:
    shown = [monday + timedelta(days=back) for back in range((call.today - monday).days + 1)]
    totals = {day: total([e for e in entries if e.start.astimezone(call.zone).date() == day]) for day in shown}
    lines = [
        f"{format_day(day, call.today):<11} {_bar(totals[day], call.person.rhythm.target(day))}  {phrasing.length(totals[day])}"
        for day in shown
    ]
    whole = sum(totals.values(), timedelta())
    summary = f"{phrasing.length(whole)} logged this week"
    by_work = _totals_by_title(entries)
    ranking = [f"{escape(title)}  *{phrasing.length(length)}*" for title, length in by_work[:8]]
    chart = "```" + "\n".join(lines) + "```"
    blocks = [header(f"Week of {format_day(monday, call.today)}"), section(chart)]
    blocks += [divider(), section("\n".join(ranking))] if ranking else []
    return Reply(
        f"{summary}: " + ", ".join(f"{day:%a} {phrasing.length(totals[day])}" for day in shown),
        (*blocks, context(summary), *phrasing.what_is_missing(caller)),
    )


def _bar(done: timedelta, target: timedelta) -> str:
    full = min(round(10 * done / target), 10) if target else 0
    return "█" * full + "░" * (10 - full)


def _totals_by_title(entries: Sequence[TimeEntry]) -> list[tuple[str, timedelta]]:
    totals: dict[str, timedelta] = {}
    for entry in entries:
        title = cut(phrasing.plain_title(entry.work), 80)
        totals[title] = totals.get(title, timedelta()) + entry.duration
    return sorted(totals.items(), key=lambda item: item[1], reverse=True)


def _today_part(call: Call, timer: Timer) -> timedelta:
    """What was probably forgotten yesterday is no work of today's."""
    if is_left_on(Brief(call.today, (), timer, call.now), call.now, call.zone):
        return timedelta()
    return call.now - max(timer.start, start_of_day(call.today, call.zone))


def _somebody_else(call: Call) -> str:
    """Whose time it is, where it is not the caller's own: then there is nothing to press."""
    other = call.phrase.assignee
    return f"<@{other}>" if other not in ("", call.person.user) else ""


def _summary(call: Call, entries: Sequence[TimeEntry], timer: Timer | None, day: date) -> str:
    """Against the target where it is the caller's own."""
    done = total(list(entries)) + (_today_part(call, timer) if timer else timedelta())
    return phrasing.length(done) if _somebody_else(call) else phrasing.against_target(call, done, day)
