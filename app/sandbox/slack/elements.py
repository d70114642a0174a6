"""Every interactive element Slack has, with its limits."""

from typing import Any

from app.sandbox.slack.rich_text import RICH_TEXT
from app.sandbox.slack.rules import (
    Check,
    Where,
    at_least_one,
    boolean,
    choice,
    exactly_one,
    list_of,
    number,
    shape,
    string,
    whole,
)
from app.sandbox.slack.texts import (
    CONFIRM,
    LINK_OPTION,
    OPTION,
    OPTION_GROUPS,
    OPTIONS,
    PLACEHOLDER,
    RICH_OPTION,
    initial_is_offered,
    plain,
)

ACTION_ID = {"action_id": string(255)}
DATE = string(10, pattern=r"\d{4}-\d\d-\d\d")
TIME = string(5, pattern=r"([01]\d|2[0-3]):[0-5]\d")
SLACK_ID = string(40, pattern=r"[A-Z][A-Z0-9]+")


def _one_focus(element: Any, where: Where) -> None:
    if element.get("focus_on_load") and where.findings.count("focus_on_load") > 1:
        where.says("only one element may have focus_on_load")


def _stateful(required: dict[str, Check], optional: dict[str, Check], *also: Check) -> Check:
    return shape(required, {**ACTION_ID, "focus_on_load": boolean, **optional}, *also, _one_focus)


_asked = {"confirm": CONFIRM}
_prompted = {**_asked, "placeholder": PLACEHOLDER}
_typed = {
    "placeholder": PLACEHOLDER,
    "dispatch_action_config": shape(
        {"trigger_actions_on": list_of(choice("on_enter_pressed", "on_character_entered"), most=2)}
    ),
}
_many = {"max_selected_items": whole(1, 100)}
_url = {"response_url_enabled": boolean}
_conversations = {
    "default_to_current_conversation": boolean,
    "filter": shape(
        {},
        {
            "include": list_of(choice("im", "mpim", "private", "public"), most=4),
            "exclude_external_shared_channels": boolean,
            "exclude_bot_users": boolean,
        },
        at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),
    ),
}

BUTTON = shape(
    {"text": plain(75)},
    {
        **ACTION_ID,
        **_asked,
        "value": string(2000),
        "url": string(3000),
        "style": choice("primary", "danger"),
        "accessibility_label": string(75),
        "agent_prompt": string(4000),
        "agent_prompt_display": string(4000),
        "visible_to_user_ids": list_of(SLACK_ID, most=100),
    },
)


def _bounds(element: Any, where: Where) -> None:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if isinstance(least, int) and isinstance(most, int) and least > most:
        where.says("min_length must be at most max_length")


ELEMENTS: dict[str, Check] = {
    "button": BUTTON,
    "overflow": shape({"options": list_of(LINK_OPTION, most=5)}, {**ACTION_ID, **_asked}),
    "static_select": _stateful(
        {},
        {**_prompted, "options": OPTIONS, "option_groups": OPTION_GROUPS, "initial_option": OPTION},
        exactly_one("options", "option_groups"),
        initial_is_offered,
    ),
    "multi_static_select": _stateful(
        {},
        {**_prompted, **_many, "options": OPTIONS, "option_groups": OPTION_GROUPS, "initial_options": OPTIONS},
        exactly_one("options", "option_groups"),
        initial_is_offered,
    ),
    "external_select": _stateful({}, {**_prompted, "min_query_length": whole(0, 100), "initial_option": OPTION}),
    "multi_external_select": _stateful(
        {}, {**_prompted, **_many, "min_query_length": whole(0, 100), "initial_options": OPTIONS}
    ),
    "users_select": _stateful({}, {**_prompted, "initial_user": SLACK_ID}),
    "multi_users_select": _stateful({}, {**_prompted, **_many, "initial_users": list_of(SLACK_ID, most=100)}),
    "channels_select": _stateful({}, {**_prompted, **_url, "initial_channel": SLACK_ID}),
    "multi_channels_select": _stateful({}, {**_prompted, **_many, "initial_channels": list_of(SLACK_ID, most=100)}),
    "conversations_select": _stateful({}, {**_prompted, **_url, **_conversations, "initial_conversation": SLACK_ID}),
    "multi_conversations_select": _stateful(
        {}, {**_prompted, **_many, **_conversations, "initial_conversations": list_of(SLACK_ID, most=100)}
    ),
    "datepicker": _stateful({}, {**_prompted, "initial_date": DATE}),
    "timepicker": _stateful({}, {**_prompted, "initial_time": TIME, "timezone": string(100)}),
    "datetimepicker": _stateful({}, {**_asked, "initial_date_time": whole(10**9, 10**10 - 1)}),
    "checkboxes": _stateful(
        {"options": list_of(RICH_OPTION, most=10)},
        {**_asked, "initial_options": list_of(RICH_OPTION, most=10)},
        initial_is_offered,
    ),
    "radio_buttons": _stateful(
        {"options": list_of(RICH_OPTION, most=10)}, {**_asked, "initial_option": RICH_OPTION}, initial_is_offered
    ),
    "plain_text_input": _stateful(
        {},
        {
            **_typed,
            "initial_value": string(3000, shortest=0),
            "multiline": boolean,
            "min_length": whole(0, 3000),
            "max_length": whole(1, 3000),
        },
        _bounds,
    ),
    "number_input": _stateful(
        {"is_decimal_allowed": boolean},
        {
            **_typed,
            "initial_value": string(40, pattern=r"-?\d+(\.\d+)?"),
            "min_value": string(40, pattern=r"-?\d+(\.\d+)?"),
            "max_value": string(40, pattern=r"-?\d+(\.\d+)?"),
        },
    ),
    "email_text_input": _stateful({}, {**_typed, "initial_value": string(3000)}),
    "url_text_input": _stateful({}, {**_typed, "initial_value": string(3000)}),
    "rich_text_input": _stateful(
        {}, {**_typed, "initial_value": RICH_TEXT, "min_lines": whole(1, 100), "max_lines": whole(1, 100)}
    ),
    "file_input": shape({}, {**ACTION_ID, "filetypes": list_of(string(40), most=100), "max_files": whole(1, 10)}),
    "image": shape(
        {"alt_text": string(2000)},
        {"image_url": string(3000), "slack_file": shape({}, {"id": string(40), "url": string(3000)})},
        exactly_one("image_url", "slack_file"),
    ),
    "workflow_button": shape(
        {
            "text": plain(75),
            "workflow": shape(
                {
                    "trigger": shape(
                        {"url": string(3000)},
                        {
                            "customizable_input_parameters": list_of(
                                shape({"name": string(100), "value": string(2000)}), most=50
                            )
                        },
                    )
                }
            ),
        },
        {**ACTION_ID, "style": choice("primary", "danger"), "accessibility_label": string(75)},
    ),
    "feedback_buttons": shape(
        {
            "positive_button": shape({"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75)}),
            "negative_button": shape({"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75)}),
        },
        ACTION_ID,
    ),
    "icon_button": shape(
        {"icon": choice("trash"), "text": plain(75)},
        {**ACTION_ID, **_asked, "value": string(2000), "accessibility_label": string(75)},
    ),
    "url_source": shape({"url": string(3000), "text": string(2000)}),
    "raw_number": shape({"value": number}, {"text": string(2000)}),
}
