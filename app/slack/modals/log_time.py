"""The form to log time: what it shows, and what is read out of it."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.core.accounts import Caller
from app.core.durations import format_duration, parse_duration, to_minute
from app.core.errors import NotReached, NotUnderstood, TimerError
from app.core.logbook import place
from app.core.model import Account, Draft, TimeEntry, Work
from app.core.offers import check_times
from app.core.permissions import Deed, may_for_anybody
from app.core.times import WallTime, instant
from app.core.unchanged import seen_as
from app.slack import ids, messages
from app.slack.blocks import (
    Block,
    context,
    date_input,
    field,
    modal,
    person_input,
    text_input,
    time_input,
)
from app.slack.call import UNKNOWN_ZONE, Answer, Call, Form
from app.slack.modals import work_fields
from app.slack.modals.work_fields import element, text

_LOOK_UP_SECONDS = 5
_LONGEST_SOUGHT = 200


async def form(call: Call) -> Answer:
    """Opens with what the line said; a task that it named is looked up once the form is open.

    Until then it has no fields: Slack keeps what a field holds when a view is updated, so one that is already there
    could not be filled any more.
    """
    caller = await call.caller()
    check_times(caller, call.now)
    phrase = call.phrase
    whose = await call.services.accounts.assignee(caller, phrase.assignee, Deed.LOG)
    said = ": ".join(part for part in (phrase.task, phrase.text) if part)
    known = Work(None, said, phrase.tags, phrase.billable)
    opened = view(call, caller, known, whose, day=phrase.day, start=phrase.start)
    if not (phrase.task or (phrase.text and not phrase.is_description)):
        return Form(opened)

    async def fill() -> Block:
        try:
            async with asyncio.timeout(_LOOK_UP_SECONDS):
                work = await call.services.worklist.work(caller, phrase)
        except TimerError as error:
            return messages.with_trouble(opened, error.sentence)
        except TimeoutError:
            return messages.with_trouble(opened, messages.not_looked_up(caller.provider.label))
        if work.sought:
            return messages.with_trouble(opened, messages.not_looked_up(caller.provider.label))
        found = view(call, caller, work, whose, day=phrase.day, start=phrase.start)
        if work.description and not caller.provider.capabilities.description:
            return messages.with_note(found, messages.words_left_out(caller, work.description))
        return found

    return Form(_looking_up(opened), fill)


def reopened(call: Call, caller: Caller, draft: Draft, whose: Account, operation_id: str) -> Form:
    """With what waits as `operation_id`. The task that it still seeks is looked up, now if that is possible."""

    def shown(work: Work) -> Block:
        return view(call, caller, work, whose, start=draft.start, end=draft.end, instead_of=operation_id)

    work = draft.work
    if len(work.sought) > _LONGEST_SOUGHT:  # a form carries only so much besides its fields
        work = replace(work, description=": ".join(filter(None, (work.sought, work.description))), sought="")
    opened = shown(work)
    if not work.sought:
        return Form(opened)

    async def fill() -> Block:
        try:
            async with asyncio.timeout(_LOOK_UP_SECONDS):
                return shown(await call.services.worklist.found(caller, work))
        except (NotReached, TimeoutError):
            return messages.with_note(opened, messages.looked_up_later(work))
        except TimerError as error:
            return messages.with_trouble(opened, error.sentence)

    return Form(_looking_up(opened), fill)


def _looking_up(opened: Block) -> Block:
    waiting = context(":hourglass_flowing_sand:  Looking up the task …")
    return modal("Log time", ids.LOG_FORM, [waiting], metadata=opened["private_metadata"])


def view(
    call: Call,
    caller: Caller,
    work: Work,
    whose: Account,
    *,
    day: date | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
    length: timedelta | None = None,
    entry: TimeEntry | None = None,
    instead_of: str = "",
    rewrites: date | None = None,
) -> Block:
    """The form for a new entry, or for `entry` as it is; `instead_of` is the operation that it takes the place of.

    It `rewrites` the message about that day.
    """
    begins = (entry.start if entry else start) or None
    ends = (entry.end if entry else end) or None
    shown_day = begins.astimezone(call.zone).date() if begins else day or call.today
    offered, said = caller.provider.capabilities, format_duration(length) if length else ""
    blocks = [
        work_fields.task_field(offered, work),
        field("Date", ids.DATE, date_input(shown_day.isoformat())),
        *(_clock_fields(call, begins, ends, said) if offered.clock_times else [_length_field(entry, said)]),
        *work_fields.offered_fields(offered, work),
    ]
    if offered.assignees and may_for_anybody(caller.account, Deed.LOG) and not entry:
        blocks.append(field("Whose time", ids.ASSIGNEE, person_input(whose.user)))
    if entry:
        metadata = ids.metadata(form=call.operation_id, entry=entry.id, seen=seen_as(entry, call.zone))
        return modal("Edit time entry", ids.EDIT_FORM, blocks, submit="Save", metadata=metadata)
    carried = {"instead_of": instead_of, "sought": work.sought, "day": rewrites.isoformat() if rewrites else ""}
    metadata = ids.metadata(form=call.operation_id, **{name: value for name, value in carried.items() if value})
    return modal("Log time", ids.LOG_FORM, blocks, submit="Log time", metadata=metadata)


def _clock_fields(call: Call, begins: datetime | None, ends: datetime | None, said: str) -> list[Block]:
    hint = "1h30m, 90m, 1:30 or 1.5h. Or leave it empty and give both times."
    return [
        field("Duration", ids.DURATION, text_input(said, "1h30m", longest=40), hint=hint, is_optional=True),
        field("From", ids.FROM, time_input(_hhmm(begins, call.zone)), is_optional=True),
        field("To", ids.TO, time_input(_hhmm(ends, call.zone)), is_optional=True),
    ]


def _length_field(entry: TimeEntry | None, said: str) -> Block:
    """Where the provider keeps no time of day, the length is all that there is to say."""
    length = format_duration(to_minute(entry.duration)) if entry else said
    return field("Duration", ids.DURATION, text_input(length, "1h30m", longest=40), hint="1h30m, 90m, 1:30 or 1.5h.")


async def read(call: Call, caller: Caller, *, assignee: str, before: TimeEntry | None = None) -> Draft:
    """What the form says. Raises `NotUnderstood` and the like, with the field that it is about."""
    work = await work_fields.read(call, caller, before.work if before else Work(billable=None))
    if not (before or work.task or work.sought):
        work = replace(work, sought=call.metadata.get("sought", "")[:_LONGEST_SOUGHT])
    start, end = _times(call, before)
    return Draft(work, start, end, assignee)


def typed(call: Call) -> str:
    """What was written into the form, as one line, to hand back when it could not be saved."""
    task = (element(call, ids.TASK).get("selected_option") or {}).get("text", {}).get("text", "")
    task = task or call.metadata.get("sought", "")[:_LONGEST_SOUGHT]
    times = "–".join(part for part in (_time(call, ids.FROM), _time(call, ids.TO)) if part)
    parts = [text(call, ids.DURATION), times, element(call, ids.DATE).get("selected_date") or "", task]
    tags = [f"#{tag['value']}" for tag in element(call, ids.TAGS).get("selected_options") or []]
    whose = [f"for <@{chosen_person(call)}>"] if chosen_person(call) not in ("", call.person.user) else []
    billing = ["billable"] if work_fields.billable(call) else []
    words = (*parts, text(call, ids.DESCRIPTION), " ".join(tags), *billing, *whose)
    return " · ".join(part for part in words if part)


def says_a_time(call: Call) -> bool:
    """A length alone is put where there is a place for it, and overlaps by no choice of the person's."""
    return bool(_time(call, ids.FROM) or _time(call, ids.TO))


def chosen_person(call: Call) -> str:
    return str(element(call, ids.ASSIGNEE).get("selected_user") or "")


def _times(call: Call, before: TimeEntry | None) -> tuple[datetime, datetime]:
    if not call.is_zone_known:
        raise NotUnderstood(UNKNOWN_ZONE, field=ids.DATE)
    day = date.fromisoformat(element(call, ids.DATE).get("selected_date") or call.today.isoformat())
    if day > call.today:
        raise NotUnderstood("That day is still to come.", field=ids.DATE)
    written = text(call, ids.DURATION)
    length = parse_duration(written) if written else None
    if before and length and _is_untouched(call, day, length, before):
        return before.start, before.end
    start, end = (_instant(call, block, day, before) for block in (ids.FROM, ids.TO))
    if start and end:
        return start, _agreed(end, start, length)
    if length is None:
        missing = ids.TO if start else ids.DURATION
        raise NotUnderstood("How long was it? Give a duration, or both times.", field=missing)
    if start or end:
        return (start, start + length) if start else ((end or call.now) - length, end or call.now)
    return place(length, day, now=call.now, zone=call.zone)


def _is_untouched(call: Call, day: date, length: timedelta, before: TimeEntry) -> bool:
    """Day and length are as the form showed them, to the minute: then the entry keeps its seconds and its place."""
    is_timed = ids.FROM in call.state
    same_day = before.start.astimezone(call.zone).date() == day
    return not is_timed and same_day and to_minute(before.duration) == length


def _agreed(end: datetime, start: datetime, length: timedelta | None) -> datetime:
    if end == start:
        raise NotUnderstood("Both times are the same. Give a later end, or a duration instead.", field=ids.TO)
    if end < start:
        raise NotUnderstood("This is before the beginning.", field=ids.TO)
    if length is not None and end - start != length:
        raise NotUnderstood("This is not what lies between the two times. Leave one of them empty.", field=ids.DURATION)
    return end


def _instant(call: Call, block: str, day: date, before: TimeEntry | None) -> datetime | None:
    """A time that was not touched keeps its seconds, and its place in a fold."""
    picked = _time(call, block)
    if not picked:
        return None
    old = (before.start if block == ids.FROM else before.end) if before else None
    if old and _hhmm(old, call.zone) == picked and before and before.start.astimezone(call.zone).date() == day:
        return old
    clock = time.fromisoformat(picked)
    try:
        return instant(day, WallTime(clock.hour * 60 + clock.minute), call.zone)
    except NotUnderstood as error:
        raise NotUnderstood(error.sentence, field=block) from None


def _hhmm(moment: datetime | None, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%H:%M}" if moment else ""


def _time(call: Call, block: str) -> str:
    return str(element(call, block).get("selected_time") or "")
