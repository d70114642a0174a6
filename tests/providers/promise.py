"""What every provider promises, as sentences; each runs for all of them, on a back end with state that never saw our code.

What a service cannot do its adapter declares by its capabilities, and that is tested in the same sentence: it is refused,
by the field's name, and nothing is sent.
"""

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import (
    AccessDenied,
    EntryLocked,
    EntryNotFound,
    KeySpent,
    NoAnswer,
    NoTimerRunning,
    NotReached,
    PlanTooSmall,
    ProviderError,
    Refused,
    SignInExpired,
    TaskNotFound,
    TimerError,
    TooManyRequests,
)
from app.core.model import Draft, Key, Role, Secret, Task, TimeEntry, Timer, Window, Work
from app.core.ports import Provider
from app.providers import SERVICES, Service
from app.providers.sign_ins import SignIns
from providers.clickup_server import Said
from providers.contract import Contract, Sent
from providers.documents import EXCEPTIONS, document
from providers.grounds import BERLIN, Ground, Stand, standing
from providers.line import READS, WRITES

TEN = datetime(2026, 11, 18, 10, tzinfo=UTC)
ELEVEN, NOON = TEN + timedelta(hours=1), TEN + timedelta(hours=2)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WEDNESDAY = Window(TEN - 11 * HOUR, TEN + 13 * HOUR)  # in Berlin
HTML = "<html><body><h1>502 Bad Gateway</h1></body></html>"
DOCUMENTS = Path(__file__).parents[3] / "shared" / "contracts"

Change = Callable[[Provider, TimeEntry], Awaitable[object]]

CHANGES: dict[str, Change] = {
    "update": lambda it, entry: it.update(entry, replace(entry, end=entry.end + HOUR)),
    "delete": lambda it, entry: it.delete(entry),
}
READ: dict[str, Change] = {
    "entries": lambda it, entry: it.entries(WEDNESDAY, entry.assignee),
    "entry": lambda it, entry: it.entry(entry.id),
}


def bent(one: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Every value of a JSON document, those inside others first."""

    def bend(value: Any) -> Any:
        if isinstance(value, dict):
            return one({name: bend(inner) for name, inner in value.items()})
        return [bend(inner) for inner in value] if isinstance(value, list) else one(value)

    return bend


BENDS = {
    "numbers as text": bent(lambda it: str(it) if type(it) is int else it),
    "text as numbers": bent(lambda it: int(it) if isinstance(it, str) and it.isdecimal() else it),
    "fields of tomorrow": bent(
        lambda it: it | {"madeBy": {"kind": "AGENT", "ids": [1, None]}} if type(it) is dict else it
    ),
}


async def refused(
    stand: Stand, attempt: Awaitable[object], kind: type[TimerError] = Refused, *, field: str = ""
) -> TimerError:
    """What was raised, when it was at once: without anything being sent that could change anything."""
    before = len(stand.line.writes)
    with pytest.raises(kind) as caught:
        await attempt
    assert caught.value.field == field
    assert len(stand.line.writes) == before
    return caught.value


async def error_of(attempt: Awaitable[object]) -> TimerError:
    with pytest.raises(TimerError) as caught:
        await attempt
    assert caught.value.sentence.rstrip("”)").endswith(".")
    return caught.value


class Promise:
    """Subclasses name their ground; `services` is the registry that it is in."""

    ground: Ground
    services: dict[str, Service] = dict(SERVICES)  # noqa: RUF012

    @pytest.fixture
    async def stand(self) -> AsyncIterator[Stand]:
        """Every request of every test has a contract, and fits the vendor's document where that is at hand."""
        async with standing(self.ground, self.services) as stand:
            yield stand
        assert stand.back_end.complaints == []
        assert faults_of(self.ground.name, stand.line.sent) == []

    @pytest.fixture
    async def ada(self, stand: Stand) -> Provider:
        """An admin, with her own token, who knows what she may do."""
        ada = await stand.seat("Ada")
        await ada.learn()
        return ada

    @pytest.fixture
    async def work(self, ada: Provider) -> Work:
        """On the task that everybody knows, and whether it is billable is not said."""
        return Work(await self.known(ada), billable=None)

    @pytest.fixture
    async def logged(self, ada: Provider, work: Work) -> TimeEntry:
        """An hour of Ada's, from eleven to twelve in Berlin."""
        return await ada.create(self.draft(ada, work))

    async def known(self, it: Provider, text: str = "") -> Task:
        task = await it.find_task(text or self.ground.task.id)
        assert task is not None
        return task

    def draft(self, it: Provider, work: Work, start: datetime = TEN, length: timedelta = HOUR) -> Draft:
        return Draft(work, start, start + length, it.account.user_id)

    # Finding

    async def test_a_task_is_found_by_its_id_and_by_a_link(self, ada: Provider) -> None:
        for known in (self.ground.task, self.ground.other):
            by_id, by_link = await ada.find_task(known.id), await ada.find_task(known.link)
            assert by_id is not None
            assert (by_id.name, by_link) == (known.name, by_id)
            assert await ada.find_task(f"id:{by_id.id}") == by_id

    async def test_what_names_no_task_is_none_and_signs_nobody_out(self, ada: Provider) -> None:
        assert await ada.find_task(self.ground.nowhere) is None
        assert await ada.find_task("https://elsewhere.example/t/1") is None
        for text in (
            self.ground.task.words.replace(" ", " and ") + " somewhere",
            "",
            " ",
            "id:",
            "id:../user",
            "?x=1#y",
        ):
            assert await ada.find_task(text) is None, text

    async def test_a_task_is_found_by_typing(self, ada: Provider) -> None:
        likely = await ada.search(self.ground.task.words)
        assert likely[0] == await self.known(ada)
        assert likely[0] in await ada.search(self.ground.task.words[:4])
        assert likely[0] in await ada.search("")
        for text in ("nothing is called that", "[(*", "%", "\\"):
            assert await ada.search(text) == [], text

    async def test_everybody_is_known_with_their_role(self, stand: Stand, ada: Provider) -> None:
        assert {(one.id, one.name, one.role) for one in await ada.members()} >= {
            (self.ground.people["Ada"], "Ada", Role.ADMIN),
            (self.ground.people["Bo"], "Bo", Role.MEMBER),
        }
        for name, role in (("Ada", Role.ADMIN), ("Bo", Role.MEMBER)):
            me = await (await stand.seat(name)).whoami()
            assert (me.id, me.role) == (self.ground.people[name], role)

    async def test_a_token_says_whose_it_is_and_in_which_workspaces(self, stand: Stand) -> None:
        """Where a service has no way to ask, people are linked by whoever runs the app, and nobody is offered a form."""
        sign_ins = SignIns(stand.connections)
        service = self.services[self.ground.name]
        assert (self.ground.name in sign_ins.offered) is (service.sign_in is not None)
        if service.sign_in is None:
            return
        key = Key(self.ground.name, Secret(self.ground.tokens["Ada"]))
        found = await sign_ins.sign_in(key, self.ground.workspace_id)
        assert self.ground.workspace_id in {one.id for one in found.workspaces}
        assert (self.ground.people["Ada"], Role.ADMIN) in {(one.id, one.role) for one in found.likely}
        assert {self.ground.people[name] for name in ("Ada", "Bo")} <= {one.id for one in found.members}
        stand.breaks("dead_token", *READS)
        assert type(await error_of(sign_ins.sign_in(key))) is SignInExpired
        stand.mends()
        for kind in ("error", "hang", "reset"):  # nothing was asked for that could have happened
            stand.breaks(kind, *READS)
            impatient = SignIns(replace(stand.connections, http=stand.hurried))
            assert isinstance(await error_of(impatient.sign_in(key)), NotReached)
            stand.mends()

    # Logging

    async def test_an_entry_is_sent_in_the_services_own_unit_and_zone(
        self, stand: Stand, ada: Provider, work: Work
    ) -> None:
        after_midnight = self.draft(ada, work, datetime(2026, 11, 17, 23, 30, tzinfo=UTC), timedelta(minutes=90))
        made = await ada.create(after_midnight)
        body = stand.line.writes[-1].body
        expected = self.ground.on_the_wire(after_midnight)
        assert {name: body.get(name) for name in expected} == expected
        (kept,) = stand.kept()
        assert (kept.id, kept.day.isoformat(), kept.length) == (made.id, "2026-11-18", timedelta(minutes=90))
        assert kept.task == self.ground.task.name
        assert kept.start == (after_midnight.start if ada.capabilities.clock_times else None)

    async def test_what_was_logged_is_read_back(self, ada: Provider, work: Work) -> None:
        made = await ada.create(self.draft(ada, self.rich(ada, work)))
        again = await ada.entry(made.id)
        assert [again] == await ada.entries(WEDNESDAY, ada.account.user_id)
        assert (again.id, again.duration, again.assignee) == (made.id, HOUR, ada.account.user_id)
        assert again.work == made.work
        if ada.capabilities.clock_times:
            assert (again.start, again.end) == (TEN, ELEVEN)
        else:
            assert again.start in WEDNESDAY

    async def test_what_a_write_answers_is_what_a_later_look_shows(self, ada: Provider, work: Work) -> None:
        """Also where the service cuts or rounds what is smaller than its unit."""
        start = TEN + timedelta(milliseconds=417, microseconds=600)
        made = await ada.create(self.draft(ada, self.rich(ada, work), start, HOUR + timedelta(milliseconds=700)))
        changed = await ada.update(made, replace(made, end=made.end + timedelta(minutes=20, milliseconds=300)))
        again = await ada.entry(made.id)
        assert (changed.work, changed.duration) == (again.work, again.duration)
        assert abs(again.duration - HOUR - timedelta(minutes=20, seconds=1)) <= timedelta(seconds=1)
        if ada.capabilities.clock_times:
            assert what_of(changed) == what_of(again)
            assert changed.start == made.start

    async def test_words_are_kept_as_they_were_typed(self, stand: Stand, ada: Provider, work: Work) -> None:
        if not ada.capabilities.description:
            return
        words = "Grüße 👋 an “Bo” & C/o 100 %\nzweite Zeile \\ 'x' #1 ‮abc"
        made = await ada.create(self.draft(ada, replace(work, description=words)))
        assert made.work.description == (await ada.entry(made.id)).work.description == words
        assert [one.description for one in stand.kept()] == [words]

    def rich(self, it: Provider, work: Work) -> Work:
        """With everything that this service has room for."""
        can = it.capabilities
        return replace(
            work,
            description="pairing" if can.description else "",
            tags=("backend",) if can.tags else (),
            billable=True if can.billable else None,
        )

    async def test_what_there_is_no_room_for_is_refused_by_its_field_and_never_dropped(
        self, stand: Stand, ada: Provider, work: Work
    ) -> None:
        can = ada.capabilities
        for is_possible, one, field in (
            (can.description, replace(work, description="pairing"), "description"),
            (can.billable, replace(work, billable=True), "billable"),
            (can.tags or can.tags_in_text, replace(work, tags=("backend",)), "tags"),
        ):
            if is_possible:
                made = await ada.create(self.draft(ada, one))
                assert made.work.tags == one.tags or made.work.description == "#backend"
            else:
                await refused(stand, ada.create(self.draft(ada, one)), field=field)

    async def test_an_entry_without_a_task_is_taken_or_refused_as_declared(self, stand: Stand, ada: Provider) -> None:
        can = ada.capabilities
        bare = self.draft(ada, Work(description="call" if can.description else "", billable=None))
        if can.task_required or can.project_required:
            await refused(stand, ada.create(bare), field="task")
            assert stand.kept() == []
        else:
            assert (await ada.create(bare)).work.task is None
            assert [one.task for one in stand.kept()] == [""]

    async def test_billable_is_what_was_said_and_else_what_is_declared(
        self, stand: Stand, ada: Provider, work: Work
    ) -> None:
        can = ada.capabilities
        for said in (True, False) if can.billable else ():
            await ada.create(self.draft(ada, replace(work, billable=said)))
            assert [one.billable for one in stand.kept()][-1] is said
        await ada.create(self.draft(ada, work))
        sent = stand.line.writes[-1].body
        assert sent.get("billable", can.billable_by_default) is can.billable_by_default
        assert ("billable" in sent) is (can.billable and not can.billable_by_default)

    async def test_nothing_shorter_than_the_services_unit_is_sent(
        self, stand: Stand, ada: Provider, work: Work
    ) -> None:
        for length in (timedelta(), -HOUR):
            await refused(stand, ada.create(self.draft(ada, work, TEN, length)), field="duration")

    async def test_the_same_operation_twice_is_recognised_where_that_is_declared(
        self, stand: Stand, ada: Provider, work: Work
    ) -> None:
        draft = self.draft(ada, work)
        first, second = [await ada.create(draft, operation_id="a1b2") for _ in range(2)]
        assert (first == second) is ada.capabilities.idempotent
        assert len(stand.kept()) == (1 if ada.capabilities.idempotent else 2)

    # Listing

    @pytest.mark.parametrize(("month", "day", "hours"), [(3, 29, 23), (10, 25, 25)])
    async def test_a_day_on_which_the_clocks_change_is_whole(
        self, stand: Stand, ada: Provider, work: Work, month: int, day: int, hours: int
    ) -> None:
        midnight = datetime(2026, month, day, tzinfo=BERLIN).astimezone(UTC)
        next_midnight = datetime(2026, month, day + 1, tzinfo=BERLIN).astimezone(UTC)
        assert next_midnight - midnight == timedelta(hours=hours)
        await ada.create(self.draft(ada, work, midnight - HOUR))
        across = await ada.create(self.draft(ada, work, midnight + HOUR / 2, 3 * HOUR))  # 0:30 to 4:30, or to 2:30
        last = await ada.create(self.draft(ada, work, next_midnight - HOUR))
        await ada.create(self.draft(ada, work, next_midnight))
        found = await ada.entries(Window(midnight, next_midnight), ada.account.user_id)
        assert {one.id: one.duration for one in found} == {across.id: 3 * HOUR, last.id: HOUR}

    async def test_a_week_is_listed_to_its_end_each_entry_once(self, stand: Stand, ada: Provider) -> None:
        for number in range(450):
            stand.keep(TEN - timedelta(days=number % 7, minutes=5 * (number // 7)), timedelta(minutes=5))
        asked = len(stand.line.sent)
        week = Window(TEN - 7 * DAY + 13 * HOUR, TEN + 13 * HOUR)
        found = await ada.entries(week, ada.account.user_id)
        assert {one.id for one in found} == {one.id for one in stand.kept()}
        assert len(found) == 450
        assert found == sorted(found, key=lambda one: (one.start, one.id))
        lists = [one for one in stand.line.sent[asked:] if one.path.endswith("/time-entries")]
        assert len(lists) >= (450 // self.ground.page + 1 if self.ground.page else 0)

    async def test_a_window_holds_what_starts_in_it_and_nothing_else(self, ada: Provider, work: Work) -> None:
        days = [await ada.create(self.draft(ada, work, TEN + timedelta(days=one))) for one in (-1, 0, 1)]
        found = await ada.entries(WEDNESDAY, ada.account.user_id)
        assert [one.id for one in found] == [days[1].id]
        if ada.capabilities.clock_times:
            found = await ada.entries(Window(TEN, TEN + timedelta(days=1)), ada.account.user_id)
            assert [one.id for one in found] == [days[1].id]

    async def test_a_month_and_more_is_listed(self, ada: Provider, work: Work) -> None:
        made = [await ada.create(self.draft(ada, work, TEN - timedelta(days=one))) for one in (75, 40, 10)]
        found = await ada.entries(Window(TEN - timedelta(days=80), TEN), ada.account.user_id)
        assert [one.id for one in found] == [one.id for one in made]

    # Changing

    async def test_an_edit_of_one_field_keeps_the_others(self, stand: Stand, ada: Provider, work: Work) -> None:
        can, entry = ada.capabilities, await ada.create(self.draft(ada, self.rich(ada, work)))
        other = await self.known(ada, self.ground.other.id)
        edits: Sequence[tuple[bool, str, TimeEntry]] = (
            (can.description, "description", replace(entry, work=replace(entry.work, description="alone"))),
            (can.billable, "billable", replace(entry, work=replace(entry.work, billable=not entry.work.billable))),
            (can.tags, "tags", replace(entry, work=entry.work.retagged(["meeting"], ["backend"]))),
            (can.another_task, "task", replace(entry, work=replace(entry.work, task=other))),
            (True, "length", replace(entry, end=entry.end + HOUR)),
            (True, "day", replace(entry, start=entry.start - DAY, end=entry.end - DAY)),
            (can.clock_times, "start", replace(entry, start=entry.start - HOUR, end=entry.end - HOUR)),
        )
        for is_possible, field, after in edits:
            if not is_possible:
                if field != "tags" or not can.tags_in_text:
                    await refused(stand, ada.update(entry, after), field=field)
                continue
            changed = await ada.update(entry, after)
            again = await ada.entry(entry.id)
            for one in (changed, again):
                assert (one.work, one.duration) == (after.work, after.duration), field
                assert one.start.astimezone(BERLIN).date() == after.start.astimezone(BERLIN).date(), field
            if can.clock_times:
                assert (again.start, again.end) == (after.start, after.end), field
            entry = await ada.update(changed, entry)  # and back again
        (kept,) = stand.kept()
        assert (kept.task, kept.length, kept.day) == (self.ground.task.name, HOUR, TEN.date())

    async def test_nothing_is_sent_when_nothing_differs(self, stand: Stand, ada: Provider, logged: TimeEntry) -> None:
        before = len(stand.line.writes)
        assert await ada.update(logged, logged) == logged
        if self.ground.name != "clockify":  # which is written whole, always
            assert len(stand.line.writes) == before

    async def test_an_entry_goes_to_somebody_else_only_where_that_is_declared(
        self, stand: Stand, ada: Provider, logged: TimeEntry
    ) -> None:
        theirs = replace(logged, assignee=self.ground.people["Bo"])
        if ada.capabilities.handing_over:
            assert (await ada.update(logged, theirs)).assignee == theirs.assignee
            assert [one.id for one in stand.kept("Bo")] == [logged.id]
        else:
            await refused(stand, ada.update(logged, theirs), field="assignee")

    async def test_tags_come_and_go_where_there_are_tags(self, stand: Stand, ada: Provider, logged: TimeEntry) -> None:
        if not ada.capabilities.tags:
            await refused(stand, ada.tag(logged.id, ["backend"]), field="tags")
            await refused(stand, ada.untag(logged.id, ["backend"]), field="tags")
            assert await ada.tags() == []
            return
        await ada.tag(logged.id, ["backend", "brand new"])
        assert stand.kept()[0].tags == ("backend", "brand new")
        await ada.untag(logged.id, ["backend"])
        assert stand.kept()[0].tags == (await ada.entry(logged.id)).work.tags == ("brand new",)
        assert {"backend", "brand new"} <= set(await ada.tags())

    async def test_what_was_deleted_is_gone(self, stand: Stand, ada: Provider, logged: TimeEntry) -> None:
        await ada.delete(logged)
        assert stand.kept() == []
        assert await ada.entries(WEDNESDAY, ada.account.user_id) == []
        for attempt in (ada.entry(logged.id), ada.delete(logged), CHANGES["update"](ada, logged)):
            with pytest.raises(EntryNotFound):
                await attempt

    @pytest.mark.parametrize("change", CHANGES)
    async def test_what_is_locked_stays_as_it_is_and_the_sentence_says_so(
        self, stand: Stand, ada: Provider, logged: TimeEntry, change: str
    ) -> None:
        self.ground.lock(stand.back_end, logged.id)
        before = stand.kept()
        error = await error_of(CHANGES[change](ada, await ada.entry(logged.id)))
        assert isinstance(error, EntryLocked | AccessDenied)
        assert "locked" in error.sentence or "approved" in error.sentence
        assert stand.kept() == before

    # Timers

    async def test_a_timer_starts_runs_and_stops(self, stand: Stand, ada: Provider, work: Work) -> None:
        if not ada.capabilities.native_timer:
            return await self.has_no_timers(stand, ada, work)
        timer = await ada.start(self.rich(ada, work))
        assert (timer.start, timer.is_held) == (stand.day.at, False)
        assert [one.is_running for one in stand.kept()] == [True]
        assert is_same(await ada.current(ada.account.user_id), timer)
        stand.day.at += HOUR
        entry = await ada.stop(timer)
        assert is_same(entry, timer)
        assert entry.duration == HOUR
        assert await ada.current(ada.account.user_id) is None
        assert is_same(await ada.entry(timer.id), entry)
        assert type(await error_of(ada.stop(timer))) is NoTimerRunning
        return None

    async def has_no_timers(self, stand: Stand, it: Provider, work: Work) -> None:
        """The app holds them: at the end of one there is a create like any other."""
        held, before = Timer("held:1", work, TEN, it.account.user_id, is_held=True), len(stand.line.sent)
        assert await it.current(it.account.user_id) is None
        for attempt in (it.start(work), it.stop(held), it.cancel(held), it.amend(held, work)):
            error = await refused(stand, attempt)
            assert "this app keeps yours" in error.sentence
        assert len(stand.line.sent) == before

    async def test_a_start_while_one_runs_stops_that_in_the_same_instant(
        self, stand: Stand, ada: Provider, work: Work
    ) -> None:
        if not ada.capabilities.native_timer:
            return await self.has_no_timers(stand, ada, work)
        first = await ada.start(work)
        stand.day.at += HOUR
        second = await ada.start(work)
        assert is_same(await ada.current(ada.account.user_id), second)
        stopped = await ada.entry(first.id)
        assert (stopped.end, stopped.duration) == (second.start, HOUR)
        for attempt in (ada.stop(first), ada.cancel(first)):
            with pytest.raises(NoTimerRunning, match="another one"):
                await attempt
        return None

    async def test_a_timer_stops_at_an_earlier_time_or_goes_without_a_trace(
        self, stand: Stand, ada: Provider, work: Work
    ) -> None:
        if not ada.capabilities.native_timer:
            return await self.has_no_timers(stand, ada, work)
        first = await ada.start(work)
        stand.day.at += 9 * HOUR
        assert (await ada.stop(first, first.start + HOUR)).duration == HOUR
        assert (await ada.entry(first.id)).duration == HOUR
        second = await ada.start(work)
        await ada.cancel(second)
        assert await ada.current(ada.account.user_id) is None
        assert [one.id for one in stand.kept()] == [first.id]
        return None

    async def test_what_runs_can_be_about_something_else_and_runs_on(
        self, stand: Stand, ada: Provider, work: Work
    ) -> None:
        if not ada.capabilities.native_timer:
            return await self.has_no_timers(stand, ada, work)
        timer = await ada.start(work)
        stand.day.at += HOUR
        other = await self.known(ada, self.ground.other.id)
        changed = await ada.amend(timer, replace(self.rich(ada, work), task=other))
        assert (changed.id, changed.start) == (timer.id, timer.start)
        assert is_same(await ada.current(ada.account.user_id), changed)
        assert [(one.task, one.is_running) for one in stand.kept()] == [(other.name, True)]
        stopped = await ada.stop(changed)
        assert is_same(stopped, changed)
        assert stopped.duration == HOUR
        return None

    async def test_a_timer_begins_earlier_where_that_is_declared(self, stand: Stand, ada: Provider, work: Work) -> None:
        """Elsewhere the app holds such a timer; the service is never asked for one."""
        if not ada.capabilities.backdated_start:
            return
        begins = stand.day.at - HOUR
        timer = await ada.start(work, begins)
        assert (timer.start, [one.start for one in stand.kept()]) == (begins, [begins])
        stand.day.at += HOUR
        assert (await ada.stop(timer)).duration == 2 * HOUR

    # Whose time

    async def test_time_for_somebody_else_is_theirs_where_that_is_declared(
        self, stand: Stand, ada: Provider, work: Work
    ) -> None:
        bo = self.ground.people["Bo"]
        for_bo = replace(self.draft(ada, work), assignee=bo)
        if not ada.capabilities.assignees:
            await refused(stand, ada.create(for_bo), AccessDenied, field="assignee")
            return
        made = await ada.create(for_bo)
        assert (made.assignee, [one.id for one in stand.kept("Bo")], stand.kept()) == (bo, [made.id], [])
        assert [one.id for one in await ada.entries(WEDNESDAY, bo)] == [made.id]
        assert await ada.entries(WEDNESDAY, ada.account.user_id) == []

    async def test_a_member_leaves_no_trace_with_anybody_else(self, stand: Stand, ada: Provider, work: Work) -> None:
        bo = await stand.seat("Bo")
        await bo.learn()
        assert not bo.capabilities.assignees
        error = await error_of(bo.create(self.draft(ada, work)))
        assert isinstance(error, AccessDenied)
        assert (stand.kept("Ada"), stand.kept("Bo")) == ([], [])

    async def test_the_shared_token_runs_nobody_elses_timer(self, stand: Stand, work: Work) -> None:
        bo = await stand.seat("Bo", is_shared=True)
        await bo.learn()
        assert not bo.capabilities.native_timer
        await refused(stand, bo.start(work))
        assert (stand.kept("Ada"), stand.kept("Bo")) == ([], [])

    # When it goes wrong

    async def test_a_dead_token_is_believed_only_after_a_second_look(
        self, stand: Stand, ada: Provider, work: Work, logged: TimeEntry
    ) -> None:
        stand.breaks("dead_token", *READS, *WRITES)
        for attempt in (ada.create(self.draft(ada, work)), *(one(ada, logged) for one in CHANGES.values())):
            before = len(stand.line.sent)
            assert type(await error_of(attempt)) is SignInExpired
            assert [one.path == self.ground.me for one in stand.line.sent[before:]] in ([False, True], [True, True])

    async def test_what_can_be_no_token_is_not_even_sent(self, stand: Stand) -> None:
        for text in ("", "two words", "line\nbreak", "schlüssel", "tab\t"):
            nobody = await stand.connections.provider(replace(stand.account("Ada"), credential=Secret(text)), BERLIN)
            assert type(await error_of(nobody.whoami())) is SignInExpired, text
        assert stand.line.sent == []

    async def test_a_401_for_one_thing_alone_signs_nobody_out(
        self, stand: Stand, ada: Provider, work: Work, logged: TimeEntry
    ) -> None:
        stand.line.answers(self.ground.worded(401, "task"), *WRITES)
        for attempt in (ada.create(self.draft(ada, work)), *(one(ada, logged) for one in CHANGES.values())):
            error = await error_of(attempt)
            assert not isinstance(error, SignInExpired | NoAnswer)
        stand.line.answers(Said(HTML, 502), *READS)
        assert isinstance(await error_of(ada.create(self.draft(ada, work))), NotReached)

    @pytest.mark.parametrize(
        ("status", "new", "change"),
        [
            (402, (PlanTooSmall,), (PlanTooSmall,)),
            (403, (AccessDenied,), (AccessDenied, EntryLocked)),
            (404, (TaskNotFound,), (EntryNotFound,)),
            (409, (Refused, KeySpent), (Refused,)),
            (422, (Refused,), (Refused,)),
            (500, (NoAnswer,), (NoAnswer,)),
        ],
    )
    async def test_each_refusal_has_its_name_and_nothing_is_sent_twice(
        self,
        stand: Stand,
        ada: Provider,
        work: Work,
        logged: TimeEntry,
        status: int,
        new: tuple[type[TimerError], ...],
        change: tuple[type[TimerError], ...],
    ) -> None:
        draft, kept = self.draft(ada, work, NOON), stand.kept()
        attempts = [
            (ada.create(draft), "task", new),
            *((one(ada, logged), "entry", change) for one in CHANGES.values()),
        ]
        for attempt, about, kinds in attempts:
            stand.line.clear()
            stand.line.answers(self.ground.worded(status, about), *WRITES)
            before = len(stand.line.writes)
            assert isinstance(await error_of(attempt), kinds)
            assert len(stand.line.writes) == before + 1
        assert stand.kept() == kept

    @pytest.mark.parametrize("status", [402, 403, 404, 409, 422])
    async def test_a_question_that_is_refused_is_never_mistaken_for_silence(
        self, stand: Stand, ada: Provider, logged: TimeEntry, status: int
    ) -> None:
        for name, question in READ.items():
            stand.line.clear()
            stand.line.answers(self.ground.worded(status, "list" if name == "entries" else "entry"), *READS)
            error = await error_of(question(ada, logged))
            assert not isinstance(error, NoAnswer | NotReached | SignInExpired)

    async def test_a_limit_says_until_when_and_nothing_is_sent_before(
        self, stand: Stand, ada: Provider, work: Work
    ) -> None:
        stand.breaks("limited", *READS, *WRITES)
        error = await error_of(ada.create(self.draft(ada, work)))
        assert isinstance(error, TooManyRequests)
        assert error.until is not None
        assert stand.day.at < error.until <= stand.day.at + HOUR
        asked = len(stand.line.sent)
        assert isinstance(await error_of(ada.create(self.draft(ada, work))), TooManyRequests)
        assert len(stand.line.sent) == asked
        stand.mends()
        stand.day.at = error.until
        assert (await ada.create(self.draft(ada, work))).id == stand.kept()[0].id

    @pytest.mark.parametrize(
        ("kind", "how"),
        [
            ("error", {"status": 500}),
            ("error", {"status": 502, "committed": True}),
            ("hang", {"committed": True}),
            ("reset", {}),
            ("reset", {"committed": True}),
            ("garbage", {}),
        ],
        ids=lambda it: it if isinstance(it, str) else "-".join(it),
    )
    async def test_a_write_without_an_answer_is_unsure_and_sent_once(
        self, stand: Stand, ada: Provider, work: Work, kind: str, how: dict[str, Any]
    ) -> None:
        stand.breaks(kind, **how)
        before, facing = len(stand.line.writes), await stand.facing(kind)
        error = await error_of(facing.create(self.draft(ada, work)))
        assert isinstance(error, NoAnswer)
        assert error.may_have_happened
        assert "may or may not have been saved" in error.sentence
        assert len(stand.line.writes) == before + 1
        stand.mends()
        has_happened = bool(how.get("committed")) or kind == "garbage"
        assert len(stand.kept()) == has_happened
        assert len(await ada.entries(WEDNESDAY, ada.account.user_id)) == has_happened

    @pytest.mark.parametrize("change", CHANGES)
    async def test_a_change_without_an_answer_is_unsure_and_sent_once(
        self, stand: Stand, logged: TimeEntry, change: str
    ) -> None:
        for kind in ("error", "hang", "reset"):
            stand.breaks(kind)
            before, facing = len(stand.line.writes), await stand.facing(kind)
            assert isinstance(await error_of(CHANGES[change](facing, logged)), NoAnswer)
            assert len(stand.line.writes) == before + 1
            stand.mends()
        assert [one.length for one in stand.kept()] == [HOUR]

    @pytest.mark.parametrize("kind", ["error", "hang", "reset", "garbage", "page"])
    async def test_a_question_without_an_answer_says_to_try_again(
        self, stand: Stand, logged: TimeEntry, kind: str
    ) -> None:
        if kind == "page":
            stand.line.answers(Said(HTML, 200), *READS)
        else:
            stand.breaks(kind, *READS)
        for question in READ.values():
            error = await error_of(question(await stand.facing(kind), logged))
            assert isinstance(error, NoAnswer)
            assert "ry again" in error.sentence

    async def test_where_nobody_listens_nothing_has_happened(self, stand: Stand, work: Work, logged: TimeEntry) -> None:
        ada = await stand.unplugged()
        for attempt in (ada.create(self.draft(ada, work)), *(one(ada, logged) for one in (CHANGES | READ).values())):
            error = await error_of(attempt)
            assert type(error) is NotReached
            assert not error.may_have_happened

    async def test_learning_what_one_may_do_stops_nobody(self, stand: Stand) -> None:
        for kind in ("error", "hang", "reset", "limited", "garbage"):
            stand.breaks(kind, *READS)
            await (await stand.facing(kind)).learn()
            stand.mends()

    @pytest.mark.parametrize("wait", ["30", "Fri, 20 Nov 2026 14:03:30 GMT"])
    async def test_what_a_limit_says_of_when_to_come_back_is_believed(
        self, stand: Stand, ada: Provider, work: Work, wait: str
    ) -> None:
        stand.line.answers(Said({"message": "No"}, 429, {"Retry-After": wait}), *READS, *WRITES)
        error = await error_of(ada.create(self.draft(ada, work)))
        assert isinstance(error, TooManyRequests)
        assert error.until == stand.day.at + timedelta(seconds=30)

    @pytest.mark.parametrize("bend", BENDS)
    async def test_an_answer_whose_fields_have_another_type_or_whose_like_was_never_seen_is_read(
        self, stand: Stand, work: Work, bend: str
    ) -> None:
        stand.line.bend = BENDS[bend]
        ada = await stand.newcomer()
        await ada.learn()
        task = await self.known(ada)
        meant = ada.marked(self.draft(ada, self.rich(ada, replace(work, task=task))), "op1")
        made = await ada.create(meant, operation_id="op1")
        (kept,) = stand.kept()
        assert (made.id, made.duration, made.work.task and made.work.task.id) == (kept.id, HOUR, task.id)
        assert (await ada.whoami()).id == ada.account.user_id
        assert (await ada.search(self.ground.task.words))[0].id == task.id
        assert [what_of(one) for one in await ada.entries(WEDNESDAY, ada.account.user_id)] == [
            what_of(await ada.entry(made.id))
        ]
        assert [one.id for one in await self.look_back(stand, ada, meant)] == [made.id]
        longer = await ada.update(made, replace(made, end=made.end + HOUR))
        assert (longer.id, [one.length for one in stand.kept()]) == (made.id, [2 * HOUR])
        await ada.delete(longer)
        assert stand.kept() == []

    # Looking back at what was sent

    async def test_what_was_made_is_found_again_by_its_draft_and_nothing_is_written(
        self, stand: Stand, ada: Provider, work: Work
    ) -> None:
        meant = ada.marked(self.draft(ada, self.rich(ada, work)), "op1")
        assert await self.look_back(stand, ada, meant) == []
        made = await ada.create(meant, operation_id="op1")
        for it in (ada, await stand.newcomer()):
            (found,) = await self.look_back(stand, it, meant)
            assert what_of(found) == what_of(made)
            assert found.duration == made.duration == HOUR

    async def test_a_mark_moves_an_entry_by_less_than_people_see(self, stand: Stand, ada: Provider, work: Work) -> None:
        draft = self.draft(ada, work, TEN + timedelta(milliseconds=417), HOUR + timedelta(milliseconds=5))
        meant = ada.marked(draft, "op1")
        assert ada.marked(meant, "op1") == meant
        assert (meant.work, meant.assignee, meant.duration) == (work, draft.assignee, draft.duration)
        assert meant.start.replace(microsecond=0) == TEN
        made = await ada.create(meant, operation_id="op1")
        assert [one.id for one in await self.look_back(stand, ada, meant)] == [made.id]

    async def test_nothing_that_differs_is_taken_for_it(self, stand: Stand, ada: Provider, work: Work) -> None:
        can, second = ada.capabilities, timedelta(seconds=1)
        meant = ada.marked(self.draft(ada, work), "op1")
        other = replace(work, task=await self.known(ada, self.ground.other.id))
        step = second if can.clock_times else DAY
        await ada.create(replace(meant, work=other))
        await ada.create(replace(meant, end=meant.end + second))
        await ada.create(replace(meant, end=meant.end - second))
        await ada.create(replace(meant, start=meant.start - step, end=meant.end - step))
        await ada.create(replace(meant, start=meant.start + step, end=meant.end + step))
        if can.assignees:
            await ada.create(replace(meant, assignee=self.ground.people["Bo"]))
        if can.description and ada.marked(meant, "op2") == meant:
            await ada.create(replace(meant, work=replace(work, description="another call")))
        assert await self.look_back(stand, ada, meant) == []

    async def test_twins_are_told_apart_where_there_are_marks_and_else_stand_in_their_order(
        self, stand: Stand, ada: Provider, work: Work
    ) -> None:
        drafts = [ada.marked(self.draft(ada, work), name) for name in ("op1", "op2")]
        made = [await ada.create(one, operation_id=name) for one, name in zip(drafts, ("op1", "op2"), strict=True)]
        found = [[one.id for one in await self.look_back(stand, ada, draft)] for draft in drafts]
        apart, both = [[made[0].id], [made[1].id]], [made[0].id, made[1].id]
        assert found == (apart if drafts[0] != drafts[1] else [both, both])

    async def test_what_was_made_for_somebody_is_found_with_them(self, stand: Stand, ada: Provider, work: Work) -> None:
        if not ada.capabilities.assignees:
            return
        meant = ada.marked(replace(self.draft(ada, work), assignee=self.ground.people["Bo"]), "op1")
        made = await ada.create(meant, operation_id="op1")
        for it in (ada, await stand.seat("Ada", is_shared=True)):
            (found,) = await self.look_back(stand, it, meant)
            assert (found.id, found.assignee) == (made.id, meant.assignee)

    @pytest.mark.parametrize(
        ("kind", "how"),
        [
            ("late_commit", {"seconds": 3600}),
            ("late_commit", {"seconds": 3600, "answer": "reset"}),
            ("reset", {"committed": True}),
            ("error", {"status": 502, "committed": True}),
            ("hang", {"committed": True}),
            ("empty", {}),
            ("garbage", {}),
            ("denied", {}),
            ("list_lag", {"seconds": 3600}),
        ],
        ids=lambda it: it if isinstance(it, str) else "-".join(it),
    )
    async def test_what_came_without_an_answer_is_found_once_it_is_there_and_not_before(
        self, stand: Stand, ada: Provider, work: Work, kind: str, how: dict[str, Any]
    ) -> None:
        if kind not in stand.back_end.faults.kinds:
            return
        stand.breaks(kind, **how)
        meant = ada.marked(self.draft(ada, work), "op1")
        facing, sent_at = await stand.facing(kind), stand.day.at
        if kind == "list_lag":
            await facing.create(meant, operation_id="op1")
        else:
            assert isinstance(await error_of(facing.create(meant, operation_id="op1")), NoAnswer)
        stand.mends()
        if kind in ("late_commit", "list_lag"):
            assert await self.look_back(stand, ada, meant) == []
            await stand.back_end.faults.catch_up()
            stand.day.at += HOUR
        (kept,) = stand.kept()
        assert [one.id for one in await self.look_back(stand, ada, meant, sent_at)] == [kept.id]

    @pytest.mark.parametrize("kind", ["error", "reset", "limited", "dead_token"])
    async def test_what_never_came_is_not_found(self, stand: Stand, ada: Provider, work: Work, kind: str) -> None:
        stand.breaks(kind)
        meant = ada.marked(self.draft(ada, work), "op1")
        await error_of(ada.create(meant, operation_id="op1"))
        stand.mends()
        stand.day.at += HOUR
        assert (await self.look_back(stand, ada, meant), stand.kept()) == ([], [])

    @pytest.mark.parametrize("kind", ["error", "hang", "reset", "empty", "garbage", "page", "{}", "null", "limited"])
    async def test_a_look_back_that_shows_nothing_is_never_a_no(
        self, stand: Stand, ada: Provider, work: Work, kind: str
    ) -> None:
        """Neither silence nor anything unreadable: whoever believed it would send the same again."""
        meant = ada.marked(self.draft(ada, work), "op1")
        await ada.create(meant, operation_id="op1")
        said = {"page": Said(HTML, 200), "{}": Said({}, 200), "null": Said({"data": None}, 200)}
        if kind in said:
            stand.line.answers(said[kind], *READS)
        else:
            stand.breaks(kind, *READS)
        error = await error_of(self.look_back(stand, await stand.facing(kind), meant))
        assert type(error) is (TooManyRequests if kind == "limited" else NotReached)
        assert "ry again" in error.sentence

    async def test_where_nobody_listens_nothing_is_found_out(self, stand: Stand, ada: Provider, work: Work) -> None:
        error = await error_of(self.look_back(stand, await stand.unplugged(), self.draft(ada, work)))
        assert type(error) is NotReached

    async def test_who_may_not_look_is_told_so(self, stand: Stand, ada: Provider, work: Work) -> None:
        meant = self.draft(ada, work)
        await self.look_back(stand, ada, meant)
        place = stand.line.sent[-1].path
        for status in (401, 402, 403, 404):
            stand.line.clear()
            stand.line.answers(self.ground.worded(status, "list"), path=place)
            error = await error_of(self.look_back(stand, ada, meant))
            assert isinstance(error, Refused | NotReached)
            assert not isinstance(error, SignInExpired)
            assert isinstance(error, AccessDenied) or status != 403
        stand.line.clear()
        stand.breaks("dead_token", *READS)
        assert type(await error_of(self.look_back(stand, ada, meant))) is SignInExpired

    async def look_back(
        self, stand: Stand, it: Provider, meant: Draft, sent_at: datetime | None = None
    ) -> list[TimeEntry]:
        """A minute and a half later."""
        writes, since = len(stand.line.writes), sent_at or stand.day.at
        stand.day.at += timedelta(seconds=90)
        try:
            return await it.made_from(meant, operation_id="op1", since=since)
        finally:
            assert len(stand.line.writes) == writes

    # Secrets

    async def test_a_redirect_leads_the_token_nowhere(
        self, stand: Stand, ada: Provider, work: Work, logged: TimeEntry
    ) -> None:
        called: list[str] = []

        async def hear(_: object, writer: asyncio.StreamWriter) -> None:
            called.append("somebody came")
            writer.close()

        elsewhere = await asyncio.start_server(hear, "localhost", 0)
        async with elsewhere:
            port = elsewhere.sockets[0].getsockname()[1]
            for status in (301, 302, 303, 307, 308):
                stand.line.clear()
                stand.line.answers(Said("", status, {"Location": f"http://localhost:{port}/"}), *READS, *WRITES)
                for attempt in (
                    ada.create(self.draft(ada, work)),
                    ada.whoami(),
                    self.look_back(stand, ada, self.draft(ada, work)),
                    *(one(ada, logged) for one in (CHANGES | READ).values()),
                ):
                    assert isinstance(await error_of(attempt), NoAnswer | NotReached)
        assert called == []

    @pytest.mark.parametrize("kind", ["dead_token", "limited", "error", "garbage", "reset", "echo"])
    async def test_the_token_is_in_no_error_no_log_and_no_repr(
        self, stand: Stand, work: Work, logged: TimeEntry, caplog: pytest.LogCaptureFixture, kind: str
    ) -> None:
        caplog.set_level(logging.DEBUG)
        ada = await stand.newcomer()
        token, said = self.ground.tokens["Ada"], self.ground.worded(422, "task")
        if kind == "echo":
            text = str(said.response().text).replace("No", f"No {token}")
            stand.line.answers(Said(text, said.status), *READS, *WRITES)
        else:
            stand.breaks(kind, *READS, *WRITES)
        told = []
        for attempt in (
            ada.whoami(),
            ada.search("anything at all"),
            ada.create(self.draft(ada, work)),
            *(one(ada, logged) for one in (CHANGES | READ).values()),
        ):
            try:
                await attempt
            except (ProviderError, TaskNotFound, EntryNotFound) as error:
                told.append(all_of(error))
        assert len(told) > 4  # half of nothing is still nothing, so a deletion may have been answered
        assert token not in "".join(told)
        assert token not in caplog.text
        for thing in (ada, stand.connections, stand.connections.shelf, ada.account):
            assert token not in repr(thing)


def is_same(one: Timer | TimeEntry | None, other: Timer | TimeEntry) -> bool:
    """Whether two answers show the same, apart from what a service tells of a task only now and then."""
    return one is not None and what_of(one) == what_of(other)


def what_of(one: Timer | TimeEntry) -> tuple[object, ...]:
    work = one.work
    return one.id, one.start, one.assignee, work.task and work.task.id, work.description, work.tags, work.billable


def all_of(error: BaseException) -> str:
    """Whatever a log or a debugger could show of it."""
    parts = [repr(error), str(error), repr(vars(error)), *traceback.format_exception(error)]
    context = error.__context__ or error.__cause__
    return "".join(parts) + (all_of(context) if context else "")


def faults_of(provider: str, requests: Sequence[Sent]) -> list[str]:
    """What is wrong with them by our contract file, and by the vendor's document where that is at hand."""
    contract = Contract.read(provider)
    faults = [fault for sent in requests for fault in contract.faults(sent)]
    if not DOCUMENTS.is_dir() or provider not in SERVICES:
        return faults
    official = document(provider, DOCUMENTS)
    told = {(provider, contract.call_of(sent), fault) for sent in requests for fault in official.faults(sent)}
    return faults + [str(one) for one in told - EXCEPTIONS]
