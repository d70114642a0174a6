"""What a handler is given and what it gives back: a command, a click and a form are all `Call → Answer`."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.core.accounts import Accounts, Caller
from app.core.acts import Act
from app.core.briefs import Briefs
from app.core.browser_sign_in import BrowserSignIn
from app.core.connecting import Connecting
from app.core.logbook import Logbook
from app.core.model import Person
from app.core.phrases import Phrase
from app.core.ports import Clock, Store
from app.core.proposals import Proposals
from app.core.recent_work import RecentWork
from app.core.reminder_ports import Holidays
from app.core.tracker import Tracker
from app.core.turns import Turns
from app.core.undo import Undo
from app.core.words import Word
from app.core.worklist import Worklist
from app.slack.blocks import Block

UNKNOWN_ZONE = "Slack didn't tell me your time zone, so I can't be sure what that time means. Try again in a minute."


@dataclass(frozen=True, slots=True)
class Services:
    """The parts of the core that handlers use, and the slash command's name for their sentences."""

    accounts: Accounts
    tracker: Tracker
    logbook: Logbook
    undo: Undo
    worklist: Worklist
    recent_work: RecentWork
    store: Store
    clock: Clock
    command: str
    connecting: Connecting
    proposals: Proposals
    briefs: Briefs
    holidays: Holidays
    browser: BrowserSignIn | None = None
    turns: Turns = field(default_factory=Turns)


@dataclass(frozen=True, slots=True)
class Call:
    """One act of one verified person. `value` is what a button carries, `state` what a form holds.

    `metadata` is what a form carries with it: ids, never trusted. `twin` is the same line, typed a moment ago.
    `is_confirmed`: it was asked whether that is to be done once more, and it is.
    `acted_at` is when they did it, aware UTC, however long it takes until something comes of it.
    """

    services: Services
    person: Person
    operation_id: str
    phrase: Phrase = field(default_factory=lambda: Phrase(""))
    value: str = ""
    state: Mapping[str, Any] = field(default_factory=dict, repr=False)
    metadata: Mapping[str, str] = field(default_factory=dict)
    twin: Act | None = None
    is_confirmed: bool = False
    acted_at: datetime | None = None
    is_zone_known: bool = True

    async def caller(self) -> Caller:
        """Raises `NotConnected`."""
        caller = await self.services.accounts.caller(self.person, self.operation_id)
        return replace(caller, acted_at=self.acted_at)

    @property
    def now(self) -> datetime:
        return self.services.clock.now()

    @property
    def zone(self) -> ZoneInfo:
        return self.person.zone

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Reply:
    """A message: blocks to look at, and the same in plain words for notifications and screen readers.

    `is_refusal`: nothing was done. `is_passing`: and the same act may well succeed in a while.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    is_refusal: bool = False
    is_passing: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A modal to open at once; `fill` brings what takes longer, as a view to put in its place.

    `said` is the line that asked for it, to ask again where Slack did not open it in time, and `about` what is to be
    told there.
    """

    view: Block
    fill: Callable[[], Awaitable[Block]] | None = None
    said: str = ""
    about: str = ""


Answer = Reply | Form
Handler = Callable[[Call], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Command:
    """A sub-command. Help, suggestions, README's table and the manifest's hint are made from it.

    `asks_twice`: done again at once it would do harm, so the same line typed again within seconds is asked about.
    """

    word: Word
    usage: str
    summary: str
    examples: tuple[str, ...]
    run: Handler
    asks_twice: bool = False


def in_turn(handler: Handler) -> Handler:
    """Not before what the same person did to their timers earlier has come to its end."""

    async def run(call: Call) -> Answer:
        async with call.services.turns.of(call.person.team, call.person.user):
            return await handler(call)

    return run
