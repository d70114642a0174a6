"""Tells who only shares a channel with this Slack workspace (Slack Connect): nothing is shown to them or done for them."""

from collections.abc import Mapping
from typing import Any

from app.slack.outgoing import Body


def is_from_elsewhere(body: Body) -> bool:
    """Whether the delivery names another home for its user than the workspace that it reached the app in.

    Slash commands name none; there the profile tells. Inside an organisation Slack may name the organisation as home.
    """
    home = _home(body)
    return home != "" and home not in _here(body)


def is_profile_from_elsewhere(profile: Mapping[str, Any], team: str) -> bool:
    """The same of a profile as users.info gives it."""
    organisation = profile.get("enterprise_user") or {}
    homes = {profile.get("team_id"), organisation.get("enterprise_id"), *(organisation.get("teams") or ())} - {None, ""}
    return bool(profile.get("is_stranger")) or (homes != set() and team not in homes)


def _home(body: Body) -> str:
    event = body.get("event") or {}
    if event:
        is_shared = body.get("is_ext_shared_channel") is True
        return str(event.get("user_team") or (event.get("team") if is_shared else "") or "")
    user = body.get("user")
    return str(user.get("team_id") or "") if isinstance(user, dict) else ""


def _here(body: Body) -> set[str]:
    """A form that was opened in a shared channel says where the app is; its team is the user's own."""
    team, organisation = body.get("team") or {}, body.get("enterprise") or {}
    installed = (body.get("view") or {}).get("app_installed_team_id")
    reached = installed or team.get("id") or body.get("team_id") or _home(body)
    return {str(reached), str(organisation.get("id")), str(body.get("enterprise_id")), str(team.get("enterprise_id"))}
