"""What a workspace's settings and its catalogue allow an entry to be; creation, change and stop share it."""

from __future__ import annotations

from datetime import datetime

from . import refusals
from .call import Call
from .model import Project
from .times import write_moment

LONGEST = 3_000


def check_order(start: datetime, end: datetime) -> None:
    """Reported: the same second is refused as well."""
    if start >= end:
        raise refusals.ends_before_start(write_moment(start), write_moment(end))


def check_lock(call: Call, start: datetime) -> None:
    """Probed: owners and admins are exempt, on both routes."""
    if not call.user.is_admin and call.workspace.is_before_lock(start):
        raise refusals.locked()


def is_stopwatch_only(call: Call) -> bool:
    return bool(call.workspace.settings["timeTrackingMode"] == "STOPWATCH_ONLY")


def check_things(call: Call) -> Project | None:
    """Description, project, task and tags of the body; answers the project."""
    body, workspace = call.body, call.workspace
    check_description(body.get("description", ""))
    project = workspace.project(body["projectId"], call.user) if body.get("projectId") else None
    if body.get("taskId"):
        task = workspace.tasks.get(body["taskId"])
        if task is None or project is None or task.project_id != project.id:
            raise refusals.foreign("Task", "Project")
    for tag_id in body.get("tagIds", []):
        check_tag(call, tag_id)
    return project  # probed: an archived one will do, other than an archived tag


def check_description(text: str) -> None:
    """Probed: angle brackets are refused, everything else of Unicode is not. The words are a choice."""
    if "<" in text or ">" in text:
        raise refusals.rule_broken("Description contains characters that are not allowed")
    if len(text) > LONGEST:
        raise refusals.rule_broken(f"Description has to be at most {LONGEST} characters long")


def check_tag(call: Call, tag_id: str) -> None:
    tag = call.workspace.tags.get(tag_id)
    if tag is None:
        raise refusals.foreign("Tag")
    if tag.archived:
        raise refusals.tag_archived()


def check_required(
    call: Call, *, project_id: str | None, task_id: str | None, tag_ids: list[str] | None, description: str
) -> None:
    """Asked of finished entries only: a timer starts without anything, and cannot be stopped like that."""
    there = {
        "forceProjects": ("Project", project_id),
        "forceTasks": ("Task", task_id),
        "forceTags": ("Tag", tag_ids),
        "forceDescription": ("Description", description.strip()),
    }
    for setting, (name, value) in there.items():
        if call.workspace.settings[setting] and not value:
            raise refusals.field_required(name)


def billable(call: Call, project: Project | None) -> bool:
    """Probed: where only admins may change it, a member's wish is replaced without a word."""
    settings, choices = call.workspace.settings, call.workspace.choices
    default = project.billable if project else bool(settings["defaultBillableProjects"])
    if settings["onlyAdminsCanChangeBillableStatus"] and not call.user.is_admin:
        return default
    if "billable" in call.body:
        return bool(call.body["billable"])
    return choices.omitted_billable == "project" and project is not None and project.billable
