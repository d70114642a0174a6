"""Tags: ids on an entry, names for people."""

from __future__ import annotations

from typing import Any

from . import refusals, wire
from .call import Call, Listing
from .listing import NAMES, named, page_of, unarchived
from .model import Tag

FILTERS = NAMES | {"archived", "excluded-ids"}
CREATE = {"name": "str"}


def list_tags(call: Call) -> Listing:
    excluded = call.all("excluded-ids")
    found = [tag for tag in unarchived(call, call.workspace.tags.values()) if tag.id not in excluded]
    return page_of(call, named(call, found), lambda tag: wire.tag(call.workspace, tag))


def read_tag(call: Call) -> dict[str, Any]:
    tag = call.workspace.tags.get(call.path["tagId"])
    if tag is None:
        raise refusals.foreign("Tag")
    return wire.tag(call.workspace, tag)


def create_tag(call: Call) -> dict[str, Any]:
    """A name that exists is refused, in any case and also when it is archived, both of which are choices."""
    workspace = call.workspace
    if workspace.settings["onlyAdminsCreateTag"] and not call.user.is_admin:
        raise refusals.access_denied()
    name = call.body.get("name", "").strip()
    if not name:
        raise refusals.rule_broken("Tag name is required")
    if any(tag.name.lower() == name.lower() for tag in workspace.tags.values()):
        raise refusals.rule_broken(f"Tag with name '{name}' already exists")
    tag = Tag(workspace.new_id(), name)
    workspace.tags[tag.id] = tag
    return wire.tag(workspace, tag)
