"""A reminder that another version of the app wrote and this one can't read is named in the log, and holds up nobody else's."""

import logging

import pytest
from test_reminders import DAY, DUE, MINUTE, SECOND, of, planned, ready, to_read, to_send

from app.core.reminder import Kind, Rule, Stage
from app.storage.store import SqlStore

BROKEN = [
    "rule = 'from_tomorrow'",
    "brief = 'no json'",
    """brief = '{"is": "Unheard"}'""",
    """brief = '{"is": "Brief", "day": 1}'""",
]


async def broken(store: SqlStore, change: str) -> None:
    await store.engine.write(lambda execute: execute(f"update reminder set {change} where slack_user = 'UADA'"))


@pytest.mark.parametrize("change", BROKEN)
async def test_one_that_is_to_be_sent(store: SqlStore, change: str, caplog: pytest.LogCaptureFixture):
    await ready(store, of("UADA"), of("UBO"))
    await broken(store, change)
    with caplog.at_level(logging.ERROR):
        assert (await to_send(store)).user == "UBO"
    assert "a reminder of UADA could not be read" in caplog.text
    kept = await store.reminders.reminder("T1", "UADA", Kind.DAY, DAY)
    assert (kept.stage, kept.rule, kept.brief) == (Stage.SILENT, Rule.UNTOLD, None)
    assert await to_send(store, DUE + 2 * SECOND) is None


async def test_one_that_is_to_be_looked_up(store: SqlStore):
    await planned(store, of("UADA"), of("UBO"))
    await broken(store, BROKEN[0])
    assert (await to_read(store)).user == "UBO"
    assert await to_read(store) is None
    assert await to_read(store, DUE + 2 * MINUTE, "b") is not None
    assert (await store.reminders.reminder("T1", "UADA", Kind.DAY, DAY)).stage is Stage.SILENT
