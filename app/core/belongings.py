"""What the app keeps about people, as records they can take away: a line of JSON each, or a table for a spreadsheet."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

from app.core.model import Account, Person, Task, TimeEntry, Timer, Work
from app.core.operations import Amend, Cancel, Create, Delete, Halt, Operation, Start, Stop, Tag, Update

Record = dict[str, Any]
_Stretch = tuple[Work | None, datetime | None, datetime | None]

COLUMNS = (
    *("record", "slack_team", "slack_user", "by", "at", "state", "kind", "provider", "workspace", "provider_user"),
    *("start", "end", "seconds", "task_id", "task", "description", "tags", "billable", "entry_id", "reason", "id"),
    *("name", "time_zone", "target_seconds", "role", "may_log_for", "region", "has_own_token"),
    *("is_asked", "asked_at", "asked_from", "usual_end", "hours", "leave", "day"),
)
SHORT_COLUMNS = ("start", "end", "seconds", "task", "description", "tags", "kind", "state", "at")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Kept:
    """How much there is of a person; `since` the oldest operation, aware UTC."""

    accounts: int
    operations: int
    since: datetime | None = None


def person_record(person: Person) -> Record:
    zone, target = str(person.zone), int(person.rhythm.week.usual.total_seconds())
    return record_of("person", person.team, person.user) | {
        "name": person.name,
        "time_zone": zone,
        "target_seconds": target,
    }


def account_record(account: Account) -> Record:
    """Never with its credential, only whether there is one."""
    return record_of("account", account.team, account.user) | {
        "provider": account.provider,
        "workspace": account.workspace_id,
        "provider_user": account.user_id,
        "role": account.role.value,
        "may_log_for": account.assignee_permission.value,
        "region": account.region,
        "has_own_token": account.credential is not None,
    }


def rule_record(team: str, user: str, provider: str) -> Record:
    return record_of("rule", team, user) | {"provider": provider, "may_log_for": "self"}


def timer_record(team: str, user: str, timer: Timer, zone: tzinfo = UTC) -> Record:
    about = {"id": timer.id, "provider_user": timer.assignee}
    return record_of("held timer", team, user) | about | _stretch((timer.work, timer.start, None), zone)


def recent_task_record(team: str, user: str, provider: str, workspace: str, task: Task) -> Record:
    where = {"provider": provider, "workspace": workspace}
    return record_of("recent task", team, user) | where | {"task_id": task.id, "task": task.name}


def operation_record(operation: Operation, zone: tzinfo = UTC) -> Record:
    return (
        record_of("operation", operation.team, operation.user)
        | {
            "id": operation.id,
            "by": operation.by or operation.user,
            "at": _text(operation.accepted_at, zone),
            "provider": operation.provider,
            "workspace": operation.workspace_id,
            "kind": operation.kind,
            "state": operation.state.value,
            "reason": operation.reason,
            "entry_id": operation.result.id if operation.result else None,
        }
        | _stretch(_stretch_of(operation), zone)
    )


def as_json_line(record: Record) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


def csv_header(columns: Sequence[str] = COLUMNS) -> str:
    return _row(columns)


def as_csv_line(record: Record, columns: Sequence[str] = COLUMNS) -> str:
    return _row([_cell(record.get(column)) for column in columns])


def record_of(what: str, team: str, user: str) -> Record:
    return {"record": what, "slack_team": team, "slack_user": user}


def _stretch_of(operation: Operation) -> _Stretch:
    """As it is at the provider, where that is known; else as it was meant."""
    return _made(operation.result) if operation.result else _meant(operation)


def _made(result: TimeEntry | Timer) -> _Stretch:
    return result.work, result.start, result.end if isinstance(result, TimeEntry) else None


def _meant(operation: Operation) -> _Stretch:
    match operation.intent:
        case Create(draft):
            return draft.work, draft.start, draft.end
        case Update(_, entry) | Delete(entry):
            return _made(entry)
        case Start(work, at):
            return work, at, None
        case Stop(timer, at):
            return timer.work, timer.start, at
        case Halt(at):
            return None, None, at
        case Amend(timer, work):
            return work, timer.start, None
        case Cancel(on) | Tag(on):
            return _made(on)
        case _:
            return None, None, None


def _stretch(stretch: _Stretch, zone: tzinfo) -> Record:
    work, start, end = stretch
    work = work or Work(billable=None)
    return {
        "start": _text(start, zone),
        "end": _text(end, zone),
        "seconds": int((end - start).total_seconds()) if start and end else None,
        "task_id": work.task.id if work.task else None,
        "task": work.task.name if work.task else work.sought or None,
        "description": work.description,
        "tags": list(work.tags),
        "billable": work.billable,
    }


def _text(moment: datetime | None, zone: tzinfo) -> str | None:
    return moment.astimezone(zone).isoformat(timespec="seconds") if moment else None


def _cell(value: Any) -> str:
    """A spreadsheet takes a text that begins like a formula for one, and runs it: an apostrophe in front prevents it."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return ", ".join(map(_cell, value)) if isinstance(value, list) else str(value)
    return f"'{value}" if value.lstrip(" \u00a0\ufeff\u200b").startswith(_FORMULA) else value


def _row(cells: Sequence[str]) -> str:
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerow(cells)
    return written.getvalue()
