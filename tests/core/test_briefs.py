"""What is missing of a day, and where there is room for it."""

from datetime import date, datetime, timedelta

import pytest

from app.core.briefs import rest
from app.core.model import Timer, Work
from app.core.reminder import Brief

from .fakes import BERLIN
from .test_day_copy import at, entry

FRIDAY = date(2026, 11, 20)
EIGHT = timedelta(hours=8)


@pytest.mark.parametrize(
    ("spans", "now", "missing", "hole"),
    [
        ("09:00-12:00 14:30-17:00", "20T18:00", "2:30:00", "12:00-14:30"),
        ("09:00-12:00 13:00-16:00", "20T16:45", "2:00:00", "12:00-13:00"),  # the longest there is
        ("09:00-13:00 13:00-15:30", "20T16:45", "1:30:00", "15:30-16:45"),
        ("09:00-17:00", "20T17:00", "0:00:00", ""),
        ("", "20T16:45", "8:00:00", ""),
        ("09:00-15:00", "21T08:00", "2:00:00", "15:00-17:00"),  # over: behind the last entry
        ("09:00-12:00 20:00-23:00", "21T08:00", "2:00:00", "12:00-14:00"),
        ("20:00-23:00", "21T08:00", "5:00:00", ""),  # no room behind it
    ],
)
def test_what_is_missing_has_a_place_where_the_day_has_room(spans: str, now: str, missing: str, hole: str) -> None:
    moment = datetime.fromisoformat(f"2026-11-{now}:00").replace(tzinfo=BERLIN)
    found = Brief(FRIDAY, tuple(entry(FRIDAY, span) for span in spans.split()), None, moment)
    lacking, window = rest(found, EIGHT, moment, BERLIN)
    shown = f"{window.start.astimezone(BERLIN):%H:%M}-{window.end.astimezone(BERLIN):%H:%M}" if window else ""
    assert (str(lacking), shown) == (missing, hole)


def test_what_runs_counts_and_leaves_no_hole_behind_it() -> None:
    timer = Timer("t", Work(), at(FRIDAY, "12:00"), "183")
    found = Brief(FRIDAY, (entry(FRIDAY, "09:00-12:00"),), timer, at(FRIDAY, "16:45"))
    assert rest(found, EIGHT, at(FRIDAY, "16:45"), BERLIN) == (timedelta(minutes=15), None)
