"""Signing in to ClickUp: what a token tells of itself, and the page on which people let this app act for them."""

import json
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from app.core.errors import NotReached, Refused
from app.core.model import Member, Secret, SignedIn, Workspace
from app.core.ports import Clock
from app.providers.calls import NOT_REACHED
from app.providers.clickup_calls import LABEL, Calls, Gate
from app.providers.clickup_connect import BASE_URL
from app.providers.clickup_errors import no_answer
from app.providers.clickup_wire import Json, identifier, member, objects, text_of
from app.providers.http import Http, Unanswered, Unsent

PAGE = "https://app.clickup.com/api"
NO_CODE = "ClickUp didn't take that sign-in. Begin again in Slack."


async def sign_in(*, http: Http, clock: Clock, token: Secret, base_url: str, workspace_id: str) -> SignedIn:
    """GET /user and GET /team (Get authorized workspaces): members and their roles come with the workspaces."""
    calls = Calls(http, clock, base_url.rstrip("/"), token, Gate())
    me = member(_object(await calls.read("/user"), "user"))
    if me is None:
        raise no_answer("ClickUp answered without saying who you are.", is_write=False)
    teams = {identifier(team.get("id")): team for team in objects(await calls.read("/team"), "teams")}
    workspaces = tuple(Workspace(name, text_of(team.get("name")) or name) for name, team in teams.items() if name)
    settled = workspace_id or (workspaces[0].id if len(workspaces) == 1 else "")
    people = _members(teams.get(settled, {}))
    role = next((one.role for one in people if one.id == me.id), None)
    return SignedIn(workspaces, (replace(me, role=role),) if settled else (), people)


@dataclass(frozen=True, slots=True)
class ClickUpConsent:
    """OAuth with a code, as developer.clickup.com/docs/authentication has it: no scopes, no refresh."""

    http: Http
    base_url: str
    client_id: str
    client_secret: Secret = field(repr=False)
    redirect_uri: str

    def page(self, state: str) -> str:
        """At another address than ClickUp's own, the page is beside the API."""
        base = self.base_url.rstrip("/")
        page = PAGE if base == BASE_URL else base.removesuffix("/v2")
        asked = {"client_id": self.client_id, "redirect_uri": self.redirect_uri, "state": state}
        return f"{page}?{urlencode(asked)}"

    async def token(self, code: str) -> Secret:
        """POST /oauth/token (Get access token). Nothing is kept there that a second try could double."""
        sent = {"client_id": self.client_id, "client_secret": self.client_secret.reveal(), "code": code}
        try:
            answer = await self.http.send("POST", f"{self.base_url.rstrip('/')}/oauth/token", json=sent)
        except (Unsent, Unanswered):
            raise NotReached(NOT_REACHED.format(LABEL)) from None
        if answer.status == 429 or answer.status >= 500:
            raise NotReached(NOT_REACHED.format(LABEL))
        token = _access_token(answer.text) if answer.status == 200 else ""
        if not token:
            raise Refused(NO_CODE)
        return Secret(token)


def _access_token(body: str) -> str:
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    return text_of(content.get("access_token")) if isinstance(content, dict) else ""


def _members(team: Json) -> tuple[Member, ...]:
    people = (member(_object(item, "user")) for item in objects(team, "members"))
    return tuple(one for one in people if one)


def _object(answer: object, key: str) -> Json:
    found = answer.get(key) if isinstance(answer, dict) else None
    return found if isinstance(found, dict) else {}
