"""Hoursmith, for the class of promises: the person's day and seconds, projects with tasks, and each status as documented."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from app.core.model import Draft
from app.sandbox import hoursmith
from providers.clickup_server import Said
from providers.grounds import BERLIN, Kept, Known

CODES = {
    401: "unauthenticated",
    402: "forbidden_plan",
    403: "forbidden_scope",
    404: "not_found",
    409: "conflict",
    422: "validation_error",
    500: "internal",
}


class HoursmithGround:
    name, base, me, page = "hoursmith", "/api/v1", "/me", 200
    workspace_id = "or_acme"
    people = {"Ada": "us_ada", "Bo": "us_bo"}  # noqa: RUF012
    tokens = hoursmith.TOKENS
    task = Known("pr_backend", "https://hoursmith.app/projects/pr_backend", "backend", "Backend")
    other = Known("pr_website", "https://hoursmith.app/projects/pr_website", "website", "Website")
    nowhere = "pr_nowhere"

    def back_end(self, clock: Callable[[], datetime]) -> Any:
        organisation = hoursmith.seed(clock)
        organisation.entries.clear()
        return organisation

    def app(self, back_end: Any) -> Any:
        return hoursmith.create_app(back_end)

    def kept(self, back_end: Any, person: str) -> list[Kept]:
        mine = [one for one in back_end.entries.values() if one.user_id == self.people[person]]
        return [self._kept(back_end, one) for one in sorted(mine, key=lambda one: (one.day, one.created, one.id))]

    def _kept(self, back_end: Any, entry: Any) -> Kept:
        project, length = back_end.projects[entry.project_id], timedelta(seconds=entry.seconds)
        return Kept(
            entry.id, entry.day, length, None, project.name, entry.note or "", (), entry.billable
        )  # fmt: skip

    def keep(self, back_end: Any, person: str, start: datetime, length: timedelta) -> None:
        day, seconds = start.astimezone(BERLIN).date(), length // timedelta(seconds=1)
        back_end.record(user_id=self.people[person], project_id="pr_backend", day=day, seconds=seconds)

    def lock(self, back_end: Any, entry_id: str) -> None:
        back_end.lock(entry_id)

    def worded(self, status: int, about: str) -> Said:
        error: dict[str, Any] = {"code": CODES[status], "message": "No."}
        if status == 402:
            error |= {"requiredPlan": "studio", "feature": "apiAccess"}
        if status == 422:
            error |= {"fields": {"note": "too long"}}
        return Said({"error": error}, status)

    def on_the_wire(self, draft: Draft) -> Mapping[str, object]:
        return {
            "entryDate": draft.start.astimezone(BERLIN).date().isoformat(),
            "durationSeconds": draft.duration // timedelta(seconds=1),
            "projectId": "pr_backend",
        }
