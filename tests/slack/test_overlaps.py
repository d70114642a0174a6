"""Time that overlaps is saved as it was said, and shown, for mostly it wasn't meant."""

from tests.person import Person
from tests.slack.wire import Wire, words
from tests.stage import Stage


async def test_what_a_log_with_a_time_overlaps_is_shown_and_saved_all_the_same(wire: Wire, stage: Stage) -> None:
    await wire.command("log 18 feb 14-15:00 DEV-12")
    said = words((await wire.command("log 18 feb 14:30-15:30 DEV-13")).json())
    assert "It overlaps *Fix login (DEV-12)*, Wed 18 Feb, 14:00–15:00." in said
    assert len(stage.entries()) == 2


async def test_what_only_touches_is_not_mentioned(wire: Wire) -> None:
    await wire.command("log 18 feb 14-15:00 DEV-12")
    assert "overlaps" not in words((await wire.command("log 18 feb 15:00-15:30 DEV-13")).json())


async def test_a_length_alone_overlaps_by_nobodys_choice(wire: Wire, stage: Stage) -> None:
    """It is put at nine, where something may well be; and it costs no further request."""
    asked = len(stage.workspace.requests)
    await wire.command("log 1h yesterday DEV-12")
    once = len(stage.workspace.requests) - asked
    assert "overlaps" not in words((await wire.command("log 1h yesterday DEV-12")).json())
    assert len(stage.workspace.requests) - asked <= 2 * once


async def test_what_a_stop_overlaps_is_shown_and_saved_all_the_same(stage: Stage, ada: Person) -> None:
    await ada.types("/timer start at 9:30 DEV-12")
    await ada.types("/timer log 9:40-9:50 DEV-13")
    [said] = await ada.types("/timer stop")
    assert "It overlaps Fix logout (DEV-13), Wed 4 Mar, 09:40–09:50" in said
    assert len(stage.entries()) == 2
