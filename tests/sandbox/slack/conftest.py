"""A world with a Bolt app beside it, both on loopback, new for every test."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request
from starlette.routing import Route

from app.sandbox.slack.server import create_app
from app.sandbox.slack.world import World
from tests.person import Person
from tests.sandbox.slack.peer import MANIFEST, new_peer
from tests.serving import free_socket, serving


@dataclass(slots=True)
class Desk:
    """The sandbox, the app that talks to it, and the people in front of it."""

    world: World
    slack: Any
    client: AsyncWebClient
    people: AsyncExitStack

    async def person(self, name: str) -> Person:
        return await self.people.enter_async_context(Person(self.world.base_url, name))


@pytest.fixture
async def desks() -> AsyncIterator[Callable[..., Any]]:
    """Opens a desk with any World settings; everything is closed after the test."""
    async with AsyncExitStack() as stack:

        async def open_desk(manifest: dict[str, Any] = MANIFEST, **settings: Any) -> Desk:
            bound, url = free_socket()
            world = World(manifest, base_url=url, **{"request_url": f"{url}/slack/events", **settings})
            slack = create_app(world)
            session = await stack.enter_async_context(aiohttp.ClientSession())
            client = AsyncWebClient("xoxb-sandbox", base_url=f"{url}/api/", session=session)
            handler = AsyncSlackRequestHandler(new_peer(client, world.signing_secret))

            async def endpoint(request: Request) -> Any:
                return await handler.handle(request)

            slack.router.routes.append(Route("/slack/events", endpoint, methods=["POST"]))
            await stack.enter_async_context(serving(slack, bound))
            people = await stack.enter_async_context(AsyncExitStack())
            return Desk(world, slack, client, people)

        yield open_desk


@pytest.fixture
async def desk(desks: Callable[..., Any]) -> Desk:
    opened: Desk = await desks()
    return opened


@pytest.fixture
async def ada(desk: Desk) -> Person:
    return await desk.person("Ada")
