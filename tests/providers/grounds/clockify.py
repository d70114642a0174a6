"""Clockify, for the class of promises: UTC seconds, projects with tasks, tags by id, and 400/501 for every rule."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from app.core.model import Draft
from app.sandbox import clockify
from providers.clickup_server import Said
from providers.grounds import BERLIN, Kept, Known

BACKEND, WEBSITE = clockify.PROJECTS["Backend"], clockify.PROJECTS["Website"]


class ClockifyGround:
    name, base, me, page = "clockify", "/api/v1", "/user", 200
    workspace_id = "64a687e29ae1f428e7ebe305"
    people = clockify.PEOPLE
    tokens = clockify.TOKENS
    task = Known(BACKEND, f"https://app.clockify.me/projects/{BACKEND}/edit", "backend", "Backend")
    other = Known(WEBSITE, f"https://app.clockify.me/projects/{WEBSITE}/edit", "website", "Website")
    nowhere = "64a6" + "0" * 20

    def back_end(self, clock: Callable[[], datetime]) -> Any:
        workspace = clockify.seed(clock)
        workspace.entries.clear()
        return workspace

    def app(self, back_end: Any) -> Any:
        return clockify.create_app(back_end)

    def kept(self, back_end: Any, person: str) -> list[Kept]:
        mine = [one for one in back_end.entries.values() if one.user_id == self.people[person]]
        return [self._kept(back_end, one) for one in sorted(mine, key=lambda one: one.start)]

    def _kept(self, back_end: Any, entry: Any) -> Kept:
        project = back_end.projects.get(entry.project_id)
        return Kept(
            entry.id,
            entry.start.astimezone(BERLIN).date(),
            None if entry.end is None else entry.end - entry.start,
            entry.start,
            project.name if project else "",
            entry.description,
            tuple(back_end.tags[one].name for one in entry.tag_ids or ()),
            entry.billable,
        )

    def keep(self, back_end: Any, person: str, start: datetime, length: timedelta) -> None:
        entry = back_end.record(user_id=self.people[person], start=start, end=start + length, project_id=BACKEND)
        entry.windowed_from = None

    def lock(self, back_end: Any, entry_id: str) -> None:
        back_end.lock(entry_id)

    def worded(self, status: int, about: str) -> Said:
        """What is missing is 400 with code 501 here, never 404; 402, 409 and 422 were never seen."""
        if status == 404:
            what = {"task": "Project", "entry": "TIMEENTRY", "list": "User"}[about]
            return Said({"message": f"{what} with id 64a6 doesn't belong to Workspace", "code": 501}, 400)
        codes = {401: 1000, 403: 501}
        return Said({"message": "No", "code": codes.get(status, status)}, status)

    def on_the_wire(self, draft: Draft) -> Mapping[str, object]:
        return {
            "start": draft.start.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "end": draft.end.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "projectId": BACKEND,
        }


class ClockifyWithRulesGround(ClockifyGround):
    def back_end(self, clock: Callable[[], datetime]) -> Any:
        workspace = super().back_end(clock)
        workspace.configure(forceProjects=True, onlyAdminsCanChangeBillableStatus=True, defaultBillableProjects=False)
        return workspace
