"""A person's, or a Slack workspace's, share of the database: to be taken away, and to be forgotten."""

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass, replace
from datetime import datetime

from app.core.belongings import (
    Kept,
    Record,
    account_record,
    operation_record,
    person_record,
    recent_task_record,
    rule_record,
    timer_record,
)
from app.core.errors import NotAllowed
from app.core.model import Secret
from app.core.operations import Operation
from app.core.reminder_records import presence_record, reminder_record, rhythm_record
from app.storage import queries, rows
from app.storage.engine import Engine, Execute, Row, Value
from app.storage.reminder_rows import presence_of, reminder_of

PAGE = 500
FORGOTTEN = "forgotten"  # stands where it said which Slack user had done it


@dataclass(frozen=True, slots=True)
class SqlBelongings:
    """Keeps core's `Belongings`."""

    engine: Engine

    async def kept(self, team: str, user: str) -> Kept:
        [found] = await self.engine.read(queries.KEPT_OPERATIONS, team=team, user=user)
        [linked] = await self.engine.read(queries.KEPT_ACCOUNTS, team=team, user=user)
        since = datetime.fromisoformat(found["since"]) if found["since"] else None
        return Kept(linked["accounts"], found["operations"], since)

    async def records(self, team: str, user: str | None = None) -> AsyncIterator[Record]:
        """Everything but secrets; of everybody in the Slack workspace where no `user` is named."""
        for table, sql in queries.BELONGINGS.items():
            for row in await self.engine.read(sql, team=team, user=user):
                if record := _record(table, row):
                    yield record
        before = ""
        while page := await self._page(team, user, before, PAGE):
            for row in page:
                yield operation_record(rows.operation_of(row))
            before = page[-1]["id"]

    async def operations(self, team: str, user: str, *, before: str = "", limit: int = PAGE) -> list[Operation]:
        return [rows.operation_of(row) for row in await self._page(team, user, before, limit)]

    async def waiting(self, team: str, user: str) -> list[Operation]:
        """Of their time, what has not ended: nobody may lose it unawares."""
        return [rows.operation_of(row) for row in await self.engine.read(queries.UNENDED, team=team, user=user)]

    async def waiting_anywhere(self, team: str | None) -> list[Operation]:
        """The same of everybody, in one Slack workspace or all."""
        return [rows.operation_of(row) for row in await self.engine.read(queries.UNENDED_ANYWHERE, team=team)]

    async def forget(self, team: str, user: str, *, lets_go: Collection[str] = ()) -> int:
        """Everything of theirs, and how many rows that were.

        Raises `NotAllowed` where something has not ended that is not among what they let go.
        """

        def work(execute: Execute) -> int:
            who = {"team": team, "user": user}
            if any(row["id"] not in lets_go for row in execute(queries.UNENDED, **who)):
                raise NotAllowed("Something came meanwhile that has not ended. Look at it first, then delete.")
            execute(queries.FORGET_WHO_DID, **who, nobody=FORGOTTEN)
            return sum(len(execute(statement, **who)) for statement in queries.FORGET_PERSON)

        return await self.engine.write(work)

    async def _page(self, team: str, user: str | None, before: str, limit: int) -> list[Row]:
        values: dict[str, Value] = {"team": team, "user": user, "before": before, "limit": limit}
        return await self.engine.read(queries.OPERATIONS_ABOUT, **values)


def _record(table: str, row: Row) -> Record | None:
    team, user = row["slack_team"], row["slack_user"]
    match table:
        case "person":
            person = rows.person_of(row)
            return person_record(person) if person else None
        case "account":
            account = rows.account_of(row, None)
            return account_record(replace(account, credential=Secret("") if row["sealed"] else None))
        case "narrowed":
            return rule_record(team, user, row["provider"])
        case "rhythm":
            return rhythm_record(team, user, rows.rhythm_of(row["rhythm"]))
        case "presence":
            return presence_record(team, user, presence_of(row))
        case "reminder":
            return reminder_record(reminder_of(row))
        case "held_timer":
            return timer_record(team, user, rows.timer_of(row))
        case _:
            return recent_task_record(team, user, row["provider"], row["workspace_id"], rows.task_of(row))
