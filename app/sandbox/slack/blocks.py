"""Every block Slack has, its limits and the surfaces that take it; the sandbox refuses what Slack would refuse."""

from typing import Any

from app.sandbox.slack.element_places import ACCESSORIES, ACTIONS, CONTEXT_ACTIONS, INPUTS, element_in
from app.sandbox.slack.elements import ELEMENTS
from app.sandbox.slack.new_blocks import NEW_BLOCKS
from app.sandbox.slack.rich_text import RICH_TEXT_FIELDS
from app.sandbox.slack.rules import (
    Check,
    Findings,
    Surface,
    Where,
    at_least_one,
    boolean,
    by_type,
    exactly_one,
    list_of,
    shape,
    string,
)
from app.sandbox.slack.texts import either, plain

BLOCK_ID = {"block_id": string(255)}
MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}


def _one_action_id_each(block: Any, where: Where) -> None:
    elements = [*_dicts(block.get("elements")), *_dicts([block.get("accessory"), block.get("element")])]
    named = [element["action_id"] for element in elements if isinstance(element.get("action_id"), str)]
    if len(named) != len(set(named)):
        where.says("action_id must be unique within its block")


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def block(required: dict[str, Check], optional: dict[str, Check] | None = None, *also: Check) -> Check:
    return shape(required, {**BLOCK_ID, **(optional or {})}, *also, _one_action_id_each)


_context_element = by_type(
    {
        "image": ELEMENTS["image"],
        "plain_text": shape({"text": string(3000)}, {"emoji": boolean}),
        "mrkdwn": shape({"text": string(3000)}, {"verbatim": boolean}),
    },
    "context holds texts and images",
)

CLASSIC_BLOCKS: dict[str, tuple[set[str], Check]] = {
    "section": (
        {"message", "modal", "home"},
        block(
            {},
            {
                "text": either(3000),
                "fields": list_of(either(2000), most=10),
                "accessory": element_in(ACCESSORIES, "a section"),
                "expand": boolean,
            },
            at_least_one("text", "fields"),
        ),
    ),
    "actions": (
        {"message", "modal", "home"},
        block({"elements": list_of(element_in(ACTIONS, "actions"), most=25)}),
    ),
    "input": (
        {"message", "modal", "home"},
        block(
            {"label": plain(2000), "element": element_in(INPUTS, "an input")},
            {"hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
        ),
    ),
    "context": ({"message", "modal", "home"}, block({"elements": list_of(_context_element, most=10)})),
    "context_actions": (
        {"message"},
        block({"elements": list_of(element_in(CONTEXT_ACTIONS, "context_actions"), most=5)}),
    ),
    "divider": ({"message", "modal", "home"}, block({})),
    "header": ({"message", "modal", "home"}, block({"text": plain(150)})),
    "image": (
        {"message", "modal", "home"},
        block(
            {"alt_text": string(2000)},
            {
                "image_url": string(3000),
                "slack_file": shape({}, {"id": string(40), "url": string(3000)}),
                "title": plain(2000),
            },
            exactly_one("image_url", "slack_file"),
        ),
    ),
    "rich_text": ({"message", "modal", "home"}, block(RICH_TEXT_FIELDS)),
    "video": (
        {"message", "modal", "home"},
        block(
            {"alt_text": string(2000), "title": plain(199), "thumbnail_url": string(3000), "video_url": string(3000)},
            {
                "author_name": string(49),
                "description": plain(199),
                "provider_name": string(199),
                "provider_icon_url": string(3000),
                "title_url": string(3000),
            },
        ),
    ),
}

BLOCKS = {**CLASSIC_BLOCKS, **NEW_BLOCKS}
_check_shape = by_type({name: check for name, (_, check) in BLOCKS.items()}, "no such block")


def check_block(value: Any, where: Where) -> None:
    _check_shape(value, where)
    if not isinstance(value, dict) or not isinstance(value.get("type"), str) or value["type"] not in BLOCKS:
        return
    surfaces, _ = BLOCKS[value["type"]]
    if where.surface not in surfaces:
        where.says(f"the block {value['type']} is not supported on the {where.surface} surface")
    block_id = value.get("block_id")
    if not isinstance(block_id, str):
        return
    if block_id in where.findings.block_ids:
        where.says(f"block_id must be unique: {block_id}")
    where.findings.block_ids.add(block_id)


def find_block_problems(blocks: Any, surface: Surface) -> list[str]:
    """Every way in which the list of blocks breaks Slack's rules, in Slack's own form of words."""
    where = Where(surface, Findings(), "/blocks")
    list_of(check_block, most=MOST_BLOCKS[surface], least=0)(blocks, where)
    return where.findings.problems
