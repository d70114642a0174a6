"""The form in which a token is typed: nothing of what it holds is remembered, and it stays open while it is tried.

Other forms close and hand back what was typed. Here a refusal is shown at the token's field, where Slack keeps what
was typed; and where the service is slow the same fields stay, under a line that says so.
"""

import asyncio
from collections.abc import Awaitable, Callable

from app.core.connecting import Choice
from app.core.errors import TimerError
from app.slack import ids, messages
from app.slack.answers import bug
from app.slack.blocks import Block
from app.slack.call import Call, Reply
from app.slack.forms import Forms
from app.slack.modals import connect as form
from app.slack.outgoing import Body

Outcome = Reply | Choice | TimerError


async def submit(forms: Forms, calling: Callable[[], Awaitable[Call]], view: Block, patience: float) -> Body:
    """The ack; empty closes the form."""
    try:
        call = await calling()
    except TimerError as error:  # our own disk, before anything was tried
        return _refused(error, view)
    provider = form.picked(call, ids.from_metadata(view.get("private_metadata", "")).get("provider", ""))
    work = forms.background.start(_outcome(call, provider))
    done, _ = await asyncio.wait({work}, timeout=patience)
    if not done:
        forms.background.start(_follow_up(forms, call, work, provider, view))
        return {
            "response_action": "update",
            "view": form.waiting(view, messages.provider_name(call.services, provider)),
        }
    outcome = work.result()
    if isinstance(outcome, Reply):
        forms.background.start(forms.tell(call, outcome))
        return {}
    if isinstance(outcome, Choice):
        return {"response_action": "update", "view": await form.view(call, provider, choice=outcome)}
    return _refused(outcome, view)


def _refused(error: TimerError, view: Block) -> Body:
    shown = {block.get("block_id") for block in view["blocks"] if block["type"] == "input"}
    field = error.field if error.field in shown else ids.TOKEN
    return {"response_action": "errors", "errors": {field: messages.plain(error.sentence)}}


async def _follow_up(forms: Forms, call: Call, work: "asyncio.Task[Outcome]", provider: str, view: Block) -> None:
    """Into the form if it is still open; the outcome is told outside it too, for it may have been closed."""
    outcome = await work
    if isinstance(outcome, Reply):
        await forms.outgoing.update({"id": view["id"]}, form.done(outcome))
        await forms.tell(call, outcome)
        return
    choice = outcome if isinstance(outcome, Choice) else None
    trouble = outcome.sentence if isinstance(outcome, TimerError) else ""
    await forms.outgoing.update({"id": view["id"]}, await form.view(call, provider, choice=choice, trouble=trouble))


async def _outcome(call: Call, provider: str) -> Outcome:
    filled = form.read(call, provider)
    try:
        done = await call.services.connecting.connect(
            call.person, filled.key, workspace_id=filled.workspace_id, member_id=filled.member_id
        )
    except TimerError as error:
        return error
    except Exception as error:
        return TimerError(bug(error).text)
    return done if isinstance(done, Choice) else messages.connected(call.services, done)
