"""When Slack keeps quiet for a person: every night by their schedule, and whenever they pause notifications."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class QuietHours:
    """By the person's own wall clock; an end before the start is on the next day."""

    start: time
    end: time

    def stretches(self, now: datetime, zone: ZoneInfo) -> Iterator[Stretch]:
        """Those that end after `now`, the one that may be going on first."""
        today = now.astimezone(zone).date()
        for day in (today + timedelta(days=days) for days in (-1, 0, 1)):
            last_day = day if self.end > self.start else day + timedelta(days=1)
            start, end = datetime.combine(day, self.start, zone), datetime.combine(last_day, self.end, zone)
            if end > now:
                yield start, end


NIGHT = QuietHours(time(22), time(8))  # what Slack gives everybody who has chosen nothing else


def describe_quiet(
    hours: QuietHours | None, zone: str, *, snoozed_until: datetime | None, now: datetime
) -> dict[str, object]:
    """As Slack tells it to others: a pause is not named, it only shows as quiet that has begun already.

    `dnd_enabled` says that there is a schedule, not that it is quiet now: https://docs.slack.dev/reference/methods/dnd.info
    """
    stretch = _next(hours, ZoneInfo(zone), snoozed_until, now)
    if stretch is None:
        return {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    start, end = stretch
    return {
        "dnd_enabled": True,
        "next_dnd_start_ts": int(start.timestamp()),
        "next_dnd_end_ts": int(end.timestamp()),
    }


def _next(hours: QuietHours | None, zone: ZoneInfo, snoozed_until: datetime | None, now: datetime) -> Stretch | None:
    scheduled = next(hours.stretches(now, zone), None) if hours else None
    if snoozed_until is None or snoozed_until <= now:
        return scheduled
    if scheduled and scheduled[0] <= snoozed_until:
        return now, max(snoozed_until, scheduled[1])
    return now, snoozed_until
