"""Forms from opening to outcome: opened at once, filled later, sent once, and told about where they came from."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from app.core.acts import Act
from app.core.errors import ProviderError, PutOff, TimerError
from app.core.model import Secret
from app.slack import ids, messages
from app.slack.acts import Acts
from app.slack.answers import bug, error_in_form
from app.slack.background import Background, Recent
from app.slack.blocks import Block
from app.slack.call import Call, Form, Reply
from app.slack.modals import log_time
from app.slack.modals.refill import refilled
from app.slack.outgoing import Body, Outgoing
from app.slack.submissions import SUBMISSIONS, operation_id

TAKEN_DOWN_WITHIN = 0.4  # after the form's patience is over, and before Slack's is

Outcome = Reply | TimerError


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a form came from, and so where its outcome is told."""

    response_url: str
    replaces: bool


@dataclass(frozen=True, slots=True)
class Forms:
    """What it remembers is by person and form, so that nobody reaches somebody else's."""

    outgoing: Outgoing
    background: Background
    acts: Acts
    _origins: Recent[Origin] = field(default_factory=Recent, repr=False)
    _under_way: "Recent[asyncio.Task[Outcome]]" = field(default_factory=Recent, repr=False)
    _refused: Recent[Block] = field(default_factory=Recent, repr=False)

    async def open(self, form: Form, who: tuple[str, str], trigger_id: str, act: str, origin: Origin) -> bool:
        name = ids.from_metadata(form.view.get("private_metadata", "")).get("form", act)
        self._origins.keep(_own(who, name), origin)
        opened = await self.outgoing.open(trigger_id, form.view)
        if opened and form.fill:
            self.background.start(self._fill(form.fill, opened, form.view))
        return opened is not None

    def refused(self, who: tuple[str, str], act: str) -> Block | None:
        """The form that was refused after it had closed, with what was typed into it."""
        return self._refused.find(_own(who, act))

    async def submit(self, calling: Callable[[], Awaitable[Call]], held: Call, view: Block, patience: float) -> Body:
        """The ack: empty closes the form. `held` is the form as far as Slack alone tells.

        A second delivery waits for the first one's outcome and has the same effect on the form.
        """
        act = operation_id(held)
        first = self._under_way.find(act)
        work = first or self.background.start(_outcome(calling, view))
        self._under_way.keep(act, work)
        done, _ = await asyncio.wait({work}, timeout=patience)
        outcome = work.result() if done else None
        if isinstance(outcome, TimerError) and not _may_have_happened(outcome):
            self._under_way.drop(act)
            return error_in_form(view, outcome)
        if not first:
            await asyncio.wait({self.background.start(self._take_down(held, act))}, timeout=TAKEN_DOWN_WITHIN)
            self.background.start(self._tell(work, held, view))
        return {}

    async def _fill(self, fill: Callable[[], Awaitable[Block]], opened: Body, view: Block) -> None:
        try:
            filled = await fill()
        except TimerError as error:
            filled = messages.with_trouble(view, error.sentence)
        except Exception as error:
            filled = messages.with_trouble(view, bug(error).text)
        await self.outgoing.update(opened, filled)

    async def _tell(self, work: "asyncio.Task[Outcome]", held: Call, view: Block) -> None:
        outcome = await work
        is_refusal = isinstance(outcome, TimerError)
        reply = self._refused_late(outcome, held, view) if isinstance(outcome, TimerError) else outcome
        await self.tell(held, reply, is_refusal=is_refusal)
        await self.acts.answered(held.person.team, operation_id(held), was_refused=is_refusal)

    async def _take_down(self, held: Call, act: str) -> None:
        """The form closes before its outcome is told: from now on its words are nowhere else."""
        origin = self._origins.find(_own(_who(held), held.operation_id))
        url = Secret(origin.response_url) if origin and origin.response_url else None
        now = held.services.clock.now()
        await self.acts.claim(Act(act, *_who(held), log_time.typed(held), now, origin=url, is_line=False))

    async def tell(self, held: Call, reply: Reply, *, is_refusal: bool = False) -> None:
        """Where the form came from, else by direct message. A day stays there to be filled, whatever is refused."""
        origin = self._origins.drop(_own(_who(held), held.operation_id))
        replaces = origin is not None and origin.replaces and not (is_refusal and "day" in held.metadata)
        if not (origin and await self.outgoing.respond(origin.response_url, reply, replaces=replaces)):
            await self.outgoing.say(held.person.user, reply)

    def _refused_late(self, error: TimerError, held: Call, view: Block) -> Reply:
        """The form has closed: hands back what was typed and, where it may be sent again, the form with it."""
        act = operation_id(held)
        if _may_have_happened(error):
            return messages.refused_with_text(error.sentence, log_time.typed(held))
        self._under_way.drop(act)
        again = refilled(messages.with_trouble(view, error.sentence), held.state)
        self._refused.keep(_own(_who(held), act), again)
        return messages.refused_with_text(error.sentence, log_time.typed(held), act)


async def _outcome(calling: Callable[[], Awaitable[Call]], view: Block) -> Outcome:
    try:
        call = await calling()
        reply = await SUBMISSIONS[view["callback_id"]](call)
    except PutOff as error:
        return messages.put_off(call, error.sentence, await call.services.store.operation(error.operation_id))
    except TimerError as error:
        return error
    except Exception as error:
        return TimerError(bug(error).text)
    assert isinstance(reply, Reply)
    return reply


def _may_have_happened(error: TimerError) -> bool:
    return isinstance(error, ProviderError) and error.may_have_happened


def _who(held: Call) -> tuple[str, str]:
    return held.person.team, held.person.user


def _own(who: tuple[str, str], act: str) -> str:
    """What a form or button calls an act is only taken for that person's own."""
    return ids.operation_id(*who, act)
