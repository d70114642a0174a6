"""Sundial, a service that exists only here: the smallest adapter that keeps every promise, written as README says."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.core.errors import (
    AccessDenied,
    EntryLocked,
    EntryNotFound,
    NoAnswer,
    NotReached,
    PlanTooSmall,
    Refused,
    SignInExpired,
    TaskNotFound,
    TimerError,
    TooManyRequests,
)
from app.core.model import (
    Account,
    AssigneePermission,
    Capabilities,
    Draft,
    Member,
    Role,
    Secret,
    Task,
    TimeEntry,
    Timer,
    Window,
    Work,
)
from app.core.ports import Clock, Provider
from app.providers.answers import moment_after
from app.providers.http import Answer, Http, Unanswered, Unsent
from app.providers.link import Link
from app.providers.looking_back import looked_up, told

BASE_URL = "https://sundial.example/api"
LINK = "https://sundial.example/jobs/"

NO_TIMERS = "Sundial has no timers; this app keeps yours and logs it at the end."
NO_TAGS = "Sundial has no tags. Leave them out."
NOT_BILLABLE = "Sundial can't tell what is billable. Leave that out."
TOO_SHORT = "Sundial counts whole seconds. Give a longer time."
EXPIRED = "Sundial no longer accepts your token. Connect Sundial again."
UNCONFIRMED = "Sundial refused this and didn't say why. Nothing was changed; try again in a minute."

# What a refusal means: for a new entry, for one that is there, and for a list.
MEANINGS: dict[int, tuple[type[TimerError], type[TimerError], str]] = {
    402: (PlanTooSmall, PlanTooSmall, "Your Sundial plan doesn't include this. Ask its owner to upgrade."),
    403: (AccessDenied, AccessDenied, "Sundial doesn't let you do this. Ask an admin."),
    404: (TaskNotFound, EntryNotFound, "Sundial has no such thing any more. Look at your entries of that day."),
    409: (Refused, EntryLocked, "This entry is locked in Sundial. Ask an admin to unlock it."),
}


@dataclass(slots=True)
class Gate:
    """When Sundial takes requests again, after it said that it takes no more."""

    shut: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sundial:
    """A `Provider`."""

    account: Account
    http: Http
    clock: Clock
    token: Secret
    base_url: str
    gate: Gate

    @property
    def label(self) -> str:
        return "Sundial"

    @property
    def capabilities(self) -> Capabilities:
        is_for_anyone = self.account.assignee_permission is AssigneePermission.ANYONE
        return Capabilities(native_timer=False, tags=False, billable=False, assignees=is_for_anyone)

    async def learn(self) -> None:
        """Nothing here depends on anything."""

    async def whoami(self) -> Member:
        return _member(await self._call("GET", "/me"))

    async def members(self) -> list[Member]:
        return [_member(one) for one in await self._call("GET", "/people")]

    async def find_task(self, text: str) -> Task | None:
        wanted = text.removeprefix("id:").removeprefix(LINK)
        return next((one for one in await self._jobs() if one.id == wanted), None)

    async def search(self, text: str) -> list[Task]:
        words = text.casefold().split()
        return [one for one in await self._jobs() if all(word in one.name.casefold() for word in words)]

    async def entries(self, window: Window, assignee: str, likely: Sequence[Task] = ()) -> list[TimeEntry]:
        asked = {"who": assignee, "from": window.start.isoformat(), "to": window.end.isoformat()}
        found = [self._entry(one) for one in await self._call("GET", "/cards", asked=asked)]
        return sorted(found, key=lambda one: (one.start, one.id))

    async def entry(self, entry_id: str) -> TimeEntry:
        return self._entry(await self._call("GET", f"/cards/{entry_id}"))

    async def tags(self) -> list[str]:
        return []

    async def create(self, draft: Draft, *, operation_id: str = "") -> TimeEntry:
        return self._entry(await self._call("POST", "/cards", _card(draft.work, draft) | {"who": draft.assignee}))

    def marked(self, draft: Draft, operation_id: str) -> Draft:
        return draft

    async def made_from(self, draft: Draft, *, operation_id: str, since: datetime) -> list[TimeEntry]:
        first = draft.start.replace(microsecond=0)
        last = first + timedelta(seconds=1)
        asked = {"who": draft.assignee, "from": first.isoformat(), "to": last.isoformat()}
        cards = await looked_up(self._call("GET", "/cards", asked=asked))
        told(cards, cards, self.label)
        there = [self._entry(one) for one in cards]
        return [one for one in there if _card(one.work, one) == _card(draft.work, draft)]

    async def update(self, before: TimeEntry, after: TimeEntry) -> TimeEntry:
        if after.assignee != before.assignee:
            raise Refused("Sundial can't hand an entry over. Delete it and log it for them.", field="assignee")
        if after == before:
            return before
        return self._entry(await self._call("PUT", f"/cards/{before.id}", _card(after.work, after)))

    async def delete(self, entry: TimeEntry) -> None:
        await self._call("DELETE", f"/cards/{entry.id}")

    async def tag(self, entry_id: str, names: Sequence[str]) -> None:
        raise Refused(NO_TAGS, field="tags")

    async def untag(self, entry_id: str, names: Sequence[str]) -> None:
        raise Refused(NO_TAGS, field="tags")

    async def current(self, assignee: str) -> Timer | None:
        return None

    async def start(self, work: Work, at: datetime | None = None) -> Timer:
        raise Refused(NO_TIMERS)

    async def stop(self, timer: Timer, at: datetime | None = None) -> TimeEntry:
        raise Refused(NO_TIMERS)

    async def cancel(self, timer: Timer) -> None:
        raise Refused(NO_TIMERS)

    async def amend(self, timer: Timer, work: Work) -> Timer:
        raise Refused(NO_TIMERS)

    async def _jobs(self) -> list[Task]:
        return [Task(one["id"], one["name"]) for one in await self._call("GET", "/jobs")]

    def _entry(self, card: dict[str, Any]) -> TimeEntry:
        try:
            job, start, end = card["job"], *(datetime.fromisoformat(card[name]) for name in ("start", "end"))
            task = Task(job["id"], job["name"]) if job else None
            return TimeEntry(card["id"], Work(task, card["words"]), start, end, card["who"], card["locked"])
        except (KeyError, TypeError, ValueError):
            raise _no_answer(is_write=True) from None

    async def _call(self, method: str, path: str, body: object = None, *, asked: dict[str, str] | None = None) -> Any:
        now, is_write = self.clock.now(), method != "GET"
        if self.gate.shut and now < self.gate.shut:
            raise TooManyRequests("Sundial takes no more requests just now. Try again in a minute.", self.gate.shut)
        answer = await self._send(method, path, body, asked)
        if answer.status == 401:
            await self._confirm_sign_in()
        if answer.status == 429:
            self.gate.shut = moment_after(answer.headers.get("retry-after", ""), now) or now + timedelta(minutes=1)
            raise TooManyRequests("Sundial takes no more requests just now. Try again in a minute.", self.gate.shut)
        if 400 <= answer.status < 500:
            raise _refusal(answer.status, is_about_entry=path.startswith("/cards/"))
        try:
            return json.loads(answer.text) if answer.status < 300 else self._unusable(is_write=is_write)
        except ValueError:
            raise _no_answer(is_write=is_write) from None

    def _unusable(self, *, is_write: bool) -> Any:
        raise _no_answer(is_write=is_write)

    async def _confirm_sign_in(self) -> None:
        """A 401 is believed when it comes twice."""
        try:
            again = await self._send("GET", "/me", None, None)
        except NoAnswer:
            raise NotReached(UNCONFIRMED) from None
        if again.status != 401:
            raise NotReached(UNCONFIRMED)
        raise SignInExpired(EXPIRED)

    async def _send(self, method: str, path: str, body: object, asked: dict[str, str] | None) -> Answer:
        token = self.token.reveal()
        if not (token.isascii() and token.replace("_", "").isalnum()):
            raise SignInExpired(EXPIRED)
        headers = {"Authorization": f"Bearer {token}"}
        try:
            return await self.http.send(method, self.base_url + path, headers=headers, params=asked, json=body)
        except Unsent:
            raise NotReached("Sundial can't be reached just now. Nothing was sent; try again.") from None
        except Unanswered:
            raise _no_answer(is_write=method != "GET") from None


def connect(link: Link) -> Provider:
    gate = link.shelf.find(("sundial", *link.whose), Gate)
    return Sundial(link.account, link.http, link.clock, link.token, link.base_url.rstrip("/"), gate)


def _card(work: Work, span: Draft | TimeEntry) -> dict[str, object]:
    if work.tags:
        raise Refused(NO_TAGS, field="tags")
    if work.billable:
        raise Refused(NOT_BILLABLE, field="billable")
    start, end = (moment.replace(microsecond=0) for moment in (span.start, span.end))
    if end <= start:
        raise Refused(TOO_SHORT, field="duration")
    job = work.task.id if work.task else None
    return {"job": job, "start": start.isoformat(), "end": end.isoformat(), "words": work.description}


def _member(person: dict[str, str]) -> Member:
    return Member(person["id"], person["name"], role=Role(person["role"]))


def _refusal(status: int, *, is_about_entry: bool) -> TimerError:
    refused = "Sundial refused this. Change it and try again."
    new, there, sentence = MEANINGS.get(status, (Refused, Refused, refused))
    return (there if is_about_entry else new)(sentence)


def _no_answer(*, is_write: bool) -> NoAnswer:
    advice = "It may or may not have been saved." if is_write else "Try again in a minute."
    return NoAnswer(f"Sundial gave no answer that can be read. {advice}")
