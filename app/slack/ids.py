"""The names that travel through Slack and back: actions, forms, operations. They are ids, never trusted."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

LOG_TIME, TRACK_MESSAGE = "log_time", "track_message"
LOG_FORM, EDIT_FORM, FINISH_FORM, CONNECT_FORM = "log_time", "edit_entry", "finish_timer", "connect"
END_FORM = "timer_end"
REMIND_FORM = "remind"
ASKS, AT, DAYS, TARGET, SPECIAL, ENDS, QUIET_UNTIL = "asks", "at", "days", "target", "special", "ends", "quiet_until"
LEAVE, LEAVE_FIRST, LEAVE_LAST, LEAVE_HALF = "leave", "leave_first", "leave_last", "leave_half"
TASK, DATE, FROM, TO, DURATION = "task", "date", "from", "to", "duration"
TAGS, BILLABLE, ASSIGNEE, DESCRIPTION = "tags", "billable", "assignee", "description"

SAY, STOP, CANCEL, EDIT, DELETE, FORM, AGAIN = "say", "stop", "cancel", "edit", "delete", "form", "again"
RESUME, UNDO, HURRY, DROP = "resume", "undo", "hurry", "drop"
ONCE_MORE = "once_more"
DAY_LOG, DAY_COPY, DAY_COPY_NOW, DAY_SHOW = "day_log", "day_copy", "day_copy_now", "day_show"
DAY_RIGHT, DAY_LATER, DAY_DROP, DAY_UNDO = "day_right", "day_later", "day_drop", "day_undo"
STILL_WORKING, STOPPED_AT, STOPPED_AT_ANOTHER_TIME = "still_working", "stopped_at", "stopped_at_another_time"
SHOW_DATA, ASK_TO_FORGET, FORGET = "show_data", "ask_to_forget", "forget"

PROVIDER, TOKEN, REGION, WORKSPACE, MEMBER = "provider", "token", "region", "workspace", "member"
CONNECT, MATCH, DISCONNECT, SIGN_IN = "connect", "match", "disconnect", "sign_in"


def action_id(name: str, index: int = 0) -> str:
    """Action ids are unique in a message; what follows the colon only keeps them apart."""
    return f"{name}:{index}"


def action_name(action_id: str) -> str:
    return action_id.partition(":")[0]


def operation_id(*parts: str) -> str:
    """The same for every delivery of the same act, whatever process it reaches."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def metadata(**values: str) -> str:
    return json.dumps(values, separators=(",", ":"))


def from_metadata(text: str) -> Mapping[str, str]:
    try:
        values: Any = json.loads(text or "{}")
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in values.items()} if isinstance(values, dict) else {}
