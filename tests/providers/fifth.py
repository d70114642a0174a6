"""A day with a fifth provider: started by a test in a copy of the app that README's lines were followed in."""

import asyncio
import json
import sys
from datetime import UTC, datetime, timedelta

from starlette.applications import Starlette
from starlette.routing import Mount

from app.main import running
from app.manifest import manifest
from app.sandbox.slack.server import create_app as create_slack
from app.sandbox.slack.world import World
from app.settings import load_settings
from providers.grounds.toy import Sundial, served
from tests.person import Person
from tests.serving import free_socket, serving


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2026, 3, 4, 9, 17, tzinfo=UTC)  # Wed 4 Mar 2026, 10:17 in Berlin

    def now(self) -> datetime:
        return self.at


async def play(lines: list[str]) -> None:
    """Ada types them, a quarter of an hour apart; printed is what she reads, and then what Sundial has recorded."""
    clock, (bound, address) = Clock(), free_socket()
    sundial = Sundial(clock.now)
    base = load_settings()
    settings = base.model_copy(update={"slack_api_url": f"{address}/api/", "toy_api_url": f"{address}/sundial/api"})
    world = World(
        manifest(url=f"{address}/timer"),
        base_url=address,
        request_url=f"{address}/timer/slack/events",
        signing_secret=base.slack_signing_secret.get_secret_value(),
        bot_token=base.slack_bot_token.get_secret_value(),
        clock=clock.now,
        links=[],
    )
    slack = create_slack(world)
    async with slack.router.lifespan_context(slack), running(settings, clock) as app:
        site = Starlette(routes=[Mount("/timer", app.web), Mount("/sundial", served(sundial)), Mount("/", slack)])
        async with serving(site, bound), Person(address, "Ada") as ada:
            for line in lines:
                print(*await ada.types(line), sep="\n")  # noqa: T201
                clock.at += timedelta(minutes=15)
            await app.front.drain(5)
    print(json.dumps([one | {"job": one["job"] and one["job"]["name"]} for one in sundial.cards.values()]))  # noqa: T201


if __name__ == "__main__":
    asyncio.run(play(sys.argv[1:]))
