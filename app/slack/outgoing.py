"""Everything that we say to Slack of our own accord; it never raises, it tells whether Slack took it."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from app.core.errors import TimerError
from app.slack import messages
from app.slack.blocks import Block, cut_markup, escape
from app.slack.call import Reply
from app.slack.slack_errors import NOT_TAKEN, REFUSED_BLOCKS, reason

log = logging.getLogger(__name__)

Body = dict[str, Any]
Post = Callable[[str, Body], Awaitable[int]]
_LONGEST_TEXT = 3000
_UNREADABLE = 400  # what a response_url answers to blocks that Slack does not take


@dataclass(frozen=True, slots=True)
class Outgoing:
    """`post` sends to a `response_url` through the client that everything shares."""

    slack: AsyncWebClient
    post: Post

    async def respond(self, response_url: str, reply: Reply, *, replaces: bool) -> bool:
        """A `response_url` lasts half an hour and five answers."""
        if not response_url:
            return False
        body = ephemeral(reply) | {"replace_original": replaces}
        try:
            status = await self.post(response_url, body)
            if status == _UNREADABLE:
                log.error("Slack refused the blocks of an answer; it goes out as plain words")
                status = await self.post(response_url, _in_plain_words(body))
        except TimerError as error:
            log.warning("response_url not reached: %s", type(error).__name__)
            return False
        if status >= 300:
            log.warning("response_url refused with %s", status)
        return status < 300

    async def say(self, channel: str, reply: Reply) -> bool:
        """`channel` may be a person's id."""
        return await self._say(channel, content(reply))

    async def _say(self, channel: str, body: Body) -> bool:
        try:
            await self.slack.chat_postMessage(channel=channel, **body)
        except NOT_TAKEN as error:
            if reason(error) in REFUSED_BLOCKS and body["blocks"]:
                log.error("Slack refused the blocks of a message; it goes out as plain words")
                return await self._say(channel, _in_plain_words(body))
            log.warning("message not sent: %s", reason(error))
            return False
        return True

    async def open(self, trigger_id: str, view: Block) -> Body | None:
        """The view as Slack opened it; a trigger lasts three seconds."""
        try:
            return dict((await self.slack.views_open(trigger_id=trigger_id, view=view)).get("view") or {})
        except NOT_TAKEN as error:
            log.warning("form not opened: %s", reason(error))
            return None

    async def update(self, opened: Body, view: Block) -> bool:
        """Not done where the form was closed or changed meanwhile: what the person sees then is newer."""
        try:
            await self.slack.views_update(view_id=opened["id"], hash=opened.get("hash"), view=view)
        except NOT_TAKEN as error:
            log.info("form not filled: %s", reason(error))
            return False
        return True


def _in_plain_words(body: Body) -> Body:
    """What a person reads in a notification; better than a message that never comes."""
    return body | {"blocks": []}


def ephemeral(reply: Reply) -> Body:
    return {"response_type": "ephemeral", **content(reply)}


def content(reply: Reply) -> Body:
    """Slack reads markup in the text beside the blocks as well, and there it is plain words."""
    return {"text": cut_markup(escape(messages.plain(reply.text)), _LONGEST_TEXT), "blocks": list(reply.blocks)}
