"""Reads request bodies strictly: what ClickUp would swallow is put down as a complaint for tests to see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..backend.recording import parse
from . import refusals
from .call import Operation
from .workspace import Workspace


def _is_int(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_str(value: Any) -> bool:
    return isinstance(value, str)


def _are_ids(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_str, value))


def _are_tags(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(tag, dict)
        and isinstance(tag.get("name"), str)
        and bool(tag["name"].strip())
        and tag.keys() <= {"name", "tag_fg", "tag_bg"}
        and all(map(_is_str, tag.values()))
        for tag in value
    )


def _are_coloured_tags(value: Any) -> bool:
    return _are_tags(value) and all(tag.keys() == {"name", "tag_fg", "tag_bg"} for tag in value)


# The document asks for both colours where a tag is made, and for the name alone where it is only named.
TYPES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "int": (_is_int, "a whole number"),
    "str": (_is_str, "a string"),
    "bool": (lambda value: isinstance(value, bool), "true or false"),
    "ids": (_are_ids, "a list of id strings"),
    "tags": (_are_tags, "a list of {name} objects"),
    "coloured tags": (_are_coloured_tags, "a list of {name, tag_fg, tag_bg} objects"),
}


def read(raw: bytes, content_type: str, operation: Operation, workspace: Workspace) -> Mapping[str, Any]:
    """Unknown fields are complained about and ignored; wrong types and missing fields are refused as well.

    That a wrong type is a 400 INPUT_003 is a choice: nobody has recorded what the real one says to it.
    """
    where = f"{operation.method} {operation.path}"
    body = parse(raw, content_type)
    if operation.body is None:
        if body not in (None, {}):
            workspace.complaints.append(f"{where} was sent a body, and takes none.")
        return {}
    if raw and not content_type.startswith(("application/json", "application/x-www-form-urlencoded")):
        workspace.complaints.append(f"{where} was sent as {content_type or 'nothing in particular'}, not as JSON.")
    if not isinstance(body if body is not None else {}, dict):
        workspace.complaints.append(f"{where} was sent a body that is not a JSON object.")
        raise refusals.malformed("Body")
    return _checked(body or {}, where, operation, workspace)


def _checked(body: dict[str, Any], where: str, operation: Operation, workspace: Workspace) -> dict[str, Any]:
    known = operation.body or {}
    for name in body.keys() - known.keys():
        workspace.complaints.append(f"{where} was sent {name!r}, which ClickUp does not know.")
    for name in operation.required - body.keys():
        workspace.complaints.append(f"{where} was sent without {name!r}, which ClickUp asks for.")
        raise refusals.malformed(name)
    for name in known.keys() & body.keys():
        is_right, wanted = TYPES[known[name]]
        if is_right(body[name]):
            continue
        workspace.complaints.append(f"{where} was sent {name!r} as {body[name]!r}; it takes {wanted}.")
        if known[name] != "coloured tags" or not _are_tags(body[name]):
            raise refusals.malformed(name)  # tags without colours are taken all the same
    return {name: body[name] for name in known.keys() & body.keys()}


def check_query(query: Mapping[str, list[str]], operation: Operation, workspace: Workspace) -> None:
    for name in query.keys() - operation.query:
        workspace.complaints.append(
            f"{operation.method} {operation.path} was asked with {name!r}, which ClickUp does not know."
        )
