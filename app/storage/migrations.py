"""The tables, as numbered steps that every database goes through once and in order.

A released step is never edited: what changes is a new step at the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.storage.engine import Engine, Execute, StorageUnusable

LEDGER = "timer_migration"
_LEDGER = """
    create table if not exists timer_migration (
        number integer primary key, name text not null, ran_at text not null)
"""


@dataclass(frozen=True, slots=True)
class Migration:
    number: int
    name: str
    statements: tuple[str, ...]


MIGRATIONS = (
    Migration(
        1,
        "people, accounts, operations, held timers, recent tasks",
        (
            """
            create table person (
                slack_team text not null, slack_user text not null,
                zone text not null, name text not null, target_seconds integer not null,
                primary key (slack_team, slack_user))
            """,
            """
            create table account (
                slack_team text not null, slack_user text not null, provider text not null,
                workspace_id text not null, user_id text not null,
                role text not null, assignee_permission text not null,
                sealed text, sealed_with text, created_at text not null, updated_at text not null,
                primary key (slack_team, slack_user, provider))
            """,
            "create unique index account_one_person_each on account (slack_team, provider, workspace_id, user_id)",
            """
            create table operation (
                id text primary key, slack_team text not null, slack_user text not null,
                provider text not null, workspace_id text not null,
                kind text not null, intent text not null,
                state text not null check (state in ('sending', 'done', 'refused', 'unsure')),
                entry_id text, result text, reason text not null,
                accepted_at text not null, settled_at text)
            """,
            "create index operation_unsettled on operation (accepted_at) where state = 'sending'",
            """
            create table held_timer (
                slack_team text not null, slack_user text not null, timer_id text not null, timer text not null,
                primary key (slack_team, slack_user))
            """,
            """
            create table recent_task (
                slack_team text not null, slack_user text not null,
                provider text not null, workspace_id text not null, task_id text not null,
                task text not null, used_at text not null,
                primary key (slack_team, slack_user, provider, workspace_id, task_id))
            """,
        ),
    ),
    Migration(
        2,
        "regions, and who did it",
        (
            "alter table account add column region text not null default ''",
            "alter table operation add column done_by text not null default ''",
            "update operation set done_by = slack_user",
            "create index operation_latest on operation (slack_team, done_by, accepted_at)",
            "create index operation_entry on operation (slack_team, entry_id)",
        ),
    ),
    Migration(
        3,
        "sign-ins under way in a browser",
        (
            """
            create table visit (
                name text primary key, slack_team text not null, slack_user text not null,
                provider text not null, ends_at text not null, sealed text, sealed_with text)
            """,
        ),
    ),
    Migration(
        4,
        "who may log their own time only, because whoever runs the app said so",
        (
            """
            create table narrowed (
                slack_team text not null, slack_user text not null, provider text not null,
                primary key (slack_team, slack_user, provider))
            """,
            # until now accounts came from whoever runs the app
            """
            insert into narrowed (slack_team, slack_user, provider)
            select slack_team, slack_user, provider from account where assignee_permission = 'self'
            """,
        ),
    ),
    Migration(
        5,
        "who has left, and when it was looked up",
        (
            "alter table account add column has_left integer not null default 0",
            "alter table account add column checked_at text not null default ''",
        ),
    ),
    Migration(
        6,
        "operations that wait, and what Slack delivered",
        (
            """
            create table operation_anew (
                id text primary key, slack_team text not null, slack_user text not null, done_by text not null,
                provider text not null, workspace_id text not null, act text not null,
                kind text not null, intent text not null,
                state text not null check
                    (state in ('queued', 'sending', 'done', 'refused', 'unsure', 'waiting', 'dropped')),
                entry_id text, result text, reason text not null,
                accepted_at text not null, settled_at text, sent_at text not null, due_at text not null,
                lease text not null, leased_until text not null, tries integer not null,
                is_put_off integer not null, is_told integer not null,
                keys_spent integer not null, zone text not null, about text not null,
                was_unsure integer not null, looks integer not null)
            """,
            """
            insert into operation_anew
            select id, slack_team, slack_user, done_by, provider, workspace_id, id, kind, intent, state,
                entry_id, result, reason, accepted_at, settled_at, accepted_at,
                case when state = 'unsure' then accepted_at else '' end, '', '', 1, 0, 1, 0, '', '',
                0, 0
            from operation
            """,
            "drop table operation",
            "alter table operation_anew rename to operation",
            """
            create index operation_due on operation (due_at)
            where state in ('queued', 'sending', 'unsure', 'waiting')
            """,
            "create index operation_untold on operation (settled_at) where is_told = 0 and is_put_off = 1",
            "create index operation_latest on operation (slack_team, done_by, accepted_at)",
            "create index operation_entry on operation (slack_team, entry_id)",
            "create index operation_act on operation (act)",
            "create index operation_sent_twice on operation (looks, accepted_at) where was_unsure = 1",
            "create index operation_about on operation (slack_team, slack_user, about) where about <> ''",
            # what one operation made is never taken for what another was to make
            """
            create unique index operation_made on operation (provider, workspace_id, entry_id)
            where kind = 'create' and state = 'done' and entry_id is not null
            """,
            """
            create table act (
                id text primary key, slack_team text not null, slack_user text not null, said text not null,
                is_line integer not null, claimed_at text not null, answered_at text not null, was_refused integer not null,
                sealed text, sealed_with text)
            """,
            "create index act_said on act (slack_team, slack_user, said, claimed_at)",
            "create index act_unanswered on act (claimed_at) where answered_at = ''",
        ),
    ),
    Migration(
        7,
        "who was told what others did to their time",
        (
            "alter table operation add column is_heard integer not null default 0",
            "update operation set is_heard = 1",
            """
            create index operation_unheard on operation (settled_at)
            where is_heard = 0 and (done_by <> slack_user or substr(id, 1, 5) = 'undo:')
            """,
        ),
    ),
    Migration(
        8,
        "how far the database has come, and which Slack workspaces are gone",
        (
            "create table departed (slack_team text primary key, left_at text not null)",
            """
            create table generation (
                lineage text primary key, number integer not null, alive_at text not null, put_back_as_of text)
            """,
        ),
    ),
    Migration(
        9,
        "whose account an operation is sent with, and how often its end was told in vain",
        (
            "alter table operation add column user_id text not null default ''",
            "alter table operation add column tellings integer not null default 0",
            "alter table operation add column tell_at text not null default ''",
            "alter table act add column tellings integer not null default 0",
            "alter table act add column tell_at text not null default ''",
            # nearly nothing is ever put off, and it is asked for every second
            "drop index operation_untold",
            "create index operation_untold on operation (settled_at) where is_told = 0 and is_put_off = 1",
        ),
    ),
    Migration(
        10,
        "how people work, and what they are reminded of",
        (
            "alter table person drop column target_seconds",
            """
            create table rhythm (
                slack_team text not null, slack_user text not null, rhythm text not null,
                kept_at text not null default '',
                primary key (slack_team, slack_user))
            """,
            """
            create table presence (
                slack_team text not null, slack_user text not null, is_gone integer not null,
                status_emoji text not null, status_text text not null, status_until text not null,
                quiet_from text not null, quiet_until text not null, profile_at text not null, quiet_at text not null,
                primary key (slack_team, slack_user))
            """,
            """
            create table reminder (
                slack_team text not null, slack_user text not null, kind text not null, day text not null,
                due_at text not null, act_at text not null,
                stage text not null check (stage in ('planned', 'ready', 'sent', 'silent')),
                rule text not null, about text not null, brief text not null,
                channel text not null, message_ts text not null, settled_at text not null,
                lease text not null, leased_until text not null, tries integer not null,
                primary key (slack_team, slack_user, kind, day))
            """,
            # how far the list of everybody in a Slack workspace was read
            """
            create table roll (
                slack_team text primary key, cursor text not null, pages integer not null, size integer not null,
                began_at text not null, leased_until text not null)
            """,
            "create index reminder_to_read on reminder (act_at) where stage = 'planned'",
            "create index reminder_to_come on reminder (slack_team, act_at) where stage = 'planned'",
            "create index reminder_to_send on reminder (slack_team, act_at) where stage = 'ready'",
            "create index reminder_settled on reminder (settled_at) where settled_at <> ''",
            # a Slack workspace's turn: when it may be written to again, and when there is something to write
            """
            create table pace (
                slack_team text primary key, free_at text not null, next_at text not null,
                sent_at text not null, moving_since text not null)
            """,
            "create index pace_next on pace (next_at) where next_at <> ''",
            "create index pace_sent on pace (sent_at) where sent_at <> ''",
            "create table budget (place text not null, hour text not null, spent integer not null, primary key (hour, place))",
            # when their next reminder is to be planned: '' for not before something happens, '0' for at once
            "alter table account add column plan_at text not null default '0'",
            "create index account_to_plan on account (plan_at) where plan_at <> ''",
            "create index operation_of on operation (slack_team, slack_user, accepted_at)",
        ),
    ),
)


async def bring_up_to_date(engine: Engine, now: datetime, migrations: Sequence[Migration] = MIGRATIONS) -> list[str]:
    """The names of the steps that ran; all or none. Raises `StorageUnusable` when the database is ahead of us."""
    return await engine.write_alone(lambda execute: _run(execute, engine.place, now, migrations))


def _run(execute: Execute, place: str, now: datetime, migrations: Sequence[Migration]) -> list[str]:
    execute(_LEDGER)
    reached = max((row["number"] for row in execute("select number from timer_migration")), default=0)
    known = max(migration.number for migration in migrations)
    if reached > known:
        raise StorageUnusable(
            f"{place} was written by a newer version of this app (its schema is {reached}, this version knows {known});"
            " it was left alone. Start the newer version, or put back a backup from before the update."
        )
    return [_step(execute, migration, now) for migration in migrations if migration.number > reached]


def _step(execute: Execute, migration: Migration, now: datetime) -> str:
    for statement in migration.statements:
        execute(statement)
    execute(
        "insert into timer_migration (number, name, ran_at) values (:number, :name, :ran_at)",
        number=migration.number,
        name=migration.name,
        ran_at=now.isoformat(),
    )
    return f"{migration.number} {migration.name}"
