"""What is kept of people for reminders, as records they can take away: how they work, what Slack says, what was asked."""

from datetime import UTC, date, datetime, timedelta

from app.core.belongings import Record, record_of
from app.core.reminder import Presence, Reminder
from app.core.rhythm import Leave, Rhythm

_MONDAY = date(2024, 1, 1)
_HOUR = timedelta(hours=1)


def rhythm_record(team: str, user: str, rhythm: Rhythm) -> Record:
    """Hours from Monday to Sunday."""
    week = [rhythm.week.on(_MONDAY + timedelta(days=number)) for number in range(7)]
    return record_of("rhythm", team, user) | {
        "is_asked": rhythm.is_on,
        "asked_at": f"{rhythm.at:%H:%M}",
        "asked_from": rhythm.quiet_until.isoformat() if rhythm.quiet_until else None,
        "usual_end": f"{rhythm.ends:%H:%M}",
        "hours": [f"{hours / _HOUR:g}" for hours in week],
        "leave": [_leave(leave) for leave in rhythm.leave],
    }


def presence_record(team: str, user: str, presence: Presence) -> Record:
    return record_of("presence", team, user) | {
        "state": "gone" if presence.is_gone else "there",
        "description": f"{presence.status_emoji} {presence.status_text}".strip(),
        "start": _text(presence.quiet_from),
        "end": _text(presence.quiet_until),
    }


def reminder_record(reminder: Reminder) -> Record:
    reason = f"{reminder.rule or ''} {reminder.about}".strip()
    return record_of("reminder", reminder.team, reminder.user) | {
        "kind": reminder.kind.value,
        "day": reminder.day.isoformat(),
        "at": _text(reminder.settled_at or reminder.due_at),
        "state": reminder.stage.value,
        "reason": reason,
    }


def _leave(leave: Leave) -> str:
    return f"{leave.first.isoformat()}/{leave.last.isoformat()}{' half' if leave.is_half else ''}"


def _text(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None
