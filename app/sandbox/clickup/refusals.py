"""Every way ClickUp says no, so that a status and its ECODE are written down once."""

from __future__ import annotations


class Refused(Exception):
    """Answered as ``{"err", "ECODE"}``; ``is_counted`` is false where the wire sends no rate headers."""

    def __init__(self, status: int, ecode: str, err: str, *, is_counted: bool = True) -> None:
        super().__init__(f"{status} {ecode} {err}")
        self.status, self.ecode, self.err, self.is_counted = status, ecode, err, is_counted


def header_missing() -> Refused:
    return Refused(400, "OAUTH_017", "Authorization header required", is_counted=False)


def token_unknown() -> Refused:
    return Refused(401, "OAUTH_025", "Token invalid", is_counted=False)


def token_revoked() -> Refused:
    return Refused(401, "OAUTH_019", "Oauth token not found", is_counted=False)


def not_found_as_401() -> Refused:
    """Recorded traffic: a perfectly valid token asking for a missing or foreign object gets this."""
    return Refused(401, "OAUTH_018", "Oauth token not found")


def task_not_found() -> Refused:
    return Refused(404, "ITEM_013", "Task not found, deleted")


def entry_not_found() -> Refused:
    return Refused(404, "ACCESS_190", "Time entry not found")


def workspace_not_found() -> Refused:
    """Recorded traffic: without rate headers."""
    return Refused(404, "SHARD_031", "Workspace not found", is_counted=False)


def malformed(what: str) -> Refused:
    """Recorded traffic: without rate headers."""
    return Refused(400, "INPUT_003", f"{what} invalid", is_counted=False)


def not_a_member() -> Refused:
    return Refused(400, "TIMEENTRY_007", "Assignee is not a member of the team")


def tags_not_in_plan() -> Refused:
    """Reported by clients: the plan is meant, the team is blamed."""
    return Refused(400, "TIMEENTRY_052", "Team not found")


def no_access(status: int = 403) -> Refused:
    return Refused(status, "TIMEENTRY_059", "You have no access")


def nothing_to_change() -> Refused:
    return Refused(400, "TIMEENTRY_060", "At least one param is required")


def location_malformed() -> Refused:
    return Refused(400, "TIMEENTRY_062", "Hierarchy id must be an integer")


def plan_limit_reached() -> Refused:
    return Refused(400, "TIMEENTRY_064", "You have reached the limit of your plan")


def too_many_locations() -> Refused:
    return Refused(400, "TIMEENTRY_065", "Only one location filter is allowed")


def bad_date() -> Refused:
    """Measured: a bad date is the server's fault here, with status 500."""
    return Refused(500, "TIMEENTRY_072", "Internal Server Error")


def oauth_may_not_name_assignee() -> Refused:
    return Refused(403, "TEAMM_002", "You have no an access")


def assignee_cannot_see_task() -> Refused:
    return Refused(400, "CHECK_026", "Assignee has no access to the task")


def nothing_runs() -> Refused:
    """Undocumented; a choice that some clients expect. The code is not recorded, so none of the known ones fits."""
    return Refused(400, "TIMEENTRY_000", "No timer is running")


def client_unknown() -> Refused:
    return Refused(400, "OAUTH_010", "Client not found", is_counted=False)


def code_unknown() -> Refused:
    return Refused(400, "OAUTH_014", "Code not found", is_counted=False)


def too_many_requests() -> Refused:
    """Branch on the status: the code has changed between recordings."""
    return Refused(429, "APP_002", "Rate limit reached")
