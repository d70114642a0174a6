"""ClickUp's task time, for the class of promises: the same ClickUp, with room for a task and two moments only."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from app.core.model import Draft
from providers.grounds.clickup import EPOCH, MS, ClickUpGround


class ClickUpLegacyGround(ClickUpGround):
    name = "clickup_legacy"

    def _id(self, entry: Any) -> str:
        return f"{entry.task_id}/{entry.id}"

    def on_the_wire(self, draft: Draft) -> Mapping[str, object]:
        start, whole = (draft.start - EPOCH) // MS, timedelta(milliseconds=1)
        return {"start": start, "end": (draft.end - EPOCH) // MS, "time": draft.duration // whole}
