"""What the core asks of the outside: a provider, its timers, a store, a clock and an inbox."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from app.core.acts import Act
from app.core.belongings import Kept
from app.core.model import (
    Account,
    Capabilities,
    Draft,
    Key,
    Member,
    Person,
    Secret,
    SignedIn,
    Task,
    TimeEntry,
    Timer,
    Window,
    Work,
)
from app.core.operations import NOTHING_HELD, Held, Operation
from app.core.outcomes import Outcome
from app.core.reminder_ports import Reminders
from app.core.visits import Visit


class Clock(Protocol):
    def now(self) -> datetime:
        """The present, aware UTC."""


class Timers(Protocol):
    """Running time entries: the provider's own, or held by the app."""

    async def current(self, assignee: str) -> Timer | None: ...

    async def start(self, work: Work, at: datetime | None = None) -> Timer:
        """Starts for the account itself, earlier than now only where `backdated_start`.

        What ran before is stopped in the same instant.
        """

    async def stop(self, timer: Timer, at: datetime | None = None) -> TimeEntry:
        """Stops `timer`, at an earlier moment if one is given.

        Raises `Refused` with a `field` where that is missing and required: `amend` it and stop again.
        """

    async def cancel(self, timer: Timer) -> None:
        """Drops `timer` without saving."""

    async def amend(self, timer: Timer, work: Work) -> Timer:
        """Changes what the running `timer` is about."""


class Provider(Timers, Protocol):
    """A time-tracking service as one account sees it.

    Every method raises `ProviderError`s only: `Refused` when the service said no, `NotReached` when
    nothing can have happened there, `NoAnswer` when it may have. No method retries.
    """

    @property
    def label(self) -> str:
        """The service's name as people read it."""

    @property
    def account(self) -> Account: ...

    @property
    def capabilities(self) -> Capabilities: ...

    async def learn(self) -> None:
        """Reads what `capabilities` depend on, unless that was done a moment ago. Raises `SignInExpired` at most."""

    async def whoami(self) -> Member:
        """Whose token this is."""

    async def members(self) -> list[Member]: ...

    async def find_task(self, text: str) -> Task | None:
        """The task that `text` names exactly: an id, a custom id, a link, or `id:` and the provider's own id; else None."""

    async def search(self, text: str) -> list[Task]:
        """Tasks whose name, custom id or place contains every word of `text`, likeliest first."""

    async def entries(self, window: Window, assignee: str, likely: Sequence[Task] = ()) -> list[TimeEntry]:
        """Finished entries that start inside `window`, oldest first.

        `likely` are the tasks to look at where it `lists_by_task`, besides those that the service itself suggests.
        """

    async def entry(self, entry_id: str) -> TimeEntry:
        """Raises `EntryNotFound`."""

    async def tags(self) -> list[str]: ...

    async def create(self, draft: Draft, *, operation_id: str = "") -> TimeEntry:
        """`operation_id` lets a service that can recognise a repetition by its name do so.

        Where it is `idempotent` the same again may be sent without a look, until `KeySpent` or a day has passed.
        """

    def marked(self, draft: Draft, operation_id: str) -> Draft:
        """`draft` as it is to be sent: moved by less than people see, where the service keeps that.

        So what this operation makes can be told from anything else, by `made_from`. Marking twice changes nothing more.
        """

    async def made_from(self, draft: Draft, *, operation_id: str, since: datetime) -> list[TimeEntry]:
        """What is there that `create` of this very draft would have made, first sent at `since`; the oldest first.

        Known by what the service keeps of it, so that twins are possible: whoever asks must count each of them once.
        What was sent a moment ago may still come, and lists may lag behind. Writes nothing. Raises `NotReached` where
        there was no usable answer, `SignInExpired`, and `Refused`, mostly `AccessDenied`, where it can't be seen.
        """

    async def update(self, before: TimeEntry, after: TimeEntry) -> TimeEntry:
        """Sends what differs between the two, tags included."""

    async def delete(self, entry: TimeEntry) -> None: ...

    async def tag(self, entry_id: str, names: Sequence[str]) -> None: ...

    async def untag(self, entry_id: str, names: Sequence[str]) -> None: ...


class Connections(Protocol):
    async def provider(self, account: Account, zone: ZoneInfo) -> Provider:
        """The account's provider, speaking with its own credential or the workspace-wide token.

        `zone` is the person's, for services that keep days instead of moments.
        """

    def label(self, provider: str) -> str: ...


class SignIns(Protocol):
    """Tokens that nobody has vouched for yet."""

    @property
    def offered(self) -> Sequence[str]:
        """The providers that people may connect to."""

    def regions(self, provider: str) -> Sequence[str]:
        """Where the provider keeps its customers' data, "" the usual one; empty where there is no choice."""

    async def sign_in(self, key: Key, workspace_id: str = "") -> SignedIn:
        """Raises `SignInExpired` when the provider doesn't accept the token, and other `ProviderError`s."""

    @property
    def shared(self) -> Sequence[str]:
        """The providers at which a workspace-wide token speaks for people."""

    async def roster(self, provider: str) -> SignedIn | None:
        """Whom the workspace-wide token sees; None without one. May be some minutes old."""

    def recalled(self, provider: str) -> SignedIn | None:
        """What `roster` told some minutes ago; never asks."""


class Consent(Protocol):
    """A provider's own page on which somebody lets this app act for them (OAuth)."""

    def page(self, state: str) -> str:
        """The page's address; it sends the browser back with `state` and a code."""

    async def token(self, code: str) -> Secret:
        """A code is good once. Raises `Refused` for any other, and other `ProviderError`s."""


class Directory(Protocol):
    async def look_up(self, team: str, user: str) -> Person | None:
        """The person as Slack knows them; None when it does not tell."""

    async def email(self, team: str, user: str) -> str:
        """Their verified address, if they are a person of this very Slack workspace; "" when it does not tell."""


class Store(Protocol):
    """The app's own memory. Every method is one transaction; all of them filter by Slack workspace."""

    async def person(self, team: str, user: str) -> Person | None: ...

    async def remember_person(self, person: Person) -> None: ...

    async def account(self, team: str, user: str) -> Account | None: ...

    async def account_at(self, team: str, user: str, provider: str, workspace_id: str) -> Account | None:
        """Theirs at that provider and workspace, whichever they use now. Raises `NotConnected` as `account` does."""

    async def account_of(self, team: str, provider: str, workspace_id: str, user_id: str) -> Account | None:
        """Who in this Slack workspace is that user of the provider."""

    async def link(self, account: Account) -> None:
        """Adds or replaces; without a credential it keeps the stored one, while it is the same user of the workspace.

        Raises `NotAllowed` when another Slack user of the team has that user of the provider already.
        """

    async def keep_standing(self, account: Account) -> None:
        """Its role, permission, and whether they have left; nothing where it isn't that user's account any more."""

    async def is_narrowed(self, team: str, user: str, provider: str) -> bool:
        """Whether whoever runs the app has said that they may log their own time only; this outlives the account."""

    async def unlink(self, team: str, user: str, provider: str, *, force: bool = False) -> bool:
        """Raises `NotAllowed` while a held timer runs, unless `force`, which drops that timer unsaved."""

    async def accounts(self, team: str | None = None) -> list[Account]: ...

    async def providers_of(self, team: str, user: str) -> list[str]:
        """Where they have accounts, by name."""

    async def is_somebody_else(self, team: str, user: str, workspace_id: str, user_id: str) -> bool:
        """Whether another Slack user of the team has that user of that workspace, at whichever provider."""

    async def disconnect(self, team: str, user: str) -> list[str]:
        """Forgets every account of theirs, with credential and recent tasks, and names the providers.

        Raises `NotAllowed` while a held timer runs.
        """

    async def forget_team(self, team: str) -> None:
        """Forgets who is in a Slack workspace and every credential; what they logged, or still time, stays."""

    async def expect(self, visit: Visit, now: datetime) -> None:
        """Keeps a sign-in that has begun in a browser, and forgets those that are too old."""

    async def claim(self, name: str, now: datetime) -> Visit | None:
        """That sign-in, once; None when there is none, it is too old, or it was claimed before."""

    async def begin(
        self, operation: Operation, *, until: datetime, held: Held = NOTHING_HELD, instead_of: str = ""
    ) -> Operation | None:
        """Commits the intent, in its lease `until` then, what it means for held timers, and that it takes another's place.

        Returns None when it was new, else the operation that has its id. Raises `AlreadySent` when that is another
        person's or the one it was to take the place of can't be dropped any more, and `TimerError` when another
        timer is held.
        """

    async def settle(self, operation: Operation, outcome: Outcome, *, held: Held = NOTHING_HELD) -> bool:
        """Puts down how it ended, and what that means for held timers.

        False, and nothing changes, when it is done or dropped, another lease has it, or the entry is what another
        operation made.
        """

    async def renew(self, operation: Operation, *, until: datetime) -> bool:
        """Keeps its lease; False when another has it."""

    async def resend(self, operation: Operation, *, now: datetime, until: datetime) -> Operation | None:
        """As it is `sending` once more, with the intent that it has by now; None when another lease has it."""

    async def due(self, now: datetime, *, lease: str, until: datetime) -> Operation | None:
        """Takes the next operation that is to be sent or looked up, or was left in `sending`, into this lease."""

    async def pending(self, team: str, user: str) -> list[Operation]:
        """What that Slack user did that has not ended, or was refused after they had been told that it is saved."""

    async def hurry(self, team: str, user: str, operation_id: str, now: datetime) -> bool:
        """Makes one of theirs due at once; False where there is nothing to hurry."""

    async def drop(
        self, team: str, user: str, operation_id: str, now: datetime, *, held: Held = NOTHING_HELD
    ) -> Operation | None:
        """Lets one of theirs go that is not under way nor done, with what it means for held timers; None without one.

        Raises `TimerError`, and nothing changes, when another timer is held.
        """

    async def take(self, operation: Operation, *, now: datetime, lease: str, until: datetime) -> Operation | None:
        """That one, put off, in this lease; None where it has ended or another lease has it."""

    async def timer_acts_since(self, operation: Operation) -> list[Operation]:
        """What was started, stopped or dropped of that person's timers after it was accepted, oldest first."""

    async def revive(self, operation: Operation, old: str, reason: str) -> None:
        """What `operation` took the place of is theirs to send or change again, for `operation` was refused."""

    async def untold(self, now: datetime) -> list[Operation]:
        """Those put off that have ended, whose end nobody was told, and which it is time to tell."""

    async def claim_telling(self, operation: Operation, now: datetime, *, until: datetime) -> bool:
        """Nobody else tells its end before `until`; False when another process is at it, or has told it."""

    async def told(self, operation: Operation) -> None: ...

    async def tell_later(self, operation: Operation, at: datetime) -> None:
        """Counts that its end was told in vain; it is tried again at `at`."""

    async def note(self, operation: Operation) -> bool:
        """Keeps an operation that needed no provider and is done; False when there is one with that id already."""

    async def operation(self, operation_id: str) -> Operation | None: ...

    async def twin(self, operation: Operation) -> Operation | None:
        """The latest other one that made, or will make, the very same entry, if that was not deleted since."""

    async def deletion_of(self, team: str, entry_id: str) -> Operation | None:
        """The latest deletion of that entry that is done."""

    async def latest(self, team: str, by: str, since: datetime) -> Operation | None:
        """What that Slack user did last, accepted at `since` or later: not refused, not undone, and no undoing."""

    async def unheard(self, since: datetime) -> list[Operation]:
        """Done at `since` or later by somebody else than whose time it is, or taken back, and told to nobody yet."""

    async def heard(self, operation: Operation) -> bool:
        """Claims the telling of it; False when that was claimed before."""

    async def sent_twice(self, times: int, *, before: datetime) -> list[Operation]:
        """What made an entry, was unsure in between and sent again, accepted `before` then and looked at again so often."""

    async def looked_again(self, operation: Operation, times: int) -> bool:
        """Counts one more look; False when another process has counted it."""

    async def is_made_by_us(self, operation: Operation, entry_id: str) -> bool:
        """Whether any operation made that entry of the same provider and workspace."""

    async def operations_of(self, act: Act) -> list[Operation]:
        """Every operation that one act made, oldest first."""

    async def claim_act(self, act: Act) -> bool:
        """False when it was claimed before."""

    async def answer_act(self, team: str, act_id: str, now: datetime, *, was_refused: bool) -> None: ...

    async def release_act(self, team: str, act_id: str) -> None:
        """Forgets it, so that it may happen again."""

    async def act(self, team: str, user: str, act_id: str) -> Act | None: ...

    async def latest_act(self, act: Act, since: datetime, *, is_earlier: bool = False) -> Act | None:
        """The latest other act of that person in which they said the same, and that was not refused.

        With `is_earlier` only one that came before: of two in one moment exactly one is the other's.
        """

    async def unanswered_acts(self, before: datetime, now: datetime) -> list[Act]:
        """Those claimed `before` then that it is time to tell of, oldest first."""

    async def claim_act_telling(self, act: Act, now: datetime, *, until: datetime) -> bool:
        """Nobody else tells of it before `until`; False when another process is at it, or it is answered."""

    async def tell_act_later(self, act: Act, at: datetime) -> None:
        """Counts that it was told of in vain; it is tried again at `at`."""

    async def retell(self, act: Act) -> None:
        """What ended of it is told again, for nobody knows whether it was."""

    async def held_timer(self, team: str, user: str) -> Timer | None: ...

    async def hold(self, team: str, user: str, timer: Timer) -> bool:
        """False, and nothing changes, when that person already has a held timer."""

    async def change_held(self, team: str, user: str, seen: Timer, timer: Timer) -> bool:
        """False, and nothing changes, when the held timer isn't as it was `seen` any more."""

    async def release(self, team: str, user: str, timer_id: str) -> bool: ...

    async def recent_tasks(self, account: Account) -> list[Task]:
        """Latest first, at most twenty-five."""

    async def remember_task(self, account: Account, task: Task, at: datetime) -> None: ...

    async def put_back_as_of(self) -> datetime | None:
        """The moment the data is of, where an older database was put back and nobody has reconciled it yet."""

    async def doubt(self, now: datetime) -> list[Operation]:
        """Takes everything that has not ended for something that may have happened. Not what is under way."""

    async def held_timers(self) -> list[tuple[str, str, Timer]]:
        """Everybody's, by Slack workspace and user."""

    @property
    def belongings(self) -> "Belongings": ...

    @property
    def reminders(self) -> Reminders: ...


class Belongings(Protocol):
    """What the app keeps about one person."""

    async def kept(self, team: str, user: str) -> Kept: ...

    async def operations(self, team: str, user: str, *, before: str = "", limit: int) -> list[Operation]:
        """Of their time or done by them, the latest first, from behind the one with the id `before`."""

    async def waiting(self, team: str, user: str) -> list[Operation]:
        """Of their time, what has not ended."""

    async def forget(self, team: str, user: str, *, lets_go: Collection[str] = ()) -> int:
        """Everything of theirs but the rule that narrows them, and how much that was.

        Raises `NotAllowed` where something has not ended that is not among what they let go.
        """


class Herald(Protocol):
    async def tell(self, operation: Operation, to: str) -> None:
        """Tells a Slack user what somebody else did to their time, or took back of what they did."""


class Inbox(Protocol):
    async def report(self, operation: Operation) -> bool:
        """Tells whoever did it how it stands, where they did it; False when they can't be reached just now."""

    async def tell_about(self, operation: Operation, sentence: str) -> bool:
        """Says the sentence, with what the operation made where it has {}; False when nobody can be reached just now."""

    async def cut_off(self, act: Act, *, is_half_done: bool = False) -> bool:
        """Tells that person that nothing came of it, or not all; False when they can't be reached just now."""
