"""Runs a handler and turns whatever goes wrong into an answer that says what to do next."""

import html
import logging
import re
import secrets
from collections.abc import Awaitable
from dataclasses import replace

from app.core.acts import Act
from app.core.errors import (
    Ambiguous,
    AssigneeNotConnected,
    Incomplete,
    LoggedAlready,
    NotConnected,
    NotReached,
    NotSaved,
    NotUnderstood,
    PutOff,
    Reading,
    SeveralTasks,
    SignInExpired,
    TimerError,
    TooFast,
)
from app.core.phrases import Phrase, line, pinned, read
from app.slack import ids, messages
from app.slack.blocks import Block
from app.slack.call import UNKNOWN_ZONE, Answer, Call, Form, Handler, Reply
from app.slack.commands import COMMANDS, WORDS
from app.slack.mentions import with_names
from app.slack.modals import finish_timer

log = logging.getLogger(__name__)

_MARKUP = re.compile(r"<(?P<sign>[@#]?)(?P<id>[^<>|]*)(?:\|(?P<name>[^<>]*))?>")
_BLOCK_OF_FIELD = {"start": ids.FROM, "end": ids.TO, "day": ids.DATE}


def spoken(typed: str, *, is_confirmed: bool = False) -> Handler:
    """The handler of a typed line, wherever it was typed; `is_confirmed` as in `Call`."""

    async def run(call: Call) -> Answer:
        phrase = read(await with_names(call, typed), WORDS, now=call.now, zone=call.zone)
        _require_zone(call, phrase)
        said = replace(call, phrase=phrase, is_confirmed=is_confirmed)
        if call.twin and COMMANDS[phrase.word].asks_twice:
            return _asked_twice(said, call.twin)
        try:
            found = await COMMANDS[phrase.word].run(said)
        except LoggedAlready as error:
            return messages.asked_once_more(error.sentence, _pinned_line(said))
        except SeveralTasks as error:
            return messages.question_asked(said, error.sentence, _choices(said, error))
        return replace(found, said=_pinned_line(said)) if isinstance(found, Form) else found

    return run


async def answer(calling: Awaitable[Call], handler: Handler) -> Answer:
    """Never raises, also when it cannot be found out who is calling."""
    try:
        return await _handled(await calling, handler)
    except TimerError as error:
        is_passing = isinstance(error, NotSaved | NotReached | TooFast)
        said = messages.not_connected(error.sentence) if _can_connect(error) else messages.refused(error.sentence)
        return replace(said, is_refusal=True, is_passing=is_passing)
    except Exception as error:
        return bug(error)


async def _handled(call: Call, handler: Handler) -> Answer:
    try:
        return await handler(call)
    except Incomplete as error:
        return await finish_timer.form(call, error)
    except PutOff as error:
        return messages.put_off(call, error.sentence, await call.services.store.operation(error.operation_id))
    except Ambiguous as error:
        readings = [replace(reading, label=_readable(reading.label)) for reading in error.readings]
        return messages.question_asked(call, error.sentence, readings)


def _asked_twice(call: Call, twin: Act) -> Reply:
    ago = call.now - twin.claimed_at
    return messages.typed_twice(call, _pinned_line(call), ago, is_under_way=not twin.is_answered)


def _can_connect(error: TimerError) -> bool:
    """They can do something about it themselves, at once."""
    return isinstance(error, NotConnected | SignInExpired) and not isinstance(error, AssigneeNotConnected)


def bug(error: BaseException) -> Reply:
    """A short reference, for the person to pass on and for whoever runs the app to find in the log."""
    reference = secrets.token_hex(4)
    log.error("unexpected error %s", reference, exc_info=error)
    return replace(messages.went_wrong(reference), is_refusal=True)


def error_in_form(view: Block, error: TimerError) -> Block:
    """The ack that keeps the form open: at the field it is about, else above the form."""
    block_id = _BLOCK_OF_FIELD.get(error.field, error.field)
    if any(block.get("block_id") == block_id for block in view["blocks"]):
        return {"response_action": "errors", "errors": {block_id: messages.plain(error.sentence)}}
    return {"response_action": "update", "view": messages.with_trouble(view, error.sentence)}


def _require_zone(call: Call, phrase: Phrase) -> None:
    if (phrase.start or phrase.end or phrase.day) and not call.is_zone_known:
        raise NotUnderstood(UNKNOWN_ZONE)


def _choices(call: Call, error: SeveralTasks) -> list[Reading]:
    """A button for each task and, where it needs none, one to keep what was typed as plain text."""
    phrase = pinned(call.phrase, now=call.now, zone=call.zone)
    readings = [
        Reading(
            messages.task_choice(task),
            line(replace(phrase, task=f"id:{task.id}", text=error.text, is_description=True), call.zone),
        )
        for task in error.tasks
    ]
    if error.is_required:
        return readings
    whole = f"{phrase.task}: {phrase.text}" if phrase.task and phrase.text else phrase.task or phrase.text
    as_text = line(replace(phrase, task="", text=whole, is_description=True), call.zone)
    return [*readings, Reading("No task, just the text", as_text)]


def _readable(line: str) -> str:
    """A typed line as a button shows it: names for ids, and none of Slack's escapes."""
    return html.unescape(_MARKUP.sub(lambda found: found["sign"] + (found["name"] or found["id"]), line))


def _pinned_line(call: Call) -> str:
    """What was typed as a line that means the same on any later day."""
    return line(pinned(call.phrase, now=call.now, zone=call.zone), call.zone)
