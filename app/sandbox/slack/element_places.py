"""Where each element may stand: the blocks and the surfaces that take it."""

from typing import Any

from app.sandbox.slack.elements import ELEMENTS
from app.sandbox.slack.rules import Check, Where, by_type

_SELECTS = {f"{kind}_select" for kind in ("static", "external", "users", "conversations", "channels")}
_MULTI_SELECTS = {f"multi_{select}" for select in _SELECTS}
_PICKERS = {"datepicker", "timepicker", "checkboxes", "radio_buttons"}
ACCESSORIES = {"button", "overflow", "image", "workflow_button", *_PICKERS, *_SELECTS, *_MULTI_SELECTS}
ACTIONS = {"button", "overflow", "datetimepicker", "workflow_button", *_PICKERS, *_SELECTS}
INPUTS = {
    "plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input", "file_input",
    "datetimepicker", *_PICKERS, *_SELECTS, *_MULTI_SELECTS,
}  # fmt: skip
CONTEXT_ACTIONS = {"feedback_buttons", "icon_button"}

SURFACES: dict[str, set[str]] = {
    "number_input": {"modal"},
    "email_text_input": {"modal"},
    "url_text_input": {"modal"},
    "file_input": {"modal"},
    "datetimepicker": {"message", "modal"},
    "rich_text_input": {"modal", "home"},
    "workflow_button": {"message"},
    "feedback_buttons": {"message"},
    "icon_button": {"message"},
}


def element_in(allowed: set[str], place: str) -> Check:
    """One of the elements that this place of a block takes, on a surface that takes the element."""
    check_shape = by_type({name: ELEMENTS[name] for name in allowed}, f"not allowed in {place}")

    def check(element: Any, where: Where) -> None:
        check_shape(element, where)
        kind = element.get("type") if isinstance(element, dict) else None
        if isinstance(kind, str) and kind in SURFACES and where.surface not in SURFACES[kind]:
            where.says(f"{kind} is not supported on the {where.surface} surface")

    return check
