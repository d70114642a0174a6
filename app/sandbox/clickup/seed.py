"""Acme Studio on an ordinary day: people, places and tasks that demos and tests can name."""

from __future__ import annotations

import hashlib

from ..backend import acme
from ..backend.clock import Clock, utc_now
from .diary import write_diary
from .model import Folder, Space, Status, Task, TaskList, Token, User
from .workspace import Workspace

DAY = 24 * 3_600_000
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

PEOPLE = (
    User(183, "Ada", "ada@acme.example", "admin", "Europe/Berlin", "#7b68ee"),
    User(184, "Bo", "bo@acme.example", "member", "Europe/Berlin", "#0ab4ff"),
    User(185, "Cy", "cy@acme.example", "guest", "America/New_York", "#ff7800"),
    User(186, "Di", "di@acme.example", "owner", "Europe/Berlin", "#2ea52c"),
)
TOKENS = {user.id: f"pk_{user.id}_{user.name.upper()}".ljust(38, "0") for user in PEOPLE}

STATUSES = (
    Status("to do", "open", "#d3d3d3", 0),
    Status("in progress", "custom", "#4194f6", 1),
    Status("review", "custom", "#a875ff", 2),
    Status("complete", "closed", "#6bc950", 3),
)


def seed(clock: Clock = utc_now) -> Workspace:
    """A furnished workspace; ``reset`` brings it back to this, with a diary up to the clock's new now."""
    return Workspace(clock, furnish=furnish)


def furnish(workspace: Workspace) -> None:
    workspace.users = {user.id: user for user in PEOPLE}
    workspace.tokens = {TOKENS[user.id]: Token(user.id, is_oauth=False) for user in PEOPLE}
    workspace.oauth_clients = {"SANDBOXCLIENT": "sandbox-client-secret"}
    workspace.statuses = list(STATUSES)
    _places(workspace)
    _tasks(workspace, "DEV", {"Backend": acme.BACKEND})
    _tasks(workspace, "OPS", {"Ops": acme.OPS})
    _tasks(workspace, "WEB", {"Website": acme.WEBSITE, "Hooli": acme.HOOLI, "Initech": acme.INITECH})
    for custom_id in ("WEB-3", "WEB-7", "WEB-9", "WEB-10"):  # what guests may see
        workspace.tasks_by_custom_id[custom_id].shared_with.add(185)
        workspace.tasks_by_custom_id[custom_id].assignees = [185]
    write_diary(workspace)


def _places(workspace: Workspace) -> None:
    product, clients = Space("90180000011", "Product"), Space("90180000012", "Clients")
    retainers = Folder("90180000021", "Retainers", clients)
    workspace.spaces = {space.id: space for space in (product, clients)}
    workspace.folders = {retainers.id: retainers}
    places = (
        TaskList("901800000031", "Backend", product),
        TaskList("901800000032", "Website", product),
        TaskList("901800000033", "Ops", product),
        TaskList("901800000034", "Hooli", clients),
        TaskList("901800000035", "Initech", clients, retainers),
    )
    workspace.lists = {place.id: place for place in places}


def _tasks(workspace: Workspace, prefix: str, names: dict[str, tuple[str, ...]]) -> None:
    """Assigned in turn to Ada, Bo, nobody and Di; each fourth is being worked on, each twelfth is complete."""
    turn: tuple[list[int], ...] = ([183], [184], [], [186])
    lists = {place.name: place for place in workspace.lists.values()}
    everything = [(name, lists[place]) for place, found in names.items() for name in found]
    for number, (name, place) in enumerate(everything, 1):
        status = STATUSES[3] if number % 12 == 11 else STATUSES[number % 4 == 0]
        updated = workspace.now - (number * 7 % 29) * DAY // 3
        created = workspace.now - 60 * DAY + number * 3_600_000
        done = updated if status.kind == "closed" else None
        custom_id = f"{prefix}-{number}"
        task = Task(_task_id(custom_id), custom_id, name, place, status, created, updated, creator=186, done=done)
        task.assignees = list(turn[number % 4])
        workspace.add_task(task)


def _task_id(custom_id: str) -> str:
    """Nine lower-case alphanumerics, the same ones every time."""
    if custom_id == "DEV-12":
        return "86c7mc19h"
    number = int.from_bytes(hashlib.sha256(custom_id.encode()).digest()[:6], "big")
    return "86c7" + _base36(number)


def _base36(number: int) -> str:
    """The last five digits."""
    return "".join(DIGITS[number // 36**place % 36] for place in (4, 3, 2, 1, 0))


def add_generated_tasks(workspace: Workspace, count: int = 20_000) -> None:
    """A big house: GEN-1 … in all lists, ids beginning 86c8, updated one minute apart, assigned to Ada and Bo."""
    places, now = list(workspace.lists.values()), workspace.now
    for number in range(1, count + 1):
        moment = now - number * 60_000
        name = f"Generated task {number:05}"
        place = places[number % len(places)]
        task = Task("86c8" + _base36(number), f"GEN-{number}", name, place, STATUSES[0], moment, moment, creator=186)
        task.assignees = [183 + number % 2]
        workspace.add_task(task)
