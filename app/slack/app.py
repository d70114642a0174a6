"""The Bolt app: who may speak to us, and one listener for each kind of thing that Slack sends.

Bolt tries its listeners one after the other and, left to itself, polls for the ack every 10 ms. So
there is one listener a kind, each routing by dictionary, and Bolt answers as soon as a listener
returns; work that takes longer goes on in `Front`.
"""

import logging
import re

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from app.slack.front import Ack, Front
from app.slack.news_of_people import NewsOfPeople
from app.slack.outgoing import Body

_ANYTHING = re.compile(r".+")


def bolt_app(front: Front, news: NewsOfPeople, *, command: str, bot_token: str, api_url: str) -> AsyncApp:
    """It trusts what it is given: web.py has checked the signature, and in Socket Mode Slack signs nothing."""

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=bot_token)

    app = AsyncApp(
        logger=logging.getLogger("slack_bolt"),
        name="timer",
        client=AsyncWebClient(base_url=api_url),
        signing_secret="",
        request_verification_enabled=False,
        authorize=authorize,
        process_before_response=True,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )

    async def on_command(ack: Ack, body: Body) -> None:
        await front.command(ack, body)

    async def on_click(ack: Ack, body: Body) -> None:
        await front.click(ack, body)

    async def on_submission(ack: Ack, body: Body) -> None:
        await front.submission(ack, body)

    async def on_shortcut(ack: Ack, body: Body) -> None:
        await front.shortcut(ack, body)

    async def on_suggestion(ack: Ack, body: Body) -> None:
        await front.suggestion(ack, body)

    async def on_message(event: Body, body: Body) -> None:
        await front.message(event, body)

    async def on_uninstalled(body: Body) -> None:
        await front.uninstalled(body["team_id"])

    async def on_tokens_revoked(event: Body, body: Body) -> None:
        """Slack revokes people's tokens one by one; ours is the bot's, and without it the app is gone."""
        if (event.get("tokens") or {}).get("bot"):
            await front.uninstalled(body["team_id"])

    async def on_user_change(event: Body, body: Body) -> None:
        await news.user_change(body["team_id"], event)

    async def on_dnd_updated(event: Body, body: Body) -> None:
        await news.dnd_updated(body["team_id"], event)

    app.command(command)(on_command)
    app.action(_ANYTHING)(on_click)
    app.view(_ANYTHING)(on_submission)
    app.shortcut(_ANYTHING)(on_shortcut)
    app.options(_ANYTHING)(on_suggestion)
    app.event("message")(on_message)
    app.event("app_uninstalled")(on_uninstalled)
    app.event("tokens_revoked")(on_tokens_revoked)
    app.event("user_change")(on_user_change)
    app.event("dnd_updated_user")(on_dnd_updated)
    return app
