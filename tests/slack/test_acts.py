"""What this process has under way, as long as it may still answer it."""

import itertools

import pytest

from app.core.acts import Act
from app.slack.acts import Acts
from tests.stage import Stage


def act(stage: Stage) -> Act:
    return Act("act1", "T0SANDBOX", "U0ADA", "log 1h", stage.app.front.services.clock.now())


@pytest.mark.parametrize("ends", ["answered", "released"])
async def test_an_act_is_under_way_until_it_is_answered_or_may_be_done_again(stage: Stage, ends: str) -> None:
    services = stage.app.front.services
    acts = Acts(services.store, services.clock)
    assert not acts.is_under_way("act1")
    assert await acts.claim(act(stage))
    assert acts.is_under_way("act1")
    if ends == "answered":
        await acts.answered("T0SANDBOX", "act1", was_refused=False)
    else:
        await acts.release("T0SANDBOX", "act1")
    assert not acts.is_under_way("act1")


async def test_what_is_not_answered_for_ten_minutes_is_under_way_no_longer(stage: Stage) -> None:
    services = stage.app.front.services
    acts = Acts(services.store, services.clock, itertools.count(0, 300).__next__)
    assert await acts.claim(act(stage))
    assert acts.is_under_way("act1")
    assert not acts.is_under_way("act1")


async def test_what_another_process_took_down_is_not_under_way_here(stage: Stage) -> None:
    services = stage.app.front.services
    assert await Acts(services.store, services.clock).claim(act(stage))
    here = Acts(services.store, services.clock)
    assert not await here.claim(act(stage))
    assert not here.is_under_way("act1")
