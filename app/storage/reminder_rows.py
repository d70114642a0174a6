"""Turns reminders and what Slack says of people into rows and back."""

from datetime import date, datetime
from typing import Any

from app.core.as_text import from_json, to_json
from app.core.model import Task, TimeEntry, Timer, Work
from app.core.reminder import Brief, Decision, Kind, Presence, Reminder, Rule, Stage
from app.core.reminder_ports import Roll, Seen
from app.storage.engine import Row, Value
from app.storage.rows import moment_of, moment_text, time_text

_BRIEF = (Brief, Task, TimeEntry, Timer, Work)


def key_values(reminder: Reminder) -> dict[str, Value]:
    return {
        "team": reminder.team,
        "user": reminder.user,
        "kind": reminder.kind.value,
        "day": reminder.day.isoformat(),
    }


def lease_values(reminder: Reminder) -> dict[str, Value]:
    return key_values(reminder) | {"lease": reminder.lease}


def moved_values(reminder: Reminder) -> dict[str, Value]:
    return key_values(reminder) | {"due_at": time_text(reminder.due_at), "act_at": time_text(reminder.act_at)}


def planned_values(reminder: Reminder) -> dict[str, Value]:
    return moved_values(reminder) | {"rule": reminder.rule.value if reminder.rule else ""}


def decision_values(decision: Decision) -> dict[str, Value]:
    return {"rule": decision.rule.value, "about": decision.about}


def message_values(message: tuple[str, str] | None) -> dict[str, Value]:
    channel, ts = message or ("", "")
    return {"channel": channel, "message_ts": ts}


def reminder_of(row: Row) -> Reminder:
    return Reminder(
        team=row["slack_team"],
        user=row["slack_user"],
        kind=Kind(row["kind"]),
        day=date.fromisoformat(row["day"]),
        due_at=datetime.fromisoformat(row["due_at"]),
        act_at=datetime.fromisoformat(row["act_at"]),
        stage=Stage(row["stage"]),
        rule=Rule(row["rule"]) if row["rule"] else None,
        about=row["about"],
        brief=brief_of(row["brief"]) if row["brief"] else None,
        message=(row["channel"], row["message_ts"]) if row["channel"] else None,
        settled_at=moment_of(row["settled_at"]),
        lease=row["lease"],
        tries=row["tries"],
    )


def brief_text(brief: Brief) -> str:
    return to_json(brief)


def brief_of(text: str) -> Any:
    return from_json(text, *_BRIEF)


def profile_values(presence: Presence) -> dict[str, Value]:
    return {
        "is_gone": int(presence.is_gone),
        "status_emoji": presence.status_emoji,
        "status_text": presence.status_text,
        "status_until": moment_text(presence.status_until),
    }


def quiet_values(presence: Presence) -> dict[str, Value]:
    return {
        "quiet_from": moment_text(presence.quiet_from),
        "quiet_until": moment_text(presence.quiet_until),
    }


def presence_of(row: Row) -> Presence:
    """Their zone stands with the person."""
    return Presence(
        is_gone=bool(row["is_gone"]),
        status_emoji=row["status_emoji"],
        status_text=row["status_text"],
        status_until=moment_of(row["status_until"]),
        quiet_from=moment_of(row["quiet_from"]),
        quiet_until=moment_of(row["quiet_until"]),
    )


def seen_of(row: Row) -> Seen:
    return Seen(moment_of(row["profile_at"] or ""), moment_of(row["quiet_at"] or ""))


def roll_values(roll: Roll) -> dict[str, Value]:
    return {
        "cursor": roll.cursor,
        "pages": roll.pages,
        "size": roll.size,
        "began_at": moment_text(roll.began_at),
    }


def roll_of(row: Row) -> Roll:
    return Roll(row["cursor"], row["pages"], row["size"], moment_of(row["began_at"]))


def started_timer(row: Row) -> Timer | None:
    """What runs after somebody's latest operation on a timer."""
    result = from_json(row["result"], *_BRIEF) if row["kind"] == "start" and row["result"] else None
    return result if isinstance(result, Timer) else None
