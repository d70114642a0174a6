"""The objects blocks are composed of: texts, options and confirmation dialogs, with their limits."""

from typing import Any

from app.sandbox.slack.rules import Check, Where, boolean, by_type, list_of, shape, string


def plain(longest: int) -> Check:
    return by_type({"plain_text": shape({"text": string(longest)}, {"emoji": boolean})}, "plain_text is expected here")


def either(longest: int) -> Check:
    return by_type(
        {
            "plain_text": shape({"text": string(longest)}, {"emoji": boolean}),
            "mrkdwn": shape({"text": string(longest)}, {"verbatim": boolean}),
        },
        "plain_text or mrkdwn is expected here",
    )


def mrkdwn(longest: int) -> Check:
    return by_type({"mrkdwn": shape({"text": string(longest)}, {"verbatim": boolean})}, "mrkdwn is expected here")


PLACEHOLDER = plain(150)

OPTION = shape({"text": plain(75), "value": string(150)}, {"description": plain(75)})
RICH_OPTION = shape({"text": either(75), "value": string(150)}, {"description": either(75)})
LINK_OPTION = shape({"text": plain(75), "value": string(150)}, {"description": plain(75), "url": string(3000)})

OPTIONS = list_of(OPTION, most=100)
OPTION_GROUPS = list_of(shape({"label": plain(75), "options": OPTIONS}), most=100)

CONFIRM = shape(
    {"title": plain(100), "text": either(300)},
    {"confirm": plain(30), "deny": plain(30), "style": string(7, pattern="primary|danger")},
)


def offered_options(element: dict[str, Any]) -> list[dict[str, Any]]:
    """Every option an element carries itself, with groups flattened."""
    groups = [group for group in _list(element.get("option_groups")) if isinstance(group, dict)]
    return [*_list(element.get("options")), *(option for group in groups for option in _list(group.get("options")))]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def initial_is_offered(element: Any, where: Where) -> None:
    offered = [_essence(option) for option in offered_options(element)]
    chosen = [
        *([element["initial_option"]] if "initial_option" in element else []),
        *_list(element.get("initial_options")),
    ]
    if any(_essence(option) not in offered for option in chosen):
        where.says("initial_option(s) must match one of the options exactly")


def _essence(option: Any) -> tuple[Any, Any]:
    if not isinstance(option, dict):
        return None, None
    text = option.get("text")
    return option.get("value"), text.get("text") if isinstance(text, dict) else None
