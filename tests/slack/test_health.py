"""The health pages tell whether it runs, and of nobody who uses it."""

from tests.slack.wire import Wire
from tests.stage import Stage


async def test_the_health_pages_name_nobody(wire: Wire, stage: Stage) -> None:
    await wire.command("start DEV-12")
    told = [(await wire.client.get(path)).text for path in ("/healthz", "/readyz")]
    assert told == ['{"status":"ok"}', '{"status":"ready","missing":[]}']


async def test_there_are_no_metrics_to_read(wire: Wire) -> None:
    assert (await wire.client.get("/metrics")).status_code == 404
