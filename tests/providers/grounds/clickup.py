"""ClickUp, for the class of promises: milliseconds, tasks, tags by name, and a 401 for what is missing."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from app.core.model import Draft
from app.sandbox import clickup
from providers.clickup_server import Said
from providers.grounds import BERLIN, Kept, Known

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MS = timedelta(milliseconds=1)
LOGIN_ID = "86c7mc19h"


class ClickUpGround:
    name, base, me, page = "clickup", "/api/v2", "/user", None
    workspace_id = "9018000001"
    people = {"Ada": "183", "Bo": "184"}  # noqa: RUF012
    tokens = {"Ada": clickup.TOKENS[183], "Bo": clickup.TOKENS[184]}  # noqa: RUF012
    task = Known("DEV-12", f"https://app.clickup.com/t/{LOGIN_ID}", "fix login", "Fix login")
    other = Known("DEV-13", "https://app.clickup.com/t/9018000001/DEV-13", "fix logout", "Fix logout")
    nowhere = "NOPE-1"

    def back_end(self, clock: Callable[[], datetime]) -> Any:
        workspace = clickup.seed(clock)
        workspace.entries.clear()
        return workspace

    def app(self, back_end: Any) -> Any:
        return clickup.create_app(back_end)

    def kept(self, back_end: Any, person: str) -> list[Kept]:
        mine = [one for one in back_end.entries.values() if one.user_id == int(self.people[person])]
        return [self._kept(back_end, one) for one in sorted(mine, key=lambda one: one.start)]

    def _kept(self, back_end: Any, entry: Any) -> Kept:
        start, task = EPOCH + entry.start * MS, back_end.tasks.get(entry.task_id)
        return Kept(
            self._id(entry),
            start.astimezone(BERLIN).date(),
            None if entry.duration is None else entry.duration * MS,
            start,
            task.name if task else "",
            entry.description,
            tuple(label.name for label in entry.labels),
            entry.billable,
        )

    def _id(self, entry: Any) -> str:
        return str(entry.id)

    def keep(self, back_end: Any, person: str, start: datetime, length: timedelta) -> None:
        ms, task = (start - EPOCH) // MS, back_end.tasks_by_custom_id[self.task.id].id
        back_end.record(user_id=int(self.people[person]), start=ms, duration=length // MS, task_id=task)

    def lock(self, back_end: Any, entry_id: str) -> None:
        back_end.lock(entry_id.rpartition("/")[2])

    def worded(self, status: int, about: str) -> Said:
        """402, 409 and 422 were never seen from ClickUp; they come as its other refusals do."""
        missing = {"task": "ITEM_013", "entry": "ACCESS_190", "list": "OAUTH_027"}
        codes = {401: "OAUTH_018", 403: "TIMEENTRY_059", 404: missing[about], 500: "TIMEENTRY_072"}
        return Said({"err": "No", "ECODE": codes.get(status, "OTHER_001")}, status)

    def on_the_wire(self, draft: Draft) -> Mapping[str, object]:
        return {
            "start": (draft.start - EPOCH) // MS,
            "duration": draft.duration // MS,
            "tid": LOGIN_ID,
        }


class ClickUpByOAuthGround(ClickUpGround):
    tokens = {"Ada": "183_0a0a0a0a", "Bo": "184_0b0b0b0b"}  # noqa: RUF012

    def back_end(self, clock: Callable[[], datetime]) -> Any:
        workspace = super().back_end(clock)
        for name, token in self.tokens.items():
            workspace.tokens[token] = clickup.Token(int(self.people[name]), is_oauth=True)
        return workspace
