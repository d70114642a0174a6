"""What each shortcut does. A shortcut has nothing but its trigger, so whatever comes of it is shown in a form."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from app.core.errors import TimerError
from app.core.phrases import Phrase, line
from app.slack import ids, messages
from app.slack.answers import bug, spoken
from app.slack.blocks import Block
from app.slack.call import Answer, Call, Form, Handler, Reply
from app.slack.modals import track_message
from app.slack.outgoing import Body
from app.slack.quoting import Quoted, fitted, quoted

OPEN_WITHIN = 0.8
_MOST_IN_A_BUTTON = 2000


@dataclass(frozen=True, slots=True)
class Shortcut:
    """`said` is the line that asks for the same form, to ask again where Slack did not open it in time."""

    run: Handler
    said: str = "log"


def log_time(body: Body) -> Shortcut:
    return Shortcut(spoken("log"))


def track(body: Body) -> Shortcut:
    message = quoted(body)

    async def run(call: Call) -> Answer:
        return await track_message.form(call, message)

    return Shortcut(run, _said(message))


def asked(body: Body) -> Shortcut:
    """The shortcut that a delivery asks for."""
    made = SHORTCUTS.get(body.get("callback_id", ""))
    try:
        return made(body) if made else Shortcut(_gone)
    except Exception as error:  # whatever shape a message has, somebody waits for an answer
        return Shortcut(_told(bug(error)))


async def form_in_time(work: "asyncio.Task[Answer]", act: str, command: str) -> Form:
    """The form if it is ready at once, else one that is filled when it is; what stands in the way is told in it too."""
    done, _ = await asyncio.wait({work}, timeout=OPEN_WITHIN)
    if done:
        return _shown(work.result(), act, command)

    async def fill() -> Block:
        form = _shown(await work, act, command)
        return await form.fill() if form.fill else form.view

    return Form(messages.form_coming(ids.metadata(form=act)), fill)


def _shown(found: Answer, act: str, command: str) -> Form:
    return found if isinstance(found, Form) else Form(messages.told_in_form(command, found, ids.metadata(form=act)))


def _said(message: Quoted) -> str:
    """Slack's buttons carry 2,000 characters: what is too long loses its end, but never its link."""
    limit = _MOST_IN_A_BUTTON
    while True:
        text = " ".join(fitted(message.plain({}), message.link, limit).split())
        said = line(Phrase("log", text=text, is_description=True), ZoneInfo("UTC"))
        if len(said) <= _MOST_IN_A_BUTTON:
            return said
        limit -= len(said) - _MOST_IN_A_BUTTON if len(said) < 2 * limit else limit // 2


def _told(reply: Reply) -> Handler:
    async def run(call: Call) -> Answer:
        return reply

    return run


async def _gone(call: Call) -> Answer:
    raise TimerError(f"This shortcut is not there any more. Type {call.services.command} help to see what is.")


SHORTCUTS: dict[str, Callable[[Body], Shortcut]] = {ids.LOG_TIME: log_time, ids.TRACK_MESSAGE: track}
