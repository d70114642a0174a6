"""How fast an app may post: one message a second into a channel, and no flood into a workspace. Only where a test asks for it."""

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

_MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Posting:
    """One attempt; `moment` is in seconds, on a clock that only tells how far two of them lie apart."""

    team_id: str
    channel_id: str
    moment: float
    is_taken: bool


@dataclass(slots=True)
class PostingPace:
    """Slack's limits: a message a second and channel, short bursts aside, and several hundred a minute and workspace.

    Who was told to wait, waits: until then nothing more is taken from this workspace. `postings` only grows.
    """

    between: float = 1.0
    burst: int = 1
    a_minute: int = 300
    seconds: Callable[[], float] = time.monotonic
    postings: list[Posting] = field(default_factory=list)
    _lately: dict[str, deque[float]] = field(default_factory=dict)
    _closed_until: dict[str, float] = field(default_factory=dict)

    def wait(self, team_id: str, channel_id: str) -> int:
        """The whole seconds until the next may come; 0 when this one is taken."""
        now = self.seconds()
        channel, team = self._recent(channel_id, now, self.between), self._recent(team_id, now, _MINUTE)
        waits = max(
            self._closed_until.get(team_id, now) - now,
            self.between - (now - channel[0]) if len(channel) >= self.burst else 0,
            _MINUTE - (now - team[0]) if len(team) >= self.a_minute else 0,
        )
        self.postings.append(Posting(team_id, channel_id, now, is_taken=waits <= 0))
        if waits > 0:
            self._closed_until[team_id] = now + math.ceil(waits)
            return math.ceil(waits)
        channel.append(now)
        team.append(now)
        return 0

    def taken(self, team_id: str) -> list[float]:
        """When this workspace's messages were taken, in order."""
        return [one.moment for one in self.postings if one.team_id == team_id and one.is_taken]

    def _recent(self, name: str, now: float, span: float) -> deque[float]:
        recent = self._lately.setdefault(name, deque())
        while recent and now - recent[0] >= span:
            recent.popleft()
        return recent
