"""A town of many people in one Slack workspace, all of whom are due at the same minute; laid out in a few statements."""

from datetime import datetime, timedelta

from app.core.as_text import to_json
from app.core.reminder import Brief
from app.core.rhythm import Rhythm, Week
from app.storage.engine import Execute
from app.storage.rows import time_text
from app.storage.store import SqlStore

TEAM = "T0TOWN"
_EVERYBODY = "with recursive n(i) as (select 1 union all select i + 1 from n where i < :people)"
_USER = "'U' || cast(i as text)"
_STATEMENTS = (
    f"{_EVERYBODY} insert into person (slack_team, slack_user, zone, name) select :team, {_USER}, 'UTC', 'Ada' from n",
    f"""
    {_EVERYBODY} insert into account (slack_team, slack_user, provider, workspace_id, user_id, role, assignee_permission,
                                      region, sealed, sealed_with, created_at, updated_at, has_left, checked_at, plan_at)
    select :team, {_USER}, 'clickup', '9001', {_USER}, 'member', 'self', '', null, null, :now, :now, 0, '', '' from n
    """,
    f"{_EVERYBODY} insert into rhythm (slack_team, slack_user, rhythm) select :team, {_USER}, :rhythm from n",
    f"""
    {_EVERYBODY} insert into reminder (slack_team, slack_user, kind, day, due_at, act_at, stage, rule, about, brief,
                                       channel, message_ts, settled_at, lease, leased_until, tries)
    select :team, {_USER}, 'day', :day, :due, :due, 'planned', '', '', '', '', '', '', '', '', 0 from n
    """,
)
_NEWCOMERS = (
    """
    delete from reminder where slack_user in (
        select slack_user from account where slack_team = :team order by slack_user limit :some)
    """,
    """
    update account set plan_at = '0' where slack_user in (
        select slack_user from account where slack_team = :team order by slack_user limit :some)
    """,
)
_EVERYTHING_READ = (
    "update reminder set stage = 'ready', brief = :brief, lease = '', leased_until = '' where stage = 'planned'",
    """
    insert into pace (slack_team, free_at, next_at, sent_at, moving_since) values (:team, '', :due, '', '')
    on conflict (slack_team) do update set next_at = excluded.next_at
    """,
)


async def lay_out(store: SqlStore, people: int, now: datetime) -> None:
    """Everybody has reminders planned that are due by now."""
    due = now - timedelta(minutes=1)
    rhythm = Rhythm(Week(days=tuple(range(7))), at=due.time().replace(second=0, microsecond=0))
    values = {"people": people, "team": TEAM, "now": time_text(now), "rhythm": to_json(rhythm)}
    when = {"day": f"{due:%Y-%m-%d}", "due": time_text(due)}
    for sql in _STATEMENTS:
        wanted = {name: value for name, value in (values | when).items() if f":{name}" in sql}
        await store.engine.write(lambda execute, sql=sql, wanted=wanted: execute(sql, **wanted))  # type: ignore[misc]


async def newcomers(store: SqlStore, some: int) -> None:
    """So many of them have nothing planned."""

    def work(execute: Execute) -> None:
        for sql in _NEWCOMERS:
            execute(sql, team=TEAM, some=some)

    await store.engine.write(work)


async def all_read(store: SqlStore, now: datetime) -> None:
    """Every planned one is ready to be sent."""

    def work(execute: Execute) -> None:
        execute(_EVERYTHING_READ[0], brief=to_json(Brief(now.date(), (), None, now)))
        execute(_EVERYTHING_READ[1], team=TEAM, due=time_text(now - timedelta(minutes=1)))

    await store.engine.write(work)
