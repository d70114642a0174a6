"""What is to be sent only in many hours holds up nothing: looking for what can be sent now always comes to an end."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from test_reminders import DAY, DUE, HOUR, SECOND, of, ready, to_send

from app.core.reminder import Kind, Reminder
from app.storage.engine import Engine, Execute, Result, Row, Value
from app.storage.reminders import SqlReminders
from app.storage.store import SqlStore

MOST = 500  # statements in one transaction


class WithoutEnd(Exception):
    pass


@dataclass(frozen=True)
class Counting:
    """The engine, giving up on a transaction that comes to no end."""

    engine: Engine

    async def read(self, sql: str, /, **values: Value) -> list[Row]:
        return await self.engine.read(sql, **values)

    async def write(self, work: Callable[[Execute], Result]) -> Result:
        def counted(execute: Execute) -> Result:
            done = 0

            def one(sql: str, /, **values: Value) -> list[Row]:
                nonlocal done
                done += 1
                if done > MOST:
                    raise WithoutEnd(sql)
                return execute(sql, **values)

            return work(one)

        return await self.engine.write(counted)


def counting(store: SqlStore) -> SqlReminders:
    return replace(store.reminders, engine=Counting(store.engine))  # type: ignore[arg-type]


async def claimed(store: SqlStore, now: datetime, lease: str = "b") -> Reminder | None:
    return await counting(store).claim_sending(now, lease=lease, until=now + timedelta(minutes=1), pause=SECOND)


async def test_when_the_clock_is_set_back_behind_what_was_read_already(store: SqlStore):
    await ready(store, of())
    assert await claimed(store, DUE - 5 * HOUR) is None


async def test_when_a_timers_question_waits_for_the_end_of_a_quiet_night(store: SqlStore):
    await ready(store, replace(of(), kind=Kind.TIMER))
    taken = await to_send(store)
    assert await store.reminders.retry(taken, DUE + 14 * HOUR)
    assert await claimed(store, DUE + 2 * SECOND) is None
    assert (await claimed(store, DUE + 14 * HOUR)).day == DAY


async def test_when_slack_asks_to_wait_for_many_hours_it_is_waited_for(store: SqlStore):
    await ready(store, of())
    await store.reminders.pause(await to_send(store), DUE + 4 * HOUR)
    assert await claimed(store, DUE + 2 * SECOND) is None
