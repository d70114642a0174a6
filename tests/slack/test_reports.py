"""How something ended that could not end at once is told as what it was."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.core.model import Draft, Person, Task, TimeEntry, Work
from app.core.operations import UNDOING, Create, Delete, Intent, Operation, Start, State, Update
from app.slack import messages
from app.slack.call import Call, Reply
from tests.slack.wire import texts
from tests.stage import Stage

NINE = datetime(2026, 3, 4, 8, 0, tzinfo=UTC)
WORK = Work(Task("86c1", "Fix login"))
ENTRY = TimeEntry("e1", WORK, NINE, NINE + timedelta(hours=1), "183")
CREATE = Create(Draft(WORK, ENTRY.start, ENTRY.end, "183"))


def told(stage: Stage, intent: Intent, state: State, operation_id: str = "mine") -> Reply:
    call = Call(stage.app.front.services, Person("T0SANDBOX", "U0ADA", ZoneInfo("Europe/Berlin")), "")
    mine = Operation(operation_id, "T0SANDBOX", "U0ADA", "clickup", "9001", intent, NINE, state, is_put_off=True)
    ended = replace(mine, result=ENTRY) if state is State.DONE else replace(mine, reason="ClickUp: not reached.")
    return messages.reported(call, ended, "ClickUp")


def labels(reply: Reply) -> list[str]:
    rows = [block["elements"] for block in reply.blocks if block["type"] == "actions"]
    return [element["text"]["text"] for row in rows for element in row]


@pytest.mark.parametrize(
    ("intent", "operation_id", "begins"),
    [
        (Delete(ENTRY), f"{UNDOING}logged", "Undo: Fix login · "),
        (Delete(ENTRY), "mine", "Delete: Fix login · "),
        (Update(ENTRY, ENTRY), "mine", "Change: Fix login · "),
        (CREATE, "mine", "Fix login · "),
    ],
)
def test_what_was_refused_says_what_was_to_be_done(
    stage: Stage, intent: Intent, operation_id: str, begins: str
) -> None:
    reply = told(stage, intent, State.REFUSED, operation_id)
    assert reply.text.startswith(begins)
    assert f"*{begins}" in "\n".join(one["text"] for one in texts(list(reply.blocks)))


@pytest.mark.parametrize(("intent", "is_there"), [(CREATE, True), (Delete(ENTRY), False)])
def test_only_what_is_there_is_said_to_be_there(stage: Stage, intent: Intent, is_there: bool) -> None:
    shown = "\n".join(one["text"] for one in texts(list(told(stage, intent, State.DONE).blocks)))
    assert ("It is in ClickUp now." in shown) is is_there
    assert "wait" not in shown


def test_a_start_that_was_refused_can_only_be_let_go(stage: Stage) -> None:
    assert labels(told(stage, Start(WORK), State.REFUSED)) == ["Drop"]
    assert labels(told(stage, CREATE, State.REFUSED)) == ["Try now", "Edit", "Drop"]
