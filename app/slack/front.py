"""Between Slack and the handlers: finds the handler, keeps Slack's three seconds, tells the answer.

A handler runs as a task of its own. If it ends within two seconds its answer rides in the ack; else
Slack gets its ack and the answer follows through `response_url` when it is there.
"""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from app.core.acts import Act
from app.core.connecting import Connected
from app.core.errors import TimerError
from app.core.model import Person, Secret
from app.core.permissions import stranger
from app.slack import ids, messages, secret_forms, shortcuts, token_guard
from app.slack.account_clicks import CHANGES
from app.slack.acts import Acts
from app.slack.answers import answer, bug, spoken
from app.slack.background import Background, Recent
from app.slack.blocks import Block, actions, button
from app.slack.call import Answer, Call, Form, Handler, Reply, Services
from app.slack.clicks import CLICKS
from app.slack.day_clicks import DAY_CLICKS
from app.slack.forms import Forms, Origin
from app.slack.options import OPTIONS
from app.slack.outgoing import Body, Outgoing, ephemeral
from app.slack.pace import Pace
from app.slack.strangers import is_from_elsewhere
from app.slack.timer_clicks import TIMER_CLICKS

log = logging.getLogger(__name__)

ANSWER_IN_ACK = 2.0
NAMED_WITHIN = 0.2  # of what is slow, once those two seconds are over
SUGGEST_WITHIN = 2.5

# What can't be undone any more can still be edited or deleted with the buttons beside it, and a day stays to be filled.
STAYS_IF_REFUSED = frozenset([ids.UNDO, *DAY_CLICKS])
QUESTIONS = frozenset([*DAY_CLICKS, *TIMER_CLICKS])  # they have buttons enough to try again with

Ack = Callable[..., Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Front:
    services: Services
    outgoing: Outgoing
    forms: Forms
    background: Background
    pace: Pace
    acts: Acts
    _commands: "Recent[asyncio.Task[Reply | None]]" = field(default_factory=Recent, repr=False)

    async def command(self, ack: Ack, body: Body) -> None:
        """A second delivery gets the first one's answer; in another process it gets none."""
        act = ids.operation_id("command", body.get("trigger_id") or secrets.token_hex(8))
        first = self._commands.find(act)
        work = first or self.background.start(self._command(act, body))
        self._commands.keep(act, work)
        done, _ = await asyncio.wait({work}, timeout=ANSWER_IN_ACK)
        if done:
            reply = work.result()
            await (ack(**ephemeral(reply)) if reply else ack())
            self.background.start(self._answered(act, body, reply))
            return
        await ack(**ephemeral(messages.still_waiting(await self._slow_system(body))))
        if not first:
            self.background.start(self._follow_up(act, work, body))

    async def click(self, ack: Ack, body: Body) -> None:
        """A second click on the same button of the same message changes nothing, unless the first was refused."""
        action = body["actions"][0]
        name, value = ids.action_name(action["action_id"]), str(action.get("value") or "")
        if name in CHANGES and body.get("view"):
            self.background.start(self._change(body, action, CHANGES[name]))
        elif handler := self._on_click(body, name, value):  # else a field: its value is read with its form
            act = _act_of_click(body, action["action_id"], value)
            said = value if name in (ids.SAY, ids.FORM, ids.ONCE_MORE) else ""
            await self._once(self._act(act, body, said=said), self._click(act, body, action, handler))
        await ack()

    async def submission(self, ack: Ack, body: Body) -> None:
        view = body["view"]
        known = ids.from_metadata(view.get("private_metadata", ""))
        given = {"value": known.get("entry", ""), "state": view["state"]["values"], "metadata": known}
        held = _held(self.services, body, known.get("form", view["id"]), given)

        async def calling() -> Call:
            return await self._call(body, held.operation_id, **given)

        if view["callback_id"] == ids.CONNECT_FORM:
            await ack(**await secret_forms.submit(self.forms, calling, held, view, ANSWER_IN_ACK))
            return
        await ack(**await self.forms.submit(calling, held, view, ANSWER_IN_ACK))

    async def shortcut(self, ack: Ack, body: Body) -> None:
        act = ids.operation_id("shortcut", body["trigger_id"])
        await self._once(self._act(act, body), self._shortcut(act, body))
        await ack()

    async def suggestion(self, ack: Ack, body: Body) -> None:
        handler = OPTIONS.get(ids.action_name(body["action_id"]))
        offered: Block = {"options": []}
        try:
            async with asyncio.timeout(SUGGEST_WITHIN):
                if handler:
                    offered = await handler(await self._call(body, value=body.get("value") or ""))
        except (TimerError, TimeoutError) as error:
            log.info("suggestion failed: %s", type(error).__name__)
        except Exception as error:
            bug(error)
        await ack(**offered)

    async def message(self, event: Body, body: Body) -> None:
        """A direct message to the app is a command without its slash."""
        is_persons = event.get("channel_type") == "im" and not event.get("subtype") and not event.get("bot_id")
        if not is_persons:
            return
        typed, about = event.get("text") or "", {**body, "user_id": event["user"]}
        leaked = token_guard.refusal(typed, self.services, is_message=True)
        if leaked:
            self.background.start(self.outgoing.say(event["channel"], leaked))
            return
        act = self._act(ids.operation_id("message", body["event_id"]), about, said=typed)
        await self._once(act, self._direct_message(act, event["channel"], about))

    async def uninstalled(self, team: str) -> None:
        """Nothing may be said to Slack any more: its tokens are gone."""
        log.warning("the Slack app was uninstalled from %s: credentials are deleted, held timers stay", team)
        await self.services.store.forget_team(team)

    async def connected_in_browser(self, done: Connected) -> None:
        await self.outgoing.say(done.account.user, messages.connected(self.services, done))

    async def drain(self, seconds: float) -> None:
        await self.background.drain(seconds)

    async def _command(self, act: str, body: Body) -> Reply | None:
        typed = body.get("text") or ""
        leaked = token_guard.refusal(typed, self.services, is_message=False)
        if leaked:
            return leaked
        taken = self._act(act, body, said=typed)
        if not await self.acts.claim(taken):
            return None
        call = self._call(body, act, twin=await self.acts.twin(taken))
        found = await answer(call, spoken(typed))
        retry = (ids.FORM, found.said if isinstance(found, Form) else "")
        reply = await self._deliver_or_open(act, found, body, retry, replaces=False)
        return with_retry(reply, ids.SAY, typed) if reply else None

    async def _once(self, act: Act, work: Coroutine[Any, Any, None]) -> None:
        """Slack's ack says that it need not deliver it again: by then it is on disk, unless that takes too long."""
        claim = self.background.start(self.acts.claim(act))
        await asyncio.wait({claim}, timeout=ANSWER_IN_ACK)
        self.background.start(_if_first(claim, work))

    async def _slow_system(self, body: Body) -> str:
        """The name of the system that is waited for; none where the database itself is what is slow."""
        asked = self.background.start(self.services.accounts.label(*_who(body)))
        done, _ = await asyncio.wait({asked}, timeout=NAMED_WITHIN)
        return asked.result() if done else ""

    async def _follow_up(self, act: str, work: "asyncio.Task[Reply | None]", body: Body) -> None:
        reply = await work
        if reply and not await self.outgoing.respond(body.get("response_url", ""), reply, replaces=False):
            await self.outgoing.say(_who(body)[1], reply)
        await self._answered(act, body, reply)

    async def _answered(self, act: str, body: Body, reply: Reply | None) -> None:
        await self.acts.answered(_who(body)[0], act, was_refused=reply is not None and reply.is_refusal)

    def _act(self, act: str, body: Body, *, said: str = "") -> Act:
        origin = Secret(body["response_url"]) if body.get("response_url") else None
        return Act(act, *_who(body), said, self.services.clock.now(), origin=origin)

    async def _click(self, act: str, body: Body, action: Body, handler: Handler) -> None:
        name, value = ids.action_name(action["action_id"]), str(action.get("value") or "")
        found = await answer(self._call(body, act, value=value), handler)
        reply = await self._deliver_or_open(act, found, body, (name, value), replaces=True)
        reply = with_retry(reply, action["action_id"], value) if reply and name not in QUESTIONS else reply
        replaces = not (reply and _stays(name, reply))
        told = reply and await self.outgoing.respond(body.get("response_url", ""), reply, replaces=replaces)
        if reply is None or reply.is_refusal or not told:
            await self.acts.release(_who(body)[0], act)
        else:
            await self._answered(act, body, reply)

    async def _change(self, body: Body, action: Body, handler: Handler) -> None:
        """Something was picked on which the form itself depends; what else it holds is Slack's to keep."""
        view, picked = body["view"], (action.get("selected_option") or {}).get("value") or ""
        form = ids.from_metadata(view.get("private_metadata", "")).get("form", view["id"])
        found = await answer(self._call(body, form, value=picked), handler)
        if isinstance(found, Form):
            await self.outgoing.update({"id": view["id"]}, found.view)

    def _on_click(self, body: Body, name: str, value: str) -> Handler | None:
        if name in (ids.SAY, ids.FORM, ids.ONCE_MORE):
            return spoken(value, is_confirmed=name == ids.ONCE_MORE)
        kept = self.forms.refused(_who(body), value) if name == ids.AGAIN else None
        return _opens(kept) if kept else CLICKS.get(name)

    async def _shortcut(self, act: str, body: Body) -> None:
        """Its outcome is told in the channel of the message it was used on; without one, by direct message."""
        asked = shortcuts.asked(body)
        work = self.background.start(answer(self._call(body, act), asked.run))
        form = await shortcuts.form_in_time(work, act, self.services.command)
        reply = await self._deliver_or_open(act, form, body, (ids.FORM, asked.said), replaces=False)
        if reply and not await self.outgoing.respond(body.get("response_url", ""), reply, replaces=False):
            await self.outgoing.say(_who(body)[1], reply)
        await self._answered(act, body, reply)

    async def _direct_message(self, act: Act, channel: str, about: Body) -> None:
        found = await answer(self._call(about, act.id, twin=await self.acts.twin(act)), spoken(act.said))
        reply = messages.form_offered(ids.FORM, found.said, found.about) if isinstance(found, Form) else found
        await self.outgoing.say(channel, with_retry(reply, ids.SAY, act.said))
        await self._answered(act.id, about, reply)

    async def _deliver_or_open(
        self, act: str, found: Answer, body: Body, retry: tuple[str, str], *, replaces: bool
    ) -> Reply | None:
        """`retry` is the button, its name and value, that tries again where Slack did not open the form in time."""
        if isinstance(found, Reply):
            return found
        origin = Origin(body.get("response_url", ""), replaces)
        is_open = await self.forms.open(found, _who(body), body.get("trigger_id", ""), act, origin)
        if is_open:
            return None
        return messages.form_expired(*((ids.FORM, found.said) if found.said else retry), found.about)

    async def _call(self, body: Body, act: str = "", **given: Any) -> Call:
        """Raises what `_admit` does, and of those that it turns away nothing is kept."""
        acted_at, (team, user) = self.services.clock.now(), _who(body)
        try:
            person = await self._admit(body)
        except TimerError:
            await self.acts.release(team, act)
            raise
        who = person or _stranger(team, user)
        return Call(self.services, who, act, is_zone_known=person is not None, acted_at=acted_at, **given)

    async def _admit(self, body: Body) -> Person | None:
        """Who it is, as far as Slack tells. Raises `NotAllowed` for strangers, and `TooFast`."""
        team, user = _who(body)
        if is_from_elsewhere(body):
            raise stranger()
        self.pace.check(team, user, kind=str(body.get("type", "")))
        person = await self.services.accounts.person(team, user)
        if person and person.is_stranger:
            raise stranger()
        return person


def _held(services: Services, body: Body, form: str, given: Body) -> Call:
    """The submitted form as far as Slack alone tells: its name, whose it is and what it holds."""
    return Call(services, _stranger(*_who(body)), form, **given)


async def _if_first(claim: "asyncio.Task[bool]", work: Coroutine[Any, Any, None]) -> None:
    if await claim:
        await work
    else:
        work.close()


def _stranger(team: str, user: str) -> Person:
    return Person(team, user, ZoneInfo("UTC"))


def with_retry(reply: Reply, action: str, value: str) -> Reply:
    """What may well succeed in a while is a button, so that nothing has to be typed twice."""
    if not reply.is_passing or not value or len(value) > 2000:
        return reply
    name = action if ":" in action else ids.action_id(action)
    return replace(reply, blocks=(*reply.blocks, actions(button("Try again", name, value))))


def _stays(name: str, reply: Reply) -> bool:
    """Whether the message with that button does; one about a timer that doesn't run any more needs no buttons."""
    is_for_later = name in TIMER_CLICKS and reply.is_passing
    return reply.is_refusal and (name in STAYS_IF_REFUSED or is_for_later)


def _act_of_click(body: Body, action_id: str, value: str) -> str:
    """A message's time is unique in its channel only."""
    container = body.get("container") or {}
    message = (container.get("channel_id", ""), container.get("message_ts") or body["trigger_id"])
    return ids.operation_id("click", *_who(body), *map(str, message), action_id, value)


def _opens(view: Block) -> Handler:
    async def open_(call: Call) -> Answer:
        return Form(view)

    return open_


def _who(body: Body) -> tuple[str, str]:
    """Team and user of a verified delivery: commands say it flat, everything else nested."""
    if "user_id" in body:
        return body["team_id"], body["user_id"]
    user = body["user"]
    return (body.get("team") or {}).get("id") or user["team_id"], user["id"]
