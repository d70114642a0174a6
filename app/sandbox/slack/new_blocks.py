"""The blocks Slack added in 2025 and 2026, with the surfaces that render them: charts only in messages, alerts only in modals."""

from typing import Any

from app.sandbox.slack.elements import BUTTON, ELEMENTS
from app.sandbox.slack.rich_text import RICH_TEXT
from app.sandbox.slack.rules import (
    Check,
    Where,
    anything,
    at_least_one,
    boolean,
    by_type,
    choice,
    exactly_one,
    list_of,
    number,
    shape,
    string,
    whole,
)
from app.sandbox.slack.texts import either, mrkdwn, plain

_ID = {"block_id": string(255)}
_buttons = list_of(by_type({"button": BUTTON}, "a card's actions are buttons"), most=5)
_image = by_type({"image": ELEMENTS["image"]}, "an image is expected here")
_rich = by_type({"rich_text": RICH_TEXT}, "rich_text is expected here")

CARD = shape(
    {},
    {
        **_ID,
        "hero_image": _image,
        "icon": _image,
        "title": either(150),
        "subtitle": either(150),
        "body": mrkdwn(200),
        "actions": _buttons,
    },
    at_least_one("hero_image", "title", "body", "actions"),
)

_CELLS: dict[str, Check] = {
    "raw_text": shape({"text": string(2000, shortest=0)}),
    "raw_number": ELEMENTS["raw_number"],
    "rich_text": RICH_TEXT,
}
_cell = by_type(_CELLS, "not a table cell")
_data_cell = by_type({**_CELLS, "action_cell": shape({}, {"elements": anything, "element": anything})}, "not a cell")


def _only_one(what: str, most: int = 1) -> Check:
    def check(value: Any, where: Where) -> None:
        if where.findings.count(what) > most:
            where.says(f"no more than {most} {what} in one message")

    return check


def _equal_columns(value: Any, where: Where) -> None:
    rows = value.get("rows")
    if isinstance(rows, list) and len({len(row) for row in rows if isinstance(row, list)}) > 1:
        where.says("every row must have the same number of cells")


def _markdown_sum(value: Any, where: Where) -> None:
    text = value.get("text", "")
    where.findings.counted["markdown"] = where.findings.counted.get("markdown", 0) + len(str(text))
    if where.findings.counted["markdown"] > 12_000:
        where.says("markdown blocks must have less than 12001 characters together")


_TASK_CARD = shape(
    {"task_id": string(255), "title": string(255)},
    {
        **_ID,
        "status": choice("pending", "in_progress", "complete", "error"),
        "details": _rich,
        "output": _rich,
        "sources": list_of(by_type({"url": ELEMENTS["url_source"]}, "a source is a url"), most=20),
    },
)

_label = string(20)
_series = shape(
    {"name": _label, "data": list_of(shape({"label": _label, "value": number}), most=20)},
)
_axes = shape({"categories": list_of(_label, most=20)}, {"x_label": string(50), "y_label": string(50)})
_plotted = shape({"series": list_of(_series, most=6), "axis_config": _axes})
_chart = by_type(
    {
        "pie": shape({"segments": list_of(shape({"label": _label, "value": number}), most=6)}),
        "bar": _plotted,
        "area": _plotted,
        "line": _plotted,
    },
    "not a chart",
)


def _child(value: Any, where: Where) -> None:
    from app.sandbox.slack.blocks import check_block  # a container holds blocks, and is one

    check_block(value, where)


NEW_BLOCKS: dict[str, tuple[set[str], Check]] = {
    "alert": (
        {"modal"},
        shape({"text": either(3000)}, {**_ID, "level": choice("default", "info", "warning", "error", "success")}),
    ),
    "card": ({"message", "modal", "home"}, CARD),
    "carousel": (
        {"message", "home"},
        shape({"elements": list_of(by_type({"card": CARD}, "a carousel holds cards"), most=10)}, _ID),
    ),
    "container": (
        {"message"},
        shape(
            {"child_blocks": list_of(_child, most=10)},
            {
                **_ID,
                "title": plain(150),
                "rich_text_title": _rich,
                "subtitle": either(150),
                "width": choice("narrow", "standard", "wide", "full"),
                "is_collapsible": boolean,
                "default_collapsed": boolean,
                "has_header_divider": boolean,
            },
            exactly_one("title", "rich_text_title"),
        ),
    ),
    "data_table": (
        {"message", "home"},
        shape(
            {
                "caption": string(2000),
                "rows": list_of(list_of(_data_cell, most=20), least=2, most=201),
            },
            {**_ID, "page_size": whole(1, 100), "row_header_column_index": whole(0, 19)},
            _equal_columns,
        ),
    ),
    "data_visualization": (
        {"message"},
        shape({"title": string(50), "chart": _chart}, _ID, _only_one("data_visualization", most=2)),
    ),
    "markdown": ({"message"}, shape({"text": string(12_000)}, _ID, _markdown_sum)),
    "plan": (
        {"message"},
        shape(
            {"title": string(255)},
            {**_ID, "tasks": list_of(by_type({"task_card": _TASK_CARD}, "a plan holds task cards"), most=50)},
        ),
    ),
    "task_card": ({"message"}, _TASK_CARD),
    "table": (
        {"message", "home"},
        shape(
            {"rows": list_of(list_of(_cell, most=20), most=100)},
            {
                **_ID,
                "column_settings": list_of(
                    shape({}, {"align": choice("left", "center", "right"), "is_wrapped": boolean}), most=20, least=0
                ),
            },
            _only_one("table"),
        ),
    ),
}
