"""Takes down what Slack delivers before anything comes of it, so that it counts once, in whatever process it arrives."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from app.core.acts import Act
from app.core.crash_points import reached
from app.core.errors import NotSaved
from app.core.ports import Clock, Store
from app.slack.background import Recent

log = logging.getLogger(__name__)

TYPED_TWICE = timedelta(seconds=10)
_LONGEST = 600.0  # seconds; what has not been answered by then never will be


@dataclass(frozen=True, slots=True)
class Acts:
    """Only whoever claimed an act can say that it is answered. `seconds` pass evenly, whatever the clock is set to."""

    store: Store
    clock: Clock
    seconds: Callable[[], float] = time.monotonic
    _mine: "Recent[float | None]" = field(default_factory=Recent, repr=False)

    async def claim(self, act: Act) -> bool:
        """False for a second delivery. Where our own disk takes nothing, nothing can be written either, so all may pass."""
        try:
            is_first = await self.store.claim_act(act)
        except NotSaved as error:
            log.warning("act %s is not taken down: %s", act.id, error.sentence)
            return True
        reached("act.claimed")
        if is_first:
            self._mine.keep(act.id, self.seconds())
        return is_first

    def is_under_way(self, act_id: str) -> bool:
        """Whether this process is about to answer it."""
        since = self._mine.find(act_id)
        return since is not None and self.seconds() - since < _LONGEST

    async def twin(self, act: Act) -> Act | None:
        """The same line, typed by the same person a moment ago, unless that was refused."""
        since = act.claimed_at - TYPED_TWICE
        return await self.store.latest_act(act, since, is_earlier=True) if act.said else None

    async def answered(self, team: str, act_id: str, *, was_refused: bool) -> None:
        if act_id not in self._mine:
            return
        self._mine.keep(act_id, None)
        try:
            await self.store.answer_act(team, act_id, self.clock.now(), was_refused=was_refused)
        except NotSaved as error:
            log.warning("act %s is answered but not noted: %s", act_id, error.sentence)

    async def release(self, team: str, act_id: str) -> None:
        """So that the same click may be tried again."""
        self._mine.drop(act_id)
        try:
            await self.store.release_act(team, act_id)
        except NotSaved as error:
            log.warning("act %s can't be tried again yet: %s", act_id, error.sentence)
