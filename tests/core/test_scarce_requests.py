"""Where a workspace grants few requests, nobody goes without day after day."""

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
    desk.accounts = type(desk.accounts)(desk.store, scarce, desk.directory, desk.accounts.standing, "clickup")
    people = [account(f"U{number}") for number in range(30)]
    desk.clock.moment = DUE - timedelta(hours=8)
    await office.employs(*people)
    first = await gone_without(office, people, DUE)
    second = await gone_without(office, people, DUE + timedelta(days=1))
    assert 5 < len(first) < 12
    assert 5 < len(second) < 12
    assert not first & second


async def gone_without(office: Office, people: list[Account], due: datetime) -> set[str]:
    for minutes in range(-62, 40, 3):
        await office.at(due + timedelta(minutes=minutes))
    kept = [await office.kept(one, due.date()) for one in people]
    return {one.user for one in kept if one.rule is Rule.BUDGET}
