"""Time entries at Clockify: listed, read, created, changed and deleted as its wire wants it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.asking import asked
from app.core.errors import EntryLocked, EntryNotFound, PlanTooSmall, ProviderError, Refused
from app.core.model import Account, Draft, TimeEntry, Window, Work
from app.providers import clockify_wire as wire
from app.providers.clockify_calls import Calls
from app.providers.clockify_errors import LOCKED, NO_LONGER_THERE, TIMERS_ONLY, About, RuleBroken, no_answer
from app.providers.clockify_memory import Memory
from app.providers.clockify_projects import TaskFinder, fold
from app.providers.clockify_rules import Rules
from app.providers.clockify_wire import Json
from app.providers.clockify_workspace import RuleBook, Tags
from app.providers.looking_back import looked_up, told

A_DAY = timedelta(days=1)
HYDRATED = {"hydrated": "true"}
JUST_WRITTEN = 50
LOOKED_AT = 200

STILL_RUNS = "That time entry still runs in Clockify. Stop it first."
NOT_HANDED_OVER = "Clockify can't hand a time entry to somebody else. Delete it and log it for them."
UNREADABLE = "Clockify answered with something unreadable."
TOO_SHORT = "Clockify counts whole seconds, so an entry must last at least one. Give a longer time."
NO_TIME_FOR_OTHERS = (
    "Your workspace's Clockify plan doesn't let one person log for another. Let them connect their own key."
)


@dataclass(frozen=True, slots=True)
class Entries:
    """`speaks_for_self`: the key is this account's own."""

    account: Account
    calls: Calls
    memory: Memory
    book: RuleBook
    tags: Tags
    finder: TaskFinder
    speaks_for_self: bool

    async def within(self, window: Window, assignee: str) -> list[TimeEntry]:
        """GET …/user/{userId}/time-entries (List time entries for a user)."""
        raw = await self._between(window.start, window.end, assignee)
        if self.memory.has_just_written(assignee):
            raw = raw + await self._latest(assignee, JUST_WRITTEN)
        named = await self.named(list({wire.text_of(one.get("id")): one for one in raw}.values()))
        found = (wire.time_entry(one, assignee=assignee) for one in named)
        mine = [one for one in found if one and one.start in window and one.assignee == assignee]
        return sorted(mine, key=lambda one: (one.start, one.id))

    async def one(self, entry_id: str) -> TimeEntry:
        """Raises `EntryNotFound`, also while it runs."""
        raw = (await self.named([await self.raw(entry_id)]))[0]
        if wire.is_running(raw):
            raise EntryNotFound(STILL_RUNS)
        found = wire.time_entry(raw, assignee=self.account.user_id)
        if found is None:
            raise no_answer(UNREADABLE, is_write=False)
        return found

    async def raw(self, entry_id: str) -> Json:
        """GET …/time-entries/{id} (Get time entry), as it is on the wire. Raises `EntryNotFound`."""
        answer = await self.calls.read(self.route(entry_id), HYDRATED, about=About.ENTRY)
        entry = wire.object_of(answer)
        if not wire.text_of(entry.get("id")):
            raise EntryNotFound(NO_LONGER_THERE)
        return entry

    async def create(self, draft: Draft) -> TimeEntry:
        """POST …/time-entries (Add a new time entry), or through the user's route where it is not the key's owner's.

        Not idempotent: the same body twice makes two entries.
        """
        start, end = wire.whole_second(draft.start), wire.whole_second(draft.end)
        if end <= start:
            raise Refused(TOO_SHORT, field="duration")
        rules = await self.book.rules()
        self._check_new(draft, rules)
        body = await self.body(draft.work, rules) | {"start": wire.to_text(start), "end": wire.to_text(end)}
        # Where only timers are allowed the plain route refuses admins too; the user's route takes them.
        is_own = self._is_mine(draft.assignee) and not rules.timers_only
        where = self.route() if is_own else self.user_route(draft.assignee)
        self.memory.note_write(draft.assignee)
        try:
            answer = await self.calls.write("POST", where, body, about=About.NEW if is_own else About.OTHERS)
        except RuleBroken as error:
            raise await self.book.reason(draft.work, error) from None
        made = wire.time_entry(wire.object_of(answer), assignee=draft.assignee, known=draft.work)
        if made is None:
            raise no_answer(UNREADABLE, is_write=True)
        return made

    async def made_from(self, draft: Draft, since: datetime) -> list[TimeEntry]:
        """GET …/user/{userId}/time-entries, the latest; and around the draft's own time when they don't reach back to it.

        Clockify tells nothing of when an entry was made, so what was there before counts as well.
        """
        latest = await self.memory.latest_of(draft.assignee, since, lambda: self._looked_at(draft.assignee))
        around: list[TimeEntry] = []
        if latest and min(one.start for one in latest) > draft.start:
            listed = await looked_up(self._between(draft.start, draft.end, draft.assignee))
            around = self._readable(listed, draft.assignee)
        same = {one.id: one for one in (*latest, *around) if is_of(draft, one)}
        return [same[entry_id] for entry_id in sorted(same)]

    async def update(self, before: TimeEntry, after: TimeEntry) -> TimeEntry:
        """PUT …/time-entries/{id} (Update time entry), which replaces all of it: what is there is read and kept."""
        start, end = wire.whole_second(after.start), wire.whole_second(after.end)
        if after.assignee != before.assignee:
            raise Refused(NOT_HANDED_OVER, field="assignee")
        if end <= start:
            raise Refused(TOO_SHORT, field="duration")
        rules = await self.book.rules()
        self._check_unlocked(before, rules)
        rules.check_unlocked(self.account, after.start)
        raw = await asked(self.raw(before.id))
        if wire.is_running(raw):
            raise Refused(STILL_RUNS)
        body = await self.merged(raw, before.work, after.work, rules)
        if (start, end) != (wire.whole_second(before.start), wire.whole_second(before.end)):
            body |= {"start": wire.to_text(start), "end": wire.to_text(end)}
        answer = await self.put(before.id, body, after.work)
        self.memory.note_write(before.assignee)
        return wire.time_entry(answer, assignee=after.assignee, known=after.work) or after

    async def delete(self, entry: TimeEntry) -> None:
        """DELETE …/time-entries/{id} (Delete time entry), answered with 204 and nothing."""
        self._check_unlocked(entry, self.book.latest)
        await self.calls.write("DELETE", self.route(entry.id), None, about=About.ENTRY)

    async def retag(self, entry_id: str, *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> None:
        """Tags have no call of their own: the whole entry is put again, running or not."""
        if not add and not remove:
            return
        raw = await asked(self.raw(entry_id))
        before, after = Work(tags=tuple(remove)), Work(tags=tuple(add))
        await self.put(entry_id, await self.merged(raw, before, after, self.book.latest), after)

    async def put(self, entry_id: str, body: dict[str, object], work: Work) -> Json:
        try:
            return wire.object_of(await self.calls.write("PUT", self.route(entry_id), body, about=About.ENTRY))
        except RuleBroken as error:
            raise await self.book.reason(work, error) from None

    async def body(self, work: Work, rules: Rules) -> dict[str, object]:
        """What was meant, as it is sent; a tag that is new is made. Where only admins say what is billable it is left out."""
        wire.description_of(work.description)  # refuses before a tag is made
        tags = await self.tags.ids(work.tags, rules)
        return wire.work_body(work, tags, is_billable_said=rules.lets_set_billable(self.account))

    async def merged(self, raw: Json, before: Work, after: Work, rules: Rules) -> dict[str, object]:
        """The entry as it is there, with what differs between the two."""
        removed = {fold(name) for name in before.tags if name not in after.tags}
        added = [name for name in after.tags if name not in before.tags]
        wire.description_of(after.description)
        names = wire.tag_names_by_id(raw)
        if removed and not names:
            names = await asked(self.tags.by_id())
        kept = [one for one in wire.tag_ids(raw) if fold(names.get(one, "")) not in removed]
        tags = list(dict.fromkeys((*kept, *await self.tags.ids(added, rules))))
        return wire.changed(raw, before, after, tags)

    async def named(self, entries: Sequence[Json]) -> list[Json]:
        """With the names that an answer left out."""
        named = await self.finder.named(entries)
        if not any(wire.tag_ids(one) and not wire.tag_names_by_id(one) for one in named):
            return named
        try:
            tags = await self.tags.by_id()
        except ProviderError:
            return named
        return [dict(one) | {"tags": [{"id": i, "name": tags.get(i, "")} for i in wire.tag_ids(one)]} for one in named]

    def route(self, *parts: str) -> str:
        return self.calls.where("time-entries", *parts)

    def user_route(self, user_id: str) -> str:
        return self.calls.where("user", user_id, "time-entries")

    async def _between(self, start: datetime, end: datetime, assignee: str) -> list[Json]:
        """Clockify reads both bounds as wall clock in the account's own time zone, so a day more is asked on both sides."""
        asked = {"start": wire.to_text(start - A_DAY), "end": wire.to_text(end + A_DAY), **HYDRATED}
        return await self.calls.pages(self.user_route(assignee), asked, about=self._about(assignee))

    async def _latest(self, assignee: str, how_many: int) -> list[Json]:
        """The list without bounds is the only one that shows at once what was written."""
        asked = {"page": "1", "page-size": str(how_many), **HYDRATED}
        answer = await self.calls.read(self.user_route(assignee), asked, about=self._about(assignee))
        if not isinstance(answer, list):
            raise no_answer(UNREADABLE, is_write=False)
        return wire.objects(answer)

    async def _looked_at(self, assignee: str) -> list[TimeEntry]:
        return self._readable(await looked_up(self._latest(assignee, LOOKED_AT)), assignee)

    def _readable(self, listed: list[Json], assignee: str) -> list[TimeEntry]:
        """What has ended. Raises `NotReached` when nothing can be read of what there is."""
        found = [one for one in (wire.time_entry(raw, assignee=assignee) for raw in listed) if one]
        told([raw for raw in listed if not wire.says_it_runs(raw)], found, "Clockify")
        return found

    def _check_new(self, draft: Draft, rules: Rules) -> None:
        if rules.binds(self.account) and self._is_mine(draft.assignee):
            raise Refused(TIMERS_ONLY)
        if not self._is_mine(draft.assignee) and not rules.has_time_for_others:
            raise PlanTooSmall(NO_TIME_FOR_OTHERS, field="assignee")
        rules.check_unlocked(self.account, draft.start)
        missing = rules.missing(draft.work)
        if missing:
            raise missing

    def _check_unlocked(self, entry: TimeEntry, rules: Rules) -> None:
        if entry.is_locked and not self.account.role.is_in_charge:
            raise EntryLocked(LOCKED)
        rules.check_unlocked(self.account, entry.start)

    def _is_mine(self, assignee: str) -> bool:
        return self.speaks_for_self and assignee == self.account.user_id

    def _about(self, assignee: str) -> About:
        return About.WORKSPACE if self._is_mine(assignee) else About.OTHERS


def is_of(draft: Draft, entry: TimeEntry) -> bool:
    """To the second, and to the word: Clockify keeps both, and its own signs for brackets."""
    meant, kept = (
        (
            wire.whole_second(one.start),
            wire.whole_second(one.end),
            one.work.task and one.work.task.id,
            wire.description_of(one.work.description).split(),
        )
        for one in (draft, entry)
    )
    return entry.assignee == draft.assignee and meant == kept
