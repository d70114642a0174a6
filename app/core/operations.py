"""An operation: one write that the app intends at a provider, as a value that can be kept on disk."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.core.as_text import to_json
from app.core.model import Draft, TimeEntry, Timer, Work


class State(StrEnum):
    """queued → sending → done | refused | unsure | waiting; what is not done or dropped can still become either.

    What is unsure is looked up before it is sent again, what waits does so for a sign-in.
    """

    QUEUED = "queued"
    SENDING = "sending"
    DONE = "done"
    REFUSED = "refused"
    UNSURE = "unsure"
    WAITING = "waiting"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Create:
    draft: Draft


@dataclass(frozen=True, slots=True)
class Update:
    before: TimeEntry
    after: TimeEntry


@dataclass(frozen=True, slots=True)
class Delete:
    entry: TimeEntry


@dataclass(frozen=True, slots=True)
class Start:
    """`replacing` is the timer that ran until then."""

    work: Work
    at: datetime | None = None
    replacing: Timer | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    timer: Timer
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Halt:
    """Stops what ran at `at`, because it couldn't be asked what that was; with `timer_id` only that.

    `makes_room`: for another timer, so that it is no news when nothing ran.
    """

    at: datetime
    timer_id: str = ""
    makes_room: bool = False


@dataclass(frozen=True, slots=True)
class Cancel:
    timer: Timer


@dataclass(frozen=True, slots=True)
class Amend:
    timer: Timer
    work: Work


@dataclass(frozen=True, slots=True)
class Tag:
    """`on` is the entry or the timer whose tags change."""

    on: TimeEntry | Timer
    add: tuple[str, ...]
    remove: tuple[str, ...]

    def reversed(self, now: TimeEntry | Timer) -> "Tag":
        """What takes it back from `now`, which may have other tags by now."""
        was, has = self.on.work.tags, now.work.tags
        add = tuple(name for name in self.remove if name in was and name not in has)
        return Tag(now, add, tuple(name for name in self.add if name not in was and name in has))


@dataclass(frozen=True, slots=True)
class TakeBack:
    """The act of undoing whatever was the latest; which operation that was is settled with it, once."""

    operation_id: str


Intent = Create | Update | Delete | Start | Stop | Halt | Cancel | Amend | Tag
Result = TimeEntry | Timer


@dataclass(frozen=True, slots=True)
class Held:
    """What becomes of held timers with a write: one is kept, or let go, from the moment it is on disk; not if refused."""

    keeping: Timer | None = None
    letting_go: Timer | None = None

    @property
    def reversed(self) -> "Held":
        return Held(self.letting_go, self.keeping)


NOTHING_HELD = Held()


MAKES_ROOM = ":before"  # what an act stops before it starts something is named after it with this behind
COPY = "copy:"  # the operation that takes out entry X, which is another one's copy, is named copy:X
UNDOING = "undo:"  # the operation that takes back operation X is named undo:X


@dataclass(frozen=True, slots=True)
class Operation:
    """`id` is made where the person acted (trigger, form, button), so a second delivery has the same one.

    It is `user`'s, whose time it is about, and was done `by` a Slack user of the same workspace, "" meaning the same,
    with one `act` of theirs, which may have made several operations.
    `sent_at`: since when it may have happened, aware UTC; None while it is certain that it has not. It is tried again at `due_at`.
    `is_put_off`: it did not end while the person waited, so its end, at `settled_at`, is told. `lease` is whose turn it is
    to send it.
    `keys_spent`: how often a provider that knows attempts by name would have no more of one. `zone` is that of the person
    who did it, in which a day was meant. `user_id` is whom they are at the provider, "" where that wasn't kept yet.
    `tellings`: how often it was tried in vain to tell its end.
    """

    id: str
    team: str
    user: str
    provider: str
    workspace_id: str
    intent: Intent | TakeBack
    accepted_at: datetime
    state: State = State.SENDING
    result: Result | None = None
    reason: str = ""
    by: str = ""
    act: str = field(default="", compare=False)
    lease: str = field(default="", compare=False)
    tries: int = field(default=0, compare=False)
    sent_at: datetime | None = field(default=None, compare=False)
    due_at: datetime | None = field(default=None, compare=False)
    is_put_off: bool = field(default=False, compare=False)
    settled_at: datetime | None = field(default=None, compare=False)
    keys_spent: int = field(default=0, compare=False)
    zone: str = field(default="", compare=False)
    user_id: str = field(default="", compare=False)
    tellings: int = field(default=0, compare=False)

    @property
    def attempt(self) -> str:
        """Which sending it is: what was refused may be sent again, and is then another one."""
        said = f"{self.accepted_at.isoformat()} {to_json(self.intent)}"
        name = f"{self.id}:{hashlib.sha256(said.encode()).hexdigest()[:16]}"
        return f"{name}:{self.keys_spent}" if self.keys_spent else name

    @property
    def kind(self) -> str:
        return type(self.intent).__name__.lower()
