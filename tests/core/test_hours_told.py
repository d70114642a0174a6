"""Whatever happens in whatever order: in the end the hours at the provider are the hours that the person was told."""

import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.core.accounts import Caller
from app.core.acts import Act
from app.core.errors import TimerError
from app.core.model import Capabilities, TimeEntry, Work
from app.core.operations import MAKES_ROOM, Create, Delete, Operation, State, Update
from app.core.permissions import Deed
from app.core.timer_undo import Undone
from app.core.tracker import Started, Stopped
from app.storage.opening import open_store
from tests.stage import MEMORY

from .fakes import ADA, FIX_LOGIN, HERO, TEN, Desk, FixedClock, Service
from .mortal import Crash, MortalStore

YESTERDAY = TEN - timedelta(days=1)
FAULTS = ("refused", "not reached", "no answer", "late", "bug")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
OPEN = (State.QUEUED, State.SENDING, State.UNSURE, State.WAITING)
KEY = "a-key-for-tests-that-is-long-enough-to-be-taken"

Do = Callable[[Caller], Awaitable[Any]]


class HoursTold(RuleBasedStateMachine):
    """Ada works; `told` is what she has read of it, by entry."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="timer-hours-", dir=MEMORY)
        self.runner = asyncio.Runner()
        self.service = Service(FixedClock())
        self.store = self.runner.run(open_store(f"sqlite:///{Path(self.folder.name) / 'timer.db'}", KEY))
        self.runner.run(self.store.link(ADA))
        self.told: dict[str, timedelta] = {}
        self.heard: set[str] = set()
        self.newest: dict[str, int] = {}
        self.ended: dict[str, State] = {}
        self.acts: list[tuple[str, Do]] = []
        self.is_native = True
        self.begin_life()

    def begin_life(self) -> None:
        """Nothing in memory outlives the one before."""
        self.mortal = MortalStore(self.store)
        self.desk = Desk(self.mortal, service=self.service)  # type: ignore[arg-type]

    @initialize(is_native=st.booleans())
    def where(self, is_native: bool) -> None:
        self.is_native = is_native

    @rule(
        minutes=st.integers(1, 300),
        hour=st.integers(0, 2),
        task=st.sampled_from((FIX_LOGIN, HERO)),
        times=st.integers(1, 2),
    )
    def submits(self, minutes: int, hour: int, task: Any, times: int) -> None:
        start = YESTERDAY + hour * HOUR

        async def do(caller: Caller) -> TimeEntry:
            return await self.desk.logbook.log(caller, Work(task), start, start + minutes * MINUTE, ADA)

        self.act(do, times)

    @precondition(lambda self: self.acts)
    @rule(which=st.integers(0, 9))
    def delivers_again(self, which: int) -> None:
        """What came before comes once more, perhaps after a crash."""
        name, do = self.acts[-1 - which % len(self.acts)]
        self.run(self.delivered(name, do))

    @precondition(lambda self: self.service.entries)
    @rule(which=st.integers(0, 9), minutes=st.integers(1, 300))
    def edits(self, which: int, minutes: int) -> None:
        entry_id = self.entry_id(which)

        async def do(caller: Caller) -> tuple[Update, TimeEntry]:
            before = await self.desk.logbook.entry(caller, entry_id, Deed.EDIT)
            after = TimeEntry(before.id, before.work, before.start, before.start + minutes * MINUTE, before.assignee)
            return Update(before, after), await self.desk.logbook.edit(caller, before, after)

        self.act(do)

    @precondition(lambda self: self.service.entries)
    @rule(which=st.integers(0, 9))
    def deletes(self, which: int) -> None:
        entry_id = self.entry_id(which)

        async def do(caller: Caller) -> Delete:
            entry = await self.desk.logbook.entry(caller, entry_id, Deed.DELETE)
            await self.desk.logbook.delete(caller, entry)
            return Delete(entry)

        self.act(do)

    @precondition(lambda self: self.acts)
    @rule(which=st.integers(0, 3))
    def undoes(self, which: int) -> None:
        name, _ = self.acts[-1 - which % len(self.acts)]
        self.act(lambda caller: self.desk.undo.take_back(caller, name))

    @rule()
    def undoes_the_latest(self) -> None:
        self.act(lambda caller: self.desk.undo.latest(caller))

    @precondition(lambda self: not (self.is_native and self.service.running))
    @rule(task=st.sampled_from((FIX_LOGIN, HERO)))
    def starts(self, task: Any) -> None:
        work = Work(task, f"timer {len(self.acts)}")
        self.act(lambda caller: self.desk.tracker.start(caller, work))

    @rule(times=st.integers(1, 2))
    def stops(self, times: int) -> None:
        self.act(lambda caller: self.desk.tracker.stop(caller), times)

    @rule(fault=st.sampled_from(FAULTS))
    def will_go_wrong(self, fault: str) -> None:
        self.service.faults.append(fault)

    @rule()
    def will_not_be_seen(self) -> None:
        self.service.blind.append("not reached")

    @rule(steps=st.integers(0, 14))
    def will_crash(self, steps: int) -> None:
        self.mortal.steps_left = steps

    @rule(minutes=st.integers(-45, 120))
    def clock_jumps(self, minutes: int) -> None:
        self.service.clock.forward(minutes * MINUTE)

    @rule(seconds=st.integers(1, 400))
    def settles(self, seconds: int) -> None:
        self.service.clock.forward(timedelta(seconds=seconds))
        self.run(self.settle())

    @invariant()
    def what_is_over_stays_over(self) -> None:
        now = self.runner.run(self.states())
        for name, state in self.ended.items():
            assert now[name] is state, f"{name} was {state} and is {now[name]}"
        self.ended = {name: state for name, state in now.items() if state in (State.DONE, State.DROPPED)}

    def teardown(self) -> None:
        try:
            self.service.faults.clear()
            self.service.blind.clear()
            self.begin_life()
            for _ in range(4):
                self.service.clock.forward(2 * HOUR)
                self.run(self.settle())
            states = self.runner.run(self.states())
            assert not [name for name, state in states.items() if state in OPEN], states
            timed = [entry.work.description for entry in self.service.entries.values() if entry.work.description]
            assert len(timed) == len(set(timed)), f"one start became several entries: {timed}"
            there = {entry.id: entry.duration for entry in self.service.entries.values()}
            assert sum(there.values(), timedelta()) == sum(self.told.values(), timedelta()), (there, self.told)
        finally:
            self.runner.run(self.store.close())
            self.runner.close()
            self.folder.cleanup()

    def entry_id(self, which: int) -> str:
        ids = sorted(self.service.entries)
        return ids[which % len(ids)]

    def caller(self, name: str) -> Caller:
        offered = Capabilities(native_timer=self.is_native, assignees=True)
        return replace(self.desk.caller(ADA, name, offered), act=name)

    def act(self, do: Do, times: int = 1) -> None:
        """She does it once; it may come by twice in the same instant."""
        name = f"act{len(self.acts)}"
        self.acts.append((name, do))
        self.run(self.delivered(name, do, times))

    def run(self, work: Awaitable[None]) -> None:
        async def lived() -> None:
            await work

        try:
            self.runner.run(lived())
        except Crash:
            self.begin_life()
        self.listen()

    async def delivered(self, name: str, do: Do, times: int = 1) -> None:
        act = Act(name, ADA.team, ADA.user, name, self.service.clock.now())
        if not await self.desk.store.claim_act(act):
            return
        together = [asyncio.ensure_future(self.answered(self.caller(name), do)) for _ in range(times)]
        done, waiting = await asyncio.wait(together, return_when=asyncio.FIRST_EXCEPTION)
        for one in waiting:  # who waited for another's answer dies with it
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        for error in [one.exception() for one in done]:
            if error:
                raise error
        await self.desk.store.answer_act(ADA.team, name, self.service.clock.now(), was_refused=False)

    async def answered(self, caller: Caller, do: Do) -> None:
        try:
            self.hears(caller.operation_id, await do(caller))
        except (TimerError, KeyError):  # read, and nothing is there because of it; or its end is told later
            return

    async def settle(self) -> None:
        await self.desk.interrupted.tell()
        await self.desk.settler.settle_due()

    async def states(self) -> dict[str, State]:
        rows = await self.store.engine.read("select id, state from operation")
        return {row["id"]: State(row["state"]) for row in rows}

    def listen(self) -> None:
        for operation in self.desk.inbox.reports:
            if operation.state is State.DONE and operation.id not in self.heard:
                self.reads(operation)
        self.desk.inbox.reports.clear()

    def reads(self, operation: Operation) -> None:
        """What is told later, of what she did then."""
        self.heard.add(operation.id)
        match operation.intent, operation.result:
            case Delete(entry), _:
                self.learns(operation.act, entry.id)
            case _, TimeEntry() as entry:
                self.learns(operation.act, entry.id, entry.duration)

    def hears(self, name: str, said: Any) -> None:
        """What stands in the answer; the same answer once more is no news."""
        if name in self.heard:
            return
        self.heard.add(name)
        match said:
            case (TimeEntry() as entry) | (Update(), TimeEntry() as entry) | Started(stopped=TimeEntry() as entry):
                self.learns(name, entry.id, entry.duration)
            case Delete(entry):
                self.learns(name, entry.id)
            case Stopped(entry, operation_id):
                self.heard.add(operation_id)
                self.learns(name, entry.id, entry.duration)
            case Undone(intent, TimeEntry() as entry, timer):
                is_gone = timer is not None or isinstance(intent, Create)
                self.learns(name, entry.id, None if is_gone else entry.duration)

    def learns(self, act: str, entry_id: str, length: timedelta | None = None) -> None:
        """Old news of what she has changed since is no news."""
        number = int(act.removeprefix("act").removesuffix(MAKES_ROOM))
        if number < self.newest.get(entry_id, 0):
            return
        self.newest[entry_id] = number
        self.told.pop(entry_id, None)
        if length is not None:
            self.told[entry_id] = length


def test_the_hours_there_are_the_hours_told() -> None:
    is_thorough = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
    many, long = (1000, 60) if is_thorough else (60, 25)
    run_state_machine_as_test(HoursTold, settings=settings(max_examples=many, stateful_step_count=long))
