"""Intents as they are kept on disk."""

import pytest

from app.core.as_text import from_json, to_json
from app.core.model import Draft, Secret, Task, TimeEntry, Timer, Work
from app.core.operations import Cancel, Create, Delete, Intent, Start, Stop, Tag, Update

from .fakes import ADA, FIX_LOGIN, HOUR, TEN

WORK = Work(FIX_LOGIN, "Ümläut “quotes”\n", ("a", "b"), billable=True)
ENTRY = TimeEntry("e1", WORK, TEN, TEN + HOUR, "7", is_locked=True)
TIMER = Timer("held:1", Work(), TEN, "7", is_held=True)

KINDS = (*Intent.__args__, Draft, Task, TimeEntry, Timer, Work)


@pytest.mark.parametrize(
    "value",
    [
        Create(Draft(WORK, TEN, TEN + HOUR, "7")), Update(ENTRY, ENTRY), Delete(ENTRY), Start(WORK), Stop(TIMER),
        Stop(TIMER, TEN), Cancel(TIMER), Tag(ENTRY, ("a",), ()), Tag(TIMER, (), ("b",)), FIX_LOGIN, ENTRY, TIMER,
    ],
)  # fmt: skip
def test_what_is_kept_comes_back_as_it_was(value: Intent | Task | TimeEntry | Timer) -> None:
    assert from_json(to_json(value), *KINDS) == value
    assert to_json(from_json(to_json(value), *KINDS)) == to_json(value)


def test_a_secret_never_shows_itself() -> None:
    secret = Secret("pk_183_ADASTOKEN")
    assert "ADASTOKEN" not in f"{secret} {secret!r} {ADA}"
    assert secret.reveal() == "pk_183_ADASTOKEN"
