"""What an element holds: its initial value, its value in `state.values`, and what it puts in an action."""

from collections.abc import Iterable
from typing import Any

from app.sandbox.slack.view import Values, elements_of

# where each stateful element keeps its value, and the field its initial value comes from
FIELDS: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "file_input": ("files", "initial_files"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "channels_select": ("selected_channel", "initial_channel"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}


def initial_value(element: dict[str, Any], current_channel: str | None = None) -> dict[str, Any]:
    name, source = FIELDS[element["type"]]
    found = element.get(source)
    if found is None and element.get("default_to_current_conversation"):
        found = current_channel
    if found is None:
        found = [] if name in _LISTS else None
    return {"type": element["type"], name: found}


_LISTS = {"selected_options", "selected_users", "selected_channels", "selected_conversations", "files"}


def values_of(
    blocks: Iterable[dict[str, Any]], kept: Values | None = None, current_channel: str | None = None
) -> Values:
    """The state of these blocks: what was typed before under the same block_id and action_id, else what they start with."""
    state: Values = {}
    for block in blocks:
        for element in elements_of(block):
            if element["type"] not in FIELDS:
                continue
            before = (kept or {}).get(block["block_id"], {}).get(element["action_id"])
            is_same = before is not None and before["type"] == element["type"]
            held = before if is_same and before else initial_value(element, current_channel)
            state.setdefault(block["block_id"], {})[element["action_id"]] = held
    return state


def fill(values: Values, edits: Any) -> None:
    """Write what a person typed over the values; edits for elements that are not there are ignored."""
    for block_id, by_action in (edits or {}).items():
        for action_id, edit in by_action.items():
            held = values.get(block_id, {}).get(action_id)
            if held is None:
                continue
            name, _ = FIELDS[held["type"]]
            values[block_id][action_id] = {"type": held["type"], name: edit.get(name)}


def action_of(block_id: str, element: dict[str, Any], value: dict[str, Any], action_ts: str) -> dict[str, Any]:
    """One entry of `actions` in a block_actions payload; `value` is what the person chose, as in state.values."""
    kind = element["type"]
    action: dict[str, Any] = {"action_id": element["action_id"], "block_id": block_id, "type": kind}
    if kind == "button":
        action |= {name: element[name] for name in ("text", "value", "style", "url", "confirm") if name in element}
    elif kind == "overflow":
        action["selected_option"] = value["selected_option"]
    elif kind in FIELDS:
        name, source = FIELDS[kind]
        action[name] = value.get(name)
        action |= {field: element[field] for field in ("placeholder", source) if field in element}
    else:
        action |= {"value": value.get("value", element.get("value"))}
    return {**action, "action_ts": action_ts}


def is_empty(held: dict[str, Any]) -> bool:
    name, _ = FIELDS[held["type"]]
    return held.get(name) in (None, "", [])
