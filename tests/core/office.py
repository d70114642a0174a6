"""Everything that reminds, over a desk, with a bell that is heard and a Slack that says who is there."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.core.briefs import Briefs
from app.core.errors import NotReached
from app.core.model import Account, Person, TimeEntry, Timer, Work
from app.core.reminder import Kind, Presence, Reminder, Rule
from app.core.reminder_ports import Rung
from app.core.reminding import Reminding, reminding_of
from app.core.rhythm import Rhythm

from .fakes import ADA, BERLIN, HOUR, TEN, Desk

TODAY = date(2026, 3, 4)


@dataclass(slots=True)
class FakeBell:
    """Keeps `Bell`. `answers` are used up one by one; after them everything arrives."""

    heard: list[Reminder] = field(default_factory=list)
    answers: list[Rung | Exception] = field(default_factory=list)
    slow: dict[str, asyncio.Event] = field(default_factory=dict)
    rung: asyncio.Event = field(default_factory=asyncio.Event)

    async def ring(self, reminder: Reminder, person: Person) -> Rung:
        if reminder.team in self.slow:
            await self.slow[reminder.team].wait()
        answer = self.answers.pop(0) if self.answers else Rung(("D1", f"{len(self.heard)}.0"))
        if isinstance(answer, Exception):
            raise answer
        if answer.message:
            self.heard.append(reminder)
            self.rung.set()
        return answer

    @property
    def users(self) -> list[str]:
        return [one.user for one in self.heard]


@dataclass(slots=True)
class FakePresences:
    """Keeps `Presences`."""

    known: dict[str, Presence] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    page: int = 1000
    breaks_at: str = ""
    is_away: bool = False

    async def profile(self, team: str, user: str) -> Presence | None:
        self._ask(f"profile of {user}")
        return self._of(user)

    async def listed(self, team: str, cursor: str) -> tuple[Mapping[str, Presence], str]:
        self._ask(f"list {cursor}".strip())
        if cursor and cursor == self.breaks_at:
            self.breaks_at = ""
            raise NotReached("Slack did not answer.")
        at = int(cursor or 0)
        after = str(at + self.page) if at + self.page < len(self.members) else ""
        return {user: self._of(user) for user in self.members[at : at + self.page]}, after

    async def quiet(self, team: str, users: Sequence[str]) -> Mapping[str, Presence]:
        self._ask(f"quiet of {len(users)}")
        return {user: self._of(user) for user in users}

    def _ask(self, what: str) -> None:
        self.asked.append(what)
        if self.is_away:
            raise NotReached("Slack did not answer.")

    def _of(self, user: str) -> Presence:
        return self.known.get(user, Presence(zone=BERLIN))


@dataclass(slots=True)
class FakeHolidays:
    named: str = ""

    def on(self, day: date, zone: ZoneInfo) -> str:
        return self.named


@dataclass(slots=True)
class Office:
    """A desk with everything that reminds."""

    desk: Desk
    bell: FakeBell = field(default_factory=FakeBell)
    presences: FakePresences = field(default_factory=FakePresences)
    holidays: FakeHolidays = field(default_factory=FakeHolidays)

    @property
    def reminding(self) -> Reminding:
        """Another process each time."""
        desk = self.desk
        briefs = Briefs(desk.logbook, desk.tracker, desk.clock)
        return reminding_of(desk.accounts, briefs, self.presences, self.bell, self.holidays, desk.clock)

    async def employs(self, *accounts: Account, rhythm: Rhythm | None = None, zone: ZoneInfo = BERLIN) -> None:
        for one in accounts:
            await self.desk.store.remember_person(Person(one.team, one.user, zone, one.user))
            await self.desk.store.link(one)
            self.presences.members.append(one.user)
            if rhythm:
                await self.desk.store.reminders.keep_rhythm(one.team, one.user, rhythm)
        await self.reminding.plan()

    async def at(self, moment: datetime) -> None:
        """What is done by then, looked at again and again until nothing is left to do."""
        self.desk.clock.moment = moment.astimezone(TEN.tzinfo)
        reminding = self.reminding
        for _ in range(3):
            await reminding.plan()
            await reminding.read_due()
            await reminding.send_due()

    async def kept(self, whose: Account = ADA, day: date = TODAY, kind: Kind = Kind.DAY) -> Reminder:
        found = await self.desk.store.reminders.reminder(whose.team, whose.user, kind, day)
        assert found
        return found

    async def rule(self, whose: Account = ADA, day: date = TODAY) -> Rule | None:
        return (await self.kept(whose, day)).rule

    def logs(self, hours: float, whose: Account = ADA, *, start: datetime = TEN) -> None:
        entry = TimeEntry(f"e{start}{whose.user}", Work(), start, start + hours * HOUR, whose.user_id)
        self.desk.service.entries[entry.id] = entry

    def runs(self, since: datetime, whose: Account = ADA) -> None:
        self.desk.service.running[whose.user_id] = Timer("timer1", Work(), since, whose.user_id)
