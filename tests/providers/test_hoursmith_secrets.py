"""A token is seen by Hoursmith and by nobody else, and no write goes out twice."""

import logging

import pytest

from app.core.errors import TimerError
from app.providers.hoursmith import Hoursmith
from providers.clickup_server import Said, Server
from providers.hoursmith_recorded import refused
from providers.hoursmith_server import ENTRIES, ONE, TOKEN, Office
from providers.test_clickup_secrets import CANARY, text_of
from providers.test_hoursmith_contract import make

UNHAPPY = {
    "refused and echoed": Said(refused("bad_request", f"Token {TOKEN.reveal()} is bad"), 400),
    "invalid and echoed": Said(refused("validation_error", fields={"note": TOKEN.reveal()}), 422),
    "dead": Said(refused("unauthenticated", TOKEN.reveal()), 401),
    "limited": Said({}, 429),
    "broken": Said("<html>", 500),
    "garbage": Said("{", 200),
    "moved": Said("", 302, {"Location": "http://127.0.0.1:9/"}),
}
ASKING = ("whoami", "members", "find_task", "search", "entries", "entry", "create", "update", "delete")


def answer_everything(server: Server, said: Said) -> None:
    for path in ("/me", "/members", "/projects", "/tasks", ENTRIES, ONE):
        for method in ("GET", "POST", "PATCH", "DELETE"):
            server.answers(method, path, said)


@pytest.mark.parametrize("said", UNHAPPY.values(), ids=list(UNHAPPY))
@pytest.mark.parametrize("call", ASKING)
async def test_no_error_shows_the_token_and_every_error_is_one_of_ours(
    hoursmith: Hoursmith, hoursmith_server: Server, caplog: pytest.LogCaptureFixture, call: str, said: Said
) -> None:
    caplog.set_level(logging.DEBUG)
    answer_everything(hoursmith_server, said)
    with pytest.raises(TimerError) as caught:
        await make(call, hoursmith)
    assert CANARY not in text_of(caught.value)
    assert CANARY not in caplog.text


async def test_no_repr_shows_the_token(office: Office, hoursmith: Hoursmith) -> None:
    await hoursmith.whoami()
    for thing in (hoursmith, hoursmith.calls, hoursmith.finder, hoursmith.people, office, office.shelf):
        assert CANARY not in repr(thing)
        assert CANARY not in str(thing)


@pytest.mark.parametrize("call", ["create", "update", "delete"])
@pytest.mark.parametrize("said", [Said("<html>", 503), Said(refused("internal"), 500), Said(refused("conflict"), 409)])
async def test_no_write_is_repeated_whatever_the_answer(
    hoursmith: Hoursmith, hoursmith_server: Server, call: str, said: Said
) -> None:
    answer_everything(hoursmith_server, said)
    with pytest.raises(TimerError):
        await make(call, hoursmith)
    assert len(hoursmith_server.requests) == 1


async def test_a_moved_api_is_not_followed(hoursmith: Hoursmith, hoursmith_server: Server) -> None:
    answer_everything(hoursmith_server, Said("", 307, {"Location": f"{hoursmith_server.url}/elsewhere"}))
    with pytest.raises(TimerError):
        await make("create", hoursmith)
    assert [sent.path for sent in hoursmith_server.requests] == [ENTRIES]
