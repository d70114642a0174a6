"""Looks at everything the app needs before it serves, and names all faults at once."""

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from app import manifest
from app.core.clocks import difference
from app.core.errors import TimerError
from app.core.model import Account, AssigneePermission, Role
from app.holidays import holidays_from
from app.main import SystemClock, connections, put_back
from app.providers import SERVICES, Variables
from app.providers.http import Http
from app.settings import Settings, SettingsFaulty
from app.slack.slack_errors import NOT_TAKEN
from app.storage.engine import StorageUnusable
from app.storage.opening import open_store


async def faults(settings: Settings) -> AsyncIterator[str]:
    """A sentence each; nothing when all is well. At Slack and the provider it only reads."""
    for fault in _holidays(settings):
        yield fault
    async for fault in _storage(settings):
        yield fault
    async for fault in _slack(settings):
        yield fault
    async for fault in _tokens(settings):
        yield fault


def _holidays(settings: Settings) -> list[str]:
    try:
        holidays_from(settings.holidays)
    except SettingsFaulty as faulty:
        return faulty.sentences
    return []


async def _storage(settings: Settings) -> AsyncIterator[str]:
    try:
        store = await open_store(settings.database_url, settings.secret_keys)
    except StorageUnusable as error:
        yield str(error)
        return
    try:
        if not await store.is_writable():
            yield "The database can be read but takes no writes. Look at its disk, and at who may write there."
        for sentence in (*await put_back(store), *await store.unreadable()):
            yield sentence
    finally:
        await store.close()


async def _slack(settings: Settings) -> AsyncIterator[str]:
    client = AsyncWebClient(settings.slack_bot_token.get_secret_value(), settings.slack_api_url, timeout=10)
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        reason = error.response.get("error")
        yield f"Slack refused SLACK_BOT_TOKEN ({reason}). Copy it again from OAuth & Permissions."
        return
    except NOT_TAKEN as error:
        yield f"Slack was not reached at {settings.slack_api_url} ({type(error).__name__})."
        return
    host = urlsplit(settings.slack_api_url).hostname or "Slack"
    if skew := difference(host, answer.headers.get("Date") or "", SystemClock().now()):
        yield skew
    granted = {scope for scope in (answer.headers.get("x-oauth-scopes") or "").split(",") if scope}
    missing = manifest.scopes() - granted
    if granted and missing:
        yield f"The Slack app lacks scopes: {', '.join(sorted(missing))}. Paste the manifest again and reinstall the app."


async def _tokens(settings: Settings) -> AsyncIterator[str]:
    """Each workspace-wide token once, also where two services share it."""
    named = {one.variables: name for name, one in reversed(list(SERVICES.items()))}
    for variables, name in named.items():
        if settings.variable(variables.token):
            async for sentence in _token(settings, name, variables):
                yield sentence


async def _token(settings: Settings, name: str, about: Variables) -> AsyncIterator[str]:
    workspace, http = settings.variable(about.workspace), Http()
    shared = Account("", "", name, workspace, "", Role.MEMBER, AssigneePermission.SELF)
    try:
        provider = await connections(settings, http, SystemClock()).provider(shared)
        owner = await provider.whoami()
        if owner.role is None:
            yield f"{about.token} belongs to {owner.name}, who is not in workspace {workspace}."
        elif not owner.role.is_in_charge:
            yield f"{about.token} belongs to {owner.name}, a {owner.role}: only an owner's or admin's can log for others."
    except TimerError as error:
        yield f"{about.token}: {error.sentence}"
    finally:
        await http.aclose()
