"""Ada, Bo and what they work on."""

from datetime import UTC, datetime, timedelta

from app.core.model import Account, AssigneePermission, Draft, Role, Secret, Task, TimeEntry, Timer, Work
from app.core.operations import Create, Operation, Result, State
from app.core.outcomes import Outcome
from app.storage import queries, rows
from app.storage.engine import Execute
from app.storage.store import SqlStore

NINE = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
FIX_LOGIN = Task(id="86c1", name="Fix login", custom_id="DEV-12", place="Website", url="https://app.clickup.com/t/86c1")
LOGGED = TimeEntry("e77", Work(FIX_LOGIN, "pairing with Bo"), NINE, NINE + timedelta(minutes=90), "183")
TOKEN = "pk_183_ADASOWNTOKEN"


def ada(team: str = "T1", *, credential: str | None = None, **changes: str) -> Account:
    return _account(team, "UADA", "183", credential, changes)


def bo(team: str = "T1", *, credential: str | None = None, **changes: str) -> Account:
    return _account(team, "UBO", "184", credential, changes)


def _account(team: str, user: str, user_id: str, credential: str | None, changes: dict[str, str]) -> Account:
    words = {"provider": "clickup", "workspace_id": "9001", "user_id": user_id} | changes
    secret = Secret(credential) if credential else None
    return Account(
        team, user, **words, role=Role.MEMBER, assignee_permission=AssigneePermission.SELF, credential=secret
    )


def log_time(account: Account, operation_id: str, description: str = "pairing with Bo") -> Operation:
    work = Work(FIX_LOGIN, description, tags=("backend",), billable=True)
    draft = Draft(work, NINE, NINE + timedelta(minutes=90), account.user_id)
    return Operation(
        operation_id,
        account.team,
        account.user,
        account.provider,
        account.workspace_id,
        Create(draft),
        accepted_at=NINE,
    )


async def begun(store: SqlStore, operation: Operation) -> Operation | None:
    return await store.begin(operation, until=operation.accepted_at + timedelta(seconds=20))


async def ended(
    store: SqlStore, operation: Operation, state: State, result: Result | None = None, reason: str = ""
) -> bool:
    return await store.settle(operation, Outcome(state, reason, result))


async def noted(store: SqlStore, *operations: Operation) -> None:
    """Done, all of them in one transaction, for a busy disk takes its time over each."""

    def work(execute: Execute) -> None:
        for operation in operations:
            values = rows.operation_values(operation) | rows.result_values(operation.result)
            execute(queries.NOTE, **values, now=rows.time_text(store.now()))

    await store.engine.write(work)


async def tables(store: SqlStore) -> list[str]:
    is_file = not store.engine.place.startswith("postgresql://")
    known = (
        "sqlite_master where type = 'table'" if is_file else "pg_class where relkind = 'r' and relname !~ '^(pg|sql)_'"
    )
    return [
        row["name"]
        for row in await store.engine.read(f"select {'name' if is_file else 'relname as name'} from {known}")
    ]


def running(timer_id: str, description: str = "") -> Timer:
    return Timer(timer_id, Work(FIX_LOGIN, description, tags=("backend",)), NINE, "183", is_held=True)


def numbered_task(number: int) -> Task:
    return Task(id=f"task{number}", name=f"Task {number}")
