"""Holidays from files: which days are off where, and what happens when a file changes, breaks or goes away."""

import logging
import os
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.holidays import holidays_from
from app.settings import SettingsFaulty

BERLIN, LONDON, NEW_YORK, INDIANA = (
    ZoneInfo(name) for name in ("Europe/Berlin", "Europe/London", "America/New_York", "America/Indiana/Knox")
)


def event(*lines: str) -> str:
    return "\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT"))


def calendar(*events: str) -> str:
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN", *events, "END:VCALENDAR", ""))


NEW_YEAR = event("UID:1", "DTSTART;VALUE=DATE:20200101", "RRULE:FREQ=YEARLY", "SUMMARY:Neujahr")
EASTER_MONDAY = event("UID:2", "DTSTART;VALUE=DATE:20260406", "DTEND;VALUE=DATE:20260407", "SUMMARY:Ostermontag")
CHRISTMAS = event("UID:3", "DTSTART;VALUE=DATE:20261225", "DTEND;VALUE=DATE:20261227", "SUMMARY:Weihnachten")


def kept(path: Path, *events: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(calendar(*events).encode(encoding))
    return path


def on(day: str, *events: str, folder: Path, zone: ZoneInfo = BERLIN) -> str:
    return holidays_from(str(kept(folder / "days.ics", *events))).on(date.fromisoformat(day), zone)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-04-06", "Ostermontag"),
        ("2026-04-05", ""),
        ("2026-04-07", ""),
        ("2026-01-01", "Neujahr"),
        ("2031-01-01", "Neujahr"),
        ("2019-01-01", ""),
        ("2026-12-24", ""),
        ("2026-12-25", "Weihnachten"),
        ("2026-12-26", "Weihnachten"),
        ("2026-12-27", ""),
    ],
)
def test_a_day_off_has_its_name(day: str, name: str, tmp_path: Path) -> None:
    assert on(day, NEW_YEAR, EASTER_MONDAY, CHRISTMAS, folder=tmp_path) == name


@pytest.mark.parametrize(
    ("lines", "off"),
    [
        (["DTSTART;VALUE=DATE:20261126", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"], ["2026-11-26", "2027-11-25"]),
        (["DTSTART;VALUE=DATE:20261224", "RRULE:FREQ=YEARLY;UNTIL=20271224"], ["2026-12-24", "2027-12-24"]),
        (["DTSTART;VALUE=DATE:20261224", "RRULE:FREQ=YEARLY;UNTIL=20271231T230000Z"], ["2026-12-24", "2027-12-24"]),
        (
            ["DTSTART;VALUE=DATE:20261224", "RRULE:FREQ=YEARLY;COUNT=3", "EXDATE;VALUE=DATE:20271224"],
            ["2026-12-24", "2028-12-24"],
        ),
        (["DTSTART;VALUE=DATE:20261230", "DURATION:P4D"], ["2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02"]),
        (
            ["DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270102", "RRULE:FREQ=YEARLY;COUNT=2"],
            ["2026-12-31", "2027-01-01", "2027-12-31", "2028-01-01"],
        ),
        (["DTSTART;VALUE=DATE:20261224", "RDATE;VALUE=DATE:20261231"], ["2026-12-24", "2026-12-31"]),
        (["DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261224"], ["2026-12-24"]),
    ],
)
def test_what_comes_again_or_lasts_is_off_on_each_of_its_days(lines: list[str], off: list[str], tmp_path: Path) -> None:
    path = kept(
        tmp_path / "days.ics",
        event("UID:1", "SUMMARY:Off", *lines),
    )
    holidays = holidays_from(str(path))
    every = [date.fromordinal(day) for day in range(date(2026, 11, 1).toordinal(), date(2029, 1, 1).toordinal())]
    assert [str(day) for day in every if holidays.on(day, BERLIN)][: len(off) + 1][: len(off)] == off


def test_only_what_lasts_all_day_and_takes_place_counts(tmp_path: Path) -> None:
    meeting = event("UID:1", "DTSTART:20261124T090000Z", "DTEND:20261124T100000Z", "SUMMARY:Standup")
    cancelled = event("UID:2", "DTSTART;VALUE=DATE:20261125", "STATUS:CANCELLED", "SUMMARY:Party")
    holidays = holidays_from(str(kept(tmp_path / "days.ics", meeting, cancelled, CHRISTMAS)))
    assert [holidays.on(date(2026, 11, day), BERLIN) for day in (24, 25)] == ["", ""]


def test_a_day_that_was_moved_or_cancelled_out_of_a_series_is_off_where_it_is_now(tmp_path: Path) -> None:
    series = event("UID:1", "DTSTART;VALUE=DATE:20260601", "RRULE:FREQ=MONTHLY;COUNT=3", "SUMMARY:Off")
    moved = event("UID:1", "RECURRENCE-ID;VALUE=DATE:20260701", "DTSTART;VALUE=DATE:20260703", "SUMMARY:Off later")
    dropped = event("UID:1", "RECURRENCE-ID;VALUE=DATE:20260801", "DTSTART;VALUE=DATE:20260801", "STATUS:cancelled")
    holidays = holidays_from(str(kept(tmp_path / "days.ics", series, moved, dropped)))
    days = [date(2026, 6, 1), date(2026, 7, 1), date(2026, 7, 3), date(2026, 8, 1)]
    assert [holidays.on(day, BERLIN) for day in days] == ["Off", "", "Off later", ""]


def test_an_event_may_come_by_two_rules_and_hours_in_a_rule_are_left_aside(tmp_path: Path) -> None:
    both = ("DTSTART;VALUE=DATE:20260105", "RRULE:FREQ=YEARLY", "RRULE:FREQ=DAILY;COUNT=2;BYHOUR=9,10,11")
    holidays = holidays_from(str(kept(tmp_path / "days.ics", event("UID:1", "SUMMARY:Off", *both))))
    days = [date(2026, 1, 5), date(2026, 1, 6), date(2026, 1, 7), date(2027, 1, 5)]
    assert [holidays.on(day, BERLIN) for day in days] == ["Off", "Off", "", "Off"]


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["DTSTART;VALUE=DATE:20200101", "RRULE:FREQ=YEARLY;INTERVAL=0"], "INTERVAL or a COUNT of less than 1"),
        (["DTSTART;VALUE=DATE:20200101", "RRULE:FREQ=SECONDLY"], "has FREQ=SECONDLY"),
        (["DTSTART;VALUE=DATE:00010101", "RRULE:FREQ=DAILY"], "began before 1900"),
        (["DTSTART;VALUE=DATE:20200101", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"], "its months don't have"),
        (["DTSTART;VALUE=DATE:00010101", "DTEND;VALUE=DATE:99991231"], "lasts longer than a year"),
        (["DTSTART;VALUE=DATE:20200101", "DURATION:P99999999D"], "date value out of range"),
    ],
)
def test_what_would_be_counted_for_ever_is_refused_at_once(lines: list[str], why: str, tmp_path: Path) -> None:
    path = kept(tmp_path / "days.ics", event("UID:1", "SUMMARY:Off", *lines))
    [said] = faults(str(path))
    assert why in said
    assert said.endswith("). Export it again as .ics.")


def test_a_file_that_is_no_list_of_days_off_for_its_size_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "days.ics"
    path.write_text(calendar(CHRISTMAS) + " " * 5_000_000)
    assert faults(str(path)) == [f"HOLIDAYS: {path} is larger than 5 MB. Export a calendar that holds only days off."]


def test_a_name_may_be_folded_escaped_and_in_any_script(tmp_path: Path) -> None:
    name = event("UID:1", "DTSTART;VALUE=DATE:20261118", "SUMMARY:Buß- und Bettag\\, 祝日 in Sa", " chsen")
    assert on("2026-11-18", name, folder=tmp_path) == "Buß- und Bettag, 祝日 in Sachsen"
    path = kept(tmp_path / "days.ics", name, encoding="utf-8-sig")
    assert holidays_from(str(path)).on(date(2026, 11, 18), BERLIN)


def test_a_file_may_be_for_some_zones_only(tmp_path: Path) -> None:
    german, american = (
        event("UID:1", "DTSTART;VALUE=DATE:20261126", f"SUMMARY:{name}") for name in ("Buß- und Bettag", "Thanksgiving")
    )
    de, us = kept(tmp_path / "de.ics", german), kept(tmp_path / "us.ics", american)
    holidays = holidays_from(f"Europe/Berlin={de}, America = {us}")
    day = date(2026, 11, 26)
    assert [holidays.on(day, zone) for zone in (BERLIN, LONDON, NEW_YORK, INDIANA)] == [
        "Buß- und Bettag",
        "",
        "Thanksgiving",
        "Thanksgiving",
    ]


def test_without_files_no_day_is_a_holiday() -> None:
    assert holidays_from("").on(date(2026, 1, 1), BERLIN) == ""


def changed(path: Path, text: str, *, later: int) -> None:
    """A moment later, as the file system's clock may not tell two writes in a row apart."""
    path.write_text(text)
    os.utime(path, ns=(later * 10**9, later * 10**9))


def test_a_file_that_changes_is_read_again_and_one_that_breaks_is_not(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = kept(tmp_path / "days.ics", CHRISTMAS)
    holidays, easter, christmas = holidays_from(str(path)), date(2026, 4, 6), date(2026, 12, 25)
    changed(path, calendar(EASTER_MONDAY), later=1)
    holidays.read_again(2026)
    assert [holidays.on(day, BERLIN) for day in (easter, christmas)] == ["Ostermontag", ""]
    with caplog.at_level(logging.ERROR):
        changed(path, "half a file", later=2)
        holidays.read_again(2026)
        assert [holidays.on(day, BERLIN) for day in (easter, christmas)] == ["Ostermontag", ""]
        path.unlink()
        holidays.read_again(2026)
        assert holidays.on(easter, BERLIN) == "Ostermontag"
    broken, gone = caplog.messages
    assert "is no calendar file that I can read" in broken
    assert "can't be read (No such file or directory)" in gone
    assert broken.endswith("What was read before is still used.")
    changed(path, calendar(CHRISTMAS), later=3)
    holidays.read_again(2026)
    assert [holidays.on(day, BERLIN) for day in (easter, christmas)] == ["", "Weihnachten"]


def faults(setting: str) -> list[str]:
    with pytest.raises(SettingsFaulty) as faulty:
        holidays_from(setting)
    return faulty.value.sentences


def test_what_is_wrong_with_a_file_is_said_at_the_start(tmp_path: Path) -> None:
    good, latin = kept(tmp_path / "good.ics", CHRISTMAS), tmp_path / "latin.ics"
    latin.write_bytes(calendar(event("UID:1", "DTSTART;VALUE=DATE:20261118", "SUMMARY:Bußtag")).encode("latin-1"))
    (tmp_path / "web.ics").write_text("<html>Sign in</html>")
    kept(tmp_path / "empty.ics")
    kept(tmp_path / "day.ics", event("UID:1", "DTSTART;VALUE=DATE:2026", "SUMMARY:x"))
    kept(
        tmp_path / "rule.ics",
        event("UID:1", "DTSTART;VALUE=DATE:20261118", "RRULE:FREQ=SOMETIMES", "SUMMARY:x"),
    )
    assert faults(f"{good}, {tmp_path}/none.ics, Europe/Berln={good}, {tmp_path}") == [
        f"HOLIDAYS: {tmp_path}/none.ics can't be read (No such file or directory). Give the way to a calendar file (.ics).",
        "HOLIDAYS: there is no time zone Europe/Berln. Write a name such as Europe/Berlin, or Europe for all of them.",
        f"HOLIDAYS: {tmp_path} can't be read (Is a directory). Give the way to a calendar file (.ics).",
    ]
    assert faults(str(latin)) == [f"HOLIDAYS: {latin} is not UTF-8. Export the calendar again as an .ics file."]
    for name in ("web.ics", "day.ics", "rule.ics"):
        [said] = faults(str(tmp_path / name))
        assert said.startswith(f"HOLIDAYS: {tmp_path / name} is no calendar file that I can read (")
        assert said.endswith("). Export it again as .ics.")
    assert "holds no all-day event" in faults(str(tmp_path / "empty.ics"))[0]
