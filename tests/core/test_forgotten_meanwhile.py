"""Who has everything deleted while their day is being looked up leaves nothing behind."""

import asyncio
from datetime import datetime

from .fakes import BERLIN, HOUR, TEN
from .office import Office

DUE = datetime(2026, 3, 4, 16, 45, tzinfo=BERLIN)


async def test_a_day_that_is_being_read_brings_nothing_back(office: Office):
    desk = office.desk
    office.runs(DUE - 2 * HOUR)
    desk.clock.moment = DUE.astimezone(TEN.tzinfo)
    desk.service.pause = 0.3
    desk.service.reached.clear()
    reading = asyncio.create_task(office.reminding.read_due())
    await desk.service.reached.wait()
    await desk.store.belongings.forget("T1", "UADA")
    await reading
    found = await desk.store.engine.read("select * from reminder")
    await office.at(DUE + 20 * HOUR)
    assert await desk.store.person("T1", "UADA") is None
    assert found == []
