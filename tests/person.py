"""Somebody at a keyboard: drives the sandbox Slack as its page does, and reads what a person would read there."""

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, Self, TypeVar

import aiohttp

from app.sandbox.slack.element_state import FIELDS
from app.sandbox.slack.plain_words import Reader
from app.sandbox.slack.reading import read_block, read_message, read_text, read_view
from app.sandbox.slack.texts import offered_options
from app.sandbox.slack.view import elements_of

Json = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as somebody read it; `"Fix login" in seen` asks about its words."""

    text: str
    author: str
    channel: str
    ts: str
    is_ephemeral: bool
    is_edited: bool

    def __str__(self) -> str:
        return self.text

    def __contains__(self, words: str) -> bool:
        return words in self.text


@dataclass(frozen=True, slots=True)
class Target:
    """An element somebody can act on, the block it is in, and the message or view around that."""

    container: Json
    blocks: list[Json]
    block: Json
    element: Json
    option: Json | None = None


class Person:
    """`patience` is how long, in seconds, they wait for something to appear before they complain."""

    def __init__(self, base_url: str, name: str, *, patience: float = 2.0) -> None:
        self.name = name
        self.patience = patience
        self.asked: str | None = None  # the last confirmation dialog
        self._url = base_url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None
        self._world: Json | None = None
        self._messages: dict[tuple[str, str], Json] = {}
        self._views: list[Json] = []
        self._home: Json | None = None
        self._notice = ""
        self._is_at_home = False
        self._revision = 0
        self._now = 0.0
        self._read_up_to = 0
        self._has_news = False

    async def __aenter__(self) -> Self:
        await self._arrive()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.leaves()

    async def leaves(self) -> None:
        if self._session is not None:
            await self._session.close()

    # saying and reading

    async def types(self, text: str, *, channel: str = "general", within: float | None = None) -> list[Seen]:
        """Send it; what is new once the app has answered, or once something came if its ack was empty.

        `channel` is a channel's name, or the app's for the DM with it. Words not meant for the app are not waited on.
        """
        await self._arrive()
        self._is_at_home = False
        await self._look()
        await self._do("say", channel=channel, text=text)
        return await self._see(within if within is not None or self._is_for_app(text, channel) else 0)

    async def reads(self, *, within: float | None = None) -> list[Seen]:
        """Messages that are new or changed since the last look; waits for one, and is empty when none came."""
        await self._arrive()
        await self._look()
        await self._until(self._unread, within)
        return self._take_unread()

    async def waits_for(self, words: str, *, within: float | None = None) -> str:
        """The modal, Home tab or message that shows these words, as soon as one does; they have read all of it then."""
        await self._arrive()
        found = await self._until(lambda: next((text for text in self._everything() if words in text), None), within)
        assert found, f"{self.name} waited for {words!r} and sees:\n{self.screen}"
        self._read_up_to = self._revision
        return found

    @property
    def modal(self) -> str | None:
        """The top modal as read, or None when none is open."""
        return read_view(self._views[-1], self._reader) if self._views else None

    @property
    def home(self) -> str | None:
        return read_view(self._home, self._reader) if self._home else None

    @property
    def notice(self) -> str:
        """What Slack itself last complained about, such as an app that cannot be reached."""
        return self._notice

    @property
    def messages(self) -> list[Seen]:
        return [self._seen(message) for message in self._by_age()]

    @property
    def screen(self) -> str:
        return "\n\n".join([*([self.modal] if self.modal else []), *(str(one) for one in self.messages[-6:])])

    # clicking

    async def clicks(
        self, label: str, *, beside: str | None = None, confirm: bool = True, within: float | None = None
    ) -> list[Seen]:
        """Press a button or an overflow's entry; `beside` are words in the same block or above it, up to other buttons.

        With `confirm=False` they press the dialog's other button, and nothing happens; its words stand in `asked`.
        """
        await self._arrive()
        if self._views and label in self._foot_labels():
            return await self._press_foot(label)
        target = await self._target(lambda one: self._is_clickable(one, label), label, beside)
        dialog = target.element.get("confirm")
        self.asked = _read_dialog(dialog, self._reader) if dialog else None
        if dialog and not confirm:
            return []
        value = {"selected_option": target.option} if target.option else {"value": target.element.get("value")}
        await self._act(target, value)
        return await self._see(within)

    async def fills(self, label: str, text: str) -> None:
        """Type into a field, found by its label or placeholder; also dates (2026-03-04) and times (09:30)."""
        target = await self._field(label)
        name, _ = FIELDS[target.element["type"]]
        value: Any = int(text) if name == "selected_date_time" else text or None
        await self._choose(target, {name: value})

    async def picks(self, label: str, *choices: str, typing: str | None = None) -> None:
        """Choose from a menu, checkboxes or radio buttons; several choices are all that will be chosen."""
        target = await self._field(label)
        name, _ = FIELDS[target.element["type"]]
        chosen = [await self._option(target, choice, typing) for choice in choices]
        await self._choose(target, {name: chosen if name.endswith("s") else (chosen[0] if chosen else None)})

    async def suggestions(self, label: str, typing: str = "") -> list[str]:
        """What a typeahead offers for these letters; raises AssertionError where Slack could not load any."""
        target = await self._field(label)
        return [read_text(option["text"], self._reader) for option in await self._suggested(target, typing)]

    async def submits(self) -> dict[str, str]:
        """Press the modal's submit button; errors by label, empty when Slack took it ("" is Slack's own trouble)."""
        assert self._views, f"{self.name} has no modal open and sees:\n{self.screen}"
        view = self._views[-1]
        done = await self._do("submit", view=view["id"])
        await self._look()
        labels = {block["block_id"]: self._label(block) for block in view["definition"]["blocks"]}
        errors = {labels[block_id]: sentence for block_id, sentence in done["errors"].items()}
        return {**errors, **({"": done["trouble"]} if done["trouble"] else {})}

    async def closes(self, *, everything: bool = False) -> None:
        assert self._views, f"{self.name} has no modal open"
        await self._do("close", view=self._views[-1]["id"], everything=everything)
        await self._look()

    async def opens_home(self, *, within: float | None = None) -> str | None:
        """The Home tab as read, once the app has published or refreshed it."""
        await self._arrive()
        await self._look()
        before = self._home["hash"] if self._home else None
        self._is_at_home = True
        await self._do("open", tab="home")
        await self._look()
        await self._until(lambda: self._home if self._home and self._home["hash"] != before else None, within)
        return self.home

    async def uses_shortcut(self, name: str, *, within: float | None = None) -> list[Seen]:
        await self._arrive()
        await self._look()
        await self._do("shortcut", callback_id=self._callback_id(name, "global"))
        return await self._see(within)

    async def uses_message_shortcut(self, name: str, message: Seen, *, within: float | None = None) -> list[Seen]:
        await self._arrive()
        container = {"channel": message.channel, "ts": message.ts}
        await self._look()
        await self._do("shortcut", callback_id=self._callback_id(name, "message"), container=container)
        return await self._see(within)

    async def uninstalls_the_app(self) -> None:
        await self._arrive()
        await self._do("uninstall")

    # what Slack tells the app about them

    async def sets_status(
        self, emoji: str, text: str = "", *, until: Literal["hour", "midnight"] | None = None
    ) -> None:
        """`emoji` is Slack's name in colons; "" clears the status."""
        await self._arrive()
        await self._do("status", emoji=emoji, text=text, until=until)

    async def pauses_notifications(self, until: Literal["hour", "morning"] | None) -> None:
        """None lets them through again."""
        await self._arrive()
        await self._do("pause", until=until)

    async def travels_to(self, timezone: str) -> None:
        await self._arrive()
        await self._do("travel", timezone=timezone)

    async def is_deactivated(self, *, again_active: bool = False) -> None:
        await self._arrive()
        await self._do("account", is_deactivated=not again_active)

    async def sets_the_clock(self, **how: Any) -> None:
        """`local="2026-03-04T16:44"` by their own wall clock, `seconds=3600` on from now, or neither for real time."""
        await self._arrive()
        await self._do("clock", **how)

    def _is_for_app(self, text: str, channel: str) -> bool:
        app = self._world_now["app"]
        names = {app["name"], app["handle"], "app"}
        return text.startswith("/") or channel.lstrip("@") in names or any(f"@{name}" in text for name in names)

    # finding things on the screen

    def _containers(self) -> list[tuple[Json, list[Json]]]:
        if self._views:
            view = self._views[-1]
            return [({"view": view["id"]}, view["definition"]["blocks"])]
        said = [({"channel": one["channel"], "ts": one["ts"]}, one["blocks"]) for one in reversed(self._by_age())]
        home = [({"view": self._home["id"]}, self._home["definition"]["blocks"])] if self._home else []
        return [*home, *said] if self._is_at_home else [*said, *home]

    def _targets(self) -> list[Target]:
        return [
            Target(container, blocks, block, element, option)
            for container, blocks in self._containers()
            for block in _with_children(blocks)
            for element in elements_of(block)
            for option in (element["options"] if element["type"] == "overflow" else [None])
        ]

    async def _target(self, fits: Callable[[Target], bool], label: str, beside: str | None = None) -> Target:
        def find() -> Target | None:
            fitting = [one for one in self._targets() if fits(one)]
            return next((one for one in fitting if beside is None or beside in self._surroundings(one)), None)

        await self._arrive()
        await self._look()
        found = await self._until(find, None)
        assert found, f"{self.name} looks for {label!r} and sees:\n{self.screen}"
        return found

    def _is_clickable(self, target: Target, label: str) -> bool:
        if target.option is not None:
            return read_text(target.option["text"], self._reader) == label
        is_button = target.element["type"] in ("button", "icon_button")
        return is_button and label in (
            read_text(target.element["text"], self._reader), target.element.get("accessibility_label")
        )  # fmt: skip

    async def _field(self, label: str) -> Target:
        return await self._target(lambda one: one.element["type"] in FIELDS and label in self._field_labels(one), label)

    def _field_labels(self, target: Target) -> set[str]:
        names = {self._label(target.block)}
        if "placeholder" in target.element:
            names.add(read_text(target.element["placeholder"], self._reader))
        return names

    def _label(self, block: Json) -> str:
        text = block.get("label") or block.get("text")
        return read_text(text, self._reader) if isinstance(text, dict) else ""

    def _surroundings(self, target: Target) -> str:
        place = next(
            position for position, one in enumerate(target.blocks)
            if one is target.block or target.block in one.get("child_blocks", [])
        )  # fmt: skip
        near = [target.blocks[place]]
        if target.block["type"] == "actions":
            near += itertools.takewhile(lambda one: one["type"] != "actions", reversed(target.blocks[:place]))
        return "\n".join(line for block in near for line in read_block(block, self._reader, {}))

    def _foot_labels(self) -> dict[str, str]:
        definition = self._views[-1]["definition"]
        close = definition.get("close")
        labels = {read_text(close, self._reader) if close else "Close": "close"}
        if "submit" in definition:
            labels[read_text(definition["submit"], self._reader)] = "submit"
        return labels

    async def _press_foot(self, label: str) -> list[Seen]:
        if self._foot_labels()[label] == "submit":
            await self.submits()
        else:
            await self.closes()
        return self._take_unread()

    # acting

    async def _act(self, target: Target, value: Json) -> None:
        ids = {"block_id": target.block["block_id"], "action_id": target.element["action_id"]}
        await self._do("act", container=target.container, value=value, **ids)

    async def _choose(self, target: Target, value: Json) -> None:
        await self._act(target, value)
        await self._look()

    async def _option(self, target: Target, choice: str, typing: str | None) -> Any:
        kind = target.element["type"]
        if "users" in kind:
            return next(
                one["id"] for one in self._world_now["people"] if choice.lstrip("@") in (one["name"], one["id"])
            )
        if "channels" in kind or "conversations" in kind:
            wanted = choice.lstrip("#")
            return next(one["id"] for one in self._world_now["channels"] if wanted in (one["name"], one["id"]))
        options = (
            await self._suggested(target, choice if typing is None else typing)
            if "external" in kind
            else offered_options(target.element)
        )
        texts = [read_text(option["text"], self._reader) for option in options]
        exact = [option for option, text in zip(options, texts, strict=True) if text == choice]
        close = [option for option, text in zip(options, texts, strict=True) if choice in text]
        assert exact or close, f"{self.name} looks for {choice!r} among {texts}"
        return (exact or close)[0]

    async def _suggested(self, target: Target, typing: str) -> list[Json]:
        ids = {"block_id": target.block["block_id"], "action_id": target.element["action_id"]}
        done = await self._do("suggest", container=target.container, query=typing, **ids)
        assert "error" not in done, f"{self.name} typed {typing!r}: {done['error']}"
        options: list[Json] = done["options"]
        return options

    def _callback_id(self, name: str, kind: str) -> str:
        shortcuts = self._world_now["shortcuts"]
        found = [one["callback_id"] for one in shortcuts if one["name"] == name and one["kind"] == kind]
        assert found, f"{self.name} finds no {kind} shortcut {name!r} among {[one['name'] for one in shortcuts]}"
        return str(found[0])

    # the wire

    async def _arrive(self) -> None:
        if self._world is not None:
            return
        self._session = aiohttp.ClientSession()
        self._world = await self._get("world")
        await self._look()
        self._read_up_to = self._revision
        self._has_news = False

    async def _get(self, what: str, **query: str | float) -> Json:
        assert self._session is not None
        async with self._session.get(f"{self._url}/client/{what}", params={"person": self.name, **query}) as response:
            return await self._checked(response)

    async def _do(self, deed: str, **body: Any) -> Json:
        assert self._session is not None
        self._has_news = False
        sent = {"person": self.name, **body}
        async with self._session.post(f"{self._url}/client/{deed}", json=sent) as response:
            return await self._checked(response)

    async def _checked(self, response: aiohttp.ClientResponse) -> Json:
        answered: Json = await response.json(content_type=None) if response.status in (200, 404) else {}
        assert response.status == 200, f"{self.name}: {answered.get('error') or response.status}"
        return answered

    async def _look(self, wait: float = 0) -> None:
        fresh = await self._get("changes", after=self._revision, wait=wait)
        self._revision, self._now = fresh["revision"], fresh["now"]
        for message in fresh["messages"]:
            self._messages[message["channel"], message["ts"]] = message
            self._has_news |= message["author"] != self._world_now["me"]
        for gone in fresh["gone"]:
            self._has_news |= self._messages.pop((gone["channel"], gone["ts"]), None) is not None
        self._has_news |= bool(fresh["views"] is not None or fresh["home"] or fresh["notice"])
        self._views = fresh["views"] if fresh["views"] is not None else self._views
        self._home = fresh["home"] or self._home
        self._notice = fresh["notice"] or self._notice
        if fresh["is_about_new"]:
            self._world = await self._get("world")

    async def _until(self, find: Callable[[], T | None], within: float | None) -> T | None:
        clock = _Stopwatch(self.patience if within is None else within)
        while not (found := find()) and clock.left > 0:
            await self._look(wait=clock.left)
        return found

    async def _see(self, within: float | None) -> list[Seen]:
        await self._look()
        await self._until(lambda: self._has_news or None, within)
        return self._take_unread()

    def _unread(self) -> list[Json]:
        mine = self._world_now["me"]
        return [one for one in self._by_age() if one["revision"] > self._read_up_to and one["author"] != mine]

    def _take_unread(self) -> list[Seen]:
        unread = self._unread()
        self._read_up_to = self._revision
        return [self._seen(message) for message in unread]

    def _by_age(self) -> list[Json]:
        return sorted(self._messages.values(), key=lambda message: int(message["order"]))

    def _seen(self, message: Json) -> Seen:
        return Seen(
            read_message(message, self._reader),
            self._reader.people.get(message["author"], message["author"]),
            message["channel"],
            message["ts"],
            message["is_ephemeral"],
            message["is_edited"],
        )

    def _everything(self) -> list[str]:
        return [text for text in (self.modal, self.home, *(str(one) for one in reversed(self.messages))) if text]

    @property
    def _world_now(self) -> Json:
        assert self._world is not None, f"{self.name} has not arrived yet"
        return self._world

    @property
    def _reader(self) -> Reader:
        world = self._world_now
        people = {one["id"]: one["name"] for one in world["people"]}
        people |= {world["app"]["user"]: world["app"]["name"], "USLACKBOT": "Slackbot"}
        mine = next(one for one in world["people"] if one["id"] == world["me"])
        channels = {one["id"]: one["name"] for one in world["channels"]}
        return Reader(people, channels, mine["timezone"], datetime.fromtimestamp(self._now, UTC))


class _Stopwatch:
    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        return max(0.0, self._end - time.monotonic())


def _with_children(blocks: list[Json]) -> list[Json]:
    return [one for block in blocks for one in (block, *block.get("child_blocks", []))]


def _read_dialog(dialog: Json, reader: Reader) -> str:
    yes = read_text(dialog["confirm"], reader) if "confirm" in dialog else "Yes"
    no = read_text(dialog["deny"], reader) if "deny" in dialog else "Cancel"
    return f"{read_text(dialog['title'], reader)}\n{read_text(dialog['text'], reader)}\n[{no}] [{yes}]"
