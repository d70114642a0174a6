"""Opens a form again with what somebody had typed into it."""

from collections.abc import Mapping
from typing import Any

from app.slack.blocks import Block

_INITIAL = {
    "value": "initial_value",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_user": "initial_user",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
}


def refilled(view: Block, state: Mapping[str, Any]) -> Block:
    """`state` as a submission carries it: by block, then by action."""
    return view | {"blocks": [_block(block, state) for block in view["blocks"]]}


def _block(block: Block, state: Mapping[str, Any]) -> Block:
    if block["type"] != "input":
        return block
    element = block["element"]
    held = (state.get(block["block_id"]) or {}).get(element["action_id"]) or {}
    kept = {key: value for key, value in element.items() if not key.startswith("initial_")}
    typed = {_INITIAL[key]: value for key, value in held.items() if key in _INITIAL and value}
    return block | {"element": kept | typed}
