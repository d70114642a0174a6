"""One Slack workspace never sees another's."""

from zoneinfo import ZoneInfo

import pytest
from people import FIX_LOGIN, NINE, ada, numbered_task, running

from app.core.model import Person
from app.storage import queries, reminder_queries
from app.storage.store import SqlStore

UTC = ZoneInfo("UTC")
WHOLE_INSTALLATION = {
    "OPERATION": "its id is its own key, made from what Slack signed; who asks looks at whose it is",
    "SETTLE": "two Slack workspaces may share one of a provider's, where an entry is made by one operation only",
    "DUE": "the next thing to send, whoever's it is",
    "HURRY_OTHERS": "what got through at a workspace of the provider says that others' may",
    "SENT_TWICE": "each is looked at with its own person's account",
    "IS_MADE_BY_US": "two Slack workspaces may share one of a provider's",
    "UNTOLD": "each is told to its own person",
    "UNHEARD": "each is told to its own people",
    "UNANSWERED_ACTS": "each is told to its own person",
    "DOUBT": "an older database is doubted as a whole",
    "HELD_TIMERS": "an older database is doubted as a whole",
    "UNENDED_ANYWHERE": "whoever runs the app sees what waits of anybody",
    "CREDENTIALS": "exchanging keys is for all of them",
    "CLAIM": "a visit's name is a secret, good once",
    "EXPECT": "names whose visit it is",
    "PRUNE_VISITS": "by age alone",
    "PLAN_EVERYBODY_ANEW": "the clock was set back for all of them",
    "SET_BACK": "the clock was set back for all of them",
    "DOUBT_REMINDERS": "an older database is doubted as a whole",
    "CLAIM_PLANNING": "whoever is to be planned next",
    "CLAIM_READING": "whoever is to be looked up next",
    "SOONEST": "when the next Slack workspace has its turn",
    "FREE": "the Slack workspace whose turn it is",
    "UNSEEN": "joins two tables by Slack workspace",
    "CLAIM_SENDING": "the key that it claims is one of its Slack workspace",
    "LATEST_OF_A_TIMER": "looks through what it found of the person",
    "SPEND": "a token's budget is shared by whoever speaks through it",
    "FORGET_TEAM": "several statements, see below",
}
STATEMENTS = {
    name: sql if isinstance(sql, str) else "\n".join(sql.values() if isinstance(sql, dict) else sql)
    for name, sql in (vars(reminder_queries) | vars(queries)).items()
    if name.isupper()
}


async def test_two_teams_with_the_same_user_id_share_nothing(store: SqlStore):
    for team, name, task, token in (("T1", "Ada", FIX_LOGIN, "first"), ("T2", "Zoe", numbered_task(2), "second")):
        await store.remember_person(Person(team, "UADA", UTC, name))
        await store.link(ada(team, credential=token))
        await store.hold(team, "UADA", running(f"timer of {name}"))
        await store.remember_task(ada(team), task, NINE)
    assert (await store.person("T1", "UADA")).name == "Ada"
    assert (await store.account("T1", "UADA")).credential.reveal() == "first"
    assert (await store.account_of("T2", "clickup", "9001", "183")).credential.reveal() == "second"
    assert await store.accounts("T1") == [ada("T1", credential="first")]
    assert len(await store.accounts()) == 2
    assert (await store.held_timer("T2", "UADA")).id == "timer of Zoe"
    assert await store.recent_tasks(ada("T2")) == [numbered_task(2)]


def test_forgetting_a_team_forgets_no_other():
    assert all(sql.endswith("where slack_team = :team") for sql in queries.FORGET_TEAM)


async def test_what_one_team_forgets_the_other_keeps(store: SqlStore):
    for team in ("T1", "T2"):
        await store.link(ada(team))
        await store.hold(team, "UADA", running("timer1"))
        await store.remember_task(ada(team), FIX_LOGIN, NINE)
    await store.unlink("T1", "UADA", "clickup", force=True)
    assert await store.accounts() == [ada("T2")]
    assert await store.held_timer("T2", "UADA") == running("timer1")
    assert await store.recent_tasks(ada("T2")) == [FIX_LOGIN]


@pytest.mark.parametrize("name", sorted(STATEMENTS.keys() - WHOLE_INSTALLATION.keys()))
def test_every_statement_about_people_names_its_team(name: str):
    sql = STATEMENTS[name]
    given = sql.replace("(:id, :team", "(:team")
    asked = "insert into" in sql and ("values (:team" in given or "select :team, " in given)
    assert asked or sql.count("slack_team = :team") == sql.count("where")


def test_every_exception_is_still_one() -> None:
    assert WHOLE_INSTALLATION.keys() <= STATEMENTS.keys()


def test_text_from_outside_never_becomes_sql():
    assert not [name for name, sql in STATEMENTS.items() if "{" in sql or "%" in sql]
