"""Signing in to Hoursmith: a token tells its organisation and role, and not whose it is."""

from app.core.errors import AccessDenied
from app.core.model import Secret, SignedIn, Workspace
from app.core.ports import Clock
from app.providers.hoursmith_calls import UNREADABLE, Calls, Gate
from app.providers.hoursmith_errors import no_answer
from app.providers.hoursmith_people import likely
from app.providers.hoursmith_wire import identifier, member, text_of
from app.providers.http import Http


async def sign_in(*, http: Http, clock: Clock, token: Secret, base_url: str, workspace_id: str) -> SignedIn:
    """GET /me (Resolve the token's identity) and GET /members; one organisation a token.

    `likely` are those who could have the token: its id or e-mail where /me tells one, else everybody with its role.
    """
    calls = Calls(http, clock, base_url.rstrip("/"), token, Gate())
    me = await calls.read("/me")
    if not isinstance(me, dict) or not identifier(me.get("orgId")):
        raise no_answer(UNREADABLE, is_write=False)
    workspace = Workspace(identifier(me["orgId"]), text_of(me.get("orgName")) or "your organisation")
    try:
        members = [one for one in map(member, await calls.pages("/members")) if one]
    except AccessDenied:
        members = []
    return SignedIn((workspace,), tuple(likely(me, members)), tuple(members))
