"""Reads request bodies: what Clockify ignores is put down as a complaint for tests to see, what it cannot is refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from . import refusals
from .call import Operation
from .times import cut_fraction, read_moment
from .workspace import Workspace


def _is_str(value: Any) -> bool:
    return isinstance(value, str)


def _are_strs(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_str, value))


TYPES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "str": (_is_str, "a string"),
    "bool": (lambda value: isinstance(value, bool), "true or false"),
    "int": (lambda value: isinstance(value, int) and not isinstance(value, bool), "a whole number"),
    "ids": (_are_strs, "a list of id strings"),
    "time": (lambda value: _is_str(value) and read_moment(value) is not None, "a UTC time like 2026-11-20T09:30:00Z"),
    "kind": (lambda value: value in ("REGULAR", "BREAK"), "REGULAR or BREAK"),
    "status": (lambda value: value in ("ACTIVE", "DONE"), "ACTIVE or DONE"),
    "list": (lambda value: isinstance(value, list), "a list"),
    "object": (lambda value: isinstance(value, dict), "an object"),
}


def read(raw: bytes, content_type: str, operation: Operation, workspace: Workspace) -> Mapping[str, Any]:
    """Probed: unknown fields are ignored without a word. A null counts as left out, which is a choice."""
    where = f"{operation.method} {operation.path}"
    if operation.body is None:
        if raw:
            workspace.complaints.append(f"{where} was sent a body, and takes none.")
        return {}
    if raw and not content_type.startswith("application/json"):
        workspace.complaints.append(f"{where} was sent as {content_type or 'nothing in particular'}, not as JSON.")
    body = _json(raw, where, workspace)
    known = operation.body
    for name in body.keys() - known.keys():
        workspace.complaints.append(f"{where} was sent {name!r}, which Clockify ignores.")
    sent = {name: body[name] for name in known if body.get(name) is not None}
    for name in operation.required - sent.keys():
        workspace.complaints.append(f"{where} was sent without {name!r}, which Clockify asks for.")
        raise refusals.rule_broken(f"{name} is required")
    return {name: _value(workspace, where, name, known[name], value) for name, value in sent.items()}


def _json(raw: bytes, where: str, workspace: Workspace) -> dict[str, Any]:
    try:
        body = json.loads(raw or b"{}")
    except ValueError:
        raise refusals.body_malformed("Unexpected character") from None
    if not isinstance(body, dict):
        workspace.complaints.append(f"{where} was sent a body that is not a JSON object.")
        raise refusals.body_malformed("Cannot deserialize value from Array value")
    return body


def _value(workspace: Workspace, where: str, name: str, kind: str, value: Any) -> Any:
    if kind == "time" and _is_str(value) and workspace.choices.fractions == "cut":
        value = cut_fraction(value)
    is_right, wanted = TYPES[kind]
    if not is_right(value):
        workspace.complaints.append(f"{where} was sent {name!r} as {value!r}; it takes {wanted}.")
        raise refusals.body_malformed(f"Cannot deserialize value of {name}")
    return read_moment(value) if kind == "time" else value


def check_query(query: Mapping[str, list[str]], operation: Operation, workspace: Workspace) -> None:
    """Probed: unknown parameters are ignored without a word, so that ``pageSize`` answers fifty."""
    for name in query.keys() - operation.query:
        workspace.complaints.append(
            f"{operation.method} {operation.path} was asked with {name!r}, which Clockify ignores."
        )
