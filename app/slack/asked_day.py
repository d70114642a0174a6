"""The day that a message at its end is about: which one it is, how it stands now, and how it is told after a click."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from app.core.accounts import Caller
from app.core.briefs import rest
from app.core.dates import format_day
from app.core.decision import TOLERANCE, after_reading
from app.core.errors import EntryNotFound, NoAnswer, PutOff, TimerError
from app.core.model import Account, Draft, TimeEntry
from app.core.operations import Create, Operation, State
from app.core.reminder import Brief, Decision, Kind, Rule
from app.slack import messages
from app.slack.call import Call, Reply
from app.slack.messages import DayNews

OLDEST = timedelta(days=14)
_PATIENCE = 2.0
_NOT_YET = (State.QUEUED, State.WAITING, State.UNSURE, State.SENDING)


def named_day(call: Call, said: str) -> date:
    """The day of the message, however late it is clicked. Raises `EntryNotFound`."""
    command = call.services.command
    try:
        day = date.fromisoformat(said.split()[0])
    except (ValueError, IndexError):
        raise EntryNotFound(f"I can't tell which day that is about. Type {command} today.") from None
    if day > call.today:
        raise EntryNotFound(f"{format_day(day, call.today)} is still to come for you, so there is nothing to log yet.")
    if call.today - day > OLDEST:
        shown = format_day(day, call.today)
        raise EntryNotFound(
            f"That message is about {shown}, more than two weeks ago. Type {command} edit {shown}, or {command} log {shown}."
        )
    return day


async def latest(call: Call, day: date) -> Brief | None:
    """As it stands now; None where that can't be read at once."""
    try:
        async with asyncio.timeout(_PATIENCE):
            return await call.services.briefs.read(await call.caller(), day)
    except (TimerError, TimeoutError):
        return None


async def waiting(call: Call, caller: Caller, day: date) -> tuple[TimeEntry, ...]:
    """What is saved here of their own time on that day, and still to be sent."""
    pending = await call.services.store.pending(call.person.team, call.person.user)
    drafts = [draft for operation in pending if (draft := _draft(operation, caller))]
    of_day = [draft for draft in drafts if draft.start.astimezone(call.zone).date() == day]
    return tuple(TimeEntry("", one.work, one.start, one.end, one.assignee, is_timed=one.is_timed) for one in of_day)


async def told(
    call: Call, caller: Caller, brief: Brief, sentences: Sequence[str] = (), undoes: Sequence[str] = ()
) -> Reply:
    """The message as it is rewritten; of a day that is complete nothing more is sent."""
    held = await waiting(call, caller, brief.day)
    if is_complete(call, brief, held):
        decision = after_reading(call.person, with_entries(brief, held), call.now)
        await close(call, brief.day, decision.rule, decision.about)
    return messages.day_asked(call, caller, brief, DayNews(tuple(sentences), tuple(undoes), held))


async def retold(
    call: Call, caller: Caller, day: date, sentences: Sequence[str], *, without: Sequence[TimeEntry] = ()
) -> Reply:
    """After something is done, whatever can still be read; lists may still show what is gone by now."""
    brief, gone = await latest(call, day), {entry.id for entry in without}
    if brief is None:
        return messages.day_unread(call, day, DayNews(tuple(sentences)))
    left = replace(brief, entries=tuple(entry for entry in brief.entries if entry.id not in gone))
    return await told(call, caller, left, sentences)


def is_complete(call: Call, brief: Brief, held: Sequence[TimeEntry]) -> bool:
    """By what is there now: nothing closes because of what may still be worked."""
    missing, _ = rest(with_entries(brief, held), call.person.rhythm.target(brief.day), call.now, call.zone)
    return missing <= TOLERANCE


async def close(call: Call, day: date, rule: Rule, about: str = "") -> None:
    who, decision = call.person, Decision(rule, about)
    await call.services.store.reminders.close(who.team, who.user, Kind.DAY, day, decision, call.now)


def with_entries(brief: Brief, more: Sequence[TimeEntry]) -> Brief:
    """Lists may lag behind what was made a moment ago."""
    known = {entry.id for entry in brief.entries}
    whole = (*brief.entries, *(entry for entry in more if not entry.id or entry.id not in known))
    return replace(brief, entries=tuple(sorted(whole, key=lambda entry: entry.start)))


async def filled(call: Call, caller: Caller, draft: Draft, whose: Account) -> Reply:
    """What the form that the message opened has logged, told in the message. Raises what `Logbook.log` raises."""
    day = named_day(call, call.metadata.get("day", ""))
    entry, said = None, ""
    undoes: tuple[str, ...] = (caller.operation_id,)
    try:
        entry = await call.services.logbook.log(caller, draft.work, draft.start, draft.end, whose)
    except PutOff as error:
        said = error.sentence
    except NoAnswer as error:
        said, undoes = error.sentence, ()
    brief = await latest(call, day)
    if entry and brief and whose == caller.account and entry.start.astimezone(call.zone).date() == day:
        brief = with_entries(brief, (entry,))
    news = messages.day_logged(call, entry, brief) if entry else (messages.day_kept(said),)
    if brief is None:
        return messages.day_unread(call, day, DayNews(news, undoes))
    return await told(call, caller, brief, news, undoes)


def _draft(operation: Operation, caller: Caller) -> Draft | None:
    """Of the caller's own time, in the workspace that is read."""
    me, intent = caller.account, operation.intent
    is_here = (operation.provider, operation.workspace_id) == (me.provider, me.workspace_id)
    if not is_here or not isinstance(intent, Create) or operation.state not in _NOT_YET:
        return None
    return intent.draft if intent.draft.assignee == me.user_id else None
