"""What Slack demands of a modal or a Home tab before it shows it."""

from typing import Any

from app.sandbox.slack.blocks import MOST_BLOCKS, check_block
from app.sandbox.slack.rules import Findings, Surface, Where, boolean, by_type, list_of, shape, string
from app.sandbox.slack.texts import plain

_COMMON = {
    "private_metadata": string(3000, shortest=0),
    "callback_id": string(255, shortest=0),
    "external_id": string(255, shortest=0),
}


def _submit_for_inputs(view: Any, where: Where) -> None:
    blocks = view.get("blocks")
    has_input = isinstance(blocks, list) and any(isinstance(b, dict) and b.get("type") == "input" for b in blocks)
    if has_input and "submit" not in view:
        where.says("missing required field: submit (an input block is present)")


_MODAL = shape(
    {"title": plain(24), "blocks": list_of(check_block, most=MOST_BLOCKS["modal"], least=0)},
    {
        **_COMMON,
        "submit": plain(24),
        "close": plain(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
    _submit_for_inputs,
)
_HOME = shape({"blocks": list_of(check_block, most=MOST_BLOCKS["home"], least=0)}, _COMMON)


def find_view_problems(view: Any, surface: Surface) -> list[str]:
    """Every way in which the view breaks Slack's rules; `surface` is modal or home."""
    where = Where(surface, Findings(), "/view")
    rules = {"modal": _MODAL} if surface == "modal" else {"home": _HOME}
    by_type(rules, f"a {surface} view is expected here")(view, where)
    return where.findings.problems
