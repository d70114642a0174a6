"""The table of who may do what to whose time, tried out on the whole app: every id in what Slack delivers is forged.

The workspace-wide token is an owner's and could do everything, so nothing but the app stands between two people.
"""

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import SecretStr

from app.core.model import Account, Role, Task, Timer, Work, default_permission
from app.core.permissions import Deed, Footing
from app.core.unchanged import seen_as
from app.sandbox.clickup.model import Entry, User
from app.sandbox.slack.team import Someone
from tests.slack.speaking import ACME, DI, TEAM
from tests.slack.wire import Json, Wire, wired, words
from tests.stage import Stage, raised

BERLIN = ZoneInfo("Europe/Berlin")
ZOE = Someone("U0ZOE", "Zoe", "Zoe Client", "zoe@client.example", "Europe/Berlin", home="T0CLIENT")
ADA = User(183, "Ada", "ada@acme.example", "admin", "Europe/Berlin")
MAY_ALL = {Footing.OWNER, Footing.ADMIN}
MAY_THEIR_OWN = {Footing.NARROWED, Footing.MEMBER, Footing.GUEST}
ASKING = {Footing.UNKNOWN: "U0CY", Footing.STRANGER: ZOE.id}
IDS = {"U0ADA": "183", "U0BO": "184"}
CHANGED_BY = (
    "Ask an owner or admin of the workspace to do it, or to change your role.",
    "Whoever runs this app can change that.",
    "Ask its owner to invite you again",
    "Type /timer connect",
    "Ask an admin of that workspace",
)


@dataclass(frozen=True, slots=True)
class Scene:
    """Somebody in front of the app, and whose time they reach for."""

    wire: Wire
    stage: Stage
    asking: str
    whose: str
    _numbers: "itertools.count[int]"

    async def line(self, text: str, *, by: str = "") -> str:
        return words((await self.wire.command(text, user=by or self.asking)).json())

    async def click(self, name: str, value: str) -> str:
        self.wire.told.clear()
        await self.wire.click(name, value, message=f"{next(self._numbers)}.1", user=self.asking)
        await self.wire.front.drain(2)
        return words(self.wire.told)

    async def submit(self, callback_id: str, state: Json, **metadata: str) -> str:
        self.wire.told.clear()
        metadata |= {"form": f"form{next(self._numbers)}"}
        answer = await self.wire.submit(callback_id, state, metadata=metadata, user=self.asking)
        await self.wire.front.drain(2)
        shown = answer.json() if answer.content else {}  # an empty answer closes the form
        return "\n".join([words(shown), words(self.wire.told), *shown.get("errors", {}).values()])

    async def logged(self) -> str:
        """The id of an entry that they logged themselves."""
        before = {entry.id for entry in self.entries}
        await self.line(f"log {60 + next(self._numbers)}m yesterday DEV-13", by=self.whose)
        [new] = {entry.id for entry in self.entries} - before
        return str(new)

    async def holds(self) -> str:
        """The id of a timer of theirs that the app keeps."""
        begins = self.stage.clock.now() - timedelta(hours=1)
        [task] = [one for one in self.stage.workspace.tasks.values() if one.custom_id == "DEV-13"]
        work = Work(Task(task.id, task.name, "DEV-13"))
        timer = Timer(f"held:t{next(self._numbers)}", work, begins, IDS[self.whose], is_held=True)
        assert await self.stage.app.store.hold(TEAM, self.whose, timer)
        return timer.id

    async def shown(self) -> str:
        """What a form that shows such an entry carries: its id, and how it was seen."""
        entry_id, account = await self.logged(), await self.stage.app.store.account(TEAM, self.whose)
        assert account
        provider = await self.stage.app.connections.provider(account, BERLIN)
        return f"{entry_id} {seen_as(await provider.entry(entry_id), BERLIN)}"

    async def operation(self, entry_id: str) -> str:
        [row] = await self.stage.app.store.engine.read("select id from operation where entry_id = :id", id=entry_id)
        return str(row["id"])

    async def clears_up(self) -> None:
        held = await self.stage.app.store.held_timer(TEAM, self.whose)
        if held:
            await self.stage.app.store.release(TEAM, self.whose, held.id)

    @property
    def entries(self) -> list[Entry]:
        entries = self.stage.workspace.entries.values()
        return [one for one in entries if one.source == "api" and str(one.user_id) == IDS[self.whose]]

    async def record(self) -> tuple[list[Entry], Timer | None]:
        held = await self.stage.app.store.held_timer(TEAM, self.whose)
        return [replace(entry) for entry in self.entries], held


HALF_AN_HOUR = {"duration": {"type": "plain_text_input", "value": "30m"}}
TAGGED = {"tags": {"type": "multi_external_select", "selected_options": [{"value": "design"}]}}
Prepare = Callable[[Scene], Awaitable[str]]
Act = Callable[[Scene, str], Awaitable[str]]


async def nothing(scene: Scene) -> str:
    return ""


async def a_day(scene: Scene) -> str:
    await scene.holds()
    return await scene.logged()


async def log_in_a_line(scene: Scene, _: str) -> str:
    return await scene.line(f"log 30m yesterday DEV-12 for <@{scene.whose}>")


async def log_in_the_form(scene: Scene, _: str) -> str:
    picked = {"assignee": {"type": "users_select", "selected_user": scene.whose}}
    return await scene.submit("log_time", HALF_AN_HOUR | picked)


async def start(scene: Scene, _: str) -> str:
    return await scene.line(f"start 5m ago DEV-12 for <@{scene.whose}>")


async def stop(scene: Scene, _: str) -> str:
    return await scene.line(f"stop for <@{scene.whose}>")


async def stop_in_the_form(scene: Scene, timer: str) -> str:
    end = scene.stage.clock.now().isoformat()
    return await scene.submit("finish_timer", {}, timer=timer, end=end, whose=scene.whose)


async def edit(scene: Scene, shown: str) -> str:
    entry, seen = shown.split()
    return await scene.submit("edit_entry", HALF_AN_HOUR, entry=entry, seen=seen)


async def tag(scene: Scene, shown: str) -> str:
    entry, seen = shown.split()
    return await scene.submit("edit_entry", HALF_AN_HOUR | TAGGED, entry=entry, seen=seen)


async def delete(scene: Scene, entry: str) -> str:
    return await scene.click("delete", entry)


async def undo(scene: Scene, entry: str) -> str:
    return await scene.click("undo", await scene.operation(entry))


async def open_again(scene: Scene, entry: str) -> str:
    """The button that hands back what somebody typed."""
    return await scene.click("again", await scene.operation(entry))


async def resume(scene: Scene, entry: str) -> str:
    return await scene.click("resume", entry)


async def status(scene: Scene, _: str) -> str:
    return await scene.line(f"status for <@{scene.whose}>")


async def yesterday(scene: Scene, _: str) -> str:
    return await scene.line(f"yesterday for <@{scene.whose}>")


async def week(scene: Scene, _: str) -> str:
    return await scene.line(f"week for <@{scene.whose}>")


ATTEMPTS: tuple[tuple[Deed, Prepare, Act], ...] = (
    (Deed.LOG, nothing, log_in_a_line),
    (Deed.LOG, nothing, log_in_the_form),
    (Deed.START, nothing, start),
    (Deed.STOP, Scene.holds, stop),
    (Deed.STOP, Scene.holds, stop_in_the_form),
    (Deed.EDIT, Scene.shown, edit),
    (Deed.TAG, Scene.shown, tag),
    (Deed.DELETE, Scene.logged, delete),
    (Deed.UNDO, Scene.logged, undo),
    (Deed.SEE, a_day, status),
    (Deed.SEE, a_day, yesterday),
    (Deed.SEE, a_day, week),
)
REFUSED_TOO: tuple[tuple[Deed, Prepare, Act], ...] = (
    (Deed.LOG, Scene.logged, open_again),
    (Deed.SEE, Scene.logged, resume),
)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with raised(clickup_token=SecretStr(DI), clickup_workspace_id=ACME) as stage:
        await stage.app.store.disconnect(TEAM, "U0ADA")
        await stage.app.store.disconnect(TEAM, "U0BO")
        await links(stage, "U0BO", "184", Role.MEMBER)
        stage.world.invite(ZOE)
        for task in stage.workspace.tasks.values():
            task.shared_with.add(183)  # else Ada would work on none of them as a guest
        yield stage


@pytest.fixture
async def wire(stage: Stage) -> AsyncIterator[Wire]:
    async with wired(stage) as wire:
        yield wire


async def links(stage: Stage, user: str, user_id: str, role: Role, *, is_ordered: bool = False) -> None:
    """The role is looked up with their next command, and the list of members is read anew for it."""
    stage.clock.passes(minutes=6)
    account = Account(TEAM, user, "clickup", ACME, user_id, role, default_permission(role))
    await stage.app.store.link(account, is_ordered=is_ordered)


async def stands(stage: Stage, footing: Footing) -> str:
    """Lets Ada stand so, and says who asks."""
    users = stage.workspace.users
    if footing in ASKING:
        return ASKING[footing]
    is_narrowed = footing is Footing.NARROWED
    if footing is Footing.LEFT:
        users.pop(183, None)
        role = Role.ADMIN
    else:
        role = Role.ADMIN if is_narrowed else Role(footing.value)
        users[183] = replace(ADA, role=role.value)
    await links(stage, "U0ADA", "183", Role.MEMBER if is_narrowed else role, is_ordered=True)
    return "U0ADA"


CELLS = [(footing, False) for footing in Footing] + [(footing, True) for footing in Footing if footing not in ASKING]


@pytest.mark.parametrize(("footing", "is_own"), CELLS, ids=lambda one: getattr(one, "name", str(one)).lower())
async def test_every_cell_of_the_table(wire: Wire, stage: Stage, footing: Footing, is_own: bool) -> None:
    whose, numbers = "U0ADA" if is_own else "U0BO", itertools.count(1)
    may = footing in MAY_ALL or (is_own and footing in MAY_THEIR_OWN)
    for deed, prepare, act in ATTEMPTS if may else (*ATTEMPTS, *REFUSED_TOO):
        await stands(stage, Footing.ADMIN)
        token = await prepare(Scene(wire, stage, whose, whose, numbers))
        scene = Scene(wire, stage, await stands(stage, footing), whose, numbers)
        before, writes = await scene.record(), stage.writes()
        said = await act(scene, token)
        is_changed = await scene.record() != before
        assert (deed, act.__name__, is_changed) == (deed, act.__name__, may and deed is not Deed.SEE), said
        assert may or stage.writes() == writes
        assert any(who in said for who in CHANGED_BY) is not may, said
        assert ("Fix logout" in said) is may or deed is not Deed.SEE, said
        await scene.clears_up()
