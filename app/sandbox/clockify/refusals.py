"""Every way Clockify says no, so that a status, its code and its words are written down once."""

from __future__ import annotations


class Refused(Exception):
    """Answered as ``{"message", "code"}`` with the code a number; without a message there is no body at all."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status, self.code, self.message = status, code, message


def rule_broken(message: str) -> Refused:
    """Probed: every rule of the domain is 400 with code 501, whatever it is about."""
    return Refused(400, 501, message)


def no_single_token() -> Refused:
    """Probed: for no key, for key and add-on token together, and for Bearer."""
    return Refused(401, 1000, "Multiple or none auth tokens present")


def key_unknown() -> Refused:
    return Refused(401, 4003, "Api key does not exist")


def addon_token_invalid() -> Refused:
    """Probed code, our words: this Clockify knows no add-ons."""
    return Refused(401, 4017, "Addon token is invalid")


def access_denied() -> Refused:
    """Recorded for GET /users as a member; that every missing right looks like this is a choice."""
    return Refused(403, 501, "Access Denied")


def workspace_unknown() -> Refused:
    """Probed: 404 with an empty body, unlike an unknown route."""
    return Refused(404, 0, "")


def route_unknown(path: str) -> Refused:
    return Refused(404, 3000, f"No static resource v1{path}.")


def verb_unknown(method: str) -> Refused:
    return Refused(405, 3000, f"Request method '{method}' is not supported")


def parameter_malformed(name: str, value: str) -> Refused:
    """The code is in the vendor's list for bad values, the words are a choice."""
    return Refused(400, 3000, f"Failed to convert parameter '{name}' with value '{value}'")


def body_malformed(why: str) -> Refused:
    """Probed for a body that is no JSON; that a wrong type is told in the same way is a choice."""
    return Refused(400, 3002, f"JSON parse error: {why}")


def foreign(thing: str, owner: str = "Workspace") -> Refused:
    """Probed: what is missing, deleted or somebody else's is 400, never 404."""
    return rule_broken(f"{thing} doesn't belong to {owner}")


def end_alone() -> Refused:
    return rule_broken("Can't create time entry with end time only.")


def ends_before_start(start: str, end: str) -> Refused:
    """Recorded words."""
    return rule_broken(f"Start datetime {start} is greater than end datetime {end}.")


def field_required(name: str) -> Refused:
    """Recorded for the project, in these words also when the project is not archived at all."""
    about = "given project is archived" if name == "Project" else "given value is not available"
    return rule_broken(
        f"Time entry couldn't be created. {name} is either required field or {about}. "
        "Please change your input or update your workspace settings."
    )


def tag_archived() -> Refused:
    return rule_broken("You can not create entities for archived tag")


def manual_tracking_disabled(workspace: str) -> Refused:
    return Refused(403, 4030, f"Manual time tracking disabled on {workspace}")


def locked() -> Refused:
    return Refused(403, 1003, "Can't edit locked time entry.")


def approved() -> Refused:
    return Refused(403, 4005, "Can't edit approved time entry.")


def nothing_runs(workspace_id: str, user_id: str) -> Refused:
    """Recorded words."""
    return Refused(
        404, 404, f"Currently running time entry doesn't exist on workspace {workspace_id} for user {user_id}."
    )


def entry_vanished(entry_id: str) -> Refused:
    """Recorded although the entry had been created, and seen in the vendor's own app while the timer ran on."""
    return rule_broken(f"TIMEENTRY with ID '{entry_id}' not found")


def too_many_requests() -> Refused:
    """Recorded words; there is no header that says when to come back."""
    return Refused(429, 429, "Too Many Requests")
