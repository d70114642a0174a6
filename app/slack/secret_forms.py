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


async def submit(
    forms: Forms, calling: Callable[[], Awaitable[Call]], held: Call, view: Block, patience: float
) -> Body:
    """The ack; empty closes the form. `held` is the form as far as Slack alone tells."""
    provider = form.picked(held, held.metadata.get("provider", ""))
    work = forms.background.start(_outcome(calling, provider))
    done, _ = await asyncio.wait({work}, timeout=patience)
    if not done:
        forms.background.start(_follow_up(forms, held, work, provider, view))
        return {
            "response_action": "update",
            "view": form.waiting(view, messages.provider_name(held.services, provider)),
        }
    outcome = work.result()
    if isinstance(outcome, Reply):
        forms.background.start(forms.tell(held, outcome))
        return {}
    if isinstance(outcome, Choice):
        return {"response_action": "update", "view": await form.view(held, provider, choice=outcome)}
    return _refused(outcome, view)


def _refused(error: TimerError, view: Block) -> Body:
    shown = {block.get("block_id") for block in view["blocks"] if block["type"] == "input"}
    field = error.field if error.field in shown else ids.TOKEN
    return {"response_action": "errors", "errors": {field: messages.plain(error.sentence)}}


async def _follow_up(forms: Forms, held: Call, work: "asyncio.Task[Outcome]", provider: str, view: Block) -> None:
    """Into the form if it is still open, else where it came from; that one is connected is told there anyway."""
    outcome = await work
    choice = outcome if isinstance(outcome, Choice) else None
    trouble = outcome.sentence if isinstance(outcome, TimerError) else ""
    shown = (
        form.done(outcome)
        if isinstance(outcome, Reply)
        else await form.view(held, provider, choice=choice, trouble=trouble)
    )
    is_open = await forms.outgoing.update({"id": view["id"]}, shown)
    if isinstance(outcome, Reply):
        await forms.tell(held, outcome)
    elif not is_open:
        await forms.tell(held, messages.not_connected(trouble or messages.STILL_TO_CHOOSE))


async def _outcome(calling: Callable[[], Awaitable[Call]], provider: str) -> Outcome:
    try:
        call = await calling()
        filled = form.read(call, provider)
        done = await call.services.connecting.connect(
            call.person, filled.key, workspace_id=filled.workspace_id, member_id=filled.member_id
        )
    except TimerError as error:
        return error
    except Exception as error:
        return TimerError(bug(error).text)
    return done if isinstance(done, Choice) else messages.connected(call.services, done)
