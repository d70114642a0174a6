"""A start without an answer that arrived all the same runs, and is told so."""

from tests.person import Person
from tests.stage import Stage


async def test_a_start_that_arrived_without_an_answer_is_told_as_running(stage: Stage, ada: Person) -> None:
    stage.workspace.faults.add("error", method="POST", committed=True, times=1)
    await ada.types("/timer start DEV-12")
    stage.clock.passes(minutes=2)
    await stage.app.settler.settle_due()
    assert "Running since 10:17" in await ada.waits_for("▶️")
    assert "Nothing of yours is waiting" in (await ada.types("/timer pending"))[0]
