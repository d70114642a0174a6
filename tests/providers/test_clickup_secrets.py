"""A token is seen by ClickUp and by nobody else."""

import logging
import traceback
from typing import cast

import pytest

from app.core.errors import TimerError
from app.providers import Connections
from app.providers.clickup import ClickUp
from providers.clickup_server import ENTRIES, Said, Server
from providers.conftest import OAUTH, account
from providers.recorded import ENTRY, WORKSPACE
from providers.test_clickup_contract import EVERY_CALL, make

CANARY = "CANARY"
UNHAPPY = {
    "refused and echoed": Said({"err": f"Token pk_183_{CANARY * 3} is bad", "ECODE": "NEW_1"}, 400),
    "dead": Said({"err": f"no pk_183_{CANARY * 3}", "ECODE": "OAUTH_019"}, 401),
    "limited": Said({}, 429),
    "broken": Said("<html>", 500),
    "garbage": Said("{", 200),
    "moved": Said("", 302, {"Location": "http://127.0.0.1:9/"}),
}


def text_of(error: BaseException) -> str:
    seen, parts = error, []
    parts += [repr(seen), str(seen), "".join(traceback.format_exception(seen)), repr(vars(seen))]
    context = seen.__context__ or seen.__cause__
    return "".join(parts) + (text_of(context) if context else "")


@pytest.mark.parametrize("said", UNHAPPY.values(), ids=list(UNHAPPY))
@pytest.mark.parametrize("call", [call for call in EVERY_CALL if call != "learn"])
async def test_no_error_shows_the_token_and_every_error_is_one_of_ours(
    clickup: ClickUp, server: Server, caplog: pytest.LogCaptureFixture, call: str, said: Said
) -> None:
    caplog.set_level(logging.DEBUG)
    paths = ("", "/current", "/start", "/stop", "/tags", f"/{ENTRY}")
    for path in ("/user", "/team", "/task/86c7mc19h", "/task/DEV-12", f"/team/{WORKSPACE}/task"):
        server.answers("GET", path, said)
    for path in paths:
        for method in ("GET", "POST", "PUT", "DELETE"):
            server.answers(method, ENTRIES + path, said)
    with pytest.raises(TimerError) as caught:
        await make(call, clickup)
    assert CANARY not in text_of(caught.value)
    assert CANARY not in caught.value.sentence
    assert CANARY not in caplog.text


async def test_no_repr_shows_the_token(connections: Connections, clickup: ClickUp) -> None:
    with_oauth = cast(ClickUp, await connections.provider(account(credential=OAUTH)))
    for thing in (
        connections,
        clickup,
        clickup.written.calls,
        clickup.finder,
        clickup.people,
        with_oauth,
        connections.shelf,
    ):
        assert CANARY not in repr(thing)
        assert CANARY not in str(thing)


@pytest.mark.parametrize("call", ["create", "update", "delete", "tag", "untag", "start"])
async def test_no_write_is_repeated_whatever_the_answer(clickup: ClickUp, server: Server, call: str) -> None:
    for said in (Said("<html>", 503), Said("{"), Said({}, 409)):
        server.requests.clear()
        for path in ("", "/start", "/tags", f"/{ENTRY}"):
            for method in ("POST", "PUT", "DELETE"):
                server.answers(method, ENTRIES + path, said)
        with pytest.raises(TimerError):
            await make(call, clickup)
        assert len(server.requests) == 1
