"""Who may do what to whose time: one table, consulted before the provider is asked, and the sentences that refuse."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

from app.core.errors import NotAllowed, NotConnected, TimerError
from app.core.model import Account, AssigneePermission, Role
from app.core.operations import (
    Amend,
    Cancel,
    Create,
    Delete,
    Halt,
    Intent,
    Operation,
    Start,
    Stop,
    Tag,
    TakeBack,
    Update,
)
from app.core.ports import Store


class Deed(StrEnum):
    LOG = "log"
    START = "start"
    STOP = "stop"
    EDIT = "edit"
    DELETE = "delete"
    TAG = "tag"
    UNDO = "undo"
    SEE = "see"


class Reach(StrEnum):
    """Whose time: nobody's, one's own, or that of anybody who is connected in the same Slack and provider workspace."""

    NOBODY = "nobody"
    OWN = "their own"
    ANYBODY = "anybody"


class Footing(StrEnum):
    """What somebody is to the workspace. An owner or admin is narrowed where whoever runs the app says so."""

    OWNER = "owner"
    ADMIN = "admin"
    NARROWED = "owner or admin, narrowed"
    MEMBER = "member"
    GUEST = "guest"
    LEFT = "has left the workspace"
    UNKNOWN = "not connected"
    STRANGER = "from another Slack organisation"


class Owned(Protocol):
    """What belongs to a Slack user: their account, or an operation on their time."""

    @property
    def team(self) -> str: ...

    @property
    def user(self) -> str: ...


_A, _O, _N = Reach.ANYBODY, Reach.OWN, Reach.NOBODY
_TABLE: Mapping[Footing, tuple[Reach, ...]] = {
    # .............. log start stop edit delete tag undo see
    Footing.OWNER: (_A, _A, _A, _A, _A, _A, _A, _A),
    Footing.ADMIN: (_A, _A, _A, _A, _A, _A, _A, _A),
    Footing.NARROWED: (_O, _O, _O, _O, _O, _O, _O, _O),
    Footing.MEMBER: (_O, _O, _O, _O, _O, _O, _O, _O),
    Footing.GUEST: (_O, _O, _O, _O, _O, _O, _O, _O),
    Footing.LEFT: (_N, _N, _N, _N, _N, _N, _N, _N),
    Footing.UNKNOWN: (_N, _N, _N, _N, _N, _N, _N, _N),
    Footing.STRANGER: (_N, _N, _N, _N, _N, _N, _N, _N),
}
_DEEDS: Mapping[type[Intent | TakeBack], Deed] = {
    Create: Deed.LOG,
    Start: Deed.START,
    Stop: Deed.STOP,
    Halt: Deed.STOP,
    Cancel: Deed.STOP,
    Update: Deed.EDIT,
    Amend: Deed.EDIT,
    Delete: Deed.DELETE,
    Tag: Deed.TAG,
    TakeBack: Deed.UNDO,
}
_TO_OTHERS = {
    Deed.EDIT: "change somebody else's time",
    Deed.DELETE: "delete somebody else's time",
    Deed.TAG: "tag somebody else's time",
    Deed.UNDO: "undo what was done to somebody else's time",
    Deed.SEE: "see somebody else's time",
}


def reach(footing: Footing, deed: Deed) -> Reach:
    return _TABLE[footing][list(Deed).index(deed)]


def footing_of(account: Account | None) -> Footing:
    """Strangers have no account: Slack tells who they are."""
    if account is None:
        return Footing.UNKNOWN
    if account.has_left:
        return Footing.LEFT
    is_narrowed = account.role.is_in_charge and account.assignee_permission is not AssigneePermission.ANYONE
    return Footing.NARROWED if is_narrowed else Footing(account.role.value)


def may_for_anybody(account: Account, deed: Deed) -> bool:
    return reach(footing_of(account), deed) is Reach.ANYBODY


def require(account: Account, deed: Deed, *, whose: Owned) -> None:
    """Raises `NotAllowed`, or `NotConnected` for who has left; the sentence names the rule and who can change it."""
    allowed = reach(footing_of(account), deed)
    is_own = (whose.team, whose.user) == (account.team, account.user)
    is_within = allowed is Reach.ANYBODY or (allowed is Reach.OWN and is_own)
    if not is_within or whose.team != account.team:
        raise _refusal(account, deed)


def require_still(account: Account, operation: Operation) -> None:
    """As `require`, for what waits and is sent now: whoever did it may have been allowed more then."""
    require(account, _DEEDS[type(operation.intent)], whose=operation)


def require_anybody(account: Account, deed: Deed) -> None:
    """As `require`, before it is even looked up whose time it is."""
    if not may_for_anybody(account, deed):
        raise _refusal(account, deed)


async def owner(store: Store, account: Account, assignee: str, deed: Deed) -> Account:
    """The account whose time it is, `assignee` being the provider's user id, if the deed may be done to it.

    Raises as `require` does, and `NotAllowed` for somebody who isn't connected in this very Slack workspace.
    """
    if assignee == account.user_id:
        require(account, deed, whose=account)
        return account
    require_anybody(account, deed)
    found = await store.account_of(account.team, account.provider, account.workspace_id, assignee)
    if found is None:
        raise NotAllowed(
            "That is the time of somebody who isn't connected here, and it can only be reached from here when they are."
            " They can connect themselves."
        )
    return found


def not_connected(label: str, command: str) -> NotConnected:
    return NotConnected(f"You aren't connected to {label} yet. Type {command} connect; it takes a minute, once.")


def left(label: str) -> NotConnected:
    return NotConnected(
        f"You are no active member of your {label} workspace any more, so nothing was done."
        " Ask its owner to invite you again, or connect another account."
    )


def stranger() -> NotAllowed:
    return NotAllowed(
        "This app keeps the time of another Slack workspace than yours, and is for its people only, so nothing was done."
        " Ask an admin of that workspace to make you a member there."
    )


def _refusal(account: Account, deed: Deed) -> TimerError:
    footing = footing_of(account)
    if footing is Footing.LEFT:
        return left(account.provider)
    if footing is Footing.NARROWED:
        return NotAllowed(
            f"You are {_a(account.role)}, but other people's time is switched off for you."
            " Whoever runs this app can change that."
        )
    return NotAllowed(
        f"Only owners and admins can {_TO_OTHERS.get(deed, 'track time for somebody else')}, and you are"
        f" {_a(account.role)}. Ask an owner or admin of the workspace to do it, or to change your role."
    )


def _a(role: Role) -> str:
    return f"an {role}" if role in (Role.OWNER, Role.ADMIN) else f"a {role}"
