"""Between Slack and the handlers: finds the handler, keeps Slack's three seconds, tells the answer.

A handler runs as a task of its own. If it ends within two seconds its answer rides in the ack; else
Slack gets its ack and the answer follows through `response_url` when it is there.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from app.core.errors import TimerError
from app.core.model import Person
from app.slack import ids, messages
from app.slack.answers import answer, bug, error_in_form, spoken
from app.slack.blocks import Block, actions, button, cut, escape
from app.slack.call import Answer, Call, Form, Handler, Reply, Services
from app.slack.clicks import CLICKS
from app.slack.modals import log_time
from app.slack.modals.refill import refilled
from app.slack.options import OPTIONS
from app.slack.submissions import SUBMISSIONS, operation_id

log = logging.getLogger(__name__)

ANSWER_IN_ACK = 2.0
SUGGEST_WITHIN = 2.5
_MOST_REMEMBERED = 2000
_LONGEST_TEXT = 3000

T = TypeVar("T")
Body = dict[str, Any]
Ack = Callable[..., Awaitable[Any]]
Post = Callable[[str, Body], Awaitable[int]]
_Outcome = Reply | TimerError


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
    _clicks: "OrderedDict[str, None]" = field(default_factory=OrderedDict, repr=False)
    _submissions: "OrderedDict[str, asyncio.Task[_Outcome]]" = field(default_factory=OrderedDict, repr=False)
    _refused_forms: "OrderedDict[str, Block]" = field(default_factory=OrderedDict, repr=False)

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
        """A second delivery waits for the first one's outcome and has the same effect on the form."""
        act = operation_id(_form(self.services, body))
        first = self._submissions.get(act)
        work = first or self._spawn(self._submission(body))
        _remember(self._submissions, act, work)
        done, _ = await asyncio.wait({work}, timeout=ANSWER_IN_ACK)
        outcome = work.result() if done else None
        if isinstance(outcome, TimerError) and not getattr(outcome, "may_have_happened", False):
            self._submissions.pop(act, None)
            await ack(**error_in_form(body["view"], outcome))
            return
        await ack()
        if not first:
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
        except Exception as error:
            bug(error)
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
        act = ids.operation_id("command", body["trigger_id"])
        found = await answer(self._call(body, act), spoken(body.get("text") or ""))
        button_value = found.said if isinstance(found, Form) else ""
        return await self._deliver_or_open(act, found, body, (ids.FORM, button_value), replaces=False)

    async def _click(self, body: Body, action: Body) -> None:
        """A second click on the same button of the same message changes nothing, unless the first was refused."""
        name, value = ids.action_name(action["action_id"]), str(action.get("value") or "")
        handler = self._on_click(body, name, value)
        if handler is None:
            return  # a field inside a form: its value is read when the form is submitted
        act = _act_of_click(body, action["action_id"], value)
        if act in self._clicks:
            return
        _remember(self._clicks, act, None)
        found = await answer(self._call(body, act, value=value), handler)
        reply = await self._deliver_or_open(act, found, body, (name, value), replaces=True)
        if reply and reply.is_passing:
            reply = replace(reply, blocks=(*reply.blocks, actions(button("Try again", action["action_id"], value))))
        is_told = reply is not None and await self._respond(body.get("response_url", ""), reply, replaces=True)
        if reply is None or reply.is_refusal or not is_told:
            self._clicks.pop(act, None)

    def _on_click(self, body: Body, name: str, value: str) -> Handler | None:
        if name in (ids.SAY, ids.FORM):
            return spoken(value)
        kept = self._refused_forms.get(_own(body, value)) if name == ids.AGAIN else None
        return _opens(kept) if kept else CLICKS.get(name)

    async def _submission(self, body: Body) -> _Outcome:
        view = body["view"]
        known = ids.from_metadata(view.get("private_metadata", ""))
        try:
            act, state = known.get("form", view["id"]), view["state"]["values"]
            call = await self._call(body, act, value=known.get("entry", ""), state=state)
            reply = await SUBMISSIONS[view["callback_id"]](call)
            assert isinstance(reply, Reply)
            return reply
        except TimerError as error:
            return error
        except Exception as error:
            return TimerError(bug(error).text)

    async def _tell_outcome(self, work: "asyncio.Task[_Outcome]", body: Body) -> None:
        outcome = await work
        if isinstance(outcome, TimerError):
            outcome = self._refused_late(outcome, body)
        origin = self._origins.pop(_own(body, _form(self.services, body).operation_id), None)
        if not (origin and await self._respond(origin.response_url, outcome, replaces=origin.replaces)):
            await self._say(body["user"]["id"], outcome)

    def _refused_late(self, error: TimerError, body: Body) -> Reply:
        """The form has closed: hands back what was typed, and where it may be sent again, the form with it."""
        call, view = _form(self.services, body), body["view"]
        act = operation_id(call)
        if getattr(error, "may_have_happened", False):
            return messages.refused_with_text(error.sentence, log_time.typed(call))
        self._submissions.pop(act, None)
        _remember(
            self._refused_forms, _own(body, act), refilled(messages.with_trouble(view, error.sentence), call.state)
        )
        return messages.refused_with_text(error.sentence, log_time.typed(call), act)

    async def _direct_message(self, event: Body, body: Body) -> None:
        about = {"team_id": body["team_id"], "user_id": event["user"]}
        act = ids.operation_id("message", body["event_id"])
        found = await answer(self._call(about, act), spoken(event.get("text") or ""))
        await self._say(event["channel"], messages.form_offered(found.said) if isinstance(found, Form) else found)

    async def _deliver_or_open(
        self, act: str, found: Answer, body: Body, retry: tuple[str, str], *, replaces: bool
    ) -> Reply | None:
        """`retry` is the button, its name and value, that tries again where Slack did not open the form in time."""
        if isinstance(found, Reply):
            return found
        form = ids.from_metadata(found.view.get("private_metadata", "")).get("form", act)
        _remember(self._origins, _own(body, form), _Origin(body.get("response_url", ""), replaces))
        try:
            opened = await self.slack.views_open(trigger_id=body["trigger_id"], view=found.view)
        except (SlackApiError, TimeoutError, OSError) as error:
            log.warning("form not opened: %s", type(error).__name__)
            return _with_button(messages.form_expired(""), *retry)
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
        except (TimeoutError, OSError) as error:
            log.warning("form not filled: %s", type(error).__name__)

    async def _say(self, channel: str, reply: Reply) -> None:
        try:
            await self.slack.chat_postMessage(channel=channel, **_content(reply))
        except (SlackApiError, TimeoutError, OSError) as error:
            log.warning("message not sent: %s", type(error).__name__)

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

    def _is_new_event(self, event_id: str) -> bool:
        is_new = event_id not in self._events
        _remember(self._events, event_id, None)
        return is_new

    def _spawn(self, work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        """Keeps a reference until it ends: the event loop holds tasks only weakly."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            bug(error)


def _remember(where: "OrderedDict[str, T]", key: str, value: T) -> None:
    where[key] = value
    while len(where) > _MOST_REMEMBERED:
        where.popitem(last=False)


def _form(services: Services, body: Body) -> Call:
    """The submitted form as far as Slack alone tells: its name and what it holds."""
    view, (team, user) = body["view"], _who(body)
    known = ids.from_metadata(view.get("private_metadata", ""))
    state = view["state"]["values"]
    return Call(services, Person(team, user, ZoneInfo("UTC")), known.get("form", view["id"]), state=state)


def _own(body: Body, act: str) -> str:
    """What a form or button calls an act is only taken for that person's own."""
    return ids.operation_id(*_who(body), act)


def _act_of_click(body: Body, action_id: str, value: str) -> str:
    """A message's time is unique in its channel only."""
    container = body.get("container") or {}
    message = (container.get("channel_id", ""), container.get("message_ts") or body["trigger_id"])
    return ids.operation_id("click", *_who(body), *map(str, message), action_id, value)


def _opens(view: Block) -> Handler:
    async def open_(call: Call) -> Answer:
        return Form(view)

    return open_


def _with_button(reply: Reply, name: str, value: str) -> Reply:
    """The same sentence above a button that does what was asked for."""
    opening = actions(button("Open the form", ids.action_id(name), value))
    return Reply(reply.text, (reply.blocks[0], opening), is_refusal=True)


def _message(reply: Reply) -> Body:
    return {"response_type": "ephemeral", **_content(reply)}


def _content(reply: Reply) -> Body:
    """Slack reads markup in the text beside the blocks as well, and there it is plain words."""
    return {"text": cut(escape(messages.plain(reply.text)), _LONGEST_TEXT), "blocks": list(reply.blocks)}


def _who(body: Body) -> tuple[str, str]:
    """Team and user of a verified delivery: commands say it flat, everything else nested."""
    if "user_id" in body:
        return body["team_id"], body["user_id"]
    user = body["user"]
    return (body.get("team") or {}).get("id") or user["team_id"], user["id"]
