"""What Slack demands of the options an app suggests while somebody types."""

from typing import Any

from app.sandbox.slack.rules import Findings, Where, exactly_one, list_of, shape
from app.sandbox.slack.texts import OPTION, OPTION_GROUPS

_SUGGESTIONS = shape(
    {},
    {"options": list_of(OPTION, most=100, least=0), "option_groups": OPTION_GROUPS},
    exactly_one("options", "option_groups"),
)


def find_suggestion_problems(answered: Any) -> list[str]:
    where = Where("modal", Findings())
    _SUGGESTIONS(answered, where)
    return where.findings.problems
