"""A day that is to be the same as the one before: what comes along, and what stays behind."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.core.day_copy import MOST_COPIED, DayCopy, day_copy
from app.core.model import TimeEntry, Timer, Work
from app.core.reminder import Brief

from .fakes import BERLIN, FIX_LOGIN, HERO

THURSDAY, FRIDAY = date(2026, 11, 19), date(2026, 11, 20)


def at(day: date, clock: str, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=zone).astimezone(UTC)


def entry(day: date, span: str, name: str = "Fix login", zone: ZoneInfo = BERLIN) -> TimeEntry:
    start, end = (at(day, clock, zone) for clock in span.split("-"))
    task = replace(FIX_LOGIN, id=name, name=name)
    return TimeEntry(f"{day} {span} {name}", Work(task), start, end, "183")


def brief(*entries: TimeEntry, before: tuple[TimeEntry, ...], timer: Timer | None = None) -> Brief:
    return Brief(FRIDAY, entries, timer, at(FRIDAY, "16:45"), before)


def spans(copy: DayCopy, zone: ZoneInfo = BERLIN) -> list[str]:
    entries = [piece.entry for piece in copy.pieces]
    return [f"{one.start.astimezone(zone):%a %H:%M}-{one.end.astimezone(zone):%H:%M}" for one in entries]


def copied(found: Brief, clock: str = "16:45") -> DayCopy:
    return day_copy(found, at(FRIDAY, clock), BERLIN)


def test_an_empty_day_gets_all_of_the_one_before_at_the_same_hours() -> None:
    copy = copied(brief(before=(entry(THURSDAY, "09:00-12:00"), entry(THURSDAY, "13:00-15:30", "Hero"))))
    assert spans(copy) == ["Fri 09:00-12:00", "Fri 13:00-15:30"]
    assert copy.length == timedelta(hours=5, minutes=30)


def test_what_overlaps_an_entry_or_the_running_timer_is_left_out() -> None:
    before = tuple(entry(THURSDAY, span) for span in ("09:00-10:00", "10:00-11:00", "15:00-16:00"))
    timer = Timer("t", Work(HERO), at(FRIDAY, "15:30"), "183")
    copy = copied(brief(entry(FRIDAY, "09:30-10:00", "Hero"), before=before, timer=timer))
    assert spans(copy) == ["Fri 10:00-11:00"]
    assert [one.id for one in copy.taken] == [before[0].id, before[2].id]


def test_what_is_still_to_come_is_cut_at_the_present_or_left_out() -> None:
    before = (entry(THURSDAY, "16:00-18:00"), entry(THURSDAY, "18:00-19:00"))
    copy = copied(brief(before=before))
    assert spans(copy) == ["Fri 16:00-16:45"]
    assert copy.pieces[0].is_cut
    assert copy.ahead == (before[1],)


def test_what_is_too_short_to_be_seen_is_not_told_as_still_to_come() -> None:
    late = entry(THURSDAY, "23:48-23:49")
    for seconds, told in ((29, ()), (30, ("23:48-23:49",))):
        source = replace(late, end=late.start + timedelta(seconds=seconds))
        assert tuple(one.id.split()[1] for one in copied(brief(before=(source,))).ahead) == told


def test_the_wall_clock_counts_where_the_clocks_changed_in_between() -> None:
    sunday, monday = date(2026, 10, 25), date(2026, 10, 26)
    found = Brief(monday, (), None, at(monday, "17:00"), (entry(date(2026, 10, 23), "09:00-17:00"),))
    assert spans(day_copy(found, at(monday, "17:30"), BERLIN)) == ["Mon 09:00-17:00"]
    in_the_night = Brief(sunday, (), None, at(monday, "17:00"), (entry(date(2026, 10, 24), "01:30-03:30"),))
    assert day_copy(in_the_night, at(monday, "17:00"), BERLIN).length == timedelta(hours=2)


def test_without_times_of_day_what_is_there_is_known_by_its_work() -> None:
    """Where it is put, only its day and its length count."""
    before = tuple(
        replace(entry(THURSDAY, "09:00-10:00", name), is_timed=False, is_locked=True) for name in ("Fix login", "Hero")
    )
    there = replace(entry(FRIDAY, "09:00-11:00", "Hero"), is_timed=False)
    copy = copied(brief(there, before=before))
    assert [(piece.source.id, piece.entry.duration) for piece in copy.pieces] == [(before[0].id, timedelta(hours=1))]
    assert copy.taken == (before[1],)
    assert copy.pieces[0].entry.end <= at(FRIDAY, "16:45")
    assert not copy.pieces[0].entry.is_locked


def test_without_times_of_day_what_the_day_has_no_room_for_yet_is_left_out() -> None:
    before = (replace(entry(THURSDAY, "09:00-17:00"), is_timed=False),)
    assert copied(brief(before=before), "06:00").ahead == before


def test_what_a_timer_made_is_known_by_its_work_where_its_copy_has_no_time_of_day() -> None:
    there = replace(entry(FRIDAY, "12:00-13:00"), is_timed=False)
    assert copied(brief(there, before=(entry(THURSDAY, "09:00-10:00"),))).pieces == ()


def test_the_same_work_at_another_time_of_the_day_is_no_reason_to_leave_it_out() -> None:
    assert spans(copied(brief(entry(FRIDAY, "09:00-10:00"), before=(entry(THURSDAY, "11:00-12:00"),)))) == [
        "Fri 11:00-12:00"
    ]


def test_what_would_begin_just_now_is_still_to_come() -> None:
    source = entry(THURSDAY, "16:45-17:00")
    assert copied(brief(before=(source,))).ahead == (source,)


def test_nobody_reads_seconds_so_none_are_made() -> None:
    moment = at(FRIDAY, "16:45") + timedelta(seconds=31, milliseconds=500)
    short = entry(THURSDAY, "09:00-10:00")
    short = replace(short, end=short.start + timedelta(seconds=20))
    copy = day_copy(brief(before=(short, entry(THURSDAY, "16:00-18:00"))), moment, BERLIN)
    assert [(piece.entry.start, piece.entry.end) for piece in copy.pieces] == [
        (at(FRIDAY, "09:00"), at(FRIDAY, "09:01")),
        (at(FRIDAY, "16:00"), at(FRIDAY, "16:45")),
    ]


def test_seconds_and_locks_do_not_come_along() -> None:
    source = entry(THURSDAY, "09:00-10:00")
    marked = replace(source, start=source.start + timedelta(milliseconds=431), is_locked=True)
    [piece] = copied(brief(before=(marked,))).pieces
    assert (piece.entry.start, piece.entry.duration, piece.entry.is_locked) == (
        at(FRIDAY, "09:00"), timedelta(hours=1), False,
    )  # fmt: skip
    assert not piece.is_cut


def test_only_so_many_come_along_at_once() -> None:
    before = tuple(entry(THURSDAY, f"09:00-{10 + n // 60}:{n % 60:02}", str(n)) for n in range(MOST_COPIED + 5))
    assert len(copied(brief(before=before)).pieces) == MOST_COPIED


def test_the_same_pieces_have_the_same_name() -> None:
    one, other = entry(THURSDAY, "09:00-10:00"), entry(THURSDAY, "10:00-11:00")
    assert copied(brief(before=(one,))).name == copied(brief(before=(one,)), "16:46").name
    assert copied(brief(before=(one,))).name != copied(brief(before=(one, other))).name


def test_a_piece_that_has_grown_or_become_other_work_since_it_was_shown_is_another_copy() -> None:
    shown = entry(THURSDAY, "08:00-09:00")
    for changed in (replace(shown, end=at(THURSDAY, "14:00")), replace(shown, work=Work(HERO))):
        assert copied(brief(before=(changed,))).name != copied(brief(before=(shown,))).name
