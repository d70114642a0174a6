"""Projects: listed, read and made."""

from __future__ import annotations

import re
from typing import Any

from . import refusals, wire
from .call import Call, Listing
from .listing import NAMES, named, page_of, unarchived
from .model import Project

FILTERS = NAMES | {"archived", "billable", "users", "contains-user", "user-status", "hydrated", "access"}
FILTERS |= {"clients", "contains-client", "client-status", "is-template"}
CREATE = {
    "name": "str",
    "clientId": "str",
    "isPublic": "bool",
    "billable": "bool",
    "color": "str",
    "note": "str",
    "memberships": "list",
    "tasks": "list",
    "estimate": "object",
    "hourlyRate": "object",
    "costRate": "object",
}
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def list_projects(call: Call) -> Listing:
    """Public ones and one's own; admins see all."""
    seen = [project for project in call.workspace.projects.values() if call.workspace.can_see(call.user, project)]
    found = [project for project in unarchived(call, seen) if _is_wanted(call, project)]
    return page_of(call, named(call, found), lambda project: wire.project(call.workspace, project))


def _is_wanted(call: Call, project: Project) -> bool:
    billable, access, users = call.truth("billable"), call.one("access"), call.all("users")
    contains = call.truth("contains-user") is not False
    return (
        billable in (None, project.billable)
        and access in (None, "PUBLIC" if project.is_public else "PRIVATE")
        and (not users or contains is not set(users).isdisjoint(project.members))
        and not call.truth("is-template")
    )


def read_project(call: Call) -> dict[str, Any]:
    return wire.project(call.workspace, call.workspace.project(call.path["projectId"], call.user))


def create_project(call: Call) -> dict[str, Any]:
    """Names are taken in any case and also by the archived, which is a choice; the words are the vendor's own."""
    workspace, body = call.workspace, call.body
    if workspace.settings["onlyAdminsCreateProject"] and not call.user.is_admin:
        raise refusals.access_denied()
    name = body.get("name", "").strip()
    if not name:
        raise refusals.rule_broken("Project name is required")
    if not 2 <= len(name) <= 250:
        raise refusals.rule_broken("Project name has to be between 2 and 250 characters long")
    if any(project.name.lower() == name.lower() for project in workspace.projects.values()):
        raise refusals.rule_broken(f"{name} project for client  already exists.")
    color = body.get("color", "#03A9F4")
    if not COLOUR.fullmatch(color):
        raise refusals.rule_broken("Color has to be a hexadecimal value")
    project = Project(workspace.new_id(), name, color, note=body.get("note", ""), members=[call.user.id])
    project.is_public = body.get("isPublic", workspace.settings["isProjectPublicByDefault"])
    project.billable = body.get("billable", workspace.settings["defaultBillableProjects"])
    workspace.projects[project.id] = project
    return wire.project(workspace, project)
