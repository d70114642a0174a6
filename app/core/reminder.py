"""A reminder as a value: whose, about which day, what is known of it, and what became of it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.core.model import TimeEntry, Timer


class Kind(StrEnum):
    """The end of the day, or a timer that may have been forgotten."""

    DAY = "day"
    TIMER = "timer"


class Stage(StrEnum):
    """planned → ready → sent, or silent at any of them; `later` in a person's words is planned once more."""

    PLANNED = "planned"  # to be looked up
    READY = "ready"  # looked up, to be sent
    SENT = "sent"
    SILENT = "silent"


class Rule(StrEnum):
    """What decided; `app/core/decision.py` says in which order, `app/slack/messages/why.py` in words."""

    MISSING = "missing"  # hours are missing: they are asked
    FORGOTTEN = "forgotten"  # the timer ran past its time: they are asked
    COMPLETE = "complete"  # the target is met, what runs counted
    OFF = "off"  # they don't want to be asked at all
    SNOOZED = "snoozed"  # not before a day that they named
    NO_WORKING_DAY = "no_working_day"
    HOLIDAY = "holiday"
    LEAVE = "leave"
    AWAY = "away"  # their Slack status
    QUIET = "quiet"  # their notifications are paused
    NOT_CONNECTED = "not_connected"
    GONE = "gone"  # deactivated in Slack, or no member of the workspace any more
    UNREAD = "unread"  # the provider could not be read
    BUDGET = "budget"  # the provider's requests are used up until then
    LATE = "late"  # it was more than two hours too late, after an outage
    SAID_RIGHT = "said_right"  # they said that the day is right as it is
    NOT_TODAY = "not_today"  # they said not today
    PUT_OFF = "put_off"  # they said later
    STOPPED = "stopped"  # the timer doesn't run any more
    UNTOLD = "untold"  # Slack did not take the message, or did not say whether it did


@dataclass(frozen=True, slots=True)
class Presence:
    """What Slack says of somebody. Quiet is a stretch of time in which no notifications come, aware UTC.

    A status without `status_until` stays until it is changed.
    """

    zone: ZoneInfo | None = None
    is_gone: bool = False
    status_emoji: str = ""
    status_text: str = ""
    status_until: datetime | None = None
    quiet_from: datetime | None = None
    quiet_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Brief:
    """What was read of somebody's day from `read_at` on, and of `before`, the last day before it with entries; oldest first."""

    day: date
    entries: tuple[TimeEntry, ...]
    timer: Timer | None
    read_at: datetime
    before: tuple[TimeEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """`about` is what the rule is about, in the person's own words where there are any: a holiday's or status' name.

    `until`: it is decided again then, aware UTC.
    """

    rule: Rule
    about: str = ""
    until: datetime | None = None

    @property
    def asks(self) -> bool:
        return self.rule in (Rule.MISSING, Rule.FORGOTTEN)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One for each person, kind and day of theirs. `due_at` is when it is to be sent and `act_at` when next something
    is to be done about it, aware UTC. `lease` is whose turn that is. `message` is where it stands, as (channel, ts).
    """

    team: str
    user: str
    kind: Kind
    day: date
    due_at: datetime
    act_at: datetime
    stage: Stage = Stage.PLANNED
    rule: Rule | None = None
    about: str = ""
    brief: Brief | None = None
    message: tuple[str, str] | None = None
    settled_at: datetime | None = None
    lease: str = field(default="", compare=False)
    tries: int = field(default=0, compare=False)


LATEST = timedelta(hours=2)  # what could not be sent for longer than that is not sent any more
