"""The app's own memory: core's `Store` over any engine, sealing credentials going in and opening them coming out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from app.core.acts import Act
from app.core.errors import AlreadySent, NotAllowed, NotConnected, TimerError
from app.core.model import Account, AssigneePermission, Person, Secret, Task, Timer
from app.core.operations import NOTHING_HELD, UNDOING, Held, Operation, Start, State
from app.core.outcomes import Outcome
from app.core.visits import Visit
from app.storage import queries, rows
from app.storage.belongings import SqlBelongings
from app.storage.engine import Engine, Execute, Row, Value
from app.storage.generation import Generation
from app.storage.reminder_queries import DOUBT_REMINDERS, PLAN_ANEW
from app.storage.reminders import SqlReminders, plan_anew
from app.storage.retention import Retention
from app.storage.vault import Owner, Sealed, Vault

BATCH = 500
SOON, LATER = timedelta(minutes=10), timedelta(hours=3)  # longer than any lease, and than any appointment

_SLACK = "slack"  # stands where a provider's name stands


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class SqlStore:
    """Keeps core's `Store`; besides that, it answers for its own health and exchanges keys."""

    engine: Engine
    vault: Vault = field(repr=False)
    generation: Generation = field(repr=False)
    now: Callable[[], datetime] = field(default=utc_now, repr=False)

    async def person(self, team: str, user: str) -> Person | None:
        row = await self._one(queries.PERSON, team=team, user=user)
        return rows.person_of(row) if row else None

    async def remember_person(self, person: Person) -> None:
        def work(execute: Execute) -> None:
            before = execute(queries.PERSON, team=person.team, user=person.user)
            execute(queries.REMEMBER_PERSON, **rows.person_values(person))
            if not before or before[0]["zone"] != str(person.zone):
                plan_anew(execute, person.team, person.user)

        await self.engine.write(work)

    async def account(self, team: str, user: str) -> Account | None:
        """The one linked last. Raises `NotConnected` when its credential cannot be opened."""
        row = await self._one(queries.ACCOUNT, team=team, user=user)
        return rows.account_of(row, self._credential(row)) if row else None

    async def account_at(self, team: str, user: str, provider: str, workspace_id: str) -> Account | None:
        where = {"team": team, "user": user, "provider": provider, "workspace": workspace_id}
        row = await self._one(queries.ACCOUNT_AT, **where)
        return rows.account_of(row, self._credential(row)) if row else None

    async def account_of(self, team: str, provider: str, workspace_id: str, user_id: str) -> Account | None:
        row = await self._one(queries.ACCOUNT_OF, team=team, provider=provider, workspace=workspace_id, user_id=user_id)
        return self._listed(row) if row else None

    async def accounts(self, team: str | None = None) -> list[Account]:
        """A credential that cannot be opened is left out, so that one bad row does not hide the rest."""
        return [self._listed(row) for row in await self.engine.read(queries.ACCOUNTS, team=team)]

    async def providers_of(self, team: str, user: str) -> list[str]:
        return [row["provider"] for row in await self.engine.read(queries.PROVIDERS_OF, team=team, user=user)]

    async def provider_in_use(self, team: str, user: str) -> str:
        """Of the account linked last; "" for nobody's. It needs no key."""
        row = await self._one(queries.ACCOUNT, team=team, user=user)
        return str(row["provider"]) if row else ""

    async def is_somebody_else(self, team: str, user: str, workspace_id: str, user_id: str) -> bool:
        who = {"team": team, "user": user, "workspace": workspace_id, "user_id": user_id}
        return await self._one(queries.IS_SOMEBODY_ELSE, **who) is not None

    async def keep_standing(self, account: Account) -> None:
        await self._write(queries.KEEP_STANDING, **rows.standing_values(account))

    async def is_narrowed(self, team: str, user: str, provider: str) -> bool:
        return await self._one(queries.NARROWED, team=team, user=user, provider=provider) is not None

    async def link(self, account: Account, *, is_ordered: bool = False) -> None:
        """`is_ordered` by whoever runs the app: whose time they may log then holds when they connect anew, too.

        Raises `NotAllowed` when another Slack user has that user already, or a held timer would change hands.
        """
        owner = Owner(account.team, account.user, account.provider)
        sealed = self.vault.seal(account.credential, owner) if account.credential else None
        values = rows.account_values(account, sealed)

        def work(execute: Execute) -> None:
            _refuse_taken(execute, account)
            _refuse_handing_over_a_timer(execute, account)
            execute(queries.LINK, **values, now=rows.time_text(self.now()))
            execute(queries.COME_BACK, team=account.team)
            execute(queries.HURRY_WAITING, **rows.place_values(account), now=rows.time_text(self.now()))
            if is_ordered:
                _keep_order(execute, account)

        await self.engine.write(work)

    async def unlink(self, team: str, user: str, provider: str, *, force: bool = False) -> bool:
        """Raises `NotAllowed` while a held timer runs, unless `force`, which drops that timer unsaved."""

        def work(execute: Execute) -> bool:
            if not execute(queries.UNLINK, team=team, user=user, provider=provider):
                return force and bool(execute(queries.DROP_HELD, team=team, user=user))
            if execute(queries.DROP_HELD, team=team, user=user) and not force:
                raise NotAllowed(f"A timer of {user} is still running. Stop or cancel it first, then unlink.")
            execute(queries.FORGET_RECENT, team=team, user=user, provider=provider)
            return True

        return await self.engine.write(work)

    async def disconnect(self, team: str, user: str) -> list[str]:
        """Forgets every account of theirs and names the providers. Raises `NotAllowed` while a held timer runs."""

        def work(execute: Execute) -> list[str]:
            if execute(queries.HELD_TIMER, team=team, user=user):
                raise NotAllowed(f"A timer of {user} is still running. Stop or cancel it first, then disconnect.")
            execute(queries.FORGET_ALL_RECENT, team=team, user=user)
            execute(queries.FORGET_VISITS, team=team, user=user)
            return sorted(row["provider"] for row in execute(queries.DISCONNECT, team=team, user=user))

        return await self.engine.write(work)

    async def forget_team(self, team: str) -> None:
        def work(execute: Execute) -> None:
            for statement in queries.FORGET_TEAM:
                execute(statement, team=team)
            execute(queries.DEPART, team=team, now=rows.time_text(self.now()))

        await self.engine.write(work)

    async def expect(self, visit: Visit, now: datetime) -> None:
        owner = Owner(visit.team, visit.user, visit.provider)
        values = rows.visit_values(visit, self.vault.seal(visit.token, owner) if visit.token else None)

        def work(execute: Execute) -> None:
            execute(queries.PRUNE_VISITS, now=rows.time_text(now))
            execute(queries.EXPECT, **values)

        await self.engine.write(work)

    async def forget_old_visits(self, now: datetime) -> None:
        """A token whose owner never came back is not kept."""
        await self._write(queries.PRUNE_VISITS, now=rows.time_text(now))

    async def claim(self, name: str, now: datetime) -> Visit | None:
        """Once: whoever comes second finds nothing. Raises `NotConnected` when its token cannot be opened."""
        row = next(iter(await self._write(queries.CLAIM, name=name)), None)
        visit = rows.visit_of(row, self._credential(row)) if row else None
        return visit if visit and now < visit.until else None

    async def begin(
        self, operation: Operation, *, until: datetime, held: Held = NOTHING_HELD, instead_of: str = ""
    ) -> Operation | None:
        values = rows.operation_values(operation) | rows.sending_values(operation, until=until)

        def work(execute: Execute) -> list[Row]:
            if not execute(queries.BEGIN, **values):
                return execute(queries.OPERATION, id=operation.id)
            _change_held(execute, operation, held)
            _let_go(execute, operation, instead_of)
            return []

        earlier = [rows.operation_of(row) for row in await self.engine.write(work)]
        if any((one.team, one.user) != (operation.team, operation.user) for one in earlier):
            raise AlreadySent("Somebody else has already sent this; nothing was sent for you. Start again.")
        return earlier[0] if earlier else None

    async def settle(self, operation: Operation, outcome: Outcome, *, held: Held = NOTHING_HELD) -> bool:
        values = rows.outcome_values(outcome) | {"id": operation.id, "team": operation.team, "lease": operation.lease}

        where = {"provider": operation.provider, "workspace": operation.workspace_id}

        def work(execute: Execute) -> bool:
            if not execute(queries.SETTLE, **values, now=rows.time_text(self.now())):
                return False
            _change_held(execute, operation, held)
            if outcome.state is State.DONE:
                execute(queries.HURRY_OTHERS, **where, now=rows.time_text(operation.accepted_at))
            if outcome.state is State.DONE and isinstance(operation.intent, Start):
                execute(PLAN_ANEW, team=operation.team, user=operation.user)
            return True

        return await self.engine.write(work)

    async def renew(self, operation: Operation, *, until: datetime) -> bool:
        values = {"id": operation.id, "team": operation.team, "lease": operation.lease}
        return bool(await self._write(queries.RENEW, **values, until=rows.time_text(until)))

    async def take(self, operation: Operation, *, now: datetime, lease: str, until: datetime) -> Operation | None:
        values = {"now": rows.time_text(now), "in_minutes": rows.time_text(now + SOON), "until": rows.time_text(until)}
        return _operation(await self._write(queries.TAKE, id=operation.id, team=operation.team, lease=lease, **values))

    async def timer_acts_since(self, operation: Operation) -> list[Operation]:
        values = rows.operation_values(operation)
        asked = {name: values[name] for name in ("id", "team", "user", "accepted_at")}
        return await self._operations(queries.TIMER_ACTS_SINCE, **asked)

    async def resend(self, operation: Operation, *, now: datetime, until: datetime) -> Operation | None:
        values = rows.operation_values(operation) | {"lease": operation.lease, "until": rows.time_text(until)}
        known = {name: values[name] for name in ("id", "team", "kind", "intent", "about", "lease", "until")}
        return _operation(await self._write(queries.RESEND, **known, now=rows.time_text(now)))

    async def due(self, now: datetime, *, lease: str, until: datetime) -> Operation | None:
        values = {
            "now": rows.time_text(now),
            "in_minutes": rows.time_text(now + SOON),
            "in_hours": rows.time_text(now + LATER),
            "lease": lease,
            "until": rows.time_text(until),
        }
        return _operation(await self._write(queries.DUE, **values))

    async def pending(self, team: str, user: str) -> list[Operation]:
        return await self._operations(queries.PENDING, team=team, user=user)

    async def hurry(self, team: str, user: str, operation_id: str, now: datetime) -> bool:
        values = {"team": team, "user": user, "id": operation_id, "now": rows.time_text(now)}
        return bool(await self._write(queries.HURRY, **values))

    async def drop(
        self, team: str, user: str, operation_id: str, now: datetime, *, held: Held = NOTHING_HELD
    ) -> Operation | None:
        values = {"team": team, "user": user, "id": operation_id, "now": rows.time_text(now)}

        def work(execute: Execute) -> list[Row]:
            dropped = execute(queries.DROP, **values)
            if dropped:
                _change_held(execute, rows.operation_of(dropped[0]), held)
            return dropped

        return _operation(await self.engine.write(work))

    async def revive(self, operation: Operation, old: str, reason: str) -> None:
        await self._write(queries.REVIVE, **_by_whom(operation), id=old, reason=reason)

    async def untold(self, now: datetime) -> list[Operation]:
        return await self._operations(queries.UNTOLD, now=rows.time_text(now), in_hours=rows.time_text(now + LATER))

    async def unheard(self, since: datetime) -> list[Operation]:
        return await self._operations(queries.UNHEARD, since=rows.time_text(since))

    async def heard(self, operation: Operation) -> bool:
        return bool(await self._write(queries.HEARD, id=operation.id, team=operation.team))

    async def told(self, operation: Operation) -> None:
        await self._write(queries.TOLD, id=operation.id, team=operation.team)

    async def claim_telling(self, operation: Operation, now: datetime, *, until: datetime) -> bool:
        values = {"id": operation.id, "team": operation.team, "until": rows.time_text(until)}
        return bool(await self._write(queries.CLAIM_TELLING, **values, **_tellable(now)))

    async def tell_later(self, operation: Operation, at: datetime) -> None:
        await self._write(queries.TELL_LATER, id=operation.id, team=operation.team, at=rows.time_text(at))

    async def sent_twice(self, times: int, *, before: datetime) -> list[Operation]:
        return await self._operations(queries.SENT_TWICE, looks=times, before=rows.time_text(before))

    async def looked_again(self, operation: Operation, times: int) -> bool:
        return bool(await self._write(queries.LOOKED_AGAIN, id=operation.id, team=operation.team, looks=times))

    async def is_made_by_us(self, operation: Operation, entry_id: str) -> bool:
        where = {"provider": operation.provider, "workspace": operation.workspace_id, "entry_id": entry_id}
        return await self._one(queries.IS_MADE_BY_US, **where) is not None

    async def operations_of(self, act: Act) -> list[Operation]:
        return await self._operations(queries.OPERATIONS_OF, team=act.team, act=act.id)

    async def claim_act(self, act: Act) -> bool:
        sealed = self.vault.seal(act.origin, _owner_of(act)) if act.origin else None
        values: dict[str, Value] = {
            "id": act.id,
            "team": act.team,
            "user": act.user,
            "said": act.said,
            "now": rows.time_text(act.claimed_at),
            "is_line": int(act.is_line),
            "sealed": sealed.text if sealed else None,
            "sealed_with": sealed.key if sealed else None,
        }
        return bool(await self._write(queries.CLAIM_ACT, **values))

    async def answer_act(self, team: str, act_id: str, now: datetime, *, was_refused: bool) -> None:
        values = {"team": team, "id": act_id, "now": rows.time_text(now)}
        await self._write(queries.ANSWER_ACT, **values, was_refused=int(was_refused))

    async def release_act(self, team: str, act_id: str) -> None:
        await self._write(queries.RELEASE_ACT, team=team, id=act_id)

    async def act(self, team: str, user: str, act_id: str) -> Act | None:
        row = await self._one(queries.ACT, team=team, user=user, id=act_id)
        return self._act(row) if row else None

    async def latest_act(self, act: Act, since: datetime, *, is_earlier: bool = False) -> Act | None:
        values = {"team": act.team, "user": act.user, "said": act.said, "id": act.id}
        values["until"] = rows.time_text(act.claimed_at) if is_earlier else ""
        row = await self._one(queries.LATEST_ACT, **values, since=rows.time_text(since))
        return self._act(row) if row else None

    async def unanswered_acts(self, before: datetime, now: datetime) -> list[Act]:
        when = {"before": rows.time_text(before), "now": rows.time_text(now), "in_hours": rows.time_text(now + LATER)}
        return [self._act(row) for row in await self.engine.read(queries.UNANSWERED_ACTS, **when)]

    async def claim_act_telling(self, act: Act, now: datetime, *, until: datetime) -> bool:
        values = {"id": act.id, "team": act.team, "until": rows.time_text(until)}
        return bool(await self._write(queries.CLAIM_ACT_TELLING, **values, **_tellable(now)))

    async def tell_act_later(self, act: Act, at: datetime) -> None:
        await self._write(queries.TELL_ACT_LATER, id=act.id, team=act.team, at=rows.time_text(at))

    async def retell(self, act: Act) -> None:
        await self._write(queries.RETELL, team=act.team, act=act.id)

    async def note(self, operation: Operation) -> bool:
        values = rows.operation_values(operation) | rows.result_values(operation.result)
        return bool(await self._write(queries.NOTE, **values, now=rows.time_text(self.now())))

    async def twin(self, operation: Operation) -> Operation | None:
        values = rows.operation_values(operation)
        asked = {name: values[name] for name in ("id", "team", "user", "provider", "workspace", "about")}
        row = await self._one(queries.TWIN, **asked)
        return rows.operation_of(row) if row else None

    async def deletion_of(self, team: str, entry_id: str) -> Operation | None:
        row = await self._one(queries.DELETION_OF, team=team, entry_id=entry_id)
        return rows.operation_of(row) if row else None

    async def latest(self, team: str, by: str, since: datetime) -> Operation | None:
        # What is later than anybody can have done it was accepted before the clock was set back.
        when = {"since": rows.time_text(since), "until": rows.time_text(since + 2 * SOON)}
        row = await self._one(queries.LATEST, team=team, by=by, undoing=UNDOING, **when)
        return rows.operation_of(row) if row else None

    async def operation(self, operation_id: str) -> Operation | None:
        row = await self._one(queries.OPERATION, id=operation_id)
        return rows.operation_of(row) if row else None

    async def held_timer(self, team: str, user: str) -> Timer | None:
        row = await self._one(queries.HELD_TIMER, team=team, user=user)
        return rows.timer_of(row) if row else None

    async def hold(self, team: str, user: str, timer: Timer) -> bool:
        return await self.engine.write(lambda execute: _hold(execute, team, user, timer))

    async def change_held(self, team: str, user: str, seen: Timer, timer: Timer) -> bool:
        def work(execute: Execute) -> bool:
            held = execute(queries.HELD_TIMER, team=team, user=user)
            if not held or rows.timer_of(held[0]) != seen:
                return False
            return bool(execute(queries.CHANGE_HELD, **rows.timer_values(team, user, timer)))

        return await self.engine.write(work)

    async def release(self, team: str, user: str, timer_id: str) -> bool:
        return bool(await self._write(queries.RELEASE, team=team, user=user, timer_id=timer_id))

    async def recent_tasks(self, account: Account) -> list[Task]:
        found = await self.engine.read(queries.RECENT_TASKS, **rows.place_values(account))
        return [rows.task_of(row) for row in found]

    async def remember_task(self, account: Account, task: Task, at: datetime) -> None:
        place = rows.place_values(account)
        values = place | rows.task_values(task, at)

        def work(execute: Execute) -> None:
            execute(queries.REMEMBER_TASK, **values)
            execute(queries.PRUNE_RECENT, **place)

        await self.engine.write(work)

    async def unreadable(self) -> list[str]:
        """For whoever runs the app: one sentence for each stored credential that our keys do not open."""
        return [reason for row in await self.engine.read(queries.CREDENTIALS) if (reason := self._fault(row))]

    async def reseal(self) -> int:
        """Puts credentials under the newest key and returns how many; may be interrupted and started again."""
        newest = self.vault.fingerprints[0]
        found = await self.engine.read(queries.CREDENTIALS)
        stale = [row for row in found if row["sealed_with"] != newest and not self._fault(row)]
        batches = [stale[at : at + BATCH] for at in range(0, len(stale), BATCH)]
        return sum([await self._reseal(batch) for batch in batches])

    async def doubt(self, now: datetime) -> list[Operation]:
        def work(execute: Execute) -> list[Row]:
            for row in execute(DOUBT_REMINDERS, now=rows.time_text(now)):
                execute(PLAN_ANEW, team=row["slack_team"], user=row["slack_user"])
            return execute(queries.DOUBT, now=rows.time_text(now))

        found = await self.engine.write(work)
        return sorted(map(rows.operation_of, found), key=lambda operation: (operation.accepted_at, operation.id))

    async def held_timers(self) -> list[tuple[str, str, Timer]]:
        found = await self.engine.read(queries.HELD_TIMERS)
        return [(row["slack_team"], row["slack_user"], rows.timer_of(row)) for row in found]

    @property
    def belongings(self) -> SqlBelongings:
        return SqlBelongings(self.engine)

    @property
    def reminders(self) -> SqlReminders:
        return SqlReminders(self.engine, self.now)

    @property
    def retention(self) -> Retention:
        return Retention(self.engine)

    async def put_back_as_of(self) -> datetime | None:
        """The moment the data is of, where an older database was put back and nobody has reconciled it yet."""
        return await self.generation.put_back_as_of()

    async def is_writable(self) -> bool:
        return await self.engine.is_writable()

    async def close(self) -> None:
        await self.engine.close()

    async def _operations(self, sql: str, **values: Value) -> list[Operation]:
        return [rows.operation_of(row) for row in await self.engine.read(sql, **values)]

    async def _one(self, sql: str, **values: Value) -> Row | None:
        return next(iter(await self.engine.read(sql, **values)), None)

    async def _write(self, sql: str, **values: Value) -> list[Row]:
        return await self.engine.write(lambda execute: execute(sql, **values))

    async def _reseal(self, batch: list[Row]) -> int:
        changes = [rows.reseal_values(row, self.vault) for row in batch]
        return await self.engine.write(
            lambda execute: sum(len(execute(queries.RESEAL, **change)) for change in changes)
        )

    def _credential(self, row: Row) -> Secret | None:
        sealed = rows.sealed_of(row)
        return self.vault.open(sealed, rows.owner_of(row)) if sealed else None

    def _act(self, row: Row) -> Act:
        """Where it is answered is a convenience: what can't be opened any more is answered elsewhere."""
        owner = Owner(row["slack_team"], row["slack_user"], _SLACK)
        try:
            origin = self.vault.open(Sealed(row["sealed"], row["sealed_with"]), owner) if row["sealed"] else None
        except NotConnected:
            origin = None
        return rows.act_of(row, origin)

    def _fault(self, row: Row) -> str:
        try:
            self._credential(row)
        except NotConnected as error:
            return error.sentence
        return ""

    def _listed(self, row: Row) -> Account:
        try:
            return rows.account_of(row, self._credential(row))
        except NotConnected:
            return rows.account_of(row, None)


def _tellable(now: datetime) -> dict[str, Value]:
    """An appointment that is much too far away was made before the clock was set back."""
    return {"now": rows.time_text(now), "in_hours": rows.time_text(now + LATER)}


def _operation(found: list[Row]) -> Operation | None:
    return rows.operation_of(found[0]) if found else None


def _owner_of(act: Act) -> Owner:
    """The place of an act's answer is sealed like a credential, for Slack alone."""
    return Owner(act.team, act.user, _SLACK)


def _change_held(execute: Execute, operation: Operation, held: Held) -> None:
    mine = {"team": operation.team, "user": operation.user}
    if held.letting_go:
        execute(queries.RELEASE, **mine, timer_id=held.letting_go.id)
    if held.keeping and not _hold(execute, **mine, timer=held.keeping):
        raise TimerError("Another timer was started in the same moment. Look at status, then try again.")


def _hold(execute: Execute, team: str, user: str, timer: Timer) -> bool:
    """What runs may be forgotten, so that it is planned when to ask."""
    is_new = bool(execute(queries.HOLD, **rows.timer_values(team, user, timer)))
    if is_new:
        execute(PLAN_ANEW, team=team, user=user)
    return is_new


def _let_go(execute: Execute, operation: Operation, old: str) -> None:
    """What waited is sent as it is now, and not as it was."""
    now = rows.time_text(operation.accepted_at)
    if not old or execute(queries.DROP, **_by_whom(operation), id=old, now=now):
        return
    known = [row for row in execute(queries.OPERATION, id=old) if row["slack_team"] == operation.team]
    if any(row["state"] != "dropped" for row in known):
        raise AlreadySent("It has been sent meanwhile, as it was. Edit the entry instead.")


def _by_whom(operation: Operation) -> dict[str, Value]:
    return {"team": operation.team, "user": operation.by or operation.user}


def _keep_order(execute: Execute, account: Account) -> None:
    is_narrow = account.assignee_permission is AssigneePermission.SELF
    execute(queries.NARROW if is_narrow else queries.WIDEN, **_of(account))


def _of(account: Account) -> dict[str, Value]:
    return {"team": account.team, "user": account.user, "provider": account.provider}


def _refuse_handing_over_a_timer(execute: Execute, account: Account) -> None:
    """A timer that is held for one user of the provider must not become another one's hours."""
    mine = {"team": account.team, "user": account.user}
    known = execute(queries.ACCOUNT, **mine)
    held = execute(queries.HELD_TIMER, **mine)
    who = (account.provider, account.workspace_id, account.user_id)
    is_same = (
        (known[0]["provider"], known[0]["workspace_id"], known[0]["user_id"]) == who
        if known
        else held and rows.timer_of(held[0]).assignee == account.user_id
    )
    if held and not is_same:
        raise NotAllowed(f"A timer of {account.user} is still running. Stop or cancel it first, then link anew.")


def _refuse_taken(execute: Execute, account: Account) -> None:
    who = {"team": account.team, "provider": account.provider}
    for row in execute(queries.ACCOUNT_OF, **who, workspace=account.workspace_id, user_id=account.user_id):
        if row["slack_user"] != account.user:
            raise NotAllowed(
                f"User {account.user_id} at {account.provider} is already linked to the Slack user {row['slack_user']},"
                " and each one belongs to one person. Whoever runs this app can unlink them first."
            )
