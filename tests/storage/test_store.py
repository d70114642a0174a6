"""What the store promises, on every engine."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from people import FIX_LOGIN, LOGGED, NINE, TOKEN, ada, begun, bo, ended, log_time, numbered_task, running

from app.core.acts import Act
from app.core.errors import AlreadySent, NotAllowed, NotSaved, TimerError
from app.core.model import Person, Secret
from app.core.operations import Create, Held, State
from app.core.outcomes import Outcome
from app.storage.store import SqlStore

KATHMANDU = ZoneInfo("Asia/Kathmandu")
anything = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


async def test_a_person_is_remembered_with_their_zone_and_name(store: SqlStore):
    person = Person("T1", "UADA", KATHMANDU, "Ada")
    await store.remember_person(person)
    assert await store.person("T1", "UADA") == person


async def test_a_person_who_moves_is_remembered_where_they_are_now(store: SqlStore):
    await store.remember_person(Person("T1", "UADA", KATHMANDU, "Ada"))
    await store.remember_person(Person("T1", "UADA", ZoneInfo("Europe/Berlin"), "Ada"))
    assert (await store.person("T1", "UADA")).zone == ZoneInfo("Europe/Berlin")


async def test_nobody_is_made_up(store: SqlStore):
    assert await store.person("T1", "UADA") is None
    assert await store.account("T1", "UADA") is None
    assert await store.operation("op1") is None
    assert await store.held_timer("T1", "UADA") is None
    assert await store.recent_tasks(ada()) == []
    assert await store.accounts() == []


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "Europe"])
async def test_a_person_whose_zone_this_machine_does_not_know_is_asked_for_anew(store: SqlStore, zone: str):
    await store.remember_person(Person("T1", "UADA", KATHMANDU, "Ada"))
    await store.engine.write(lambda execute: execute("update person set zone = :zone", zone=zone))
    assert await store.person("T1", "UADA") is None


@anything
@given(name=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
async def test_any_name_comes_back_as_it_was(store: SqlStore, name: str):
    await store.remember_person(Person("T1", "UADA", KATHMANDU, name))
    assert (await store.person("T1", "UADA")).name == name


@anything
@given(description=st.text(), name=st.text())
async def test_any_description_and_task_come_back_as_they_were(store: SqlStore, description: str, name: str):
    timer = running("timer1", description)
    await store.hold("T1", "UADA", timer)
    await store.remember_task(ada(), replace(FIX_LOGIN, name=name), NINE)
    assert await store.held_timer("T1", "UADA") == timer
    assert [task.name for task in await store.recent_tasks(ada())] == [name]
    await store.release("T1", "UADA", "timer1")


async def test_half_a_character_is_refused_in_words(store: SqlStore):
    with pytest.raises(NotSaved, match="half a character"):
        await begun(store, log_time(ada(), "op1", description="broken \ud83d"))


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_sign_that_means_nothing_is_refused_in_words_where_it_cannot_be_kept(store: SqlStore):
    with pytest.raises(NotSaved, match="a sign that means nothing"):
        await store.remember_person(Person("T1", "UADA", KATHMANDU, "A\0da"))


async def test_an_account_comes_back_with_its_credential(store: SqlStore):
    await store.link(ada(credential=TOKEN))
    account = await store.account("T1", "UADA")
    assert account == ada(credential=TOKEN)
    assert account.credential.reveal() == TOKEN


async def test_the_account_linked_last_is_the_one_in_use(store: SqlStore):
    await store.link(ada())
    await store.link(ada(provider="hoursmith", workspace_id="hs"))
    assert (await store.account("T1", "UADA")).provider == "hoursmith"
    await store.link(ada())
    assert (await store.account("T1", "UADA")).provider == "clickup"


async def test_a_change_of_role_keeps_the_credential(store: SqlStore):
    await store.link(ada(credential=TOKEN))
    await store.link(ada())
    assert (await store.account("T1", "UADA")).credential == Secret(TOKEN)


@pytest.mark.parametrize("change", [{"user_id": "999"}, {"workspace_id": "9002"}])
async def test_whoever_is_linked_anew_does_not_inherit_a_credential(store: SqlStore, change: dict[str, str]):
    await store.link(ada(credential=TOKEN))
    await store.link(ada(**change))
    assert (await store.account("T1", "UADA")).credential is None


async def test_one_user_of_the_provider_belongs_to_one_slack_user(store: SqlStore):
    await store.link(ada())
    with pytest.raises(NotAllowed, match="already linked to the Slack user UADA"):
        await store.link(bo(user_id="183"))
    assert await store.account("T1", "UBO") is None


async def test_a_user_of_the_provider_is_found_by_their_id_there(store: SqlStore):
    await store.link(ada(credential=TOKEN))
    assert await store.account_of("T1", "clickup", "9001", "183") == ada(credential=TOKEN)
    assert await store.account_of("T1", "clickup", "9002", "183") is None


async def test_unlinking_forgets_the_account_and_the_recent_tasks(store: SqlStore):
    await store.link(ada(credential=TOKEN))
    await store.remember_task(ada(), FIX_LOGIN, NINE)
    assert await store.unlink("T1", "UADA", "clickup")
    assert await store.account("T1", "UADA") is None
    assert await store.recent_tasks(ada()) == []
    assert not await store.unlink("T1", "UADA", "clickup")


async def test_a_running_held_timer_keeps_its_account(store: SqlStore):
    await store.link(ada(credential=TOKEN))
    await store.hold("T1", "UADA", running("timer1"))
    with pytest.raises(NotAllowed, match="Stop or cancel it first"):
        await store.unlink("T1", "UADA", "clickup")
    assert await store.account("T1", "UADA") == ada(credential=TOKEN)
    assert await store.held_timer("T1", "UADA") == running("timer1")


async def test_a_running_held_timer_stays_with_the_user_it_is_for(store: SqlStore):
    await store.link(ada())
    await store.hold("T1", "UADA", running("timer1"))
    await store.link(ada(credential=TOKEN))
    with pytest.raises(NotAllowed, match="Stop or cancel it first"):
        await store.link(ada(user_id="999"))
    assert (await store.account("T1", "UADA")).user_id == ada().user_id


async def test_unlinking_by_force_drops_the_held_timer(store: SqlStore):
    await store.link(ada())
    await store.hold("T1", "UADA", running("timer1"))
    assert await store.unlink("T1", "UADA", "clickup", force=True)
    assert await store.held_timer("T1", "UADA") is None


async def test_an_operation_begins_once(store: SqlStore):
    assert await begun(store, log_time(ada(), "op1")) is None
    assert await begun(store, log_time(ada(), "op1")) == log_time(ada(), "op1")


async def test_a_second_delivery_learns_how_the_first_ended(store: SqlStore):
    await begun(store, log_time(ada(), "op1"))
    await ended(store, log_time(ada(), "op1"), State.DONE, result=LOGGED)
    assert await begun(store, log_time(ada(), "op1")) == replace(
        log_time(ada(), "op1"), state=State.DONE, result=LOGGED
    )


async def test_a_refused_operation_may_be_sent_again_with_what_it_says_now(store: SqlStore):
    await begun(store, log_time(ada(), "op1", "to long"))
    await ended(store, log_time(ada(), "op1"), State.REFUSED, result=LOGGED, reason="The task is closed.")
    assert await begun(store, log_time(ada(), "op1", "too long")) is None
    assert await store.operation("op1") == log_time(ada(), "op1", "too long")
    assert await begun(store, log_time(ada(), "op1")) == log_time(ada(), "op1", "too long")


@pytest.mark.parametrize("state", [State.DONE, State.UNSURE])
async def test_only_a_refused_operation_may_be_sent_again(store: SqlStore, state: State):
    await begun(store, log_time(ada(), "op1"))
    await ended(store, log_time(ada(), "op1"), state)
    assert (await begun(store, log_time(ada(), "op1"))).state == state


async def test_done_is_final(store: SqlStore):
    await begun(store, log_time(ada(), "op1"))
    await ended(store, log_time(ada(), "op1"), State.DONE, result=LOGGED)
    await ended(store, log_time(ada(), "op1"), State.REFUSED, reason="too late")
    assert await store.operation("op1") == replace(log_time(ada(), "op1"), state=State.DONE, result=LOGGED)


async def test_nobody_is_shown_an_operation_of_somebody_else(store: SqlStore):
    await begun(store, log_time(ada(), "op1", "salary talk"))
    await ended(store, log_time(ada(), "op1"), State.REFUSED)
    for other in (bo(), ada("T2")):
        with pytest.raises(AlreadySent, match="Somebody else") as refusal:
            await begun(store, log_time(other, "op1"))
        assert "salary" not in str(refusal.value)
    assert (await store.operation("op1")).user == "UADA"


async def test_what_a_crash_left_is_taken_up_oldest_first_once_its_lease_has_run_out(store: SqlStore):
    for who, name, minutes in ((bo(), "late", 5), (ada(), "early", 1), (ada(), "ended", 3), (ada(), "next", 4)):
        await begun(store, replace(log_time(who, name), accepted_at=NINE + timedelta(minutes=minutes)))
    await ended(store, log_time(ada(), "ended"), State.REFUSED)
    assert await store.due(NINE + timedelta(minutes=1), lease="mine", until=NINE) is None
    ten = NINE + timedelta(hours=1)
    taken = [
        await store.due(ten, lease=name, until=ten + timedelta(seconds=20)) for name in ("first", "second", "third")
    ]
    assert [operation and (operation.id, operation.lease) for operation in taken] == [
        ("early", "first"),
        ("late", "second"),
        None,
    ]


async def test_what_one_operation_made_is_never_taken_for_another_ones(store: SqlStore):
    for name in ("op1", "op2"):
        await begun(store, log_time(ada(), name))
    assert await ended(store, log_time(ada(), "op1"), State.DONE, LOGGED)
    assert not await ended(store, log_time(ada(), "op2"), State.DONE, LOGGED)
    assert (await store.operation("op2")).state is State.SENDING
    assert await ended(store, log_time(ada(), "op2"), State.DONE, replace(LOGGED, id="e78"))


async def test_whoever_lost_the_lease_changes_nothing(store: SqlStore):
    slow = replace(log_time(ada(), "op1"), lease="slow")
    await begun(store, slow)
    ten = NINE + timedelta(hours=1)
    taken = await store.due(ten, lease="quick", until=ten + timedelta(seconds=20))
    assert not await store.renew(slow, until=ten + timedelta(minutes=5))
    assert await store.resend(slow, now=ten, until=ten) is None
    assert not await ended(store, slow, State.REFUSED)
    assert await ended(store, taken, State.DONE, LOGGED)


async def test_a_held_timer_goes_with_the_entry_that_it_becomes_and_comes_back_when_that_is_refused(store: SqlStore):
    timer = running("held:op1")
    await store.hold("T1", "UADA", timer)
    await store.begin(log_time(ada(), "held:op1"), until=NINE, held=Held(letting_go=timer))
    assert await store.held_timer("T1", "UADA") is None
    await store.settle(log_time(ada(), "held:op1"), Outcome(State.REFUSED), held=Held(keeping=timer))
    assert await store.held_timer("T1", "UADA") == timer


async def test_a_timer_that_cannot_be_held_leaves_nothing_behind(store: SqlStore):
    await store.hold("T1", "UADA", running("held:op1"))
    with pytest.raises(TimerError, match="Another timer"):
        await store.begin(log_time(ada(), "op2"), until=NINE, held=Held(keeping=running("held:op2")))
    assert await store.operation("op2") is None


async def test_an_act_is_claimed_once(store: SqlStore):
    act = Act("act1", "T1", "UADA", "log 1h", NINE, origin=Secret("https://hooks.example/once"))
    assert await store.claim_act(act)
    assert not await store.claim_act(act)
    assert await store.act("T1", "UADA", "act1") == act
    assert await store.act("T2", "UADA", "act1") is None
    await store.release_act("T1", "act1")
    assert await store.claim_act(act)


async def test_where_an_act_is_answered_is_sealed(store: SqlStore):
    await store.claim_act(Act("act1", "T1", "UADA", "log 1h", NINE, origin=Secret("https://hooks.example/once")))
    assert "hooks.example" not in str(await store.engine.read("select * from act"))


async def test_times_come_back_to_the_microsecond(store: SqlStore):
    moment = NINE + timedelta(microseconds=1)
    await begun(store, replace(log_time(ada(), "op1"), accepted_at=moment.astimezone(KATHMANDU)))
    found = await store.operation("op1")
    assert found.accepted_at == moment
    assert isinstance(found.intent, Create)
    assert found.intent.draft.duration == timedelta(minutes=90)


async def test_a_person_holds_one_timer_at_a_time(store: SqlStore):
    assert await store.hold("T1", "UADA", running("timer1"))
    assert not await store.hold("T1", "UADA", running("timer2"))
    assert await store.held_timer("T1", "UADA") == running("timer1")


async def test_a_held_timer_can_be_changed_while_it_is_still_there(store: SqlStore):
    await store.hold("T1", "UADA", running("timer1"))
    assert await store.change_held("T1", "UADA", running("timer1"), running("timer1", "now with Bo"))
    assert not await store.change_held("T1", "UADA", running("timer1"), running("timer1", "seen before that"))
    assert not await store.change_held("T1", "UADA", running("timer2"), running("timer2", "long gone"))
    assert await store.held_timer("T1", "UADA") == running("timer1", "now with Bo")


async def test_a_timer_is_released_once_and_only_by_its_own_id(store: SqlStore):
    await store.hold("T1", "UADA", running("timer1"))
    assert not await store.release("T1", "UADA", "timer2")
    assert await store.release("T1", "UADA", "timer1")
    assert not await store.release("T1", "UADA", "timer1")


async def test_recent_tasks_come_latest_first_without_repeats(store: SqlStore):
    for minute, number in enumerate([1, 2, 1]):
        await store.remember_task(ada(), numbered_task(number), NINE + timedelta(minutes=minute))
    assert await store.recent_tasks(ada()) == [numbered_task(1), numbered_task(2)]


async def test_twenty_five_recent_tasks_are_kept(store: SqlStore):
    await store.remember_task(ada(workspace_id="9002"), FIX_LOGIN, NINE)
    for number in range(30):
        await store.remember_task(ada(), numbered_task(number), NINE + timedelta(minutes=number))
    kept = await store.engine.read("select task_id from recent_task where workspace_id = '9001'")
    assert len(kept) == 25
    assert (await store.recent_tasks(ada()))[-1] == numbered_task(5)
    assert await store.recent_tasks(ada(workspace_id="9002")) == [FIX_LOGIN]


async def test_work_that_fails_half_way_leaves_nothing(store: SqlStore):
    await store.remember_person(Person("T1", "UADA", KATHMANDU, "Ada"))

    def work(execute):
        execute("update person set name = 'Eve'")
        raise NotAllowed("no")

    with pytest.raises(NotAllowed):
        await store.engine.write(work)
    assert (await store.person("T1", "UADA")).name == "Ada"
    assert await store.is_writable()
