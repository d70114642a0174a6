"""Where a workspace grants few requests, nobody goes without day after day."""

from dataclasses import replace
from datetime import datetime, timedelta

from app.core.model import Account, Capabilities
from app.core.reminder import Rule

from .fakes import BERLIN, FakeConnections, account
from .office import Office

FREE = Capabilities(native_timer=True, assignees=True, grants_by_workspace=True, reads_an_hour=15)
DUE = datetime(2026, 3, 2, 16, 45, tzinfo=BERLIN)


async def test_nobody_goes_without_on_two_days_in_a_row(office: Office) -> None:
    desk = office.desk
    scarce = FakeConnections(desk.service, FREE)
    desk.accounts = replace(desk.accounts, connections=scarce)
    people = [account(f"U{number}") for number in range(30)]
    desk.clock.moment = DUE - timedelta(hours=8)
    await office.employs(*people)
    first = await gone_without(office, people, DUE)
    second = await gone_without(office, people, DUE + timedelta(days=1))
    assert 5 < len(first) < 12
    assert 5 < len(second) < 12
    assert not first & second


async def test_where_the_hours_requests_are_used_up_the_provider_is_asked_for_nothing_at_all(office: Office) -> None:
    desk = office.desk
    none_left = FakeConnections(desk.service, replace(FREE, reads_an_hour=1))
    desk.accounts = replace(desk.accounts, connections=none_left)
    await office.at(DUE + timedelta(days=2))
    assert (desk.service.calls, desk.sign_ins.asked, office.bell.users) == ([], [], [])


async def gone_without(office: Office, people: list[Account], due: datetime) -> set[str]:
    for minutes in range(-62, 40, 3):
        await office.at(due + timedelta(minutes=minutes))
    kept = [await office.kept(one, due.date()) for one in people]
    return {one.user for one in kept if one.rule is Rule.BUDGET}
