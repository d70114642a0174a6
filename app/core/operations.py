"""An operation: one write that the app intends at a provider, as a value that can be kept on disk."""

import hashlib
import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.core.model import Draft, Task, TimeEntry, Timer, Work


class State(StrEnum):
    """sending → done | refused | unsure. A refused operation may be sent again; the others never are."""

    SENDING = "sending"
    DONE = "done"
    REFUSED = "refused"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Create:
    draft: Draft


@dataclass(frozen=True, slots=True)
class Update:
    before: TimeEntry
    after: TimeEntry


@dataclass(frozen=True, slots=True)
class Delete:
    entry: TimeEntry


@dataclass(frozen=True, slots=True)
class Start:
    """`replacing` is the timer that ran until then."""

    work: Work
    at: datetime | None = None
    replacing: Timer | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    timer: Timer
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Cancel:
    timer: Timer


@dataclass(frozen=True, slots=True)
class Amend:
    timer: Timer
    work: Work


@dataclass(frozen=True, slots=True)
class Tag:
    """`on` is the entry or the timer whose tags change."""

    on: TimeEntry | Timer
    add: tuple[str, ...]
    remove: tuple[str, ...]

    def reversed(self, now: TimeEntry | Timer) -> "Tag":
        """What takes it back from `now`, which may have other tags by now."""
        was, has = self.on.work.tags, now.work.tags
        add = tuple(name for name in self.remove if name in was and name not in has)
        return Tag(now, add, tuple(name for name in self.add if name not in was and name in has))


@dataclass(frozen=True, slots=True)
class TakeBack:
    """The act of undoing whatever was the latest; which operation that was is settled with it, once."""

    operation_id: str


Intent = Create | Update | Delete | Start | Stop | Cancel | Amend | Tag

UNDOING = "undo:"  # the operation that takes back operation X is named undo:X


@dataclass(frozen=True, slots=True)
class Operation:
    """`id` is made where the person acted (trigger, form, button), so a second delivery has the same one.

    It is `user`'s, whose time it is about, and was done `by` a Slack user of the same workspace, "" meaning the same.
    """

    id: str
    team: str
    user: str
    provider: str
    workspace_id: str
    intent: Intent | TakeBack
    accepted_at: datetime
    state: State = State.SENDING
    result: TimeEntry | Timer | None = None
    reason: str = ""
    by: str = ""

    @property
    def attempt(self) -> str:
        """Which sending it is: what was refused may be sent again, and is then another one."""
        said = f"{self.accepted_at.isoformat()} {to_json(self.intent)}"
        return f"{self.id}:{hashlib.sha256(said.encode()).hexdigest()[:16]}"

    @property
    def kind(self) -> str:
        return type(self.intent).__name__.lower()


_KINDS = {kind.__name__: kind for kind in (*Intent.__args__, TakeBack, Draft, Task, TimeEntry, Timer, Work)}


def to_json(value: Intent | TakeBack | Task | TimeEntry | Timer) -> str:
    """Canonical: the same value is always the same text."""
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def from_json(text: str) -> Any:
    """What `to_json` was given."""
    return _lively(json.loads(text))


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {"is": type(value).__name__} | {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, datetime):
        return {"is": "datetime", "at": value.isoformat()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _lively(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_lively(item) for item in value)
    if not isinstance(value, dict):
        return value
    kind = value.pop("is")
    if kind == "datetime":
        return datetime.fromisoformat(value["at"])
    return _KINDS[kind](**{name: _lively(item) for name, item in value.items()})
