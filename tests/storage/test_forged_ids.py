"""Whoever guesses the ids of another Slack workspace gets nothing, and changes nothing there."""

import inspect
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from people import FIX_LOGIN, LOGGED, NINE, TOKEN, ada, begun, bo, ended, log_time, running, tables

from app.core.acts import Act
from app.core.errors import TimerError
from app.core.model import Person, Secret
from app.core.operations import Delete, State
from app.core.outcomes import Outcome
from app.storage.engine import Row
from app.storage.store import SqlStore

THEIRS, MINE = "T1", "T2"
BERLIN = ZoneInfo("Europe/Berlin")
WORDS = "pairing with Bo"  # what only that workspace may read
EARLY, LATE = datetime(2020, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
# Each of these is asked by no person: it is for whoever runs the app, for what it does by itself, or by a secret name.
BY_NO_PERSON = {
    "reseal": "exchanges keys for the whole installation",
    "unreadable": "for whoever runs the app",
    "forget_old_visits": "by age alone",
    "is_writable": "reads nobody's",
    "close": "reads nobody's",
    "claim": "a visit's name is a secret of sixteen random bytes, and is good once",
    "expect": "keeps a visit of whoever it names",
    "due": "takes up whatever is to be sent next, whoever's it is",
    "doubt": "an older database is doubted as a whole",
    "held_timers": "an older database is doubted as a whole",
    "put_back_as_of": "reads nobody's",
    "untold": "tells each to its own person",
    "sent_twice": "each is looked at with its own person's account",
    "is_made_by_us": "two Slack workspaces may share one of a provider's",
    "unheard": "tells each to its own person",
    "unanswered_acts": "tells each to its own person",
    "operation": "by its own id; whoever asks looks at whose it is, see tests/core/test_permissions.py",
    "accounts": "takes the workspace, or none for whoever runs the app",
    "forget_team": "forgets the workspace that it names, see test_tenants.py",
}
METHODS = sorted(
    name
    for name, method in inspect.getmembers(SqlStore, inspect.iscoroutinefunction)
    if not name.startswith("_") and name not in BY_NO_PERSON
)


@pytest.fixture
async def theirs(store: SqlStore) -> SqlStore:
    """A workspace in which everything has been done, and another one in which nothing has."""
    await store.remember_person(Person(THEIRS, "UADA", BERLIN, "Ada"))
    await store.link(ada(THEIRS, credential=TOKEN))
    await store.link(bo(THEIRS))
    await store.hold(THEIRS, "UADA", running("held:timer", WORDS))
    await store.remember_task(ada(THEIRS), FIX_LOGIN, NINE)
    done = replace(log_time(ada(THEIRS), "done"), act="act", by="UBO")
    await begun(store, done)
    await ended(store, done, State.DONE, LOGGED)
    await store.note(replace(log_time(ada(THEIRS), "gone"), intent=Delete(LOGGED), state=State.DONE, result=LOGGED))
    await begun(store, replace(log_time(ada(THEIRS), "waits"), state=State.QUEUED, act="act"))
    await begun(store, replace(log_time(ada(THEIRS), "sending"), lease="lease"))
    await begun(store, replace(log_time(ada(THEIRS), "let go"), state=State.QUEUED))
    await store.drop(THEIRS, "UADA", "let go", NINE)
    await store.claim_act(Act("act", THEIRS, "UADA", f"log 1h {WORDS}", NINE, origin=Secret("https://hooks.example")))
    return store


async def record(store: SqlStore) -> dict[str, list[Row]]:
    """Everything of theirs that is on disk."""
    held: dict[str, list[Row]] = {}
    for table in await tables(store):
        rows = await store.engine.read(f"select * from {table}")
        held[table] = sorted((row for row in rows if row.get("slack_team") == THEIRS), key=repr)
    return held


def forged(name: str, kind: object, chance: random.Random) -> object:
    """What somebody of another workspace would put there: ids of theirs, or guesses."""
    guess = "".join(chance.choices("UTdeholnaimrt:0189", k=chance.randint(1, 9)))
    operation = replace(
        log_time(ada(MINE), chance.choice(["done", "waits", "sending", guess])), lease="lease", act="act"
    )
    values: dict[str, object] = {
        "team": MINE,
        "user": chance.choice(["UADA", "UBO", guess]),
        "by": chance.choice(["UADA", "UBO", guess]),
        "provider": "clickup",
        "workspace_id": "9001",
        "user_id": chance.choice(["183", "184", guess]),
        "timer_id": chance.choice(["held:timer", guess]),
        "entry_id": chance.choice(["e77", guess]),
        "operation_id": chance.choice(["done", "waits", "sending", "gone", guess]),
        "old": chance.choice(["waits", "let go", guess]),
        "reason": "",
        "act_id": chance.choice(["act", guess]),
        "lease": "lease",
        "operation": operation,
        "act": Act(chance.choice(["act", guess]), MINE, "UADA", f"log 1h {WORDS}", NINE),
        "account": ada(MINE),
        "task": FIX_LOGIN,
        "timer": running("held:timer"),
        "seen": running("held:timer", WORDS),
        "person": Person(MINE, "UADA", BERLIN, "Zoe"),
        "outcome": Outcome(State.DROPPED),
        "since": EARLY,
        "now": LATE,
        "before": LATE,
        "times": 0,
        "at": LATE,
        "until": LATE + timedelta(hours=1),
        "was_refused": True,
    }
    assert name in values, f"say what a forger would put for {name}: {kind}"
    return values[name]


@pytest.mark.parametrize("method", METHODS)
async def test_nothing_comes_of_it(theirs: SqlStore, method: str) -> None:
    chance, before = random.Random(method), await record(theirs)
    wanted = [
        one
        for one in inspect.signature(getattr(theirs, method)).parameters.values()
        if one.default is inspect.Parameter.empty
    ]
    for _ in range(25):
        given = {one.name: forged(one.name, one.annotation, chance) for one in wanted}
        try:
            found = await getattr(theirs, method)(**given)
        except TimerError as error:
            found = error.sentence
        assert THEIRS not in repr(found), given
        assert WORDS not in repr(found) or method in ("begin", "resend"), given
        assert TOKEN not in repr(found)
    assert await record(theirs) == before


def test_every_exception_is_still_there() -> None:
    assert set(BY_NO_PERSON) <= {name for name, _ in inspect.getmembers(SqlStore, inspect.iscoroutinefunction)}
