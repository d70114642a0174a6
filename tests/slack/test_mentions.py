"""Who is mentioned in a text is called by name there, as far as Slack tells in time; whose time it is stays an id."""

import asyncio
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.core.model import Person
from app.slack.call import Call
from app.slack.mentions import names_in, with_names

BERLIN = ZoneInfo("Europe/Berlin")
NAMES = {f"U0{name.upper()}": name for name in ("Ada", "Bo", "Cy", "Di", "Ed", "Flo")}


@dataclass
class Slack:
    """Knows everybody in `names`; `asked` is whom it was asked about, and `slow` for whom it takes for ever."""

    names: dict[str, str]
    asked: list[str] = field(default_factory=list)
    slow: tuple[str, ...] = ()

    async def look_up(self, team: str, user: str) -> Person | None:
        self.asked.append(user)
        if user in self.slow:
            await asyncio.Event().wait()
        return Person(team, user, BERLIN, self.names[user]) if user in self.names else None


@dataclass
class Memory:
    people: dict[str, Person] = field(default_factory=dict)

    async def person(self, team: str, user: str) -> Person | None:
        return self.people.get(user)

    async def remember_person(self, person: Person) -> None:
        self.people[person.user] = person


def calling(slack: Slack, memory: Memory) -> Call:
    services: Any = SimpleNamespace(store=memory, accounts=SimpleNamespace(directory=slack))
    return Call(services, Person("T1", "U0ADA", BERLIN), "op")


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("call with <@U0BO>", "call with <@U0BO|Bo>"),
        ("<@U0BO> and <@W0CY> and <@U0BO>", "<@U0BO|Bo> and <@W0CY|W0CY> and <@U0BO|Bo>"),
        ("log 1h for <@U0BO>", "log 1h for <@U0BO>"),
        ("log 1h for <@U0BO> with <@U0CY>", "log 1h for <@U0BO> with <@U0CY|Cy>"),
        ("already <@U0BO|bo>", "already <@U0BO|bo>"),
        ("nobody <#C0BO> <!here> <@u0bo>", "nobody <#C0BO> <!here> <@u0bo>"),
    ],
)
async def test_a_mention_in_a_text_gets_its_name(typed: str, named: str) -> None:
    assert await with_names(calling(Slack(NAMES), Memory()), typed) == named


async def test_slack_is_asked_once_about_each_of_the_first_five() -> None:
    slack, memory = Slack(NAMES), Memory()
    typed = " ".join(f"<@{user}>" for user in [*NAMES, *NAMES])
    named = await with_names(calling(slack, memory), typed)
    assert slack.asked == [*NAMES][:5]
    assert named.split()[4:6] == ["<@U0ED|Ed>", "<@U0FLO|U0FLO>"]
    await with_names(calling(slack, memory), typed)
    assert len(slack.asked) == 5


async def test_a_person_who_is_known_without_a_name_is_asked_for_and_keeps_the_rest() -> None:
    memory = Memory({"U0BO": Person("T1", "U0BO", ZoneInfo("Asia/Tokyo"))})
    assert await with_names(calling(Slack(NAMES), memory), "<@U0BO>") == "<@U0BO|Bo>"
    assert memory.people["U0BO"] == Person("T1", "U0BO", ZoneInfo("Asia/Tokyo"), "Bo")


async def test_whom_slack_does_not_know_is_nobody() -> None:
    memory = Memory()
    assert await names_in(calling(Slack(NAMES), memory), "<@U0ZOE> <@U0BO> <@U0CY|cyrus>") == {
        "U0BO": "Bo",
        "U0CY": "Cy",
    }
    assert "U0ZOE" not in memory.people


async def test_of_a_message_only_the_first_five_are_named() -> None:
    slack = Slack(NAMES)
    found = await names_in(calling(slack, Memory()), " ".join(f"<@{user}>" for user in [*NAMES, *NAMES]))
    assert sorted(found) == sorted([*NAMES][:5])
    assert len(slack.asked) == 5


async def test_a_slow_slack_is_not_waited_for() -> None:
    async with asyncio.timeout(2.7):
        assert await names_in(calling(Slack(NAMES, slow=("U0CY",)), Memory()), "<@U0BO> <@U0CY>") == {}
