"""The words of a message, in Slack's markup: its text or, where an app wrote blocks only, what those say."""

from typing import Any

Json = dict[str, Any]
_INLINE = {"rich_text_section", "rich_text_quote", "rich_text_preformatted"}


def words_of(message: Json) -> str:
    """ "" for a message that holds files or pictures only."""
    return (
        str(message.get("text") or "").strip()
        or _lines(message.get("blocks"))
        or "\n".join(filter(None, map(_attached, message.get("attachments") or [])))
    )


def _attached(attachment: Json) -> str:
    said = [attachment.get(name) for name in ("pretext", "title", "text")]
    return "\n".join(map(str, filter(None, said))) or _lines(attachment.get("blocks")) or attachment.get("fallback", "")


def _lines(blocks: Any) -> str:
    return "\n".join(filter(None, (_words(block).strip() for block in blocks or [])))


def _words(block: Json) -> str:
    """Of a block, or of an element or text inside one."""
    if isinstance(block.get("text"), str):
        return str(block["text"])
    kind = block.get("type", "")
    if kind in ("user", "channel", "usergroup"):
        sign = {"user": "@", "channel": "#", "usergroup": "!subteam^"}[kind]
        return f"<{sign}{block.get(f'{kind}_id', '')}>"
    if kind in ("link", "emoji", "broadcast"):
        return {"link": f"<{block.get('url')}>", "emoji": f":{block.get('name')}:"}.get(
            kind, f"<!{block.get('range')}>"
        )
    within = [block["text"]] if isinstance(block.get("text"), dict) else []
    within += [*(block.get("fields") or []), *(block.get("elements") or [])]
    return ("" if kind in _INLINE else "\n").join(filter(None, map(_words, within)))
