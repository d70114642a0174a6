"""Where things are on the loopback Clockify, people who speak to it, and a Clockify that says yes to everything."""

from typing import cast

from app.core.model import Account, AssigneePermission, Role, Secret
from app.core.ports import Clock
from app.providers import Connections, Site
from app.providers.clockify import Clockify
from app.providers.http import Http
from providers.clickup_server import Said, Server
from providers.clockify_recorded import (
    ADA,
    BO,
    DESIGN,
    ENTRY,
    NOTHING_RUNS,
    PROJECTS,
    TAGS,
    URGENT,
    USER,
    USERS,
    WEBSITE,
    WORKSPACE,
    hydrated,
    plain,
    settings,
)

HERE = f"/workspaces/{WORKSPACE}"
ENTRIES = f"{HERE}/time-entries"
ONE = f"{ENTRIES}/{ENTRY}"
MINE, BOS = f"{HERE}/user/{ADA}/time-entries", f"{HERE}/user/{BO}/time-entries"
PROJECT, TAG_LIST = f"{HERE}/projects", f"{HERE}/tags"
LAST, MORE = {"Last-Page": "true"}, {"Last-Page": "false"}


def say_yes(server: Server) -> None:
    server.answers("GET", "/user", USER)
    server.answers("GET", HERE, settings())
    server.answers("GET", f"{HERE}/users", Said(USERS, headers=LAST))
    server.answers("GET", PROJECT, Said(PROJECTS, headers=LAST))
    server.answers("GET", f"{PROJECT}/{WEBSITE}", PROJECTS[0])
    server.answers("GET", f"{PROJECT}/{WEBSITE}/tasks", Said(PROJECTS[0]["tasks"], headers=LAST))
    server.answers("GET", f"{PROJECT}/{WEBSITE}/tasks/{DESIGN}", PROJECTS[0]["tasks"][0])
    server.answers("GET", TAG_LIST, Said(TAGS, headers=LAST))
    server.answers("POST", TAG_LIST, Said({"id": URGENT, "name": "new"}, 201))
    for route in (MINE, BOS):
        server.answers("GET", route, Said([hydrated()], headers=LAST))
        server.answers("POST", route, Said(plain(), 201))
        server.answers("PATCH", route, Said(NOTHING_RUNS, 404))
    server.answers("POST", ENTRIES, Said(plain(), 201))
    server.answers("GET", ONE, hydrated())
    server.answers("PUT", ONE, plain())
    server.answers("DELETE", ONE, Said("", 204))


KEY = Secret("YWRhCANARYCANARYCANARY")
SHARED = Secret("c2hhcmVkCANARY")


def adas(user_id: str = ADA, credential: Secret | None = KEY, *, role: Role = Role.OWNER) -> Account:
    permission = AssigneePermission.ANYONE if role.is_in_charge else AssigneePermission.SELF
    return Account("T1", "U1", "clockify", WORKSPACE, user_id, role, permission, credential)


def member(user_id: str = ADA, credential: Secret | None = KEY) -> Account:
    return adas(user_id, credential, role=Role.MEMBER)


async def connected(http: Http, clock: Clock, server: Server, account: Account) -> Clockify:
    """An adapter that remembers nothing yet."""
    connections = Connections(http, clock, {"clockify": Site(server.url, SHARED, WORKSPACE)})
    return cast(Clockify, await connections.provider(account))
