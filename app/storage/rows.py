"""Turns the core's values into rows and back, so that the store reads as a list of questions and answers."""

import hashlib
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.core.acts import Act
from app.core.as_text import from_json, to_json
from app.core.model import Account, AssigneePermission, Draft, Person, Role, Secret, Task, TimeEntry, Timer, Work
from app.core.operations import Create, Intent, Operation, Result, State, TakeBack
from app.core.outcomes import Outcome
from app.core.rhythm import USUAL, Leave, Rhythm, Week
from app.core.visits import Visit
from app.storage.engine import Row, Value
from app.storage.vault import Owner, Sealed, Vault

_WORK = (Draft, Task, TimeEntry, Timer, Work)
_INTENTS = (*Intent.__args__, TakeBack, *_WORK)


def time_text(moment: datetime) -> str:
    """UTC and always of one length, so that texts sort as the moments do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def person_values(person: Person) -> dict[str, Value]:
    return {
        "team": person.team,
        "user": person.user,
        "zone": str(person.zone),
        "name": person.name,
    }


def person_of(row: Row) -> Person | None:
    """None where this machine does not know the zone: read in another, every time would be wrong."""
    zone = _zone(row["zone"])
    if zone is None:
        return None
    return Person(row["slack_team"], row["slack_user"], zone, row["name"], rhythm_of(row["rhythm"]))


def rhythm_of(text: str | None) -> Rhythm:
    """The usual one where somebody has never said otherwise."""
    rhythm: Rhythm = from_json(text, Rhythm, Week, Leave) if text else USUAL
    return rhythm


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def owner_of(row: Row) -> Owner:
    return Owner(row["slack_team"], row["slack_user"], row["provider"])


def sealed_of(row: Row) -> Sealed | None:
    return None if row["sealed"] is None else Sealed(row["sealed"], row["sealed_with"])


def reseal_values(row: Row, vault: Vault) -> dict[str, Value]:
    """`row` holds a credential that opens."""
    owner, fresh = owner_of(row), vault.rotate(Sealed(row["sealed"], row["sealed_with"]))
    return {
        "team": owner.team,
        "user": owner.user,
        "provider": owner.provider,
        "before": row["sealed"],
        "sealed": fresh.text,
        "sealed_with": fresh.key,
    }


def place_values(account: Account) -> dict[str, Value]:
    """Where a person works: tasks of one workspace mean nothing in another."""
    return {
        "team": account.team,
        "user": account.user,
        "provider": account.provider,
        "workspace": account.workspace_id,
    }


def account_values(account: Account, sealed: Sealed | None) -> dict[str, Value]:
    return place_values(account) | {
        "user_id": account.user_id,
        "role": account.role.value,
        "permission": account.assignee_permission.value,
        "region": account.region,
        "sealed": sealed.text if sealed else None,
        "sealed_with": sealed.key if sealed else None,
    }


def standing_values(account: Account) -> dict[str, Value]:
    return place_values(account) | {
        "user_id": account.user_id,
        "role": account.role.value,
        "permission": account.assignee_permission.value,
        "has_left": int(account.has_left),
        "checked_at": moment_text(account.checked_at),
    }


def account_of(row: Row, credential: Secret | None) -> Account:
    return Account(
        team=row["slack_team"],
        user=row["slack_user"],
        provider=row["provider"],
        workspace_id=row["workspace_id"],
        user_id=row["user_id"],
        role=Role(row["role"]),
        assignee_permission=AssigneePermission(row["assignee_permission"]),
        credential=credential,
        region=row["region"],
        has_left=bool(row["has_left"]),
        checked_at=moment_of(row["checked_at"]),
    )


def visit_values(visit: Visit, sealed: Sealed | None) -> dict[str, Value]:
    return {
        "name": visit.name,
        "team": visit.team,
        "user": visit.user,
        "provider": visit.provider,
        "ends_at": time_text(visit.until),
        "sealed": sealed.text if sealed else None,
        "sealed_with": sealed.key if sealed else None,
    }


def visit_of(row: Row, token: Secret | None) -> Visit:
    until = datetime.fromisoformat(row["ends_at"])
    return Visit(row["name"], row["slack_team"], row["slack_user"], row["provider"], until, token)


def operation_values(operation: Operation) -> dict[str, Value]:
    return {
        "id": operation.id,
        "team": operation.team,
        "user": operation.user,
        "by": operation.by or operation.user,
        "provider": operation.provider,
        "workspace": operation.workspace_id,
        "act": operation.act or operation.id,
        "kind": operation.kind,
        "intent": to_json(operation.intent),
        "accepted_at": time_text(operation.accepted_at),
        "zone": operation.zone,
        "user_id": operation.user_id,
        "about": about(operation.intent) if isinstance(operation.intent, Create) else "",
    }


def about(create: Create) -> str:
    """In short what makes an entry the same as another: when, on what, and the words; marks below the second don't count."""
    draft, work = create.draft, create.draft.work
    start, end = (time_text(moment.replace(microsecond=0)) for moment in (draft.start, draft.end))
    said = [start, end, work.task.id if work.task else "", work.sought, work.description, str(work.billable)]
    said += sorted(work.tags)
    return hashlib.sha256("\n".join(said).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def sending_values(operation: Operation, *, until: datetime) -> dict[str, Value]:
    """What is only of interest until it has ended. What is queued at once is due at once, and was never sent."""
    is_sending = operation.state is State.SENDING
    return {
        "state": operation.state.value,
        "sent_at": moment_text(operation.sent_at) if is_sending else "",
        "due_at": time_text(operation.accepted_at) if operation.state is State.QUEUED else "",
        "lease": operation.lease,
        "until": time_text(until) if is_sending else "",
        "tries": operation.tries if is_sending else 0,
        "is_put_off": int(not is_sending),
    }


def outcome_values(outcome: Outcome) -> dict[str, Value]:
    return result_values(outcome.result) | {
        "state": outcome.state.value,
        "reason": outcome.reason,
        "due_at": moment_text(outcome.due_at),
        "may_have_happened": int(outcome.may_have_happened),
        "is_key_spent": int(outcome.is_key_spent),
        "is_put_off": int(outcome.state in (State.QUEUED, State.UNSURE, State.WAITING)),
    }


def operation_of(row: Row) -> Operation:
    return Operation(
        id=row["id"],
        team=row["slack_team"],
        user=row["slack_user"],
        provider=row["provider"],
        workspace_id=row["workspace_id"],
        intent=from_json(row["intent"], *_INTENTS),
        accepted_at=datetime.fromisoformat(row["accepted_at"]),
        state=State(row["state"]),
        result=from_json(row["result"], *_WORK) if row["result"] else None,
        reason=row["reason"],
        by="" if row["done_by"] == row["slack_user"] else row["done_by"],
        act=row["act"],
        lease=row["lease"],
        tries=row["tries"],
        sent_at=moment_of(row["sent_at"]),
        due_at=moment_of(row["due_at"]),
        is_put_off=bool(row["is_put_off"]),
        settled_at=moment_of(row["settled_at"] or ""),
        keys_spent=row["keys_spent"],
        zone=row["zone"],
        user_id=row["user_id"],
        tellings=row["tellings"],
    )


def act_of(row: Row, origin: Secret | None) -> Act:
    return Act(
        row["id"],
        row["slack_team"],
        row["slack_user"],
        row["said"],
        datetime.fromisoformat(row["claimed_at"]),
        origin=origin,
        is_line=bool(row["is_line"]),
        is_answered=bool(row["answered_at"]),
        was_refused=bool(row["was_refused"]),
        tellings=row["tellings"],
    )


def moment_text(moment: datetime | None) -> str:
    return time_text(moment) if moment else ""


def moment_of(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def result_values(result: Result | None) -> dict[str, Value]:
    """`entry_id` stands beside the whole, for asking which operation made an entry."""
    return {"entry_id": result.id, "result": to_json(result)} if result else {"entry_id": None, "result": None}


def timer_values(team: str, user: str, timer: Timer) -> dict[str, Value]:
    return {"team": team, "user": user, "timer_id": timer.id, "timer": to_json(timer)}


def timer_of(row: Row) -> Timer:
    timer: Timer = from_json(row["timer"], *_WORK)
    return timer


def task_values(task: Task, at: datetime) -> dict[str, Value]:
    return {"task_id": task.id, "task": to_json(task), "used_at": time_text(at)}


def task_of(row: Row) -> Task:
    task: Task = from_json(row["task"], *_WORK)
    return task
