"""Forgets what nobody needs any more, a little at a time, so that whoever writes never waits for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.storage.engine import Engine, Execute
from app.storage.rows import time_text

REMINDED = timedelta(days=40)
SPENT = timedelta(days=2)
ENDED = timedelta(days=400)  # in January all of last year can still be looked at and taken away
DELIVERED = timedelta(days=2)  # Slack delivers again for some hours at most
GONE = timedelta(days=30)  # what waits when the app is uninstalled is kept for whoever comes back, or wants it exported
BATCH = 500

_STATEMENTS = {
    """
    delete from operation where id in (
        select id from operation where state in ('done', 'refused', 'dropped')
        and coalesce(settled_at, accepted_at) < :before limit :batch)
    returning id
    """: ENDED,
    "delete from act where id in (select id from act where claimed_at < :before limit :batch) returning id": DELIVERED,
    """
    delete from reminder where (slack_team, slack_user, kind, day) in (
        select slack_team, slack_user, kind, day from reminder
        where settled_at <> '' and settled_at < :before limit :batch)
    returning day
    """: REMINDED,
    """
    delete from budget where (place, hour) in (select place, hour from budget where hour < :before limit :batch)
    returning hour
    """: SPENT,
}
_GONE = "select slack_team from departed where left_at < :before"
_FORGET_GONE = (
    "delete from operation where id in (select id from operation where slack_team = :team limit :batch) returning id",
    "delete from held_timer where slack_team = :team returning timer_id",
    "delete from act where slack_team = :team returning id",
    "delete from narrowed where slack_team = :team returning provider",
    "delete from rhythm where slack_team = :team returning slack_user",
    "delete from departed where slack_team = :team returning slack_team",
)


@dataclass(frozen=True, slots=True)
class Retention:
    engine: Engine

    async def prune(self, now: datetime) -> int:
        """What has ended, and every Slack workspace that has been gone for long. Returns how many rows that were."""
        ended = [await self._in_batches(sql, before=time_text(now - age)) for sql, age in _STATEMENTS.items()]
        gone = await self.engine.read(_GONE, before=time_text(now - GONE))
        left = [await self._in_batches(sql, team=row["slack_team"]) for row in gone for sql in _FORGET_GONE]
        return sum(ended) + sum(left)

    async def _in_batches(self, sql: str, **values: str) -> int:
        def work(execute: Execute) -> int:
            return len(execute(sql, **values, batch=BATCH))

        total = 0
        while count := await self.engine.write(work):
            total += count
        return total
