"""What one person's profile says keeps nothing that Slack says of the others from being known."""

from datetime import UTC, datetime, timedelta

import pytest

from app.core.reminder import Kind, Rule
from tests.stage import Stage

DUE = datetime(2026, 3, 4, 15, 45, tzinfo=UTC)  # 16:45 in Berlin


async def at(stage: Stage, moment: datetime) -> None:
    stage.clock.moment = moment
    for _ in range(2):
        await stage.app.reminding.plan()
        await stage.app.reminding.read_due()
        await stage.app.reminding.send_due()


async def rule(stage: Stage, user: str) -> Rule | None:
    found = await stage.app.store.reminders.reminder("T0SANDBOX", user, Kind.DAY, DUE.date())
    return found.rule if found else None


@pytest.mark.parametrize("status_until", [10**12, 10**20])
async def test_a_status_without_a_sensible_end(stage: Stage, status_until: int) -> None:
    stage.world.change_person("Ada", status_emoji=":palm_tree:")
    stage.world.change_person("Bo", status_text="busy", status_expiration=status_until)
    await at(stage, DUE)
    await at(stage, DUE + timedelta(seconds=2))
    assert await rule(stage, "U0ADA") is Rule.AWAY
