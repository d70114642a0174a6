"""The part of the store that is about reminders: what is planned, whose turn it is, and what became of it."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.core.as_text import to_json
from app.core.model import Account, Timer
from app.core.reminder import LATEST, Brief, Decision, Kind, Presence, Reminder, Rule, Stage
from app.core.reminder_ports import Roll, Seen
from app.core.rhythm import Rhythm
from app.storage import reminder_queries as queries
from app.storage import reminder_rows as rows
from app.storage.engine import Engine, Execute, Row, Value
from app.storage.queries import HELD_TIMER
from app.storage.rows import moment_of, moment_text, time_text, timer_of

log = logging.getLogger(__name__)

SOON, LATER = timedelta(minutes=10), timedelta(hours=3)  # longer than any lease, and than any appointment
STOOD_STILL = timedelta(minutes=15)  # a queue in which nothing was sent for so long has begun anew
AGAIN = timedelta(seconds=1)  # what another process was writing to just now


@dataclass(frozen=True, slots=True)
class SqlReminders:
    """Keeps core's `Reminders`."""

    engine: Engine
    now: Callable[[], datetime]

    async def keep_rhythm(self, team: str, user: str, rhythm: Rhythm) -> None:
        def work(execute: Execute) -> None:
            execute(queries.RHYTHM, team=team, user=user, rhythm=to_json(rhythm), now=time_text(self.now()))
            plan_anew(execute, team, user)

        await self.engine.write(work)

    async def changed_at(self, team: str, user: str, now: datetime) -> datetime | None:
        found = await self.engine.read(queries.CHANGED, team=team, user=user, now=time_text(now))
        return moment_of(max((row["changed_at"] for row in found), default=""))

    async def presence(self, team: str, user: str) -> Presence:
        row = await self._one(queries.PRESENCE, team=team, user=user)
        return rows.presence_of(row) if row else Presence()

    async def seen(self, team: str, user: str) -> Seen:
        row = await self._one(queries.PRESENCE, team=team, user=user)
        return rows.seen_of(row) if row else Seen()

    async def keep_profiles(self, team: str, presences: Mapping[str, Presence], now: datetime) -> None:
        def work(execute: Execute) -> None:
            for user, presence in presences.items():
                values = rows.profile_values(presence)
                execute(queries.KEEP_PROFILE, team=team, user=user, now=time_text(now), **values)
                if presence.zone and execute(queries.MOVE, team=team, user=user, zone=str(presence.zone)):
                    plan_anew(execute, team, user)

        await self.engine.write(work)

    async def keep_quiet(self, team: str, presences: Mapping[str, Presence], now: datetime) -> None:
        def work(execute: Execute) -> None:
            for user, presence in presences.items():
                execute(queries.KEEP_QUIET, team=team, user=user, now=time_text(now), **rows.quiet_values(presence))

        await self.engine.write(work)

    async def unseen(self, reminder: Reminder, *, since: datetime, until: datetime, limit: int) -> Mapping[str, Seen]:
        when = {"after": time_text(reminder.act_at), "until": time_text(until), "since": time_text(since)}
        found = await self.engine.read(queries.UNSEEN, team=reminder.team, limit=limit, **when)
        own = {reminder.user: await self.seen(reminder.team, reminder.user)}
        return own | {row["slack_user"]: rows.seen_of(row) for row in found}

    async def roll(self, team: str) -> Roll:
        row = await self._one(queries.ROLL, team=team)
        return rows.roll_of(row) if row else Roll()

    async def claim_roll(self, team: str, now: datetime, *, until: datetime) -> Roll | None:
        when = {"now": time_text(now), "in_minutes": time_text(now + SOON), "until": time_text(until)}
        found = await self._write(queries.CLAIM_ROLL, team=team, **when)
        return rows.roll_of(found[0]) if found else None

    async def keep_roll(self, team: str, roll: Roll, *, until: datetime | None) -> None:
        await self._write(queries.KEEP_ROLL, team=team, until=moment_text(until), **rows.roll_values(roll))

    async def claim_planning(self, now: datetime, *, until: datetime, limit: int) -> list[tuple[str, str]]:
        when = {"now": time_text(now), "in_hours": time_text(now + LATER), "until": time_text(until)}
        found = await self._write(queries.CLAIM_PLANNING, **when, limit=limit)
        return sorted({(row["slack_team"], row["slack_user"]) for row in found})

    async def plan(self, team: str, user: str, reminders: Sequence[Reminder], *, until: datetime) -> bool:
        def work(execute: Execute) -> bool:
            if not execute(queries.PLANNED, team=team, user=user, at="", until=time_text(until)):
                return False
            for kind in Kind:
                _add_first(execute, [one for one in reminders if one.kind is kind])
            return True

        return await self.engine.write(work)

    async def plan_later(self, team: str, user: str, at: datetime, *, until: datetime) -> None:
        await self._write(queries.PLANNED, team=team, user=user, at=time_text(at), until=time_text(until))

    async def add(self, reminder: Reminder) -> None:
        await self.engine.write(lambda execute: _add_first(execute, [reminder]))

    async def replan(self, team: str, user: str) -> None:
        await self.engine.write(lambda execute: plan_anew(execute, team, user))

    async def replan_everybody(self) -> None:
        await self._write(queries.PLAN_EVERYBODY_ANEW)

    async def sharing(self, account: Account, limit: int) -> int:
        where = {"team": account.team, "provider": account.provider, "workspace": account.workspace_id}
        [row] = await self.engine.read(queries.SHARING, **where, limit=limit)
        return int(row["people"])

    async def reminder(self, team: str, user: str, kind: Kind, day: date) -> Reminder | None:
        row = await self._one(queries.REMINDER, team=team, user=user, kind=kind.value, day=day.isoformat())
        return rows.reminder_of(row) if row else None

    async def claim_reading(self, now: datetime, *, lease: str, until: datetime) -> Reminder | None:
        def work(execute: Execute) -> Reminder | None:
            while found := execute(queries.CLAIM_READING, **_turn(now, lease, until)):
                if reminder := _readable(execute, found[0], now):
                    return reminder
            return None

        return await self.engine.write(work)

    async def next_sending(self, now: datetime) -> datetime | None:
        soon = time_text(now + SOON)
        row = await self._one(queries.SOONEST)
        if row is None or (row["last_sent"] or "") <= soon:
            return moment_of(row["next_at"]) if row else None
        await self._write(queries.SET_BACK, now=time_text(now), in_minutes=soon)
        return now

    async def claim_sending(self, now: datetime, *, lease: str, until: datetime, pause: timedelta) -> Reminder | None:
        def work(execute: Execute) -> Reminder | None:
            while free := execute(queries.FREE, now=time_text(now)):
                team = free[0]["slack_team"]
                found = execute(queries.CLAIM_SENDING, **_turn(now, lease, until), team=team)
                if found and (reminder := _readable(execute, found[0], now)):
                    _pace(execute, free[0], now, pause)
                    return reminder
                if not found:
                    execute(queries.NEXT_AT, team=team, at=_next_at(execute, free[0], now))
            return None

        return await self.engine.write(work)

    async def is_late_by_an_outage(self, reminder: Reminder, now: datetime) -> bool:
        if now <= reminder.due_at + LATEST:
            return False
        row = await self._one(queries.MOVING, team=reminder.team)
        moving_since = now if row is None or _stands_still(row, now) else datetime.fromisoformat(row["moving_since"])
        return moving_since > reminder.due_at + LATEST

    async def renew(self, reminder: Reminder, *, until: datetime) -> bool:
        values = rows.lease_values(reminder) | {"until": time_text(until)}
        return bool(await self._write(queries.RENEW_REMINDER, **values))

    async def briefed(self, reminder: Reminder, brief: Brief) -> bool:
        values = rows.lease_values(reminder) | {"brief": rows.brief_text(brief)}

        def work(execute: Execute) -> bool:
            ready = execute(queries.BRIEFED, **values)
            if ready:
                _wake(execute, reminder.team, ready[0]["act_at"])
            return bool(ready)

        return await self.engine.write(work)

    async def settle(
        self, reminder: Reminder, decision: Decision, now: datetime, *, message: tuple[str, str] | None
    ) -> bool:
        values = rows.lease_values(reminder) | rows.decision_values(decision) | rows.message_values(message)

        def work(execute: Execute) -> bool:
            stage = "sent" if message else "silent"
            if not execute(queries.SETTLED, **values, stage=stage, now=time_text(now)):
                return False
            execute(queries.PLAN_ANEW, team=reminder.team, user=reminder.user)
            return True

        return await self.engine.write(work)

    async def again(self, reminder: Reminder, decision: Decision, at: datetime) -> bool:
        values = rows.lease_values(reminder) | rows.decision_values(decision)
        return bool(await self._write(queries.AGAIN, **values, at=time_text(at)))

    async def retry(self, reminder: Reminder, at: datetime) -> bool:
        def work(execute: Execute) -> bool:
            left = execute(queries.RETRY, **rows.lease_values(reminder), at=time_text(at))
            if left and left[0]["stage"] == Stage.READY:
                _wake(execute, reminder.team, left[0]["act_at"])
            return bool(left)

        return await self.engine.write(work)

    async def look_up_again(self, reminder: Reminder, at: datetime) -> bool:
        return bool(await self._write(queries.LOOK_UP_AGAIN, **rows.lease_values(reminder), at=time_text(at)))

    async def reask(self, team: str, user: str, kind: Kind, day: date, decision: Decision, at: datetime) -> None:
        key: dict[str, Value] = {"team": team, "user": user, "kind": kind.value, "day": day.isoformat()}
        await self._write(queries.REASK, **key, **rows.decision_values(decision), at=time_text(at))

    async def close(self, team: str, user: str, kind: Kind, day: date, decision: Decision, now: datetime) -> None:
        key: dict[str, Value] = {"team": team, "user": user, "kind": kind.value, "day": day.isoformat()}

        def work(execute: Execute) -> None:
            execute(queries.CLOSE, **key, **rows.decision_values(decision), now=time_text(now))
            execute(queries.PLAN_ANEW, team=team, user=user)

        await self.engine.write(work)

    async def pause(self, reminder: Reminder, until: datetime) -> None:
        brief = rows.brief_text(reminder.brief) if reminder.brief else ""

        def work(execute: Execute) -> None:
            execute(queries.LET_GO, **rows.lease_values(reminder), brief=brief)
            execute(queries.PAUSE, team=reminder.team, until=time_text(until))
            _wake(execute, reminder.team, time_text(until))

        await self.engine.write(work)

    async def has_acted_since(self, team: str, user: str, since: datetime) -> bool:
        when = {"since": time_text(since), "day_before": time_text(since - timedelta(days=1))}
        return await self._one(queries.HAS_ACTED, team=team, user=user, **when) is not None

    async def known_timer(self, team: str, user: str) -> Timer | None:
        if held := await self._one(HELD_TIMER, team=team, user=user):
            return timer_of(held)
        latest = await self._one(queries.LATEST_OF_A_TIMER, team=team, user=user)
        return rows.started_timer(latest) if latest else None

    async def spend(self, place: str, requests: int, *, hour: datetime, most: int) -> bool:
        if requests > most:
            return False
        values: dict[str, Value] = {"place": place, "requests": requests, "hour": time_text(hour), "most": most}
        return bool(await self._write(queries.SPEND, **values))

    async def _one(self, sql: str, **values: Value) -> Row | None:
        return next(iter(await self.engine.read(sql, **values)), None)

    async def _write(self, sql: str, **values: Value) -> list[Row]:
        return await self.engine.write(lambda execute: execute(sql, **values))


def _turn(now: datetime, lease: str, until: datetime) -> dict[str, Value]:
    when = {"now": time_text(now), "in_minutes": time_text(now + SOON), "until": time_text(until)}
    return {**when, "lease": lease}


def _readable(execute: Execute, row: Row, now: datetime) -> Reminder | None:
    """What another version of the app has written and this one can't read is settled, and holds up nobody else's."""
    try:
        return rows.reminder_of(row)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        log.error("a reminder of %s could not be read and is not sent: %s", row["slack_user"], type(error).__name__)
    key = {"team": row["slack_team"], "user": row["slack_user"], "kind": row["kind"], "day": row["day"]}
    untold = rows.decision_values(Decision(Rule.UNTOLD)) | rows.message_values(None)
    execute(queries.SETTLED, **key, **untold, lease=row["lease"], stage="silent", now=time_text(now))
    execute(queries.PLAN_ANEW, team=row["slack_team"], user=row["slack_user"])
    return None


def plan_anew(execute: Execute, team: str, user: str) -> None:
    """What was planned is forgotten and planned again, within the transaction that changes what it follows from."""
    execute(queries.FORGET_PLANS, team=team, user=user)
    execute(queries.PLAN_ANEW, team=team, user=user)


def _add_first(execute: Execute, reminders: Sequence[Reminder]) -> None:
    for one in reminders:
        if one.kind is Kind.TIMER and execute(queries.SOONER, **rows.moved_values(one)):
            return
        if execute(queries.IS_WAITING, **rows.key_values(one)) or execute(queries.ADD, **rows.planned_values(one)):
            return


def _wake(execute: Execute, team: str, at: str) -> None:
    """Whose lease ends by itself is looked for only then: what is to be done before is said."""
    if not execute(queries.WAKES_IN_TIME, team=team, at=at):
        execute(queries.SOMETHING_READY, team=team, at=at)


def _pace(execute: Execute, row: Row, now: datetime, pause: timedelta) -> None:
    moving_since = time_text(now) if _stands_still(row, now) else row["moving_since"]
    values = {"free_at": time_text(now + pause), "moving_since": moving_since, "now": time_text(now)}
    execute(queries.PACED, team=row["slack_team"], **values)


def _stands_still(row: Row, now: datetime) -> bool:
    sent_at = moment_of(row["sent_at"])
    return sent_at is None or not sent_at <= now < sent_at + STOOD_STILL


def _next_at(execute: Execute, row: Row, now: datetime) -> str:
    """When that workspace's next one is due or falls out of a lease, always later than now; "" where nothing is ready."""
    ready = execute(queries.NEXT_READY, team=row["slack_team"])
    moments = [max(one["act_at"], _leased_until(one, now)) for one in ready]
    return max(row["free_at"], time_text(now + AGAIN), min(moments)) if moments else ""


def _leased_until(row: Row, now: datetime) -> str:
    return row["leased_until"] if row["leased_until"] <= time_text(now + SOON) else ""
