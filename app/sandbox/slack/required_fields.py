"""The checks Slack's own client makes before a modal is sent at all."""

import re
from typing import Any

from app.sandbox.slack.element_state import FIELDS, is_empty
from app.sandbox.slack.view import View

Json = dict[str, Any]


def find_missing(view: View) -> dict[str, str]:
    """A sentence for every input block that is not filled in as its element demands, by block_id."""
    complaints = {}
    for block in view.definition["blocks"]:
        if block["type"] != "input" or block["element"]["type"] not in FIELDS:
            continue
        element = block["element"]
        complaint = _complaint(block, element, view.values[block["block_id"]][element["action_id"]])
        if complaint:
            complaints[block["block_id"]] = complaint
    return complaints


def _complaint(block: Json, element: Json, held: Json) -> str:
    if is_empty(held):
        return "" if block.get("optional") else "Please complete this required field."
    value = held.get("value")
    match element["type"]:
        case "plain_text_input":
            return _length_complaint(element, str(value))
        case "number_input":
            return _number_complaint(element, str(value))
        case "email_text_input":
            return (
                "" if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", str(value)) else "Please enter a valid email address."
            )
        case "url_text_input":
            return "" if re.match(r"https?://", str(value)) else "Please enter a valid URL."
        case _:
            return _choice_complaint(element, held)


def _length_complaint(element: Json, text: str) -> str:
    if len(text) > element.get("max_length", 3000):
        return f"Please enter at most {element.get('max_length', 3000)} characters."
    if len(text) < element.get("min_length", 0):
        return f"Please enter at least {element['min_length']} characters."
    return ""


def _number_complaint(element: Json, text: str) -> str:
    shape = r"-?\d+(\.\d+)?" if element["is_decimal_allowed"] else r"-?\d+"
    if not re.fullmatch(shape, text):
        return "Please enter a number." if element["is_decimal_allowed"] else "Please enter a whole number."
    if "min_value" in element and float(text) < float(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and float(text) > float(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return ""


def _choice_complaint(element: Json, held: Json) -> str:
    name, _ = FIELDS[element["type"]]
    most = element.get("max_selected_items")
    return f"Please choose at most {most}." if most and len(held[name]) > most else ""
