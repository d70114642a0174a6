"""Ada, Bo and Cy with their accounts, and a time-tracking service that behaves like a real one."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from zlib import crc32
from zoneinfo import ZoneInfo

from app.core.accounts import Accounts, Caller
from app.core.acts import Act
from app.core.errors import (
    AccessDenied,
    EntryNotFound,
    NoAnswer,
    NoTimerRunning,
    NotReached,
    Refused,
    SignInExpired,
    TimerError,
)
from app.core.held_timers import HeldTimers
from app.core.interrupted import Interrupted
from app.core.journal import Journal
from app.core.late_arrivals import LateArrivals
from app.core.logbook import Logbook
from app.core.model import (
    Account,
    AssigneePermission,
    Capabilities,
    Draft,
    Key,
    Member,
    Person,
    Role,
    SignedIn,
    Task,
    TimeEntry,
    Timer,
    Window,
    Work,
)
from app.core.operations import Operation
from app.core.ports import Store
from app.core.settling import Settler
from app.core.standing import Standing
from app.core.timer_undo import TimerUndo
from app.core.tracker import Tracker
from app.core.undo import Undo
from app.core.waiting_stops import WaitingStops
from app.core.worklist import Worklist

BERLIN = ZoneInfo("Europe/Berlin")
TEN = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)  # ten o'clock in Berlin
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)

FIX_LOGIN = Task("86c1", "Fix login", "DEV-12", "Website", "https://app.clickup.com/t/86c1")
HERO = Task("86c2", "Hero section", "DEV-13", "Website/Design")
HERO_VIDEO = Task("86c3", "Hero section video", "DEV-14", "Website/Design")
CAFE = Task("86c4", "Café menu", "CAFE-1", "Bistro")

LOOK = " It may or may not have been saved."


def is_about(moment: datetime, other: datetime) -> bool:
    """To the second: below it, entries carry marks."""
    return abs(moment - other) < timedelta(seconds=1)


OUTCOMES: dict[str, type[TimerError]] = {
    "refused": Refused,
    "not reached": NotReached,
    "no answer": NoAnswer,
    "expired": SignInExpired,
}
BLIND: dict[str, type[TimerError]] = {"not reached": NotReached, "denied": AccessDenied, "expired": SignInExpired}


def account(user: str, role: Role = Role.MEMBER, *, team: str = "T1", workspace: str = "9001") -> Account:
    permission = AssigneePermission.ANYONE if role.is_in_charge else AssigneePermission.SELF
    return Account(team, user, "clickup", workspace, f"id-{user}", role, permission)


ADA, BO, CY = account("UADA", Role.ADMIN), account("UBO"), account("UCY")


@dataclass(slots=True)
class FixedClock:
    moment: datetime = TEN

    def now(self) -> datetime:
        return self.moment

    def forward(self, by: timedelta) -> None:
        self.moment += by


@dataclass(slots=True)
class Service:
    """What everybody's providers have in common: entries, running timers, and how the next write ends.

    `faults` are used up one by write: "refused", "not reached", "no answer" (nothing happened),
    "late" (it happened, and no answer came), "bug" (our own mistake after it happened).
    `blind` are used up one by looking back: "not reached", "denied", "expired". What was made is seen after `lag`.
    """

    clock: FixedClock
    tasks: list[Task] = field(default_factory=lambda: [FIX_LOGIN, HERO, HERO_VIDEO, CAFE])
    entries: dict[str, TimeEntry] = field(default_factory=dict)
    running: dict[str, Timer] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    blind: list[str] = field(default_factory=list)
    lag: timedelta = timedelta()
    made: dict[str, datetime] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    attempts: list[str] = field(default_factory=list)
    pause: float = 0
    is_away: bool = False
    is_signed_out: bool = False
    keeps_marks: bool = True
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    ids: count = field(default_factory=count)  # type: ignore[type-arg]

    async def called(self, name: str) -> None:
        self.calls.append(name)
        self.reached.set()
        await asyncio.sleep(self.pause)
        if self.is_away:
            raise NotReached("ClickUp can't be reached just now.")
        if self.is_signed_out:
            raise SignInExpired("ClickUp no longer accepts your sign-in.")

    async def writing(self, name: str) -> str:
        await self.called(name)
        fault = self.faults.pop(0) if self.faults else ""
        if fault in OUTCOMES:
            raise OUTCOMES[fault](f"ClickUp: {fault}.{LOOK if fault == 'no answer' else ''}")
        return fault

    async def looking_back(self, name: str) -> None:
        await self.called(name)
        trouble = self.blind.pop(0) if self.blind else ""
        if trouble:
            raise BLIND[trouble](f"ClickUp: {trouble}.")

    def is_listed(self, entry: TimeEntry) -> bool:
        made = self.made.get(entry.id)
        return made is None or self.clock.now() >= made + self.lag

    def close(self, user_id: str, end: datetime) -> TimeEntry:
        timer = self.running.pop(user_id)
        entry = TimeEntry(timer.id, timer.work, timer.start, end, user_id)
        self.entries[entry.id] = entry
        return entry

    @property
    def writes(self) -> list[str]:
        return [
            name
            for name in self.calls
            if name in ("create", "update", "delete", "start", "stop", "cancel", "amend", "tag", "untag")
        ]


@dataclass(frozen=True, slots=True)
class FakeProvider:
    """Keeps `Provider`. Starting stops what ran before and does not say so; all times are the token owner's."""

    account: Account
    service: Service
    capabilities: Capabilities = field(default_factory=lambda: Capabilities(native_timer=True, assignees=True))
    label: str = "ClickUp"

    async def learn(self) -> None:
        """Never fails: what it does not know, the service will refuse."""

    async def whoami(self) -> Member:
        return Member(self.account.user_id, self.account.user)

    async def members(self) -> list[Member]:
        return [await self.whoami()]

    async def find_task(self, text: str) -> Task | None:
        await self.service.called("find_task")
        text = text.removeprefix("id:")
        return next((task for task in self.service.tasks if text in (task.id, task.custom_id, task.url)), None)

    async def search(self, text: str) -> list[Task]:
        """As generous as real ones: any task with one of the words anywhere, however it is written."""
        await self.service.called("search")
        words = text.casefold().split()
        return [
            task
            for task in self.service.tasks
            if not words or any(word[:3] in f"{task.name} {task.custom_id} {task.place}".casefold() for word in words)
        ]

    async def entries(self, window: Window, assignee: str, likely: Sequence[Task] = ()) -> list[TimeEntry]:
        await self.service.called("entries")
        mine = [
            entry for entry in self.service.entries.values() if entry.assignee == assignee and entry.start in window
        ]
        return sorted(mine, key=lambda entry: entry.start)

    async def entry(self, entry_id: str) -> TimeEntry:
        await self.service.called("entry")
        if entry_id not in self.service.entries:
            raise EntryNotFound("That entry is gone.")
        return self.service.entries[entry_id]

    async def tags(self) -> list[str]:
        return sorted({tag for entry in self.service.entries.values() for tag in entry.work.tags})

    async def current(self, assignee: str) -> Timer | None:
        await self.service.called("current")
        return self.service.running.get(assignee)

    async def create(self, draft: Draft, *, operation_id: str = "") -> TimeEntry:
        self.service.attempts.append(operation_id)
        fault = await self.service.writing("create")
        self._check_complete(draft.work)
        entry = TimeEntry(self._id(), draft.work, draft.start, draft.end, draft.assignee)
        self.service.entries[entry.id] = entry
        self.service.made[entry.id] = self.service.clock.now()
        self._end(fault)
        return entry

    def marked(self, draft: Draft, operation_id: str) -> Draft:
        if not self.service.keeps_marks:
            return draft
        start = draft.start.replace(microsecond=crc32(operation_id.encode()) % 1000 * 1000)
        return replace(draft, start=start, end=start + draft.duration)

    async def made_from(self, draft: Draft, *, operation_id: str, since: datetime) -> list[TimeEntry]:
        await self.service.looking_back("made_from")
        same = [
            entry
            for entry in self.service.entries.values()
            if (entry.work, entry.start, entry.end, entry.assignee)
            == (draft.work, draft.start, draft.end, draft.assignee)
            and self.service.is_listed(entry)
        ]
        return sorted(same, key=lambda entry: entry.id)

    async def update(self, before: TimeEntry, after: TimeEntry) -> TimeEntry:
        fault = await self.service.writing("update")
        self.service.entries[before.id] = after
        self._end(fault)
        return after

    async def delete(self, entry: TimeEntry) -> None:
        fault = await self.service.writing("delete")
        if entry.id not in self.service.entries:
            raise EntryNotFound("That entry is gone.")
        del self.service.entries[entry.id]
        self._end(fault)

    async def tag(self, entry_id: str, names: Sequence[str]) -> None:
        self._retag(await self.service.writing("tag"), entry_id, names, ())

    async def untag(self, entry_id: str, names: Sequence[str]) -> None:
        self._retag(await self.service.writing("untag"), entry_id, (), names)

    async def start(self, work: Work, at: datetime | None = None) -> Timer:
        fault = await self.service.writing("start")
        mine, begins = self.account.user_id, at or self.service.clock.now()
        if mine in self.service.running:
            self.service.close(mine, begins)
        self.service.running[mine] = Timer(self._id(), work, begins, mine)
        self._end(fault)
        return self.service.running[mine]

    async def stop(self, timer: Timer, at: datetime | None = None) -> TimeEntry:
        fault = await self.service.writing("stop")
        runs = self.service.running.get(self.account.user_id)
        if runs is None:
            raise NoTimerRunning("No timer is running.")
        self._check_complete(runs.work)
        entry = self.service.close(self.account.user_id, at or self.service.clock.now())
        self._end(fault)
        return entry

    async def amend(self, timer: Timer, work: Work) -> Timer:
        fault = await self.service.writing("amend")
        self.service.running[self.account.user_id] = replace(timer, work=work)
        self._end(fault)
        return self.service.running[self.account.user_id]

    async def cancel(self, timer: Timer) -> None:
        fault = await self.service.writing("cancel")
        self.service.running.pop(self.account.user_id, None)
        self._end(fault)

    def _check_complete(self, work: Work) -> None:
        if self.capabilities.tags_required and not work.tags:
            raise Refused("ClickUp wants at least one tag on every entry.", field="tags")

    def _retag(self, fault: str, entry_id: str, add: Sequence[str], remove: Sequence[str]) -> None:
        for kept in (self.service.entries, self.service.running):
            for key, one in kept.items():
                if one.id == entry_id:
                    kept[key] = replace(one, work=one.work.retagged(add, remove))  # type: ignore[assignment]
        self._end(fault)

    def _id(self) -> str:
        return f"e{next(self.service.ids)}"

    def _end(self, fault: str) -> None:
        if fault == "late":
            raise NoAnswer("ClickUp did not answer in time. It may or may not have been saved.")
        if fault == "bug":
            raise KeyError("duration")


@dataclass(slots=True)
class FakeInbox:
    """`is_open` unless nobody can be told anything just now."""

    reports: list[Operation] = field(default_factory=list)
    cut_offs: list[Act] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    is_open: bool = True

    async def report(self, operation: Operation) -> bool:
        if self.is_open:
            self.reports.append(operation)
        return self.is_open

    async def tell_about(self, operation: Operation, sentence: str) -> bool:
        if self.is_open:
            self.sentences.append(sentence)
        return self.is_open

    async def cut_off(self, act: Act, *, is_half_done: bool = False) -> bool:
        if self.is_open:
            self.cut_offs.append(act)
        return self.is_open


@dataclass(frozen=True, slots=True)
class FakeConnections:
    service: Service
    capabilities: Capabilities = field(default_factory=lambda: Capabilities(native_timer=True, assignees=True))

    async def provider(self, account: Account, zone: ZoneInfo) -> FakeProvider:
        return FakeProvider(account, self.service, self.capabilities)

    def label(self, provider: str) -> str:
        return "ClickUp"


@dataclass(frozen=True, slots=True)
class FakeDirectory:
    people: tuple[Person, ...] = ()
    asked: list[str] = field(default_factory=list)

    async def look_up(self, team: str, user: str) -> Person | None:
        self.asked.append(user)
        return next((person for person in self.people if (person.team, person.user) == (team, user)), None)


@dataclass(frozen=True, slots=True)
class FakeSignIns:
    """Nobody may connect by themselves, and no token is for all."""

    offered: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    asked: list[str] = field(default_factory=list)

    def regions(self, provider: str) -> Sequence[str]:
        return []

    async def sign_in(self, key: Key, workspace_id: str = "") -> SignedIn:
        raise Refused("Nobody may connect here.")

    async def roster(self, provider: str) -> SignedIn | None:
        self.asked.append(provider)
        return None

    def recalled(self, provider: str) -> SignedIn | None:
        return None


class Desk:
    """The core's services over a real store, one fake service and a clock that stands still."""

    def __init__(self, store: Store, directory: FakeDirectory | None = None, service: Service | None = None) -> None:
        self.store = store
        self.service = service or Service(FixedClock())
        self.clock = self.service.clock
        self.inbox = FakeInbox()
        self.directory = directory or FakeDirectory()
        self.journal = Journal(store, self.clock)
        self.held = HeldTimers(store)
        self.worklist = Worklist(store, self.clock)
        waiting_stops = WaitingStops(store, self.journal, self.clock)
        self.tracker = Tracker(self.journal, self.held, self.worklist, waiting_stops, self.clock)
        self.undo = Undo(store, self.journal, TimerUndo(store, self.journal, self.held, self.tracker), self.clock)
        self.logbook = Logbook(self.journal, self.held, self.worklist, self.clock)
        reach = FakeConnections(self.service)
        self.sign_ins = FakeSignIns()
        standing = Standing(store, self.sign_ins, reach, self.clock, asyncio.ensure_future)
        self.settler = Settler(store, reach, self.journal, self.worklist, self.held, self.clock, self.inbox, standing)
        self.late_arrivals = LateArrivals(store, self.journal, self.settler, self.clock, self.inbox)
        self.under_way: set[str] = set()
        self.interrupted = Interrupted(
            store, self.inbox, self.clock, 2 * self.journal.quarantine, self.under_way.__contains__
        )
        self.accounts = Accounts(store, reach, self.directory, standing, "clickup")
        self._operations = count(1)

    async def link(self, *accounts: Account) -> None:
        for account in accounts:
            await self.store.link(account)

    def caller(self, account: Account = ADA, operation: str = "", capabilities: Capabilities | None = None) -> Caller:
        """`account` doing something for the first time, or `operation` once more."""
        provider = FakeProvider(account, self.service)
        if capabilities:
            provider = replace(provider, capabilities=capabilities)
        person = Person(account.team, account.user, BERLIN)
        return Caller(person, account, provider, operation or f"op{next(self._operations)}")

    def holding(self, account: Account = ADA, operation: str = "") -> Caller:
        """`account` at a provider that has no timers of its own."""
        return self.caller(account, operation, Capabilities(native_timer=False, assignees=True))
