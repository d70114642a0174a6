"""Services that stop whatever runs: in the moment between looking and stopping, that may be another timer."""

from app.core.errors import NoAnswer
from app.core.model import TimeEntry, Work


def another_stopped(entry: TimeEntry | None, label: str) -> NoAnswer:
    """`entry` is what was stopped when something else was meant; None where the service shows its id alone."""
    work = entry.work if entry else Work()
    name = (work.task.name if work.task else "") or work.description
    return NoAnswer(
        f"Another timer had just taken its place, and {label} stopped that one{name and f': “{name}”'}. "
        "Look at your entries of today, and start again what you still work on."
    )
