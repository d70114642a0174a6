"""A key is seen by Clockify and by nobody else, and so is what people typed."""

import logging
import traceback

import pytest

from app.core.errors import TimerError
from app.providers.clockify import Clockify
from providers.clickup_server import Said, Server
from providers.clockify_recorded import DESIGN, WEBSITE
from providers.clockify_server import BOS, ENTRIES, HERE, MINE, ONE, PROJECT, TAG_LIST
from providers.test_clockify_contract import EVERY_CALL, make

CANARY = "CANARY"
UNHAPPY = {
    "refused and echoed": Said({"message": f"key YWRh{CANARY * 3} is bad", "code": 501}, 400),
    "dead": Said({"message": f"no YWRh{CANARY * 3}", "code": 4003}, 401),
    "broken": Said("<html>", 500),
    "garbage": Said("{", 200),
    "moved": Said("", 302, {"Location": "http://127.0.0.1:9/"}),
    "limited": Said({"message": CANARY}, 429),  # last, for after it nothing is sent
}
PATHS = (
    *("/user", HERE, f"{HERE}/users", PROJECT, f"{PROJECT}/{WEBSITE}", f"{PROJECT}/{WEBSITE}/tasks"),
    *(f"{PROJECT}/{WEBSITE}/tasks/{DESIGN}", TAG_LIST, ENTRIES, ONE, MINE, BOS),
)
SILENT = {"learn"}  # a workspace that hides its rules stops nobody
NO_TASK = {("find_task", "refused and echoed")}  # an id that is refused names nothing


def text_of(error: BaseException) -> str:
    parts = [repr(error), str(error), "".join(traceback.format_exception(error)), repr(vars(error))]
    context = error.__context__ or error.__cause__
    return "".join(parts) + (text_of(context) if context else "")


def answer_all(server: Server, said: Said) -> None:
    for path in PATHS:
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            server.answers(method, path, said)


@pytest.mark.parametrize("call", sorted(set(EVERY_CALL) - SILENT))
async def test_no_error_shows_the_key_and_every_error_is_one_of_ours(
    clockify: Clockify, clockify_server: Server, caplog: pytest.LogCaptureFixture, call: str
) -> None:
    caplog.set_level(logging.DEBUG)
    for what, said in UNHAPPY.items():
        answer_all(clockify_server, said)
        if (call, what) in NO_TASK:
            await make(call, clockify)
            continue
        with pytest.raises(TimerError) as caught:
            await make(call, clockify)
        assert CANARY not in text_of(caught.value)
        assert CANARY not in caught.value.sentence
    assert CANARY not in caplog.text


async def test_no_repr_shows_the_key(clockify: Clockify) -> None:
    parts = (clockify, clockify.book, clockify.people, clockify.finder, clockify.timers, clockify.entry_calls.calls)
    for thing in parts:
        assert CANARY not in repr(thing)
        assert CANARY not in str(thing)


WRITES = ("create", "update", "delete", "tag", "untag", "start", "stop", "cancel", "amend")


@pytest.mark.parametrize("said", [Said("<html>", 503), Said("{"), Said({}, 409)], ids=["broken", "garbage", "conflict"])
@pytest.mark.parametrize("call", WRITES)
async def test_no_write_is_repeated_whatever_the_answer(
    clockify: Clockify, clockify_server: Server, call: str, said: Said
) -> None:
    from providers.test_clockify_contract import ready

    ready(clockify_server, call)
    for path in (ENTRIES, ONE, MINE, BOS):
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            clockify_server.answers(method, path, said)
    with pytest.raises(TimerError):
        await make(call, clockify)
    writes = [line for line in clockify_server.lines if not line.startswith("GET")]
    assert len(writes) == 1
