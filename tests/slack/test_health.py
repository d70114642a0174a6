"""The health pages tell whether it runs, and of nobody who uses it."""

import httpx

from tests.slack.wire import Wire
from tests.stage import Stage


async def test_the_health_pages_name_nobody(wire: Wire, stage: Stage) -> None:
    await wire.command("start DEV-12")
    told = [(await wire.client.get(path)).text for path in ("/healthz", "/readyz")]
    assert told == ['{"status":"ok"}', '{"status":"ready","missing":[]}']


async def test_there_are_no_metrics_to_read(wire: Wire) -> None:
    assert (await wire.client.get("/metrics")).status_code == 404


async def test_a_database_that_takes_no_writes_is_told_and_nothing_is_sent(stage: Stage) -> None:
    ada = await stage.person("Ada")
    await stage.app.store.engine.read("pragma query_only = on")
    async with httpx.AsyncClient(base_url=f"{stage.address}/timer") as client:
        answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()["missing"]) == (503, ["the database takes no writes"])
    [said] = await ada.types("/timer log 1h yesterday DEV-12")
    assert "nothing was sent" in said
    assert stage.writes() == []
    await stage.app.store.engine.read("pragma query_only = off")
