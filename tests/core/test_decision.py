"""The table: whose day, where, by which rule, and what is decided. Each row is one end of a day somewhere."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from app.core.decision import after_reading, due, ends, upcoming, without_reading
from app.core.durations import parse_duration
from app.core.model import Person, TimeEntry, Timer, Work
from app.core.reminder import Brief, Decision, Kind, Presence, Reminder, Rule
from app.core.rhythm import Leave, Rhythm, Week

SUN_TO_THU = Week(days=(0, 1, 2, 3, 6))
RHYTHMS = {
    "usual": Rhythm(),
    "17:30": Rhythm(at=time(17, 30)),
    "02:30 daily": Rhythm(Week(days=tuple(range(7))), at=time(2, 30)),
    "00:00 daily": Rhythm(Week(days=tuple(range(7))), at=time(0)),
    "daily": Rhythm(Week(days=tuple(range(7)))),
    "sun-thu": Rhythm(SUN_TO_THU),
    "mon-thu": Rhythm(Week(days=(0, 1, 2, 3))),
    "7h30": Rhythm(Week(timedelta(hours=7, minutes=30))),
    "fri 4h": Rhythm(Week(special=((4, timedelta(hours=4)),))),
    "fri 0h": Rhythm(Week(special=((4, timedelta()),))),
    "off": Rhythm(is_on=False),
    "snoozed": Rhythm(quiet_until=date(2026, 11, 23)),
    "on leave": Rhythm(leave=(Leave(date(2026, 11, 16), date(2026, 11, 20)),)),
    "one day off": Rhythm(leave=(Leave(date(2026, 11, 20), date(2026, 11, 20)),)),
    "half a day": Rhythm(leave=(Leave(date(2026, 11, 20), date(2026, 11, 20), is_half=True),)),
    "half of 4h": Rhythm(
        Week(special=((4, timedelta(hours=4)),)),
        leave=(Leave(date(2026, 11, 20), date(2026, 11, 20), is_half=True),),
    ),
    "half, whole": Rhythm(
        leave=(
            Leave(date(2026, 11, 20), date(2026, 11, 20), is_half=True),
            Leave(date(2026, 11, 19), date(2026, 11, 21)),
        )
    ),
    "new year": Rhythm(leave=(Leave(date(2026, 12, 24), date(2027, 1, 1)),)),
}

# What else is known at that hour; a time after it is UTC, on the same UTC day as the hour itself.
TABLE = """
when, in UTC      zone                 day         rhythm       known                     there         decision

                                      where and when: one day, one hour, around the globe
2026-11-20 15:45  Europe/Berlin        2026-11-20  usual        -                         2 h            missing: 6 h
2026-11-20 16:45  Europe/London        2026-11-20  usual        -                         2 h            missing: 6 h
2026-11-20 21:45  America/New_York     2026-11-20  usual        -                         nothing        missing: 8 h
2026-11-20 11:15  Asia/Kolkata         2026-11-20  usual        -                         7 h            missing: 1 h
2026-11-20 11:00  Asia/Kathmandu       2026-11-20  usual        -                         7 h            missing: 1 h
2026-11-20 06:15  Australia/Adelaide   2026-11-20  usual        -                         7 h            missing: 1 h
2026-11-20 16:30  Europe/Berlin        2026-11-20  17:30        -                         2 h            missing: 6 h

                                      the date line: the same hour, a day apart
2026-11-20 02:45  Pacific/Kiritimati   2026-11-20  usual        -                         4 h            missing: 4 h
2026-11-21 02:45  Pacific/Honolulu     2026-11-20  usual        -                         4 h            missing: 4 h
2026-11-20 03:45  Pacific/Apia         2026-11-20  usual        -                         4 h            missing: 4 h
2026-11-21 03:45  Pacific/Pago_Pago    2026-11-20  usual        -                         4 h            missing: 4 h
2026-11-20 03:00  Pacific/Chatham      2026-11-20  usual        -                         4 h            missing: 4 h
2026-11-21 02:45  Pacific/Kiritimati   2026-11-21  usual        -                         4 h            no_working_day: Saturday
2026-11-22 02:45  Pacific/Honolulu     2026-11-21  usual        -                         4 h            no_working_day: Saturday
2011-12-30 02:45  Pacific/Apia         2011-12-29  usual        -                         4 h            missing: 4 h
2011-12-30 10:00  Pacific/Apia         2011-12-30  daily        -                         4 h            no_working_day: Friday
2011-12-31 02:45  Pacific/Apia         2011-12-31  daily        -                         4 h            missing: 4 h

                                      the clocks change: the hour before, in the gap, in the fold
2026-03-27 15:45  Europe/Berlin        2026-03-27  usual        -                         2 h            missing: 6 h
2026-03-30 14:45  Europe/Berlin        2026-03-30  usual        -                         2 h            missing: 6 h
2026-03-29 01:00  Europe/Berlin        2026-03-29  02:30 daily  -                         2 h            missing: 6 h
2026-10-25 00:30  Europe/Berlin        2026-10-25  02:30 daily  -                         2 h            missing: 6 h
2026-10-26 01:30  Europe/Berlin        2026-10-26  02:30 daily  -                         2 h            missing: 6 h
2026-03-08 07:00  America/New_York     2026-03-08  02:30 daily  -                         2 h            missing: 6 h
2026-10-03 15:30  Australia/Lord_Howe  2026-10-04  02:30 daily  -                         2 h            missing: 6 h
2026-03-08 05:00  America/Havana       2026-03-08  00:00 daily  -                         nothing        missing: 8 h
2026-11-01 04:00  America/Havana       2026-11-01  00:00 daily  -                         nothing        missing: 8 h

                                      weeks: which days are worked
2026-11-22 14:45  Asia/Jerusalem       2026-11-22  sun-thu      -                         2 h            missing: 6 h
2026-11-20 14:45  Asia/Jerusalem       2026-11-20  sun-thu      -                         2 h            no_working_day: Friday
2026-11-21 14:45  Asia/Jerusalem       2026-11-21  sun-thu      -                         2 h            no_working_day: Saturday
2026-11-22 14:45  Asia/Jerusalem       2026-11-22  usual        -                         2 h            no_working_day: Sunday
2026-11-20 15:45  Europe/Berlin        2026-11-20  mon-thu      -                         2 h            no_working_day: Friday
2026-11-21 15:45  Europe/Berlin        2026-11-21  daily        -                         2 h            missing: 6 h
2026-11-20 15:45  Europe/Berlin        2026-11-20  7h30         -                         2 h            missing: 5 h 30
2026-11-20 15:45  Europe/Berlin        2026-11-20  fri 4h       -                         2 h            missing: 2 h
2026-11-19 15:45  Europe/Berlin        2026-11-19  fri 4h       -                         2 h            missing: 6 h
2026-11-20 15:45  Europe/Berlin        2026-11-20  fri 0h       -                         nothing        no_working_day: Friday

                                      their own word
2026-11-20 15:45  Europe/Berlin        2026-11-20  off          -                         nothing        off
2026-11-21 15:45  Europe/Berlin        2026-11-21  off          -                         nothing        off
2026-11-20 15:45  Europe/Berlin        2026-11-20  snoozed      -                         nothing        snoozed: Mon 23 Nov
2026-11-22 15:45  Europe/Berlin        2026-11-22  snoozed      -                         nothing        snoozed: Mon 23 Nov
2026-11-23 15:45  Europe/Berlin        2026-11-23  snoozed      -                         nothing        missing: 8 h
2026-11-20 15:45  Europe/Berlin        2026-11-20  usual        said right                nothing        said_right
2026-11-20 15:45  Europe/Berlin        2026-11-20  usual        said not today            nothing        not_today
2026-11-20 18:00  Europe/Berlin        2026-11-20  usual        said later                nothing        missing: 8 h
2026-11-20 15:45  Europe/Berlin        2026-11-20  off          said right                nothing        off

                                      days off
2026-11-20 15:45  Europe/Berlin        2026-11-20  on leave     -                         nothing        leave: Mon 16 Nov – Fri 20 Nov
2026-11-16 15:45  Europe/Berlin        2026-11-16  on leave     -                         nothing        leave: Mon 16 Nov – Fri 20 Nov
2026-11-13 15:45  Europe/Berlin        2026-11-13  on leave     -                         nothing        missing: 8 h
2026-11-23 15:45  Europe/Berlin        2026-11-23  on leave     -                         nothing        missing: 8 h
2026-11-20 15:45  Europe/Berlin        2026-11-20  one day off  -                         nothing        leave: Fri 20 Nov
2026-12-31 15:45  Europe/Berlin        2026-12-31  new year     -                         nothing        leave: Thu 24 Dec – Fri 1 Jan 2027
2026-11-20 15:45  Europe/Berlin        2026-11-20  half a day   -                         1 h            missing: 3 h
2026-11-20 15:45  Europe/Berlin        2026-11-20  half a day   -                         4 h            complete: 4 h
2026-11-20 15:45  Europe/Berlin        2026-11-20  half of 4h   -                         1 h            missing: 1 h
2026-11-20 15:45  Europe/Berlin        2026-11-20  half, whole  -                         1 h            leave: Thu 19 Nov – Sat 21 Nov
2026-11-18 15:45  Europe/Berlin        2026-11-18  usual        Day of Repentance         nothing        holiday: Day of Repentance
2026-11-20 15:45  Europe/Berlin        2026-11-20  half a day   Day of Repentance         nothing        holiday: Day of Repentance
2026-11-21 15:45  Europe/Berlin        2026-11-21  usual        Day of Repentance         nothing        no_working_day: Saturday
2026-11-20 15:45  Europe/Berlin        2026-11-20  on leave     Day of Repentance         nothing        leave: Mon 16 Nov – Fri 20 Nov

                                      what Slack and the account say
2026-11-20 15:45  Europe/Berlin        2026-11-20  usual        gone                      nothing        gone
2026-11-20 15:45  Europe/Berlin        2026-11-20  off          gone                      nothing        gone
2026-11-20 15:45  Europe/Berlin        2026-11-20  usual        not connected             nothing        not_connected
2026-11-20 15:45  Europe/Berlin        2026-11-20  on leave     not connected             nothing        leave: Mon 16 Nov – Fri 20 Nov
2026-11-20 15:45  Europe/Berlin        2026-11-20  usual        :palm_tree: Vacationing   nothing        away: :palm_tree: Vacationing
2026-11-20 15:45  Europe/Berlin        2026-11-20  usual        :palm_tree: to 15:45      nothing        missing: 8 h
2026-11-20 15:45  Europe/Berlin        2026-11-20  usual        :palm_tree: to 15:46      nothing        away: :palm_tree:
2026-11-20 15:45  Europe/Berlin        2026-11-20  usual        :house: Working remotely  nothing        missing: 8 h
2026-11-20 15:45  Europe/Berlin        2026-11-20  usual        quiet 15:00-17:00         nothing        quiet until 17:00
2026-11-20 15:45  Europe/Berlin        2026-11-20  usual        quiet 15:45-17:45         nothing        quiet until 17:45
2026-11-20 15:45  Europe/Berlin        2026-11-20  usual        quiet 15:00-17:46         nothing        quiet
2026-11-20 15:45  Europe/Berlin        2026-11-20  usual        quiet 15:00-15:45         nothing        missing: 8 h
2026-11-20 15:45  Europe/Berlin        2026-11-20  usual        quiet 15:46-17:00         nothing        missing: 8 h
2026-11-20 15:45  Europe/Berlin        2026-11-20  usual        quiet from now to 16:30   nothing        quiet until 16:30
2026-11-20 17:00  Europe/Berlin        2026-11-20  usual        quiet 15:00-17:00         nothing        missing: 8 h
2026-11-20 17:00  Europe/Berlin        2026-11-20  usual        quiet 15:00-18:00         nothing        quiet
2026-11-20 18:00  Europe/Berlin        2026-11-20  usual        said later, to 19:30      nothing        quiet until 19:30

                                      seen an hour before: what holds at the hour
2026-11-20 14:45  Europe/Berlin        2026-11-20  usual        :palm_tree: to 15:30      nothing        missing: 8 h
2026-11-20 14:45  Europe/Berlin        2026-11-20  usual        quiet 14:00-15:30         nothing        missing: 8 h
2026-11-20 14:45  Europe/Berlin        2026-11-20  usual        quiet 15:30-16:30         nothing        quiet until 16:30

                                      what is there
2026-11-20 15:45  Europe/Berlin        2026-11-20  usual        -                         8 h            complete: 8 h
2026-11-20 15:45  Europe/Berlin        2026-11-20  usual        -                         9 h 15         complete: 9 h 15
2026-11-20 15:45  Europe/Berlin        2026-11-20  usual        -                         7 h 59         complete: 7 h 59
2026-11-20 15:45  Europe/Berlin        2026-11-20  usual        -                         7h58m59s       missing: 1 min
2026-11-20 15:45  Europe/Berlin        2026-11-20  usual        -                         since 07:45    complete: 8 h
2026-11-20 15:45  Europe/Berlin        2026-11-20  usual        -                         since 09:15    missing: 1 h 30
2026-11-20 15:45  Europe/Berlin        2026-11-20  7h30         -                         since 08:15    complete: 7 h 30
2026-11-20 17:15  Europe/Berlin        2026-11-20  usual        -                         since 09:15    complete: 8 h
"""

ROWS = [row for row in TABLE.splitlines() if row[:1].isdigit()]
STARTS = [0, 18, 39, 51, 64, 90, 105]


def person(zone: str, rhythm: Rhythm) -> Person:
    return Person("T1", "UADA", ZoneInfo(zone), rhythm=rhythm)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def beside(now: datetime, clock: str) -> datetime:
    return datetime.combine(now.date(), time.fromisoformat(clock), UTC)


def presence(known: str, now: datetime) -> Presence:
    match known.split():
        case ["gone"]:
            return Presence(is_gone=True)
        case ["quiet", "from", "now", "to", end]:
            return Presence(quiet_until=beside(now, end))
        case ["quiet", stretch]:
            start, end = stretch.split("-")
            return Presence(quiet_from=beside(now, start), quiet_until=beside(now, end))
        case ["said", "later,", "to", end]:
            return Presence(quiet_until=beside(now, end))
        case [emoji, "to", until]:
            return Presence(status_emoji=emoji, status_until=beside(now, until))
        case [emoji, *words] if emoji.startswith(":"):
            return Presence(status_emoji=emoji, status_text=" ".join(words))
    return Presence()


def answered(known: str, whose: Person, day: date, now: datetime) -> Reminder | None:
    said = {"said right": Rule.SAID_RIGHT, "said not today": Rule.NOT_TODAY, "said later": Rule.PUT_OFF}
    rule = said.get(known.partition(",")[0])
    return Reminder(whose.team, whose.user, Kind.DAY, day, now, now, rule=rule) if rule else None


def brief(there: str, day: date, whose: Person, now: datetime) -> Brief:
    if there == "nothing":
        return Brief(day, (), None, now)
    if there.startswith("since"):
        return Brief(day, (), Timer("t1", Work(), beside(now, there[6:]), "u1"), now)
    start = datetime.combine(day, time(0), whose.zone).astimezone(UTC)
    return Brief(day, (TimeEntry("e1", Work(), start, start + parse_duration(there), "u1"),), None, now)


def said(decision: Decision) -> str:
    about = f": {decision.about}" if decision.about else ""
    return f"{decision.rule}{about}" + (f" until {decision.until:%H:%M}" if decision.until else "")


def cells(row: str) -> list[str]:
    return [row[start:end].strip() for start, end in pairwise(STARTS)]


def decided(row: str) -> Decision:
    when, zone, on, rhythm, known, there = cells(row)
    now, day, whose = utc(when), date.fromisoformat(on), person(zone, RHYTHMS[rhythm])
    is_holiday = known.startswith("Day of")
    first = without_reading(
        whose,
        day,
        now,
        presence=presence(known, now),
        holiday=known if is_holiday else "",
        is_connected=known != "not connected",
        answered=answered(known, whose, day, now),
    )
    return first or after_reading(whose, brief(there, day, whose, now), now)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join(row.split()))
def test_a_row_of_the_table_is_decided_as_it_says(row: str) -> None:
    assert said(decided(row)) == row[STARTS[-1] :].strip()


AT_THEIR_HOUR = [row for row in TABLE.partition("their own word")[0].splitlines() if row in ROWS]


@pytest.mark.parametrize("row", AT_THEIR_HOUR, ids=lambda row: row[:63])
def test_each_is_asked_at_an_hour_that_their_clocks_show(row: str) -> None:
    when, zone, on, rhythm, *_ = cells(row)
    assert due(RHYTHMS[rhythm], date.fromisoformat(on), ZoneInfo(zone)) == utc(when)


def test_the_usual_end_is_read_on_the_same_clocks() -> None:
    rhythm, berlin = Rhythm(at=time(16), ends=time(2, 30)), ZoneInfo("Europe/Berlin")
    assert ends(rhythm, date(2026, 11, 20), berlin) == utc("2026-11-20 01:30")
    assert ends(rhythm, date(2026, 3, 29), berlin) == utc("2026-03-29 01:00")


def test_who_travels_is_asked_where_they_are() -> None:
    """The same evening: on the way from Berlin to Tokyo the day ends earlier, and New York's later."""
    hours = [
        due(Rhythm(), date(2026, 11, 20), ZoneInfo(zone))
        for zone in ("Asia/Tokyo", "Europe/Berlin", "America/New_York")
    ]
    assert [f"{hour:%H:%M}" for hour in hours] == ["07:45", "15:45", "21:45"]


def test_whose_time_it_is_decides_the_day_an_entry_counts_for() -> None:
    """Started in Berlin at 15:30 on Thursday, half an hour of it is Thursday's in Tokyo."""
    tokyo = person("Asia/Tokyo", Rhythm())
    now = utc("2026-11-20 00:00")
    timer = Timer("t1", Work(), utc("2026-11-19 14:30"), "u1")
    decision = after_reading(tokyo, Brief(date(2026, 11, 20), (), timer, now), now)
    assert decision == Decision(Rule.COMPLETE, "9 h")


def test_what_was_left_on_yesterday_keeps_nothing_silent() -> None:
    berlin, now = person("Europe/Berlin", Rhythm()), utc("2026-11-20 15:45")
    day = Brief(date(2026, 11, 20), (), Timer("t1", Work(), utc("2026-11-19 13:00"), "u1"), now)
    found = after_reading(berlin, day, now)
    assert found == Decision(Rule.MISSING, "8 h, not counting what has run since Thu 19 Nov,")


def test_what_runs_goes_on_counting_after_it_was_read() -> None:
    berlin, read_at = person("Europe/Berlin", Rhythm()), utc("2026-11-20 14:50")
    day = Brief(date(2026, 11, 20), (), Timer("t1", Work(), utc("2026-11-20 07:45"), "u1"), read_at)
    assert after_reading(berlin, day, read_at) == Decision(Rule.COMPLETE, "7 h 05, and what runs until 18:00")
    assert after_reading(berlin, day, utc("2026-11-20 15:45")) == Decision(Rule.COMPLETE, "8 h")


@pytest.mark.parametrize(("since", "asks"), [("09:00", False), ("09:01", False), ("09:02", True)])
def test_what_runs_counts_as_if_it_went_on_until_their_usual_end(since: str, *, asks: bool) -> None:
    berlin, now = person("Europe/Berlin", Rhythm()), utc("2026-11-20 15:45")
    started = utc(f"2026-11-20 {since}")
    day = Brief(date(2026, 11, 20), (), Timer("t1", Work(), started, "u1"), now)
    assert after_reading(berlin, day, now).asks is asks


@pytest.mark.parametrize(
    ("rhythm", "holidays", "asked"),
    [
        (RHYTHMS["usual"], (), "2026-11-20 15:45"),
        (RHYTHMS["mon-thu"], (), "2026-11-23 15:45"),
        (RHYTHMS["one day off"], (), "2026-11-23 15:45"),
        (RHYTHMS["half a day"], (), "2026-11-20 15:45"),
        (RHYTHMS["snoozed"], ("2026-11-23",), "2026-11-24 15:45"),
        (Rhythm(quiet_until=date(2026, 12, 24)), (), "2026-12-24 15:45"),
        (Rhythm(quiet_until=date(2027, 11, 19)), (), "2027-11-19 15:45"),
        (replace(RHYTHMS["daily"], quiet_until=date(2027, 11, 20)), (), "2027-11-20 15:45"),
        (replace(RHYTHMS["daily"], quiet_until=date(2027, 11, 21)), (), ""),
        (RHYTHMS["off"], (), ""),
    ],
)
def test_they_are_asked_next_on_the_first_day_that_nothing_known_by_now_keeps_silent(
    rhythm: Rhythm, holidays: tuple[str, ...], asked: str
) -> None:
    """From a Friday on, for a year."""
    found = upcoming(
        person("Europe/Berlin", rhythm), date(2026, 11, 20), lambda day: "Holiday" if str(day) in holidays else ""
    )
    assert found == (utc(asked) if asked else None)
