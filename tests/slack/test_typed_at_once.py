"""One line that comes twice in one moment, as two acts: one is done, the other is asked about."""

import asyncio

from tests.slack.wire import wired
from tests.stage import Stage


async def test_of_two_that_were_typed_at_once_exactly_one_is_done(stage: Stage) -> None:
    async with wired(stage) as one, wired(stage) as other:
        answered = await asyncio.gather(
            *(
                wire.command("log 8:00-8:10 yesterday : tea", trigger=f"at-once-{n}")
                for n, wire in enumerate((one, other))
            )
        )
    assert sorted("Do it once more?" in answer.text for answer in answered) == [False, True]
    assert len(stage.entries()) == 1
