"""Rings for a reminder: says it by direct message, and tells what became of that."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from app.core.errors import TimerError
from app.core.model import Person
from app.core.reminder import Kind, Reminder
from app.core.reminder_ports import Rung
from app.core.timer_reminders import told
from app.slack import messages
from app.slack.call import Call, Reply, Services
from app.slack.outgoing import Body, content
from app.slack.slack_errors import NOT_TAKEN, REFUSED_BLOCKS, reason

log = logging.getLogger(__name__)

NOT_THERE = timedelta(seconds=15)  # Slack itself was not reached: nothing can have arrived
LONGEST_WAIT = timedelta(hours=1)
USUAL_WAIT = timedelta(seconds=30)  # where Slack asks to wait and doesn't say for how long
_LIMITED = frozenset(["ratelimited", "rate_limited", "message_limit_exceeded"])
_UNKNOWN = Rung()


@dataclass(frozen=True, slots=True)
class SlackBell:
    """Keeps core's `Bell`, through a client that repeats nothing by itself. Scope: chat:write."""

    services: Services
    slack: AsyncWebClient

    async def ring(self, reminder: Reminder, person: Person) -> Rung:
        try:
            said = await self._said(reminder, person)
        except TimerError as error:
            log.warning("a reminder could not be written: %s", type(error).__name__)
            return _UNKNOWN
        return await self._post(person.user, content(said))

    async def _said(self, reminder: Reminder, person: Person) -> Reply:
        """Of what was read: the provider is not asked again."""
        name = f"remind:{reminder.kind}:{reminder.day}"
        call, caller = Call(self.services, person, name), await self.services.accounts.known(person, name)
        assert reminder.brief is not None
        if reminder.kind is Kind.TIMER:
            assert reminder.brief.timer is not None
            forgotten = told(reminder, reminder.brief.timer, person, call.now)
            return messages.timer_forgotten(call, caller, reminder.day, forgotten)
        return messages.day_asked(call, caller, reminder.brief)

    async def _post(self, channel: str, body: Body) -> Rung:
        try:
            answer = await self.slack.chat_postMessage(channel=channel, **body)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            return Rung(again_after=NOT_THERE)
        except SlackApiError as error:
            return await self._refused(channel, body, error)
        except NOT_TAKEN as error:
            log.warning("nobody knows whether a reminder came: %s", reason(error))
            return _UNKNOWN
        return Rung(message=(str(answer["channel"]), str(answer["ts"])))

    async def _refused(self, channel: str, body: Body, error: SlackApiError) -> Rung:
        why = reason(error)
        answered = getattr(error.response, "status_code", None) or getattr(error.response, "status", 0)
        if why in _LIMITED or answered == 429:
            return Rung(again_after=_wait(error.response.headers))
        if why in REFUSED_BLOCKS and body["blocks"]:
            log.error("Slack refused the blocks of a reminder; it goes out as plain words")
            return await self._post(channel, body | {"blocks": []})
        log.warning("a reminder was not sent: %s", why)
        return _UNKNOWN


def _wait(headers: Mapping[str, Any]) -> timedelta:
    told = {name.lower(): value for name, value in headers.items()}.get("retry-after", "")
    seconds = str(told[0] if isinstance(told, list) and told else told)
    if not (seconds.isascii() and seconds.isdecimal()):
        return USUAL_WAIT
    return timedelta(seconds=min(int(seconds[:20]), LONGEST_WAIT.total_seconds()))
