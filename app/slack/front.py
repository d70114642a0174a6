"""Between Slack and the handlers: finds the handler, keeps Slack's three seconds, tells the answer.

A handler runs as a task of its own. If it ends within two seconds its answer rides in the ack; else
Slack gets its ack and the answer follows through `response_url` when it is there.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from app.core.errors import TimerError
from app.core.model import Person
from app.slack import ids, messages
from app.slack.answers import answer, bug, error_in_form, spoken
from app.slack.blocks import Block
from app.slack.call import Answer, Call, Form, Reply, Services
from app.slack.clicks import CLICKS
from app.slack.modals import log_time
from app.slack.options import OPTIONS
from app.slack.submissions import SUBMISSIONS, operation_id

log = logging.getLogger(__name__)

ANSWER_IN_ACK = 2.0
SUGGEST_WITHIN = 2.5
_MOST_OPEN_FORMS = 2000

T = TypeVar("T")
Body = dict[str, Any]
Ack = Callable[..., Awaitable[Any]]
Post = Callable[[str, Body], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where a form came from, and so where its outcome is told."""

    response_url: str
    replaces: bool


@dataclass(frozen=True, slots=True)
class Front:
    services: Services
    slack: AsyncWebClient
    post: Post
    label: str
    _tasks: set[asyncio.Task[Any]] = field(default_factory=set, repr=False)
    _origins: "OrderedDict[str, _Origin]" = field(default_factory=OrderedDict, repr=False)
    _events: "OrderedDict[str, None]" = field(default_factory=OrderedDict, repr=False)

    async def command(self, ack: Ack, body: Body) -> None:
        work = self._spawn(self._command(body))
        done, _ = await asyncio.wait({work}, timeout=ANSWER_IN_ACK)
        if done:
            reply = work.result()
            await (ack(**_message(reply)) if reply else ack())
            return
        await ack(**_message(messages.still_waiting(self.label)))
        self._spawn(self._follow_up(work, body["response_url"]))

    async def click(self, ack: Ack, body: Body) -> None:
        self._spawn(self._click(body, body["actions"][0]))
        await ack()

    async def submission(self, ack: Ack, body: Body) -> None:
        work = self._spawn(self._submission(body))
        done, _ = await asyncio.wait({work}, timeout=ANSWER_IN_ACK)
        outcome = work.result() if done else None
        if isinstance(outcome, TimerError) and not getattr(outcome, "may_have_happened", False):
            await ack(**error_in_form(body["view"], outcome))
            return
        await ack()
        self._spawn(self._tell_outcome(work, body))

    async def suggestion(self, ack: Ack, body: Body) -> None:
        handler = OPTIONS.get(ids.action_name(body["action_id"]))
        offered: Block = {"options": []}
        try:
            async with asyncio.timeout(SUGGEST_WITHIN):
                if handler:
                    offered = await handler(await self._call(body, value=body.get("value") or ""))
        except (TimerError, TimeoutError) as error:
            log.info("suggestion failed: %s", type(error).__name__)
        await ack(**offered)

    async def message(self, event: Body, body: Body) -> None:
        """A direct message to the app is a command without its slash."""
        is_persons = event.get("channel_type") == "im" and not event.get("subtype") and not event.get("bot_id")
        if is_persons and self._is_new_event(body["event_id"]):
            self._spawn(self._direct_message(event, body))

    async def drain(self, seconds: float) -> None:
        """Waits for the work under way, at most so long."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)

    async def _command(self, body: Body) -> Reply | None:
        call = await self._call(body, ids.operation_id("command", body["trigger_id"]))
        found = await answer(call, spoken(body.get("text") or ""))
        return await self._deliver_or_open(call, found, body, replaces=False)

    async def _click(self, body: Body, action: Body) -> None:
        name, value = ids.action_name(action["action_id"]), str(action.get("value") or "")
        container = body.get("container") or {}
        act = ids.operation_id(
            "click", str(container.get("message_ts") or body["trigger_id"]), action["action_id"], value
        )
        handler = spoken(value) if name == ids.SAY else CLICKS.get(name)
        if handler is None:
            return  # a field inside a form: its value is read when the form is submitted
        call = await self._call(body, act, value=value)
        reply = await self._deliver_or_open(call, await answer(call, handler), body, replaces=True)
        if reply:
            await self._respond(body.get("response_url", ""), reply, replaces=True)

    async def _submission(self, body: Body) -> Reply | TimerError:
        view = body["view"]
        known = ids.from_metadata(view.get("private_metadata", ""))
        call = await self._call(
            body, known.get("form", view["id"]), value=known.get("entry", ""), state=view["state"]["values"]
        )
        try:
            reply = await SUBMISSIONS[view["callback_id"]](call)
        except TimerError as error:
            return error
        except Exception as error:
            return bug(error)
        assert isinstance(reply, Reply)
        return reply

    async def _tell_outcome(self, work: "asyncio.Task[Reply | TimerError]", body: Body) -> None:
        outcome = await work
        known = ids.from_metadata(body["view"].get("private_metadata", ""))
        if isinstance(outcome, TimerError):
            call = await self._call(body, known.get("form", ""), state=body["view"]["state"]["values"])
            retry = "" if getattr(outcome, "may_have_happened", False) else operation_id(call)
            outcome = messages.refused_with_text(outcome.sentence, log_time.typed(call), retry)
        origin = self._origins.pop(known.get("form", ""), None)
        if origin and await self._respond(origin.response_url, outcome, replaces=origin.replaces):
            return
        await self.slack.chat_postMessage(channel=body["user"]["id"], text=outcome.text, blocks=list(outcome.blocks))

    async def _direct_message(self, event: Body, body: Body) -> None:
        about = {"team_id": body["team_id"], "user_id": event["user"]}
        call = await self._call(about, ids.operation_id("message", body["event_id"]))
        found = await answer(call, spoken(event.get("text") or ""))
        reply = messages.form_offered("log") if isinstance(found, Form) else found
        await self.slack.chat_postMessage(channel=event["channel"], text=reply.text, blocks=list(reply.blocks))

    async def _deliver_or_open(self, call: Call, found: Answer, body: Body, *, replaces: bool) -> Reply | None:
        if isinstance(found, Reply):
            return found
        self._remember_origin(call.operation_id, _Origin(body.get("response_url", ""), replaces))
        try:
            opened = await self.slack.views_open(trigger_id=body["trigger_id"], view=found.view)
        except (SlackApiError, TimeoutError, OSError) as error:
            log.warning("form not opened: %s", type(error).__name__)
            return messages.form_expired(call.value or "log")
        if found.fill:
            self._spawn(self._fill(found.fill, opened["view"], found.view))
        return None

    async def _fill(self, fill: Callable[[], Awaitable[Block]], opened: Body, view: Block) -> None:
        try:
            filled = await fill()
        except TimerError as error:
            filled = messages.with_trouble(view, error.sentence)
        except Exception as error:
            filled = messages.with_trouble(view, bug(error).text)
        try:
            await self.slack.views_update(view_id=opened["id"], hash=opened.get("hash"), view=filled)
        except SlackApiError as error:  # closed meanwhile, or changed under us: what the person sees is newer
            log.info("form not filled: %s", error.response.get("error"))

    async def _call(self, body: Body, act: str = "", **given: Any) -> Call:
        team, user = _who(body)
        person = await self.services.accounts.person(team, user)
        return Call(
            self.services, person or Person(team, user, ZoneInfo("UTC")), act, is_zone_known=person is not None, **given
        )

    async def _follow_up(self, work: "asyncio.Task[Reply | None]", response_url: str) -> None:
        reply = await work
        if reply:
            await self._respond(response_url, reply, replaces=False)

    async def _respond(self, response_url: str, reply: Reply, *, replaces: bool) -> bool:
        """Whether Slack took it; a `response_url` lasts half an hour and five answers."""
        if not response_url:
            return False
        try:
            status = await self.post(response_url, _message(reply) | {"replace_original": replaces})
        except TimerError as error:
            log.warning("response_url not reached: %s", type(error).__name__)
            return False
        if status >= 300:
            log.warning("response_url refused with %s", status)
        return status < 300

    def _remember_origin(self, form: str, origin: _Origin) -> None:
        self._origins[form] = origin
        while len(self._origins) > _MOST_OPEN_FORMS:
            self._origins.popitem(last=False)

    def _is_new_event(self, event_id: str) -> bool:
        is_new = event_id not in self._events
        self._events[event_id] = None
        while len(self._events) > _MOST_OPEN_FORMS:
            self._events.popitem(last=False)
        return is_new

    def _spawn(self, work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        """Keeps a reference until it ends: the event loop holds tasks only weakly."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _message(reply: Reply) -> Body:
    return {"response_type": "ephemeral", "text": reply.text, "blocks": list(reply.blocks)}


def _who(body: Body) -> tuple[str, str]:
    """Team and user of a verified delivery: commands say it flat, everything else nested."""
    if "user_id" in body:
        return body["team_id"], body["user_id"]
    user = body["user"]
    return (body.get("team") or {}).get("id") or user["team_id"], user["id"]
