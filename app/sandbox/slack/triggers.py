"""Trigger ids: the three seconds in which an app may open one modal for what a person just did."""

import itertools
import time
from dataclasses import dataclass, field

LIFETIME = 3.0


@dataclass(frozen=True, slots=True)
class Trigger:
    person_id: str
    team_id: str
    expires: float
    channel_id: str | None
    view_id: str | None


class TriggerRefused(Exception):
    """The app was too late, or used the trigger before; `error` is Slack's name for it."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


@dataclass(slots=True)
class Triggers:
    pace: float
    issued: dict[str, Trigger] = field(default_factory=dict)
    exchanged: set[str] = field(default_factory=set)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def issue(self, person_id: str, team_id: str, *, channel_id: str | None = None, view_id: str | None = None) -> str:
        trigger_id = f"{next(self._numbers)}.{team_id[1:]}.{person_id[1:]}"
        expires = time.monotonic() + LIFETIME * self.pace
        self.issued[trigger_id] = Trigger(person_id, team_id, expires, channel_id, view_id)
        return trigger_id

    def exchange(self, trigger_id: str, team_id: str) -> Trigger:
        """The trigger, once and in time; raises TriggerRefused otherwise."""
        trigger = self.issued.get(trigger_id)
        if trigger is None or trigger.team_id != team_id:
            raise TriggerRefused("invalid_trigger_id")
        if trigger_id in self.exchanged:
            raise TriggerRefused("exchanged_trigger_id")
        if time.monotonic() > trigger.expires:
            raise TriggerRefused("expired_trigger_id")
        self.exchanged.add(trigger_id)
        return trigger
