"""A back end's own record as lines that a story can quote."""

from datetime import timedelta

from app.core.durations import format_duration, to_minute
from tests.stage import Stage
from tests.stories.books import BERLIN, BOOKS, Written, oldest_first


def written(stage: Stage) -> list[Written]:
    return oldest_first(BOOKS[stage.demo.backend.name](stage.workspace))


def recorded(stage: Stage) -> dict[str, str]:
    """Every entry by its id: whose it is, when, on what."""
    return {one.id: _line(stage, one) for one in written(stage)}


def changes(stage: Stage, before: dict[str, str], name: str) -> list[str]:
    """What is new or different for somebody; what is no longer there is struck through."""
    after = recorded(stage)
    lines = [f"~~{line}~~" for key, line in before.items() if key not in after]
    lines += [line for key, line in after.items() if before.get(key) != line]
    return [line.replace(f"{name}: ", "", 1) for line in lines if line.removeprefix("~~").startswith(f"{name}: ")]


def _line(stage: Stage, one: Written) -> str:
    parts = [
        f"{_day(stage, one)}{_span(one)}",
        one.task,
        " ".join(one.description.split()),
        " ".join(f"#{tag}" for tag in one.tags),
        "billable" if one.billable else "",
    ]
    return f"{one.whose}: " + "  ·  ".join(part for part in parts if part)


def _day(stage: Stage, one: Written) -> str:
    today = stage.clock.now().astimezone(BERLIN).date()
    return "" if one.day == today else f"{one.day:%a} {one.day.day} {one.day:%b}, "


def _span(one: Written) -> str:
    """`09:00–10:30`, or `1 h 30` where that is all there is."""
    if one.start is None:
        return format_duration(to_minute(timedelta(seconds=one.seconds)))
    return f"{one.start:%H:%M}–{one.end:%H:%M}" if one.end else f"{one.start:%H:%M}–…"
