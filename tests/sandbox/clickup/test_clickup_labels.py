"""Tags on time entries have calls of their own."""

from __future__ import annotations

import pytest
from clickup_desk import TIME

DEEP = {"name": "deep work", "tag_fg": "#fff", "tag_bg": "#000"}


@pytest.fixture
async def entry_id(ada, noon):
    return (await ada("POST", TIME, {"start": noon, "duration": 60_000})).data["id"]


async def test_only_labels_in_use_are_known(ada):
    names = [label["name"] for label in (await ada("GET", f"{TIME}/tags")).data]
    assert {"backend", "meeting", "review"} <= set(names)
    assert "deep work" not in names


async def test_adding_a_tag_makes_the_label_when_it_is_new(ada, workspace, entry_id):
    assert (await ada("POST", f"{TIME}/tags", {"time_entry_ids": [entry_id], "tags": [DEEP]})).json == {}
    (tag,) = (await ada("GET", f"{TIME}/{entry_id}")).data["tags"]
    assert tag == {**DEEP, "creator": 183}
    assert workspace.complaints == []


async def test_removing_a_tag_takes_a_body_and_leaves_the_label(ada, workspace, entry_id):
    await ada("POST", f"{TIME}/tags", {"time_entry_ids": [entry_id], "tags": [DEEP]})
    await ada("DELETE", f"{TIME}/tags", {"time_entry_ids": [entry_id], "tags": [{"name": "deep work"}]})
    assert workspace.entries[entry_id].labels == []
    assert "deep work" in workspace.labels
    assert workspace.complaints == []


async def test_renaming_a_label_renames_it_on_every_entry(ada, workspace, entry_id):
    await ada("POST", f"{TIME}/tags", {"time_entry_ids": [entry_id], "tags": [DEEP]})
    await ada("PUT", f"{TIME}/tags", {"name": "deep work", "new_name": "focus", "tag_bg": "#111", "tag_fg": "#eee"})
    assert (await ada("GET", f"{TIME}/{entry_id}")).data["tags"][0]["name"] == "focus"
    await ada("PUT", f"{TIME}/tags", {"name": "focus", "new_name": "backend", "tag_bg": "#111", "tag_fg": "#eee"})
    assert [label.bg for label in workspace.entries[entry_id].labels] == ["#111"]


async def test_a_plan_without_tags_blames_the_team(ada, workspace):
    workspace.has_tags = False
    assert (await ada("GET", f"{TIME}/tags")).refusal == (400, "TIMEENTRY_052")
