"""Every message that the app can say, with the worst in it that people and providers can write."""

import inspect
import re
import types
import typing
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.core.accounts import Caller
from app.core.credentials import KINDS, Kind
from app.core.errors import Incomplete, NotOffered, Reading, TimerError
from app.core.model import Account, AssigneePermission, Capabilities, Person, Role, TimeEntry, Timer, Work
from app.core.operations import Create, Intent
from app.core.phrases import Phrase
from app.core.reminder import Brief
from app.core.rhythm import USUAL, Rhythm
from app.sandbox.slack.blocks import find_block_problems
from app.slack import messages
from app.slack.blocks import Block, escape, modal, section
from app.slack.call import Call, Command, Reply, Services
from app.slack.commands import COMMANDS
from app.slack.outgoing import content
from tests.slack.wire import texts
from tests.stage import Stage

HOSTILE = (
    "<!channel> <!here|x> <@U0EVIL> <@U0EVIL|Ada> <#C0EVIL> <!subteam^S1|@all> <http://evil.example|your bank>",
    "&lt;!channel&gt; &lt;@U0EVIL&gt; &amp;lt;!here&amp;gt;",
    "\u202epaid\u202c \u2066isolated\u2069 \u200e\u200f\u061c zero\u200bwidth\u2060\ufeff soft\u00adhyphen \U000e0041tag",
    "*bold* _it_ ~no~ `code` ```block``` > quote\nline\r\n\ttab\x00\x1b[31m\x7f\u2028\u2029 :smile:",
    "<" * 1_500 + "&" * 1_500 + ">" * 1_500,
    "👩\u200d👩\u200d👧\u200d👦" * 400 + "e\u0301" * 400,
    "Ask <@U0EVIL|x> to log it. <@U0EVIL>",
)  # fmt: skip
HIDDEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)
MORNING = datetime(2026, 3, 4, 9, 17, tzinfo=UTC)
OUR_OWN = {"reference": "a1b2c3d4", "label": "Sundial"}  # what nobody else has a say in
OURS = {"U0ADA", "U0BO"}  # who is mentioned on purpose


def worst(kind: Any, text: str, stage: Stage) -> Any:
    """A value of that type with `text` wherever it holds words."""
    if kind in (str, Any):
        return text
    made = _special(kind, text, stage)
    if made is not None:
        return made
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return worst(inner[0], text, stage)
    if origin in (Sequence, list, tuple):
        return origin_of(origin)([worst(inner[0], text, stage)] * 3)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    assert is_dataclass(kind), f"Nobody said how to make a {kind} here."
    hints = typing.get_type_hints(kind)
    return kind(**{one.name: worst(hints[one.name], text, stage) for one in fields(kind) if one.init})


def origin_of(origin: Any) -> Callable[[list[Any]], Any]:
    return tuple if origin is tuple else list


def _special(kind: Any, text: str, stage: Stage) -> Any:
    services = stage.app.front.services
    ada = Person("T0SANDBOX", "U0ADA", ZoneInfo("Europe/Berlin"), text)
    account = Account("T0SANDBOX", "U0BO", "clickup", text, "184", Role.ADMIN, AssigneePermission.ANYONE)
    entry = TimeEntry(text, worst_work(text), MORNING - timedelta(hours=2), MORNING - timedelta(hours=1), "183")
    timer = Timer(text, worst_work(text), MORNING - timedelta(hours=1), "183", is_held=True)
    plain: dict[Any, Any] = {
        Kind: KINDS[0], bool: True, int: 200, datetime: MORNING, date: MORNING.date(), timedelta: timedelta(hours=1), Role: Role.ADMIN,
        Services: services, Account: account, TimeEntry: entry, Timer: timer, Person: ada, Work: entry.work,
        Command: next(iter(COMMANDS.values())), Block: modal("Log time", "f", [section(escape(text))]),
        Incomplete: Incomplete(text, timer, MORNING, whose="U0BO", field="task"), type[Intent]: Create, Intent: Create,
        Reading: Reading(text, text[:1_000]), Capabilities: Capabilities(native_timer=True, lists_by_task=True),
        Reply: messages.refused(text), TimerError: NotOffered(text), Rhythm: USUAL,
    }  # fmt: skip
    if kind is Call:
        return Call(services, ada, "op", Phrase("log", text=f"{text} yesterday"), value=text)
    if kind is Caller:
        return Caller(ada, replace(account, user="U0ADA", user_id="183"), _Named("Sundial"), "op")
    return plain.get(kind)


def worst_work(text: str) -> Work:
    from app.core.model import Task

    return Work(Task(text, text, text[:50], text, text), text, (text, f"{text}2"), billable=True)


class _Named:
    """A provider of that name, who is asked for nothing else."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.capabilities = Capabilities(native_timer=True, lists_by_task=True)


def sayings() -> list[str]:
    return [name for name in messages.__all__ if inspect.isfunction(getattr(messages, name))]


def shown(said: Any) -> Iterator[dict[str, str]]:
    """The text objects of whatever a message is made as."""
    if isinstance(said, Reply):
        yield from texts(content(said))
    elif isinstance(said, dict | list):
        yield from texts(said)
    elif isinstance(said, tuple):
        for one in said:
            yield from shown(one)


@pytest.mark.parametrize("name", sayings())
async def test_no_word_of_anybody_else_does_anything_in_a_message(stage: Stage, name: str) -> None:
    say = getattr(messages, name)
    hints = typing.get_type_hints(say)
    wanted = [one.name for one in inspect.signature(say).parameters.values()]
    for text in HOSTILE:
        given = {one: OUR_OWN.get(one) or worst(hints[one], text, stage) for one in wanted}
        for written in shown(say(**given)):
            read = written["text"]
            assert not HIDDEN.search(read), read[:200]
            if written["type"] == "mrkdwn":
                assert set(re.findall(r"<([^>]{0,40})", read)) <= {f"@{user}" for user in OURS}, read[:200]
                assert not re.search(r"&(?!amp;|lt;|gt;)", read), read[-100:]


def test_whom_a_sentence_of_ours_begins_with_or_says_to_ask_is_mentioned() -> None:
    for sentence in ("<@U0BO> isn't connected to ClickUp yet.", "Time is theirs. Ask <@U0BO> to log it."):
        assert "<@U0BO>" in messages.refused(sentence).blocks[0]["text"]["text"]


def test_what_was_typed_stays_as_it_was_typed() -> None:
    """Only what is shown is made harmless; what is kept and sent is the person's own."""
    typed = "a\u200bb <!channel> \u202e"
    assert Work(description=typed).description == typed
    assert escape(typed) == "ab &lt;!channel&gt; "


@pytest.mark.parametrize("name", ["day_asked", "day_copy_proposed"])
async def test_however_much_was_done_the_message_about_a_day_fits_into_slack(stage: Stage, name: str) -> None:
    say = getattr(messages, name)
    wanted = inspect.signature(say).parameters
    for text in HOSTILE:
        entry, call, caller = (worst(kind, text, stage) for kind in (TimeEntry, Call, Caller))
        done = tuple(
            replace(
                entry, id=str(n), start=MORNING - timedelta(minutes=4 * n + 2), end=MORNING - timedelta(minutes=4 * n)
            )
            for n in range(100)
        )
        before = tuple(
            replace(one, start=one.start - timedelta(days=1), end=one.end - timedelta(days=1)) for one in done
        )
        brief = Brief(MORNING.date(), done if name == "day_asked" else (), None, MORNING, before)
        said = say(call, caller, brief) if "caller" in wanted else say(call, brief)
        assert find_block_problems(list(said.blocks), "message") == []
