"""A Clockify workspace's own rules: what an entry must carry, what is locked, and who may do what."""

from dataclasses import dataclass
from datetime import datetime

from app.core.errors import EntryLocked, Refused
from app.core.model import Account, AssigneePermission, Capabilities, Work
from app.providers.clockify_errors import LOCKED
from app.providers.clockify_wire import Json, moment_of, object_of, text_of

MISSING = {
    "project": ("task", "This Clockify workspace wants a project on every entry."),
    "task": ("task", "This Clockify workspace wants a task on every entry, not only a project."),
    "tags": ("tags", "This Clockify workspace wants at least one tag on every entry."),
    "description": ("description", "This Clockify workspace wants a description on every entry."),
}
OTHERS_FEATURE = "ADD_TIME_FOR_OTHERS"


@dataclass(frozen=True, slots=True)
class Rules:
    """`workspaceSettings`, as far as they stop an entry. The defaults are those of a workspace that was never asked."""

    project_required: bool = False
    task_required: bool = False
    tags_required: bool = False
    description_required: bool = False
    timers_only: bool = False
    only_admins_set_billable: bool = False
    only_admins_make_tags: bool = False
    locked_before: datetime | None = None
    is_paid: bool = False
    has_time_for_others: bool = True

    def missing(self, work: Work) -> Refused | None:
        """What `work` lacks, as a refusal that names the field."""
        project, _, task = work.task.id.partition("/") if work.task else ("", "", "")
        lacks = {
            "project": (self.project_required or self.task_required) and not project,
            "task": self.task_required and not task,
            "tags": self.tags_required and not work.tags,
            "description": self.description_required and not work.description,
        }
        first = next((name for name, is_lacking in lacks.items() if is_lacking), None)
        if first is None:
            return None
        field, sentence = MISSING[first]
        return Refused(f"{sentence} Add one and try again.", field=field)

    def check_unlocked(self, account: Account, *moments: datetime) -> None:
        """Owners and admins are exempt. Raises `EntryLocked`."""
        if self.locked_before and not account.role.is_in_charge and min(moments) < self.locked_before:
            raise EntryLocked(LOCKED)

    def binds(self, account: Account) -> bool:
        return self.timers_only and not account.role.is_in_charge

    def lets_set_billable(self, account: Account) -> bool:
        return account.role.is_in_charge or not self.only_admins_set_billable

    def lets_make_tags(self, account: Account) -> bool:
        return account.role.is_in_charge or not self.only_admins_make_tags

    def capabilities(self, account: Account, *, speaks_for_self: bool) -> Capabilities:
        is_bound = self.binds(account)
        return Capabilities(
            native_timer=speaks_for_self,
            backdated_start=speaks_for_self and not is_bound,
            billable=self.lets_set_billable(account),
            billable_by_default=True,
            assignees=self.has_time_for_others and account.assignee_permission is AssigneePermission.ANYONE,
            task_required=self.task_required,
            project_required=self.project_required or self.task_required,
            tags_required=self.tags_required,
            description_required=self.description_required,
            timers_only=is_bound,
            locked_before=None if account.role.is_in_charge else self.locked_before,
        )


def rules_of(workspace: Json) -> Rules:
    """From GET /workspaces/{id}. An automatic lock is Clockify's to apply: how it counts its days is not documented."""
    settings = object_of(workspace.get("workspaceSettings"))
    features = workspace.get("features")

    def says(name: str) -> bool:
        return settings.get(name) is True

    return Rules(
        project_required=says("forceProjects"),
        task_required=says("forceTasks"),
        tags_required=says("forceTags"),
        description_required=says("forceDescription"),
        timers_only=settings.get("timeTrackingMode") == "STOPWATCH_ONLY",
        only_admins_set_billable=says("onlyAdminsCanChangeBillableStatus"),
        only_admins_make_tags=_only_admins_make_tags(settings),
        locked_before=moment_of(settings.get("lockTimeEntries")),
        is_paid=bool(text_of(workspace.get("featureSubscriptionType"))),
        has_time_for_others=OTHERS_FEATURE in features if isinstance(features, list) else True,
    )


def _only_admins_make_tags(settings: Json) -> bool:
    """Newer settings name who may, as text or wrapped; who manages a project is not known here, so Clockify decides."""
    who = object_of(settings.get("entityCreationPermissions")).get("whoCanCreateTags")
    value = text_of(object_of(who).get("value")) or text_of(who)
    return value == "ADMINS" if value else settings.get("onlyAdminsCreateTag") is True
