"""What the store promises of reminders, on every engine: nothing planned is lost, and nothing is done by two at once."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from people import LOGGED, NINE, TOKEN, ada, begun, bo, ended, log_time, running

from app.core.model import Account, Person, Work
from app.core.operations import Halt, Operation, Start, State
from app.core.reminder import LATEST, Brief, Decision, Kind, Presence, Reminder, Rule, Stage
from app.core.reminder_ports import Roll, Seen
from app.core.rhythm import Leave, Rhythm, Week
from app.storage.store import SqlStore

BERLIN, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")
DAY = date(2026, 3, 4)
DUE = NINE + timedelta(hours=6, minutes=45)
MINUTE, SECOND, HOUR = timedelta(minutes=1), timedelta(seconds=1), timedelta(hours=1)
BRIEF = Brief(DAY, (LOGGED,), running("timer1"), NINE, before=(replace(LOGGED, id="e76"),))
MISSING, COMPLETE = Decision(Rule.MISSING, "2 h 30"), Decision(Rule.COMPLETE)
SAID = ("D1", "1772640000.000100")


def of(user: str = "UADA", *, team: str = "T1", days: int = 0, due: datetime = DUE) -> Reminder:
    due += timedelta(days=days)
    return Reminder(team, user, Kind.DAY, DAY + timedelta(days=days), due, due - 10 * MINUTE)


async def known(store: SqlStore, account: Account, zone: ZoneInfo = BERLIN) -> None:
    await store.remember_person(Person(account.team, account.user, zone, account.user))
    await store.link(account)


async def unplanned(store: SqlStore, now: datetime = NINE) -> list[str]:
    found = await store.reminders.claim_planning(now, until=now + MINUTE, limit=100)
    return [user for _, user in found]


async def planned(store: SqlStore, *reminders: Reminder, now: datetime = NINE) -> None:
    """Every one of another person's."""
    for one in reminders:
        await known(
            store,
            Account(
                **{f: getattr(ada(), f) for f in ("provider", "workspace_id", "role")},
                team=one.team,
                user=one.user,
                user_id=one.user,
                assignee_permission=ada().assignee_permission,
            ),
        )
    await store.reminders.claim_planning(now, until=now + MINUTE, limit=100)
    for one in reminders:
        assert await store.reminders.plan(one.team, one.user, [one], until=now + MINUTE)


async def to_read(store: SqlStore, now: datetime = DUE, lease: str = "a") -> Reminder | None:
    return await store.reminders.claim_reading(now, lease=lease, until=now + MINUTE)


async def to_send(store: SqlStore, now: datetime = DUE, lease: str = "a", pause: timedelta = SECOND) -> Reminder | None:
    return await store.reminders.claim_sending(now, lease=lease, until=now + MINUTE, pause=pause)


async def ready(store: SqlStore, *reminders: Reminder) -> None:
    await planned(store, *reminders)
    for _ in reminders:
        assert await store.reminders.briefed(await to_read(store), BRIEF)


async def test_how_somebody_works_comes_back_as_they_said_it(store: SqlStore):
    await known(store, ada())
    rhythm = Rhythm(Week(special=((4, 4 * HOUR),)), quiet_until=DAY, leave=(Leave(DAY, DAY, is_half=True),))
    await store.reminders.keep_rhythm("T1", "UADA", rhythm)
    assert (await store.person("T1", "UADA")).rhythm == rhythm


async def test_whoever_connects_is_to_be_planned_once(store: SqlStore):
    await known(store, ada())
    assert await unplanned(store) == ["UADA"]
    assert await unplanned(store) == []
    assert await store.reminders.plan("T1", "UADA", [of()], until=NINE + MINUTE)
    assert await unplanned(store, NINE + HOUR) == []


async def test_who_was_claimed_by_a_process_that_died_is_planned_by_another(store: SqlStore):
    await known(store, ada())
    await unplanned(store)
    assert await unplanned(store, NINE + 2 * MINUTE) == ["UADA"]


@pytest.mark.parametrize("change", ["rhythm", "zone", "link", "settled"])
async def test_what_changes_while_somebody_is_planned_has_them_planned_again(store: SqlStore, change: str):
    await planned(store, of(days=-1))
    await unplanned(store, NINE)
    await store.reminders.replan_everybody()
    await unplanned(store, NINE)
    if change == "rhythm":
        await store.reminders.keep_rhythm("T1", "UADA", Rhythm(is_on=False))
    if change == "zone":
        await store.remember_person(Person("T1", "UADA", TOKYO))
    if change == "link":
        await store.link(ada(user_id="UADA", credential=TOKEN))
    if change == "settled":
        await store.reminders.settle(await to_read(store), COMPLETE, DUE, message=None)
    assert not await store.reminders.plan("T1", "UADA", [of(days=5)], until=NINE + MINUTE)
    assert await store.reminders.reminder("T1", "UADA", Kind.DAY, DAY + timedelta(days=5)) is None
    assert await unplanned(store) == ["UADA"]


async def test_the_first_day_that_is_not_there_yet_is_planned(store: SqlStore):
    await planned(store, of())
    await store.reminders.settle(await to_read(store), MISSING, DUE, message=SAID)
    await unplanned(store, DUE)
    assert await store.reminders.plan("T1", "UADA", [of(), of(days=1), of(days=2)], until=DUE + MINUTE)
    assert (await store.reminders.reminder("T1", "UADA", Kind.DAY, DAY)).stage is Stage.SENT
    assert await store.reminders.reminder("T1", "UADA", Kind.DAY, DAY + timedelta(days=1)) == of(days=1)
    assert await store.reminders.reminder("T1", "UADA", Kind.DAY, DAY + timedelta(days=2)) is None


async def test_nothing_more_is_planned_while_a_day_waits(store: SqlStore):
    await planned(store, of())
    await store.reminders.replan_everybody()
    await unplanned(store)
    await store.reminders.plan("T1", "UADA", [of(days=1)], until=NINE + MINUTE)
    assert await store.reminders.reminder("T1", "UADA", Kind.DAY, DAY + timedelta(days=1)) is None


async def test_a_clock_that_was_set_back_has_an_earlier_day_planned(store: SqlStore):
    await planned(store, of(days=1))
    await store.reminders.replan_everybody()
    await unplanned(store)
    await store.reminders.plan("T1", "UADA", [of()], until=NINE + MINUTE)
    assert await store.reminders.reminder("T1", "UADA", Kind.DAY, DAY) == of()


async def test_for_whom_nothing_can_be_planned_it_is_tried_again_later(store: SqlStore):
    await known(store, ada())
    await unplanned(store)
    await store.reminders.plan_later("T1", "UADA", NINE + HOUR, until=NINE + MINUTE)
    assert await unplanned(store, NINE + 59 * MINUTE) == []
    assert await unplanned(store, NINE + 61 * MINUTE) == ["UADA"]


async def test_a_started_timer_has_its_person_planned_anew(store: SqlStore):
    await planned(store, of())
    start = Operation("op1", "T1", "UADA", "clickup", "9001", Start(Work(description="deploy")), accepted_at=NINE)
    await begun(store, start)
    assert await unplanned(store) == []
    await ended(store, start, State.DONE, running("timer1"))
    assert await unplanned(store) == ["UADA"]
    await store.reminders.plan("T1", "UADA", [], until=NINE + MINUTE)
    await store.hold("T1", "UADA", running("timer2"))
    assert await unplanned(store) == ["UADA"]


async def test_what_we_started_runs_until_we_stopped_it(store: SqlStore):
    assert await store.reminders.known_timer("T1", "UADA") is None
    started = replace(running("timer1"), is_held=False)
    for number, (intent, result) in enumerate([(Start(Work()), started), (Halt(NINE), None)]):
        one = Operation(f"op{number}", "T1", "UADA", "clickup", "9001", intent, accepted_at=NINE + number * HOUR)
        await begun(store, one)
        await ended(store, one, State.DONE, result)
        assert await store.reminders.known_timer("T1", "UADA") == result
    await store.hold("T1", "UADA", running("timer2"))
    assert await store.reminders.known_timer("T1", "UADA") == running("timer2")


async def test_it_is_looked_up_when_it_is_time_and_by_one_at_a_time(store: SqlStore):
    await planned(store, of())
    assert await to_read(store, DUE - 11 * MINUTE) is None
    assert (await to_read(store, DUE - 10 * MINUTE)).user == "UADA"
    assert await to_read(store, DUE - 10 * MINUTE, "b") is None
    assert (await to_read(store, DUE - 8 * MINUTE, "b")).user == "UADA"


async def test_who_lost_the_lease_changes_nothing(store: SqlStore):
    await planned(store, of())
    first = await to_read(store)
    second = await to_read(store, DUE + 2 * MINUTE, "b")
    assert not await store.reminders.briefed(first, BRIEF)
    assert not await store.reminders.settle(first, COMPLETE, DUE, message=None)
    assert not await store.reminders.again(first, Decision(Rule.QUIET), DUE + HOUR)
    assert not await store.reminders.retry(first, DUE + HOUR)
    assert await store.reminders.briefed(second, BRIEF)


async def test_a_lease_is_kept_until_the_person_has_answered(store: SqlStore):
    await ready(store, of())
    claimed = await to_send(store)
    assert await store.reminders.renew(claimed, until=DUE + 5 * MINUTE)
    assert await to_send(store, DUE + 2 * MINUTE, "b") is None
    await store.reminders.close("T1", "UADA", Kind.DAY, DAY, Decision(Rule.NOT_TODAY), DUE)
    assert not await store.reminders.renew(claimed, until=DUE + 5 * MINUTE)


async def test_what_was_read_comes_back_as_it_was_when_it_is_sent(store: SqlStore):
    await ready(store, of())
    assert await to_send(store, DUE - SECOND) is None
    found = await to_send(store)
    assert (found.user, found.brief, found.stage) == ("UADA", BRIEF, Stage.READY)


async def test_a_slack_workspace_has_one_message_in_a_while_and_others_are_not_held_up(store: SqlStore):
    await ready(store, of("UADA"), of("UBO"), of("UCY", team="T2"))
    first, other = await to_send(store), await to_send(store)
    assert {first.team, other.team} == {"T1", "T2"}
    assert await to_send(store) is None
    assert (await to_send(store, DUE + SECOND)).team == "T1"
    assert await to_send(store, DUE + 5 * SECOND) is None


async def test_it_is_known_when_the_next_can_be_sent(store: SqlStore):
    assert await store.reminders.next_sending(DUE) is None
    await ready(store, of("UADA"), of("UBO"))
    assert await store.reminders.next_sending(NINE) == DUE
    await to_send(store)
    assert await store.reminders.next_sending(DUE) == DUE + SECOND


async def test_what_slack_asks_to_wait_for_holds_up_that_workspace_only(store: SqlStore):
    await ready(store, of("UADA"), of("UBO"), of("UCY", team="T2"))
    first = await to_send(store)
    await store.reminders.pause(first, DUE + 30 * SECOND)
    assert (await to_send(store, DUE + SECOND)).team != first.team
    assert await to_send(store, DUE + 29 * SECOND) is None
    assert (await to_send(store, DUE + 30 * SECOND)).team == first.team


async def test_what_was_read_again_is_kept_while_slack_asks_to_wait(store: SqlStore):
    await ready(store, of())
    newer = replace(BRIEF, entries=(), read_at=DUE)
    await store.reminders.pause(replace(await to_send(store), brief=newer), DUE + 30 * SECOND)
    assert (await to_send(store, DUE + 30 * SECOND)).brief == newer


async def test_one_left_in_a_lease_is_sent_when_that_has_ended(store: SqlStore):
    await ready(store, of())
    await to_send(store)
    assert await to_send(store, DUE + 30 * SECOND, "b") is None
    assert (await to_send(store, DUE + 61 * SECOND, "b")).user == "UADA"


async def test_what_was_sent_is_never_sent_again(store: SqlStore):
    await ready(store, of())
    assert await store.reminders.settle(await to_send(store), MISSING, DUE, message=SAID)
    assert await to_send(store, DUE + HOUR) is None
    assert await to_read(store, DUE + HOUR) is None
    kept = await store.reminders.reminder("T1", "UADA", Kind.DAY, DAY)
    assert (kept.stage, kept.rule, kept.about, kept.message) == (Stage.SENT, Rule.MISSING, "2 h 30", SAID)
    assert kept.brief is None
    assert await unplanned(store, DUE) == ["UADA"]


async def test_who_wants_to_be_asked_later_is_and_the_message_is_still_known(store: SqlStore):
    await ready(store, of())
    await store.reminders.settle(await to_send(store), MISSING, DUE, message=SAID)
    await store.reminders.reask("T1", "UADA", Kind.DAY, DAY, Decision(Rule.PUT_OFF), DUE + HOUR)
    await store.reminders.keep_rhythm("T1", "UADA", Rhythm())
    assert await to_read(store, DUE + 59 * MINUTE) is None
    found = await to_read(store, DUE + HOUR)
    assert (found.rule, found.message) == (Rule.PUT_OFF, SAID)


@pytest.mark.parametrize("rule", [Rule.SAID_RIGHT, Rule.NOT_TODAY])
async def test_who_has_answered_is_not_asked(store: SqlStore, rule: Rule):
    await ready(store, of())
    await store.reminders.close("T1", "UADA", Kind.DAY, DAY, Decision(rule), NINE)
    assert await to_send(store) is None
    await store.reminders.close("T1", "UBO", Kind.DAY, DAY, Decision(rule), NINE)
    assert (await store.reminders.reminder("T1", "UBO", Kind.DAY, DAY)).rule is rule


async def test_who_was_asked_was_asked_whatever_they_answer(store: SqlStore):
    await ready(store, of())
    await store.reminders.settle(await to_send(store), MISSING, DUE, message=SAID)
    key = ("T1", "UADA", Kind.DAY, DAY)
    await store.reminders.close(*key, Decision(Rule.COMPLETE, "8 h"), DUE + HOUR)
    found = await store.reminders.reminder(*key)
    assert (found.stage, found.rule, found.about, found.due_at) == (Stage.SENT, Rule.COMPLETE, "8 h", DUE)
    await store.reminders.reask(*key, Decision(Rule.PUT_OFF), DUE + 2 * HOUR)
    await store.reminders.close(*key, Decision(Rule.COMPLETE, "8 h"), DUE + HOUR)
    found = await store.reminders.reminder(*key)
    assert (found.stage, found.due_at) == (Stage.SENT, found.settled_at)


async def test_whoever_changes_how_they_work_is_not_asked_by_the_old_rule(store: SqlStore):
    await planned(store, of("UADA"), of("UBO"))
    claimed = await to_read(store)
    await store.reminders.keep_rhythm("T1", "UADA", Rhythm(is_on=False))
    await store.reminders.keep_rhythm("T1", "UBO", Rhythm(is_on=False))
    assert not await store.reminders.briefed(claimed, BRIEF)
    assert await to_read(store, DUE + HOUR) is None


async def test_what_may_be_on_its_way_to_slack_is_not_planned_a_second_time(store: SqlStore):
    await ready(store, of())
    claimed = await to_send(store)
    await store.reminders.keep_rhythm("T1", "UADA", Rhythm())
    await unplanned(store, DUE)
    await store.reminders.plan("T1", "UADA", [of()], until=DUE + MINUTE)
    assert await store.reminders.settle(claimed, MISSING, DUE, message=SAID)
    assert await to_send(store, DUE + HOUR) is None


async def test_who_travels_is_known_where_they_are_and_planned_there(store: SqlStore):
    await planned(store, of())
    await store.reminders.keep_profiles("T1", {"UADA": Presence(zone=TOKYO), "USTRANGER": Presence()}, NINE)
    await store.reminders.keep_quiet("T1", {"USTRANGER": Presence()}, NINE)
    assert (await store.person("T1", "UADA")).zone == TOKYO
    assert await store.reminders.reminder("T1", "UADA", Kind.DAY, DAY) is None
    assert await unplanned(store) == ["UADA"]
    assert await store.reminders.seen("T1", "USTRANGER") == Seen()


async def test_what_slack_says_of_somebody_is_remembered(store: SqlStore):
    await known(store, ada())
    away = Presence(None, True, ":palm_tree:", "Vacationing", NINE, NINE, DUE)
    assert await store.reminders.presence("T1", "UADA") == Presence()
    await store.reminders.keep_quiet("T1", {"UADA": away}, DUE)
    assert await store.reminders.seen("T1", "UADA") == Seen(None, DUE)
    await store.reminders.keep_profiles("T1", {"UADA": away}, NINE)
    assert await store.reminders.presence("T1", "UADA") == away
    assert await store.reminders.seen("T1", "UADA") == Seen(NINE, DUE)


async def test_whoever_comes_next_is_looked_up_in_slack_together(store: SqlStore):
    late = of("ULATE", due=DUE + 2 * HOUR)
    await planned(store, of("UADA"), of("UBO"), of("UCY", due=DUE + MINUTE), late, of("UDEE", team="T2"))
    await store.reminders.keep_profiles("T1", {"UBO": Presence(), "UCY": Presence()}, DUE)
    await store.reminders.keep_quiet("T1", {"UBO": Presence()}, DUE)
    await to_read(store)
    found = await store.reminders.unseen(of(), since=DUE - HOUR, until=DUE + HOUR, limit=10)
    assert found == {"UADA": Seen(), "UCY": Seen(DUE, None)}
    found = await store.reminders.unseen(of(), since=DUE - HOUR, until=DUE + HOUR, limit=1)
    assert found == {"UADA": Seen()}


async def test_what_nobody_sent_for_two_hours_is_late(store: SqlStore):
    await ready(store, of())
    assert not await store.reminders.is_late_by_an_outage(of(), DUE + LATEST)
    await to_send(store, DUE + 3 * HOUR)
    assert await store.reminders.is_late_by_an_outage(of(), DUE + 3 * HOUR)


async def test_a_long_queue_that_moves_is_not_late(store: SqlStore):
    await ready(store, *(of(f"U{number}") for number in range(20)))
    for number in range(20):
        now = DUE + number * 10 * MINUTE
        found = await to_send(store, now)
        assert not await store.reminders.is_late_by_an_outage(found, now)
        await store.reminders.settle(found, MISSING, now, message=SAID)


async def test_a_queue_that_stood_still_has_become_late(store: SqlStore):
    await ready(store, *(of(f"U{number}") for number in range(3)))
    for minutes, is_late in ((0, False), (30, False), (180, True)):
        now = DUE + minutes * MINUTE
        found = await to_send(store, now)
        assert await store.reminders.is_late_by_an_outage(found, now) is is_late
        await store.reminders.settle(found, MISSING, now, message=SAID)


async def test_in_an_older_database_what_was_due_may_have_been_sent_and_is_not_sent_again(store: SqlStore):
    await planned(store, of("UADA"), of("UBO", due=DUE + 2 * HOUR))
    await store.doubt(DUE + HOUR)
    assert (await store.reminders.reminder("T1", "UADA", Kind.DAY, DAY)).rule is Rule.UNTOLD
    assert await unplanned(store, DUE) == ["UADA"]
    assert (await to_read(store, DUE + 2 * HOUR)).user == "UBO"


async def test_an_hours_budget_is_spent_once(store: SqlStore):
    async def spend(requests: int, hour: datetime = NINE, place: str = "clockify 1") -> bool:
        return await store.reminders.spend(place, requests, hour=hour, most=15)

    assert not await spend(16)
    assert await spend(14)
    assert not await spend(2)
    assert await spend(1)
    assert not await spend(1)
    assert await spend(1, NINE + HOUR)
    assert await spend(1, place="clockify 2")


async def test_how_many_share_a_workspace_is_counted_up_to_a_limit(store: SqlStore):
    await store.link(ada())
    await store.link(bo(credential=TOKEN))
    await store.link(replace(bo(workspace_id="9002"), user="UCY", user_id="185"))
    assert await store.reminders.sharing(ada(), 100) == 2
    assert await store.reminders.sharing(ada(), 1) == 1


async def test_whether_somebody_has_logged_since_is_known(store: SqlStore):
    await begun(store, log_time(ada(), "op1"))
    now = store.now()
    await ended(store, log_time(ada(), "op1"), State.DONE, LOGGED)

    async def acted(since: datetime, user: str = "UADA") -> bool:
        return await store.reminders.has_acted_since("T1", user, since)

    assert await acted(NINE - MINUTE)
    assert not await acted(now + MINUTE)
    assert not await acted(NINE - MINUTE, "UBO")


async def test_reminders_go_after_forty_days_and_budgets_after_two(store: SqlStore):
    await ready(store, of())
    await store.reminders.settle(await to_send(store), MISSING, DUE, message=SAID)
    await store.reminders.spend("clockify 1", 1, hour=NINE, most=1)
    await store.retention.prune(DUE + timedelta(days=3))
    assert await store.reminders.spend("clockify 1", 1, hour=NINE, most=1)
    assert await store.reminders.reminder("T1", "UADA", Kind.DAY, DAY)
    await store.retention.prune(DUE + timedelta(days=41))
    assert await store.reminders.reminder("T1", "UADA", Kind.DAY, DAY) is None


async def test_what_somebody_saw_run_is_planned_unless_something_of_the_kind_waits(store: SqlStore):
    await known(store, ada())
    timer = replace(of(), kind=Kind.TIMER)
    await store.reminders.add(timer)
    await store.reminders.add(replace(timer, due_at=DUE + HOUR, act_at=DUE + HOUR))
    await store.reminders.add(replace(timer, day=DAY + timedelta(days=1)))
    assert (await store.reminders.reminder("T1", "UADA", Kind.TIMER, DAY)).due_at == DUE
    assert await store.reminders.reminder("T1", "UADA", Kind.TIMER, DAY + timedelta(days=1)) is None


@pytest.mark.parametrize("rule", [Rule.FORGOTTEN, Rule.STOPPED])
async def test_after_a_timer_was_asked_about_or_stopped_a_later_one_is_planned_on_the_same_day(
    store: SqlStore, rule: Rule
):
    await known(store, ada())
    timer = replace(of(), kind=Kind.TIMER)
    await store.reminders.add(timer)
    await store.reminders.settle(await to_read(store), Decision(rule), DUE, message=SAID)
    await store.reminders.add(timer)
    assert (await store.reminders.reminder("T1", "UADA", Kind.TIMER, DAY)).stage is Stage.SENT
    await store.reminders.add(replace(timer, due_at=DUE + HOUR, act_at=DUE + HOUR))
    assert (await to_read(store, DUE + HOUR)).due_at == DUE + HOUR


async def test_only_a_lease_that_ran_out_counts_as_a_try(store: SqlStore):
    await planned(store, of())
    await store.reminders.retry(await to_read(store), DUE)
    again = await to_read(store)
    assert again.tries == 1
    await store.reminders.briefed(again, BRIEF)
    await store.reminders.pause(await to_send(store), DUE)
    assert (await to_send(store, DUE + SECOND)).tries == 1
    assert (await to_send(store, DUE + 2 * MINUTE)).tries == 2


async def test_a_list_of_everybody_is_read_by_one_at_a_time_and_by_the_next_where_it_was_left(store: SqlStore):
    reminders = store.reminders
    mine = await reminders.claim_roll("T1", NINE, until=NINE + MINUTE)
    assert mine == Roll()
    assert await reminders.claim_roll("T1", NINE + SECOND, until=NINE + MINUTE) is None
    assert await reminders.claim_roll("T2", NINE + SECOND, until=NINE + MINUTE) == Roll()
    read = Roll("page 2", 1, 0, NINE)
    await reminders.keep_roll("T1", read, until=NINE + MINUTE)
    assert await reminders.claim_roll("T1", NINE + SECOND, until=NINE + MINUTE) is None
    assert await reminders.claim_roll("T1", NINE + MINUTE, until=NINE + 2 * MINUTE) == read
    await reminders.keep_roll("T1", read.turned(""), until=None)
    assert await reminders.claim_roll("T1", NINE + MINUTE, until=NINE + 2 * MINUTE) == Roll("", 2, 2, NINE)
