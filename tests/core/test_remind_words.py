"""What can be said about reminders, what a rhythm is after it, and what is refused; said on Thursday, 19 November 2026."""

from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import NotUnderstood
from app.core.remind_words import HINT, line, reminded
from app.core.rhythm import USUAL, Leave, Rhythm, Week
from app.core.wishes import MOST_LEAVES

TODAY, BERLIN = date(2026, 11, 19), ZoneInfo("Europe/Berlin")
HALF_PAST_FIVE = replace(USUAL, at=time(17, 30))
HOURS = timedelta(hours=1)
NO_WORK = "A working day has more than nothing: write 8h. For a weekday without work write “fri off”."
A_WEEK = "The target is a day's: write target 8h, and fri 4h where a day differs."


def after(text: str, rhythm: Rhythm = USUAL) -> Rhythm:
    return reminded(text, rhythm, today=TODAY, zone=BERLIN)


def refusal(text: str, rhythm: Rhythm = USUAL) -> NotUnderstood:
    with pytest.raises(NotUnderstood) as refused:
        after(text, rhythm)
    return refused.value


def week(text: str) -> Week:
    return after(text).week


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("17:30", time(17, 30)),
        ("17.30", time(17, 30)),
        ("1730", time(17, 30)),
        ("5pm", time(17)),
        ("5:15 p.m.", time(17, 15)),
        ("at 5 pm", time(17)),
        ("at 17", time(17)),
        ("noon", time(12)),
        ("midday", time(12)),
        ("05:30", time(5, 30)),
        ("5:30am", time(5, 30)),
        ("0:00", time(0)),
        ("8:00", time(8)),
        ("weekdays 17:30", time(17, 30)),
        ("fri at 8:00", time(8)),
        ("mon-thu 13:00", time(13)),
    ],
)
def test_a_time_is_when_they_are_asked(text: str, at: time) -> None:
    assert after(text).at == at


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("weekdays", "01234"),
        ("daily", "0123456"),
        ("every day", "0123456"),
        ("mon-thu", "0123"),
        ("Mon – Thu", "0123"),
        ("sun-thu", "01236"),
        ("mon, wed, fri", "024"),
        ("mon wed fri", "024"),
        ("mon, wed and fri", "024"),
        ("mon & fri", "04"),
        ("17:30 & mon-thu", "0123"),
        ("mon-wed sat", "0125"),
        ("17:30 mon-thu", "0123"),
        ("mon-thu, 17:30", "0123"),
        ("fri off", "0123"),
        ("daily sun off", "012345"),
        ("mon off fri off", "123"),
        ("sat 4h", "012345"),
        ("mon-thu fri 4h", "01234"),
        ("weekdays sat 2h", "012345"),
    ],
)
def test_weekdays_are_the_days_on_which_they_work(text: str, days: str) -> None:
    assert week(text).days == tuple(int(day) for day in days)


@pytest.mark.parametrize(
    ("text", "usual", "special"),
    [
        ("target 7h30", 7.5, {}),
        ("target 7 h 30", 7.5, {}),
        ("target 7:30", 7.5, {}),
        ("goal 6.5h", 6.5, {}),
        ("target 24h", 24, {}),
        ("target 7", 7, {}),
        ("target 24", 24, {}),
        ("target 7.5", 7.5, {}),
        ("target 6 fri 4h", 6, {4: 4}),
        ("fri: 4h", 8, {4: 4}),
        ("fri 4h", 8, {4: 4}),
        ("fridays 4h 30", 8, {4: 4.5}),
        ("mon-wed 6h", 8, {0: 6, 1: 6, 2: 6}),
        ("mon-thu fri 4h", 8, {4: 4}),
        ("fri 4h wed 6h", 8, {2: 6, 4: 4}),
        ("fri 4h, wed 6h", 8, {2: 6, 4: 4}),
        ("fri 4h and wed 6h", 8, {2: 6, 4: 4}),
        ("fri 8h", 8, {}),
        ("target 6h fri 8h", 6, {4: 8}),
        ("17:30 mon-thu target 7h30 fri 4h", 7.5, {4: 4}),
        ("fri 4 h 17:30", 8, {4: 4}),
    ],
)
def test_hours_are_the_same_on_all_days_but_those_that_are_named(
    text: str, usual: float, special: dict[int, float]
) -> None:
    found = week(text)
    assert found.usual == usual * HOURS
    assert dict(found.special) == {day: hours * HOURS for day, hours in special.items()}


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("ends 18:30", time(18, 30)),
        ("until 18:30", time(18, 30)),
        ("end at 7pm", time(19)),
        ("ends 20", time(20)),
        ("ends 12", time(12)),
        ("ends 07:00", time(7)),
        ("ends 10:30", time(10, 30)),
        ("till at 20", time(20)),
        ("ends 5:30 p.m.", time(17, 30)),
        ("ends at 5:30 p.m.", time(17, 30)),
    ],
)
def test_an_end_is_when_they_have_usually_stopped(text: str, ends: time) -> None:
    assert after(text).ends == ends
    assert after(text).at == USUAL.at


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("snooze until mon", "2026-11-23"),
        ("snooze until tomorrow", "2026-11-20"),
        ("snooze till 3 dec", "2026-12-03"),
        ("pause until thu 3 dec", "2026-12-03"),
        ("snooze 3 days", "2026-11-22"),
        ("snooze a day", "2026-11-20"),
        ("snooze for 2 weeks", "2026-12-03"),
        ("snooze today", "2026-11-20"),
        ("snooze until mon, 17:30", "2026-11-23"),
        ("snooze 99 days", "2027-02-26"),
    ],
)
def test_a_snooze_names_the_first_day_on_which_they_are_asked_again(text: str, day: str) -> None:
    assert after(text).quiet_until == date.fromisoformat(day)


def test_a_snooze_ends_by_its_day_by_none_and_by_on() -> None:
    snoozed = after("snooze until mon")
    assert after("snooze none", snoozed).quiet_until is None
    assert after("snooze off, 17:30", snoozed).quiet_until is None
    assert after("on", snoozed).quiet_until is None
    assert after("17:30", snoozed).quiet_until == date(2026, 11, 23)
    assert after("snooze until 3 dec", snoozed).quiet_until == date(2026, 12, 3)
    assert reminded("17:30", snoozed, today=date(2026, 11, 23), zone=BERLIN).quiet_until is None


def leave(text: str, rhythm: Rhythm = USUAL) -> list[str]:
    return [f"{one.first:%d.%m.}-{one.last:%d.%m.}{' half' * one.is_half}" for one in after(text, rhythm).leave]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("leave tomorrow", ["20.11.-20.11."]),
        ("leave 24 dec - 2 jan", ["24.12.-02.01."]),
        ("vacation 24-27 dec", ["24.12.-27.12."]),
        ("leave thu 24 dec - fri 1 jan 17:30", ["24.12.-01.01."]),
        ("leave mon-wed", ["23.11.-25.11."]),
        ("leave mon - wed fri 4h", ["23.11.-25.11."]),
        ("leave fri half", ["20.11.-20.11. half"]),
        ("leave half fri", ["20.11.-20.11. half"]),
        ("leave fri half a day", ["20.11.-20.11. half"]),
        ("leave half a day tomorrow", ["20.11.-20.11. half"]),
        ("leave half fri 17:30", ["20.11.-20.11. half"]),
        ("leave fri half, 17:30", ["20.11.-20.11. half"]),
        ("leave fri half day", ["20.11.-20.11. half"]),
        ("leave mon-wed a half day", ["23.11.-25.11. half"]),
        ("leave mon a half", ["23.11.-23.11. half"]),
        ("leave fri halfday 17:30", ["20.11.-20.11. half"]),
        ("leave thursday 24th december 2026 - saturday 2nd january 2027 half a day", ["24.12.-02.01. half"]),
        ("leave fri half leave mon", ["20.11.-20.11. half", "23.11.-23.11."]),
        ("leave mon, leave fri", ["20.11.-20.11.", "23.11.-23.11."]),
        ("leave 16 nov - 20 nov", ["16.11.-20.11."]),
    ],
)
def test_leave_is_a_day_or_a_stretch_of_them_or_half_of_it(text: str, days: list[str]) -> None:
    assert leave(text) == days


def test_the_newest_word_about_a_day_counts() -> None:
    away = after("leave 20 nov - 30 nov")
    assert leave("leave 24 nov half", away) == ["20.11.-23.11.", "24.11.-24.11. half", "25.11.-30.11."]
    assert leave("leave 20 nov half", away) == ["20.11.-20.11. half", "21.11.-30.11."]
    assert leave("leave 30 nov half", away) == ["20.11.-29.11.", "30.11.-30.11. half"]
    assert leave("leave 19 nov - 1 dec", away) == ["19.11.-01.12."]
    assert leave("leave 2 dec", away) == ["20.11.-30.11.", "02.12.-02.12."]


def test_neighbouring_leave_of_one_kind_is_one_stretch() -> None:
    away = after("leave 24 dec - 25 dec")
    assert leave("leave 26 dec - 30 dec", away) == ["24.12.-30.12."]
    assert leave("leave 23 dec", away) == ["23.12.-25.12."]
    assert leave("leave 27 dec", away) == ["24.12.-25.12.", "27.12.-27.12."]
    assert leave("leave 26 dec half", away) == ["24.12.-25.12.", "26.12.-26.12. half"]
    assert leave("leave 25 dec", away) == ["24.12.-25.12."]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("me at 5pm", "5pm"),
        ("17:30 please", "17:30"),
        ("stop", "off"),
        ("no", "off"),
        ("weekends off", "sat off sun off"),
        ("daily weekends off", "weekdays"),
        ("sick", "leave today"),
        ("sick today", "leave today"),
        ("not today", "snooze today"),
    ],
)
def test_what_people_say_in_their_own_words_is_taken(typed: str, meant: str) -> None:
    assert after(typed) == after(meant)


def test_what_is_to_come_of_leave_can_be_cleared() -> None:
    begun = replace(
        USUAL, leave=(Leave(date(2026, 11, 2), date(2026, 11, 3)), Leave(date(2026, 11, 16), date(2026, 12, 3)))
    )
    assert leave("leave none", begun) == ["02.11.-03.11.", "16.11.-18.11."]
    assert leave("leave none, leave mon", begun) == ["02.11.-03.11.", "16.11.-18.11.", "23.11.-23.11."]


def test_leave_that_is_long_over_is_forgotten() -> None:
    long_ago = replace(
        USUAL, leave=(Leave(date(2026, 9, 1), date(2026, 9, 17)), Leave(date(2026, 9, 1), date(2026, 9, 18)))
    )
    assert leave("17:30", long_ago) == ["01.09.-18.09."]


def test_there_is_an_end_to_how_much_leave_is_kept() -> None:
    days = [date(2026, 12, day) for day in range(1, MOST_LEAVES + 1)]
    many = tuple(Leave(day, day, is_half=day.day % 2 == 0) for day in days)
    past = (Leave(date(2026, 11, 18), date(2026, 11, 18)),)
    today_too = (Leave(TODAY, TODAY),)
    assert refusal("17:30", replace(USUAL, leave=today_too + many)).field == "leave"
    full = replace(USUAL, leave=past + many)
    assert len(after("17:30", full).leave) == MOST_LEAVES + 1
    assert refusal("leave 30 dec", full).sentence == (
        "That is more than 20 stretches of leave. Write “leave none” to clear those still to come."
    )


def test_off_and_on_keep_everything_else() -> None:
    off = after("off", HALF_PAST_FIVE)
    assert off == replace(HALF_PAST_FIVE, is_on=False)
    assert after("on", off) == HALF_PAST_FIVE
    assert after("mon-thu", off).is_on is False
    assert after("on mon-thu", off).week.days == (0, 1, 2, 3)


def test_usual_takes_everything_back_but_leave() -> None:
    changed = after("17:30 daily target 6h fri 4h ends 20:00 snooze until mon leave 3 dec")
    assert after("usual", changed) == replace(USUAL, leave=changed.leave)
    assert after("usual 16:00", changed).at == time(16)
    assert after("usual", after("off")).is_on


def test_what_was_not_said_stays_as_it_was() -> None:
    one = after("17:30 mon-thu target 7h30 fri 4h ends 19:00 snooze until mon leave 3 dec")
    assert after("16:00", one) == replace(one, at=time(16))
    assert after("ends 20:00", one) == replace(one, ends=time(20))
    assert after("target 6h", one).week == Week(6 * HOURS, (0, 1, 2, 3, 4), ((4, 4 * HOURS),))
    assert after("mon-thu", one).week == Week(7.5 * HOURS, (0, 1, 2, 3))
    assert after("fri off", one).week == Week(7.5 * HOURS, (0, 1, 2, 3))
    assert after("", one) == one


@pytest.mark.parametrize(
    ("text", "field", "sentence"),
    [
        ("5:30", "at", "Is 5:30 in the morning or the afternoon? Write 05:30 or 17:30."),
        ("at 5", "start", "Is 5 in the morning or the afternoon? Write 5am or 17:00."),
        ("7.05", "at", "Is 7.05 in the morning or the afternoon? Write 07:05 or 19:05."),
        ("ends 530", "ends", "Is 530 in the morning or the afternoon? Write 05:30 or 17:30."),
        ("24:00", "at", "“24:00” is no time of a day. Write 17:30 or 5pm."),
        ("25:00", "start", "No clock shows 25:00."),
        ("17", "at", "Is 17 a time of day or a number of hours? Write 17:00, or target 17h."),
        ("8h", "at", "Is 8h how long you work, or when you are asked? Write target 8h, or 17:30."),
        ("7h30", "at", "Is 7h30 how long you work, or when you are asked? Write target 7h30, or 17:30."),
        ("17:30 18:00", "at", "You can be asked at one hour only, the same on all days."),
        ("mon-thu 17:30 at 18", "at", "You can be asked at one hour only, the same on all days."),
        ("fri 8:00", "special", "Is 8:00 how long or what time? Write 8h or at 8:00."),
        ("fri 12:30", "special", "Is 12:30 how long or what time? Write 12h30 or at 12:30."),
        ("fri 4", "special", "Is 4 how long or what time? Write 4h or 16:00."),
        ("mon-thu 11, fri 4h", "special", "Is 11 how long or what time? Write 11h or 23:00."),
        ("fri 12", "special", "Is 12 how long or what time? Write 12h or 12:00."),
        ("fri 17", "special", "Is 17 how long or what time? Write 17h or 17:00."),
        ("fri 0 min", "target", NO_WORK),
        ("fri 0m", "target", NO_WORK),
        ("fri 0 hour", "target", NO_WORK),
        ("fri 0 minute", "target", NO_WORK),
        ("target 25 hour", "target", "A day has 24 h, not 25. It is the hours of one day: write 8h or 7h30."),
        ("target 25", "target", "A day has 24 h, not 25. It is the hours of one day: write 8h or 7h30."),
        ("target 40h per week", "target", "A day has 24 h, not 40. It is the hours of one day: write 8h or 7h30."),
        ("target 20h per week", "target", A_WEEK),
        ("target 20 a week", "target", A_WEEK),
        ("target 20h weekly", "target", A_WEEK),
        ("8hour", "at", "Is 8hour how long you work, or when you are asked? Write target 8hour, or 17:30."),
        ("fri 0h", "target", NO_WORK),
        ("target 0:00", "target", NO_WORK),
        ("target 0", "target", NO_WORK),
        ("target 25h", "target", "A day has 24 h, not 25. It is the hours of one day: write 8h or 7h30."),
        ("target", "target", "How long is the day? Write target 8h or target 7h30."),
        ("target 7.30", "duration", "Is 7.30 7.3 hours or 7 h 30? Write 7.3h or 7h30m."),
        ("target 8h target 7h", "target", "There is a target already. Say one, and fri 4h where a day differs."),
        (
            "mon, wed, fri 4h",
            "special",
            "Is 4h for fri alone or for each of “mon, wed, fri”? Write 4h after each of them.",
        ),
        ("mon wed 4h", "special", "Is 4h for wed alone or for each of “mon wed”? Write 4h after each of them."),
        (
            "mon-thu, fri 4h",
            "special",
            "Is 4h for fri alone or for each of “mon-thu, fri”? Write 4h after each of them.",
        ),
        (
            "mon-thu and fri off",
            "special",
            "Is off for fri alone or for each of “mon-thu and fri”? Write off after each of them.",
        ),
        ("fri 4h fri 5h", "special", "One day has its hours twice. Say them once."),
        ("fri off fri 5h", "special", "One day has its hours twice. Say them once."),
        ("fri 5h mon-fri off", "special", "One day has its hours twice. Say them once."),
        (
            "mon-thu 17:30 fri",
            "days",
            "The days on which you work are there already. Write them together: mon, wed, fri.",
        ),
        ("mon-sun off", "days", "Then no day is left on which you work. To be asked on none, write “off”."),
        ("ends 18:00 until 19:00", "ends", "You named two ends. Keep one."),
        ("ends 7", "ends", "Is 7 in the morning or the evening? Write 07:00 or 19:00."),
        ("ends at 11", "ends", "Is 11 in the morning or the evening? Write 11:00 or 23:00."),
        ("ends 8:30", "ends", "Is 8:30 in the morning or the evening? Write 08:30 or 20:30."),
        ("ends 6", "start", "Is 6 in the morning or the afternoon? Write 6am or 18:00."),
        (
            "until mon",
            "ends",
            "Until what time do you usually work? Write ends 18:30. For a while without reminders, write snooze until mon.",
        ),
        ("snooze", "quiet_until", "Until when? Write snooze until mon, snooze until 3 dec or snooze 3 days."),
        ("snooze until", "quiet_until", "Until when? Write snooze until mon, snooze until 3 dec or snooze 3 days."),
        ("snooze 3 hours", "quiet_until", "Until when? Write snooze until mon, snooze until 3 dec or snooze 3 days."),
        ("snooze mon", "quiet_until", "Until mon, or mon only? Write snooze until mon, or leave mon."),
        ("snooze until today", "quiet_until", "Then you are asked today. Name a later day."),
        ("snooze 0 days", "quiet_until", "Then you are asked today. Name a later day."),
        ("snooze until thu", "day", "Is thu Thu 19 Nov or Thu 26 Nov? Write the date."),
        ("snooze until next mon", "day", "Which day is “next mon”? Write its date, such as 23 nov."),
        ("snooze today snooze 3 days", "quiet_until", "Until when? It is said twice."),
        ("snooze none snooze 3 days", "quiet_until", "Until when? It is said twice."),
        ("leave", "leave", "Which days? Write leave 24 dec - 2 jan, leave tomorrow, leave fri half or leave none."),
        (
            "leave half",
            "leave",
            "Which days? Write leave 24 dec - 2 jan, leave tomorrow, leave fri half or leave none.",
        ),
        (
            "leave soon",
            "leave",
            "Which days? Write leave 24 dec - 2 jan, leave tomorrow, leave fri half or leave none.",
        ),
        ("leave yesterday", "day", "Yesterday is over."),
        (
            "leave mon, wed",
            "days",
            "Is “wed” about the leave or snooze before it? Write the days on which you work first, and leave before each"
            " day off: leave mon leave wed.",
        ),
        (
            "snooze until mon wed",
            "days",
            "Is “wed” about the leave or snooze before it? Write the days on which you work first, and leave before each"
            " day off: leave mon leave wed.",
        ),
        (
            "off fri",
            "",
            "What is off? Write “off” alone to be asked no more, “fri off” for a weekday without work, or “leave fri”.",
        ),
        (
            "off today",
            "",
            "What is off? Write “off” alone to be asked no more, “fri off” for a weekday without work, or “leave fri”.",
        ),
        (
            "17:30 off",
            "",
            "What is off? Write “off” alone to be asked no more, “fri off” for a weekday without work, or “leave fri”.",
        ),
        (
            "off tomorrow",
            "",
            "What is off? Write “off” alone to be asked no more, “fri off” for a weekday without work, or “leave fri”.",
        ),
        ("off for 3 days", "", "For a while only? Write snooze until mon or snooze 3 days."),
        ("off until mon", "", "For a while only? Write snooze until mon or snooze 3 days."),
        (
            "off on",
            "",
            "What is off? Write “off” alone to be asked no more, “fri off” for a weekday without work, or “leave fri”.",
        ),
        ("on on", "", "On or off? Write one of the two."),
        ("17:30 usual", "", "Usual takes back everything else. Write it first, or alone."),
        ("tomorrow", "", f"I can't read “tomorrow”. {HINT}"),
        ("and 17:30", "", f"I can't read “and 17:30”. {HINT}"),
        ("17:30 CET", "", f"I can't read “cet”. {HINT}"),
        ("weekend", "", f"I can't read “weekend”. {HINT}"),
        ("x" * 61, "", f"I can't read “{'x' * 60}”. {HINT}"),
    ],
)
def test_what_may_mean_two_things_or_nothing_is_refused(text: str, field: str, sentence: str) -> None:
    refused = refusal(text)
    assert (refused.sentence, refused.field) == (sentence, field)


days_to_come = st.dates(date(2026, 11, 20), date(2027, 12, 1))
clocks = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))
lengths = st.integers(60, 86400).map(lambda seconds: timedelta(seconds=seconds))


@st.composite
def weeks(draw: st.DrawFn) -> Week:
    usual = draw(lengths)
    days = sorted(draw(st.sets(st.integers(0, 6), min_size=1)))
    special = {day: draw(lengths) for day in draw(st.sets(st.sampled_from(days)))}
    return Week(usual, tuple(days), tuple(sorted((day, length) for day, length in special.items() if length != usual)))


@st.composite
def leaves(draw: st.DrawFn) -> tuple[Leave, ...]:
    ends = sorted(draw(st.sets(days_to_come | st.just(TODAY), max_size=2 * MOST_LEAVES)))
    pairs = zip(ends[::2], ends[1::2], strict=False)
    return tuple(Leave(first, last, is_half=at % 2 == 1) for at, (first, last) in enumerate(pairs))  # kinds in turn


rhythms = st.builds(
    Rhythm, weeks(), clocks, clocks, is_on=st.booleans(), quiet_until=st.none() | days_to_come, leave=leaves()
)


@given(rhythms, rhythms)
def test_a_rhythm_as_a_line_reads_back_as_itself_whatever_was_before(rhythm: Rhythm, before: Rhythm) -> None:
    assert after(line(rhythm, TODAY), before) == rhythm


FRAGMENTS = (
    "17:30", "5pm", "at", "17", "mon-thu", "mon,", "wed", "fri", "off", "on", "usual", "4h", "7h30", "target", "ends", "until",
    "snooze", "leave", "none", "half", "3", "days", "dec", "24", "-", "2", "jan", "tomorrow", "and", "daily", "8:00", "0h", "today",
)  # fmt: skip


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=8).map(" ".join), rhythms)
def test_any_line_is_refused_or_read_as_something_that_can_be_printed(text: str, rhythm: Rhythm) -> None:
    try:
        found = after(text, rhythm)
    except NotUnderstood:
        return
    assert after(line(found, TODAY), rhythm) == found
