"""What reminders ask of the outside: a memory of their own, Slack's word on people, a bell to ring, the holidays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from app.core.model import Account, Person, Timer
from app.core.reminder import Brief, Decision, Kind, Presence, Reminder
from app.core.rhythm import Rhythm


@dataclass(frozen=True, slots=True)
class Seen:
    """When Slack has last said of somebody what their profile tells, and when they want quiet."""

    profile_at: datetime | None = None
    quiet_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Roll:
    """How far the list of everybody in a Slack workspace was read, by `pages` since `began_at`.

    It had `size` pages when it was last read to its end.
    """

    cursor: str = ""
    pages: int = 0
    size: int = 0
    began_at: datetime | None = None

    @property
    def is_done(self) -> bool:
        return self.pages > 0 and not self.cursor

    def turned(self, cursor: str) -> "Roll":
        """A page was read, and the next one begins at `cursor`."""
        pages = self.pages + 1
        return Roll(cursor, pages, self.size if cursor else pages, self.began_at)


class Reminders(Protocol):
    """The part of the store that is about reminders. Every method is one transaction."""

    async def keep_rhythm(self, team: str, user: str, rhythm: Rhythm) -> None:
        """Their reminders that have not been sent are planned anew. `Person.rhythm` is how it is read."""

    async def changed_at(self, team: str, user: str, now: datetime) -> datetime | None:
        """When they last connected or changed how they work; what a wrong clock has noted after `now` counts for nothing."""

    async def presence(self, team: str, user: str) -> Presence:
        """As it was last told; one that says nothing where it never was."""

    async def keep_profiles(self, team: str, presences: Mapping[str, Presence], now: datetime) -> None:
        """Of people who are known here, all but when they want quiet.

        Who has moved to another zone is remembered there, and planned anew.
        """

    async def keep_quiet(self, team: str, presences: Mapping[str, Presence], now: datetime) -> None:
        """Of people who are known here, only when they want quiet."""

    async def seen(self, team: str, user: str) -> Seen:
        """When their presence was last told."""

    async def unseen(self, reminder: Reminder, *, since: datetime, until: datetime, limit: int) -> Mapping[str, Seen]:
        """Its person, and who of that Slack workspace is to be looked up after it, `until` then, and was not seen `since`."""

    async def roll(self, team: str) -> Roll: ...

    async def claim_roll(self, team: str, now: datetime, *, until: datetime) -> Roll | None:
        """None while another process reads that list; it is nobody else's `until` then."""

    async def keep_roll(self, team: str, roll: Roll, *, until: datetime | None) -> None:
        """It stays whose it is `until` then; without, anybody may go on reading."""

    async def claim_planning(self, now: datetime, *, until: datetime, limit: int) -> list[tuple[str, str]]:
        """Slack workspace and user of those for whom something is to be planned; they are nobody else's `until` then."""

    async def plan(self, team: str, user: str, reminders: Sequence[Reminder], *, until: datetime) -> bool:
        """They are planned, unless something has happened since they were claimed `until` then: False, and nothing changes.

        Of each kind the first is added that is not there yet, while no other one of that kind waits up to its day.
        """

    async def plan_later(self, team: str, user: str, at: datetime, *, until: datetime) -> None:
        """Nothing could be planned for those claimed `until` then; it is tried again at `at`."""

    async def add(self, reminder: Reminder) -> None:
        """As `plan` does, beside what is planned already."""

    async def replan(self, team: str, user: str) -> None:
        """What was neither claimed for sending nor asked for by the person is forgotten, and they are to be planned anew."""

    async def replan_everybody(self) -> None:
        """They are to be planned anew, and nothing is forgotten: for when the clock was set back."""

    async def sharing(self, account: Account, limit: int) -> int:
        """How many have accounts in the same workspace of the same provider, counted up to `limit`."""

    async def reminder(self, team: str, user: str, kind: Kind, day: date) -> Reminder | None: ...

    async def claim_reading(self, now: datetime, *, lease: str, until: datetime) -> Reminder | None:
        """Takes the next planned one that is due to be looked up into this lease; for one left in a lease, once that ended."""

    async def next_sending(self, now: datetime) -> datetime | None:
        """When the next one can be claimed for sending; None where nothing is ready.

        What was sent before the clock was set back keeps no Slack workspace waiting.
        """

    async def claim_sending(self, now: datetime, *, lease: str, until: datetime, pause: timedelta) -> Reminder | None:
        """Takes the next ready one of a Slack workspace that may be written to again, which it then may not for `pause`."""

    async def is_late_by_an_outage(self, reminder: Reminder, now: datetime) -> bool:
        """Whether in its Slack workspace nothing was sent from when it was due until more than `LATEST` later.

        A long queue that moves is none.
        """

    async def renew(self, reminder: Reminder, *, until: datetime) -> bool:
        """Keeps its lease. False where another has it, or the person has answered or changed how they work meanwhile."""

    async def briefed(self, reminder: Reminder, brief: Brief) -> bool:
        """Ready, with what was read. False when another has its lease by now."""

    async def settle(
        self, reminder: Reminder, decision: Decision, now: datetime, *, message: tuple[str, str] | None
    ) -> bool:
        """Sent, with the `message` where it stands, or silent; and the person is planned anew. False as `briefed` does."""

    async def again(self, reminder: Reminder, decision: Decision, at: datetime) -> bool:
        """Planned once more, to be looked up and sent at `at`. False as `briefed` does."""

    async def retry(self, reminder: Reminder, at: datetime) -> bool:
        """Left as it is, to be taken up again at `at`. False as `briefed` does."""

    async def look_up_again(self, reminder: Reminder, at: datetime) -> bool:
        """Planned once more, to be looked up at `at`; what was said of it stays known. False as `briefed` does."""

    async def reask(self, team: str, user: str, kind: Kind, day: date, decision: Decision, at: datetime) -> None:
        """The person wants to be asked again at `at`, whatever became of it."""

    async def close(self, team: str, user: str, kind: Kind, day: date, decision: Decision, now: datetime) -> None:
        """The person has answered: nothing is sent about that day any more. Who was asked stays so, since `due_at`; before
        `now`, where they were to be asked again.
        """

    async def pause(self, reminder: Reminder, until: datetime) -> None:
        """Slack has asked for it: nobody writes to its workspace before then, and that reminder is still to be sent, with its brief."""

    async def has_acted_since(self, team: str, user: str, since: datetime) -> bool:
        """Whether an operation on their time was done since then."""

    async def known_timer(self, team: str, user: str) -> Timer | None:
        """What runs of theirs as far as we did it: held here, or started by us and not stopped by us since."""

    async def spend(self, place: str, requests: int, *, hour: datetime, most: int) -> bool:
        """Takes so many requests from the hour's budget of that place; False, and takes nothing, where it has no more."""


class Presences(Protocol):
    """Raises `NotReached`."""

    async def profile(self, team: str, user: str) -> Presence | None:
        """All but when they want quiet. None for a stranger."""

    async def listed(self, team: str, cursor: str) -> tuple[Mapping[str, Presence], str]:
        """A page of everybody, as `profile`, and where the next one begins: "" after the last."""

    async def quiet(self, team: str, users: Sequence[str]) -> Mapping[str, Presence]:
        """Only when they want quiet, of each of up to fifty."""


@dataclass(frozen=True, slots=True)
class Rung:
    """What became of a message: it stands at `message` (channel, ts), or `again_after` that long it may be tried again.

    With neither nobody knows whether it came, or it can't: then it is not tried again.
    """

    message: tuple[str, str] | None = None
    again_after: timedelta | None = None


class Bell(Protocol):
    async def ring(self, reminder: Reminder, person: Person) -> Rung:
        """Sends what the reminder is about, by direct message. Never raises."""


class Holidays(Protocol):
    def on(self, day: date, zone: ZoneInfo) -> str:
        """The holiday's name where the person is; "" on any other day."""
