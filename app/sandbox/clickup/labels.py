"""Tags on time entries, which have calls of their own because PUT on an entry ignores them."""

from __future__ import annotations

from typing import Any

from . import refusals, wire
from .call import Call
from .creation import labels_of
from .entries import unlocked
from .model import Label


def list_labels(call: Call) -> dict[str, Any]:
    """Only labels that have been used."""
    _need_plan(call)
    return {"data": [wire.label(label) for label in call.workspace.labels.values()]}


def add_labels(call: Call) -> dict[str, Any]:
    _need_plan(call)
    entries = [unlocked(call, entry_id) for entry_id in call.body["time_entry_ids"]]
    new = labels_of(call)
    for entry in entries:
        entry.labels.extend(label for label in new if label not in entry.labels)
        entry.at = call.now
    return {}


def remove_labels(call: Call) -> dict[str, Any]:
    """From the entries, not from the workspace."""
    _need_plan(call)
    names = {tag["name"] for tag in call.body["tags"]}
    for entry in [unlocked(call, entry_id) for entry_id in call.body["time_entry_ids"]]:
        entry.labels = [label for label in entry.labels if label.name not in names]
        entry.at = call.now
    return {}


def rename_label(call: Call) -> dict[str, Any]:
    """Everywhere at once, whoever's entries they are. An unknown name is answered like success, which is a choice."""
    _need_plan(call)
    body, labels = call.body, call.workspace.labels
    label = labels.pop(body["name"], None)
    if label is None:
        return {}
    label.name, label.fg, label.bg = body["new_name"], body["tag_fg"], body["tag_bg"]
    labels[label.name] = _merged(call, labels.get(label.name), label)
    return {}


def _merged(call: Call, old: Label | None, new: Label) -> Label:
    """A rename onto a name that exists makes the two one."""
    if old is None:
        return new
    for entry in call.workspace.entries.values():
        if old in entry.labels:
            entry.labels = [new, *(label for label in entry.labels if label not in (old, new))]
    return new


def _need_plan(call: Call) -> None:
    if not call.workspace.has_tags:
        raise refusals.tags_not_in_plan()
