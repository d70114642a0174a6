"""The sentences that a story is made of, and what each of them does."""

import asyncio
import re

from app.core.model import Role
from app.sandbox.slack.composer import escape
from app.sandbox.slack.delivery import Courier
from app.sandbox.slack.team import Someone
from tests.person import Person, Seen
from tests.stories.books import stop_there
from tests.stories.player import Play, Step, fits, length, read_time, step, told
from tests.stories.record import changes, written

Found = re.Match[str]
STAYING = ("Same as", "Log these", "Log the rest", "Looks right")  # a day is not replaced by what was refused about it
BACK_END = "(?:ClickUp|Clockify|Hoursmith)"
WHO = r"\*\*(\w+)\*\*"


@step(r"It is (\w+ \d+ \w+ \d+, \d+:\d+) in (Berlin|New York)\.")
async def _it_is(play: Play, _: Step, found: Found) -> None:
    is_first = not play.stage.people
    play.stage.clock.moment = read_time(found[1], found[2])
    if is_first:
        play.stage.demo.backend.reset()
        play.curtain_rises()


@step(r"(\d+|Half an|An) (second|minute|hour|day)s? pass(?:es)?\.")
async def _time_passes(play: Play, _: Step, found: Found) -> None:
    play.stage.clock.moment += length({"Half an": "0.5", "An": "1"}.get(found[1], found[1]), found[2])
    await play.stage.app.settler.settle_due()


@step(rf"It gets (\w+ \d+ \w+ \d+, \d+:\d+) in (Berlin|New York), and {WHO} reads")
async def _it_gets(play: Play, one: Step, found: Found) -> None:
    """What they are to be asked about is planned before, and asked by then."""
    reminding = play.stage.app.reminding
    await reminding.plan()
    play.stage.clock.moment = read_time(found[1], found[2])
    for _ in range(4):  # a Slack workspace takes one message a second
        await reminding.plan()
        await reminding.read_due()
        await reminding.send_due()
        play.stage.clock.passes(seconds=2)
    await play.reads(found[3], one.quote)


# what people do in Slack


@step(rf"{WHO} types `([^`]+)`(?: in #(\w+))?")
async def _types(play: Play, one: Step, found: Found) -> None:
    person = await play.person(found[1])
    await play.reads(found[1], one.quote, await person.types(found[2], channel=found[3] or "general"))


@step(rf"{WHO} writes `([^`]+)` to the app")
async def _writes(play: Play, one: Step, found: Found) -> None:
    person = await play.person(found[1])
    await play.reads(found[1], one.quote, await person.types(found[2], channel="Timer"))


@step(rf"{WHO} clicks `([^`]+)`(?: beside `([^`]+)`)?")
async def _clicks(play: Play, one: Step, found: Found) -> None:
    person = await play.person(found[1])
    was_open = person.modal
    seen = await person.clicks(found[2], beside=found[3])
    assert person.asked is None, f"they are asked first:\n{person.asked}"
    is_in_message = not was_open and not person.modal
    stays = found[2] == "Undo" or found[2].startswith(STAYING)
    is_refused_beneath = stays and any(str(message).startswith("⚠️") for message in seen)
    is_rewritten = all(message.is_edited for message in seen) or is_refused_beneath
    assert not is_in_message or is_rewritten, "the message was not rewritten in place"
    await play.reads(found[1], one.quote, seen)


@step(rf"{WHO} clicks `([^`]+)`(?: beside `([^`]+)`)? and is asked")
async def _is_asked(play: Play, one: Step, found: Found) -> None:
    person = await play.person(found[1])
    await person.clicks(found[2], beside=found[3], confirm=False)
    asked = (person.asked or "nothing").splitlines()
    expected = play.tongue.reads(one.quote)
    assert fits(expected, asked), told("asked", expected, asked)
    play.asked = (found[2], found[3])


@step(rf"{WHO} answers `([^`]+)`")
async def _answers(play: Play, one: Step, found: Found) -> None:
    person = await play.person(found[1])
    label, beside = play.asked
    foot = (person.asked or "").splitlines()[-1]
    is_yes = foot.endswith(f"[{found[2]}]")
    assert f"[{found[2]}]" in foot, f"they may answer {foot}"
    seen = await person.clicks(label, beside=beside, confirm=is_yes)
    person.asked = None
    await play.reads(found[1], one.quote, seen)


@step(rf"{WHO} clicks `([^`]+)` twice")
async def _clicks_twice(play: Play, one: Step, found: Found) -> None:
    person = await play.person(found[1])
    seen = await asyncio.gather(person.clicks(found[2]), person.clicks(found[2]))
    await play.reads(found[1], one.quote, [message for part in seen for message in part])


@step(rf"{WHO} fills in")
async def _fills_in(play: Play, one: Step, found: Found) -> None:
    """A list of `Field: value`."""
    person = await play.person(found[1])
    for label, value in (item.split(": ", 1) for item in one.items):
        is_chosen = label in ("Billing", "Whose time")
        await (person.picks(label, value) if is_chosen else person.fills(label, value))
    play.modals[found[1]] = person.modal


@step(rf"{WHO} types `([^`]*)` into `([^`]+)` and is offered")
async def _is_offered(play: Play, one: Step, found: Found) -> None:
    offered = await (await play.person(found[1])).suggestions(found[3], found[2])
    expected = play.tongue.reads(one.quote)
    assert fits(expected, offered), told("offered", expected, offered)


@step(rf"{WHO} picks `([^`]+)` for `([^`]+)`(?: after typing `([^`]+)`)?")
async def _picks(play: Play, _: Step, found: Found) -> None:
    person = await play.person(found[1])
    await person.picks(found[3], found[2], typing=found[4])
    play.modals[found[1]] = person.modal


@step(rf"{WHO} submits the form(?: (twice))?")
async def _submits(play: Play, one: Step, found: Found) -> None:
    person = await play.person(found[1])
    assert person.modal, "no form is open"
    await asyncio.gather(*(person.submits() for _ in range(2 if found[2] else 1)))
    play.modals[found[1]] = None if person.modal is None else play.modals.get(found[1])
    await play.reads(found[1], one.quote)


@step(rf"{WHO} closes the form")
async def _closes(play: Play, _: Step, found: Found) -> None:
    await (await play.person(found[1])).closes()
    play.modals[found[1]] = None


@step(rf"{WHO} sees")
async def _sees(play: Play, one: Step, found: Found) -> None:
    await play.reads(found[1], one.quote)


@step(rf"{WHO} is asked about the day")
async def _is_asked_about_the_day(play: Play, one: Step, found: Found) -> None:
    person = await play.person(found[1])
    await person.reads(within=0)
    await play.reads(found[1], one.quote, await _rung(play, person))


@step(rf"{WHO} is not asked about the day\.")
async def _is_not_asked(play: Play, _: Step, found: Found) -> None:
    assert await _rung(play, await play.person(found[1])) == []


async def _rung(play: Play, person: Person) -> list[Seen]:
    """What the app says of its own accord within some seconds, for it says one thing a second."""
    said: list[Seen] = []
    for _ in range(4):
        await play.stage.app.reminding.plan()
        await play.stage.app.reminding.read_due()
        await play.stage.app.reminding.send_due()
        said += await person.reads(within=0)
        play.stage.clock.passes(seconds=2)
    return said


@step(r"(\w+) has written `([^`]+)` in #(\w+)(?:, in the thread of `([^`]+)`)?\.")
async def _has_written(play: Play, _: Step, found: Found) -> None:
    """Before anybody who is in the story looks at Slack."""
    world = play.stage.world
    author = world.person(found[1])
    channel = world.team_of(author.id).channel_named(found[3], author.id)
    assert channel, f"{author.name} is in no #{found[3]}"
    parent = next((one.ts for one in channel.messages.values() if one.text == found[4]), None)
    world.post(channel, author.id, escape(found[2], world.team_of(author.id)), thread_ts=parent)


@step(rf"{WHO} uses the shortcut `([^`]+)`")
async def _uses_shortcut(play: Play, one: Step, found: Found) -> None:
    person = await play.person(found[1])
    await play.reads(found[1], one.quote, await person.uses_shortcut(found[2]))


@step(rf"{WHO} uses the shortcut `([^`]+)` on the message `([^`]+)`")
async def _uses_message_shortcut(play: Play, one: Step, found: Found) -> None:
    person = await play.person(found[1])
    await person.reads(within=0)
    message = next(message for message in person.messages if str(message) == found[3])
    await play.reads(found[1], one.quote, await person.uses_message_shortcut(found[2], message))


# what is there besides


@step(rf"{BACK_END} has recorded for {WHO}")
async def _recorded(play: Play, one: Step, found: Found) -> None:
    lines = changes(play.stage, play.before, found[1])
    expected = play.tongue.records(one.quote)
    assert fits(expected, lines), told("what is recorded", expected, lines)


@step(rf"{BACK_END} has recorded nothing for {WHO}\.")
async def _recorded_nothing(play: Play, _: Step, found: Found) -> None:
    lines = changes(play.stage, play.before, found[1])
    assert not lines, told("what is recorded", [], lines)


@step(rf"{BACK_END} was asked to change nothing\.")
async def _nothing_asked(play: Play, _: Step, found: Found) -> None:
    assert play.stage.writes() == []


@step(rf"{BACK_END} was asked (?:once|(twice)) to `(\w+ [^`]+)`\.")
async def _asked_once(play: Play, _: Step, found: Found) -> None:
    asked = [write for write in play.stage.writes() if play.tongue.is_request(write, found[2])]
    assert len(asked) == (2 if found[1] else 1), told("it was asked", [found[2]], play.stage.writes())


FAULTS: dict[str, tuple[str, dict[str, object]]] = {
    "takes 3 seconds to answer": ("slow", {"seconds": 2.3}),
    "does not answer at all": ("hang", {}),
    "answers with an HTML error": ("error", {"status": 502}),
    "saves it and answers with an HTML error": ("error", {"status": 502, "committed": True}),
    "takes no more requests": ("limited", {}),
    "no longer accepts the sign-in": ("dead_token", {}),
    "cuts the connection": ("reset", {}),
    "saves it and cuts the connection": ("reset", {"committed": True}),
    "saves it and answers with half a sentence": ("garbage", {}),
}


@step(rf"{BACK_END} ({'|'.join(FAULTS)})(, but only when it is written to)?\.")
async def _has_trouble(play: Play, _: Step, found: Found) -> None:
    kind, how = FAULTS[found[1]]
    methods = ("POST", "PUT", "PATCH", "DELETE") if found[2] else ("*",)
    for method in methods:
        play.stage.workspace.faults.add(kind, method=method, **how)  # type: ignore[arg-type]


@step(rf"{BACK_END} takes 3 seconds to say that it takes no more requests\.")
async def _limits_slowly(play: Play, _: Step, found: Found) -> None:
    play.stage.workspace.faults.add("limited", seconds=2.3)


@step(r"Slack delivers that message twice more\.")
async def _delivers_again(play: Play, _: Step, found: Found) -> None:
    event = next(one.payload for one in reversed(play.stage.world.deliveries) if one.kind == "message")
    courier = Courier(play.stage.world)
    await asyncio.gather(*(courier.deliver("events_api", event, retry=(n, "http_timeout")) for n in (1, 2)))
    await courier.close()


@step(rf"{BACK_END} is itself again\.")
async def _is_itself(play: Play, _: Step, found: Found) -> None:
    play.stage.workspace.faults.clear()


@step(rf"{WHO} stops the timer in {BACK_END} itself\.")
async def _stops_elsewhere(play: Play, _: Step, found: Found) -> None:
    stop_there(play.stage.workspace, found[1])


@step(rf"An admin of {BACK_END} locks {WHO}’s last entry\.")
async def _locks(play: Play, _: Step, found: Found) -> None:
    play.stage.workspace.lock(_last_entry(play, found[1]))


@step(rf"{WHO} deletes the last entry in {BACK_END} itself\.")
async def _deletes_elsewhere(play: Play, _: Step, found: Found) -> None:
    del play.stage.workspace.entries[_last_entry(play, found[1])]


@step(rf"In {BACK_END}, what is done for Hooli is billable unless somebody says otherwise\.")
async def _billable_by_default(play: Play, _: Step, found: Found) -> None:
    workspace = play.stage.workspace
    if play.tongue.provider == "hoursmith":
        workspace.choices.omitted_billable = True
    else:
        assert next(one for one in workspace.projects.values() if one.name == "Hooli").billable


@step(rf"{WHO} works at Globex, in a Slack workspace of its own, and is (not connected|Di in {BACK_END})\.")
async def _elsewhere(play: Play, _: Step, found: Found) -> None:
    name = found[1]
    someone = Someone(f"U0{name.upper()}", name, name, f"{name.lower()}@globex.example", "Europe/Berlin")
    play.stage.world.add_team("T0GLOBEX", "Globex", people=[someone], bot_token="xoxb-globex")
    if found[2] != "not connected":
        await play.stage.link("T0GLOBEX", someone.id, name, "Di", role=Role.OWNER)


def _last_entry(play: Play, name: str) -> str:
    return [one.id for one in written(play.stage) if one.is_ours and one.whose == name][-1]
