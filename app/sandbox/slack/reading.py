"""Messages, modals and Home tabs as lines of plain text: what a person sees, for stories to compare with."""

from typing import Any

from app.sandbox.slack.element_state import FIELDS, values_of
from app.sandbox.slack.plain_words import Reader, read_date, read_emoji, read_mrkdwn
from app.sandbox.slack.texts import offered_options
from app.sandbox.slack.view import Values

Json = dict[str, Any]


def read_message(message: Json, reader: Reader) -> str:
    """Blocks when there are any, else the text: Slack shows one or the other."""
    if not message["blocks"]:
        return read_mrkdwn(message["text"], reader)
    return read_blocks(message["blocks"], reader, values_of(message["blocks"]))


def read_view(view: Json, reader: Reader) -> str:
    """Title, blocks with what is typed in them, errors under their fields, and the buttons at the foot."""
    definition = view["definition"]
    lines = [read_text(definition["title"], reader)] if "title" in definition else []
    if view["trouble"]:
        lines.append(f"! {view['trouble']}")
    lines.append(read_blocks(definition["blocks"], reader, view["values"], view["errors"]))
    if definition["type"] == "modal":
        lines.append(_foot(definition, reader))
    return "\n".join(line for line in lines if line)


def _foot(definition: Json, reader: Reader) -> str:
    close = read_text(definition["close"], reader) if definition.get("close") else "Close"
    submit = f" [{read_text(definition['submit'], reader)}]" if definition.get("submit") else ""
    return f"[{close}]{submit}"


def read_blocks(blocks: list[Json], reader: Reader, values: Values, errors: dict[str, str] | None = None) -> str:
    lines = []
    for block in blocks:
        lines += read_block(block, reader, values)
        if errors and block.get("block_id") in errors:
            lines.append(f"! {errors[block['block_id']]}")
    return "\n".join(lines)


def read_block(block: Json, reader: Reader, values: Values) -> list[str]:
    held = values.get(block.get("block_id", ""), {})

    def element(one: Json) -> str:
        return read_element(one, held.get(one.get("action_id", "")), reader)

    match block["type"]:
        case "section":
            return _section(block, reader, element)
        case "header" | "alert":
            return [read_text(block["text"], reader)]
        case "context":
            return [" ".join(_context(one, reader) for one in block["elements"])]
        case "actions" | "context_actions":
            return [" ".join(element(one) for one in block["elements"])]
        case "input":
            optional = " (optional)" if block.get("optional") else ""
            hint = [read_text(block["hint"], reader)] if "hint" in block else []
            return [f"{read_text(block['label'], reader)}{optional}: {element(block['element'])}", *hint]
        case "image":
            return [f"[image: {block['alt_text']}]"]
        case "rich_text":
            return read_rich_text(block, reader)
        case "markdown":
            return str(block["text"]).splitlines()
        case "divider":
            return []
        case _:
            return _newer(block, reader, values)


def _section(block: Json, reader: Reader, element: Any) -> list[str]:
    lines = read_text(block["text"], reader).splitlines() if "text" in block else []
    if "accessory" in block and lines:
        lines[0] += f" {element(block['accessory'])}"
    lines += [_field(one, reader) for one in block.get("fields", [])]
    if "accessory" in block and "text" not in block:
        lines.append(element(block["accessory"]))
    return lines


def _field(text: Json, reader: Reader) -> str:
    head, _, tail = read_text(text, reader).partition("\n")
    return f"{head.removesuffix(':')}: {tail}" if tail else head


def _context(one: Json, reader: Reader) -> str:
    return f"[image: {one['alt_text']}]" if one["type"] == "image" else read_text(one, reader)


def _newer(block: Json, reader: Reader, values: Values) -> list[str]:
    texts = [
        read_text(block[name], reader) for name in ("title", "subtitle", "body") if isinstance(block.get(name), dict)
    ]
    if isinstance(block.get("title"), str):
        texts.append(block["title"])
    texts += [block["caption"]] if "caption" in block else []
    texts += [f"[{read_text(one['text'], reader)}]" for one in block.get("actions", [])]
    for row in block.get("rows", []):
        texts.append(" | ".join(_cell(cell, reader) for cell in row))
    for inside in [*block.get("child_blocks", []), *block.get("elements", []), *block.get("tasks", [])]:
        texts += read_block(inside, reader, values)
    return texts


def _cell(cell: Json, reader: Reader) -> str:
    if cell["type"] == "rich_text":
        return " ".join(read_rich_text(cell, reader))
    return str(cell.get("text", cell.get("value", "")))


def read_text(text: Json, reader: Reader) -> str:
    return read_mrkdwn(text["text"], reader) if text["type"] == "mrkdwn" else read_emoji(text["text"])


def read_element(element: Json, held: Json | None, reader: Reader) -> str:
    kind = element["type"]
    if kind in ("button", "workflow_button", "icon_button"):
        return f"[{read_text(element['text'], reader)}]"
    if kind == "overflow":
        return f"[⋯: {', '.join(read_text(option['text'], reader) for option in element['options'])}]"
    if kind == "image":
        return f"[image: {element['alt_text']}]"
    if kind in ("checkboxes", "radio_buttons"):
        return _ticks(element, held or {}, reader)
    if kind not in FIELDS:
        return f"[{kind}]"
    shown = read_value(held or {"type": kind}, reader) or _placeholder(element, reader)
    return f"[{shown} ▾]" if kind.endswith("select") else f"[{shown}]"


def _placeholder(element: Json, reader: Reader) -> str:
    return read_text(element["placeholder"], reader) if "placeholder" in element else ""


def _ticks(element: Json, held: Json, reader: Reader) -> str:
    chosen = [
        *(held.get("selected_options") or []),
        *([held["selected_option"]] if held.get("selected_option") else []),
    ]
    values = {option["value"] for option in chosen}
    on, off = ("☑", "☐") if element["type"] == "checkboxes" else ("◉", "○")
    options = offered_options(element)
    return "  ".join(f"{on if one['value'] in values else off} {read_text(one['text'], reader)}" for one in options)


def read_value(held: Json, reader: Reader) -> str:
    """What an element holds, in words."""
    name, _ = FIELDS[held["type"]]
    value = held.get(name)
    if value in (None, "", []):
        return ""
    many = value if isinstance(value, list) else [value]
    return ", ".join(_one_value(held["type"], one, reader) for one in many)


def _one_value(kind: str, value: Any, reader: Reader) -> str:
    if isinstance(value, dict):
        return read_text(value["text"], reader) if isinstance(value.get("text"), dict) else "…"
    if "users" in kind:
        return f"@{reader.people.get(value, value)}"
    if "channels" in kind or "conversations" in kind:
        return f"#{reader.channels.get(value, value)}"
    return str(value)


def read_rich_text(block: Json, reader: Reader) -> list[str]:
    lines: list[str] = []
    for part in block["elements"]:
        if part["type"] == "rich_text_list":
            for number, item in enumerate(part["elements"], start=1):
                bullet = "•" if part["style"] == "bullet" else f"{number}."
                lines.append(f"{'  ' * part.get('indent', 0)}{bullet} {_inline(item, reader)}")
        else:
            quote = "> " if part["type"] == "rich_text_quote" else ""
            lines += [quote + line for line in _inline(part, reader).splitlines()]
    return lines


def _inline(part: Json, reader: Reader) -> str:
    return "".join(_inline_one(one, reader) for one in part["elements"])


def _inline_one(one: Json, reader: Reader) -> str:
    match one["type"]:
        case "text":
            return str(one["text"])
        case "link":
            return str(one.get("text") or one["url"])
        case "user":
            return f"@{reader.people.get(one['user_id'], one['user_id'])}"
        case "channel":
            return f"#{reader.channels.get(one['channel_id'], one['channel_id'])}"
        case "emoji":
            return read_emoji(f":{one['name']}:")
        case "broadcast":
            return f"@{one['range']}"
        case "date":
            return read_date(f"!date^{one['timestamp']}^{one['format']}", one.get("fallback", ""), reader)
        case _:
            return ""
