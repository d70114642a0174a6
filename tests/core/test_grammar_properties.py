"""What holds for every line, in every zone, at every moment. HYPOTHESIS_PROFILE=thorough looks much longer."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from app.core.dates import format_day, match_day
from app.core.durations import format_duration, match_duration, parse_duration
from app.core.errors import NotUnderstood
from app.core.phrases import Phrase, line, pinned, read
from app.core.times import Fold, WallTime, instant, match_range, match_time, start_of_day, wall_time
from app.slack.commands import WORDS

from .reading import BERLIN, NOW, TODAY, understood

DAY = timedelta(hours=24)
FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)

zones = st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"})).map(ZoneInfo)
moments = st.datetimes(FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None)).map(
    lambda naive: naive.replace(tzinfo=UTC, microsecond=0)
)
lengths = st.integers(1, 86400).map(lambda seconds: timedelta(seconds=seconds))

FRAGMENTS = (
    "log", "start", "stop", "tag", "1h", "30m", "1h30", "1 h 30", "1:30", "1.5", "90", "5", "18", "2h", "24h", "½h", "0h", "-1h",
    "9-11:30", "9", "-", "11", "–", "to", "from", "at", "at 9:30", "9am", "5pm", "noon", "at 2:30", "2:30-3:30", "0-24", "at 24:00",
    "10m ago", "2 days ago", "ago", "now", "yesterday", "tue", "last", "wed", "18 nov", "nov", "2026-03-03", "3.3.", "3/4",
    "2026", "sun", "29 mar", "25 oct", "tomorrow", "on", "for", "<@U2>", "<@U2|bo>", "@bo", "#backend", '#"two words"', "#12", "#DEV-12",
    "<#C1|backend>", "<#C1>", "DEV-12", "DEV-12:", "86c7mc19h", "id:7", "<https://app.clickup.com/t/86c1|DEV-12>", "Website:", ":",
    "fix login", '"9-11 x"', "“quoted”", '"', "“", "\\", ",", "=", "= 1 h", "billable", "not", "unbillable", "+design", "-draft",
    "&amp;", "&lt;", "<", ">", "|", "\u200b", "\u202e", "\n", "\t", "CET", "CEST", "UTC+11", "and", "mon-fri", "x2", "hours", "e\u0301",
)  # fmt: skip
fragments = st.lists(st.sampled_from(FRAGMENTS), max_size=9).map(" ".join)
glued = st.lists(st.sampled_from(FRAGMENTS), max_size=6).map("".join)
texts = st.text(max_size=200) | st.text("0123456789:.,-–hmapdsPT \"“”#@<>+&;'/\n", max_size=60)
typed = st.builds(
    lambda word, rest: f"{word} {rest}", st.sampled_from(["log", "start", "stop", ""]), fragments | glued | texts
)


@cache
def changes(zone: ZoneInfo) -> tuple[datetime, ...]:
    """The hours, 2024 to 2030, in which `zone`'s clocks change."""
    found, at = [], FIRST
    while at < LAST:
        after = at + timedelta(days=7)
        if at.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            found += [
                hour
                for hour in (at + timedelta(hours=n) for n in range(7 * 24))
                if hour.astimezone(zone).utcoffset() != (hour + timedelta(hours=1)).astimezone(zone).utcoffset()
            ]
        at = after
    return tuple(found)


@st.composite
def moments_and_zones(draw: st.DrawFn) -> tuple[datetime, ZoneInfo]:
    """Any moment in any zone, and every second time one near a change of its clocks."""
    zone = draw(zones)
    if draw(st.booleans()) and changes(zone):
        return draw(st.sampled_from(changes(zone))) + timedelta(minutes=draw(st.integers(-180, 240))), zone
    return draw(moments).replace(second=0), zone


def phrase_or_none(text: str, now: datetime, zone: ZoneInfo) -> Phrase | None:
    """Anything but a phrase or a sentence for a person fails the test."""
    outcome = outcome_of(lambda: read(text, WORDS, now=now, zone=zone))
    if isinstance(outcome, Phrase):
        return outcome
    assert isinstance(outcome, NotUnderstood)
    assert outcome.sentence
    assert all(len(reading.label) <= 75 for reading in getattr(outcome, "readings", ()))
    return None


def outcome_of(reading: Callable[[], object]) -> object:
    try:
        return reading()
    except NotUnderstood as error:
        return error


@given(typed, moments_and_zones())
@example("log " + '"' * 300, (NOW, BERLIN))
@example("log 1h " + "“„«" * 100, (NOW, BERLIN))
@example("log ٣h", (NOW, BERLIN))
@example("log ²h", (NOW, BERLIN))
@example("start ² fix", (NOW, BERLIN))
@example("log at ² fix", (NOW, BERLIN))
@example("log \udcff 1h", (NOW, BERLIN))
@example("log 1h 0000-01-01", (NOW, BERLIN))
@example("log 99.99.9999", (NOW, BERLIN))
@example("@", (NOW, BERLIN))
@example("log @", (NOW, BERLIN))
@example("/", (NOW, BERLIN))
@example(",", (NOW, BERLIN))
def test_a_line_is_read_or_refused_and_makes_sense(text: str, when: tuple[datetime, ZoneInfo]) -> None:
    now, zone = when
    phrase = phrase_or_none(text, now, zone)
    if phrase is None:
        return
    assert phrase.duration is None or timedelta() < phrase.duration <= DAY
    assert phrase.day is None or phrase.day <= now.astimezone(zone).date()
    for moment in (phrase.start, phrase.end):
        assert moment is None or (moment <= now and moment.tzinfo is UTC)
    if phrase.start and phrase.end:
        assert phrase.start < phrase.end
        assert phrase.end - phrase.start == phrase.duration


@given(fragments | glued | texts)
def test_each_part_of_the_grammar_reads_refuses_or_passes(text: str) -> None:
    parts = [
        lambda: match_duration(text),
        lambda: match_day(text, TODAY),
        lambda: match_time(text, BERLIN),
        lambda: match_range(text, BERLIN),
    ]
    for part in parts:
        assert getattr(outcome_of(part), "sentence", "nothing to tell")


@given(typed, moments_and_zones(), st.timedeltas(timedelta(), timedelta(days=90)))
def test_a_phrase_printed_as_a_line_reads_back_as_itself_at_any_later_moment(
    text: str, when: tuple[datetime, ZoneInfo], later: timedelta
) -> None:
    now, zone = when
    phrase = phrase_or_none(text, now, zone)
    if phrase is None:
        return
    kept = pinned(phrase, now=now, zone=zone)
    assert read(line(kept, zone), WORDS, now=now + later, zone=zone) == kept


@given(
    moments_and_zones(), lengths, st.text(max_size=60), st.text(max_size=20), st.lists(st.text(max_size=12), max_size=3)
)
def test_any_phrase_however_it_came_about_reads_back(
    when: tuple[datetime, ZoneInfo], length: timedelta, text: str, task: str, tags: list[str]
) -> None:
    """A form, a button or another program may make phrases that nobody would type."""
    now, zone = when
    start = (now - length).replace(second=0)
    shown = Phrase(
        "log", start, start + timedelta(minutes=length.seconds // 60 or 1), None, start.astimezone(zone).date(),
        task=_clean(task).rstrip(":"), text=_clean(text), tags=tuple(dict.fromkeys(filter(None, map(_clean, tags)))),
        is_description=True,
    )  # fmt: skip
    assert shown.start
    assert shown.end
    assume(shown.start.astimezone(zone).date() == (shown.end - timedelta(minutes=1)).astimezone(zone).date())
    assume(shown.start < shown.end <= now)
    assume(shown.end.astimezone(zone).utcoffset() == shown.start.astimezone(zone).utcoffset())
    back = read(line(shown, zone), WORDS, now=now, zone=zone)
    assert (back.start, back.end, back.text, back.tags) == (shown.start, shown.end, shown.text, shown.tags)


def _clean(text: str) -> str:
    from app.core.tokens import tokens

    escaped = text.replace("&", "").replace("<", "").replace('"', "").replace("\\", "")
    return " ".join(token.text for token in tokens(f'"{escaped}"')) if escaped.strip() else ""


@given(lengths)
def test_a_length_reads_back_as_it_is_shown(length: timedelta) -> None:
    assert parse_duration(format_duration(length)) == length
    assert understood(f"log {format_duration(length)} fix").duration == length


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)), st.integers(0, 366))
def test_a_day_reads_back_as_it_is_shown(today: date, back: int) -> None:
    day = today - timedelta(days=back)
    assert match_day(format_day(day, today), today) == day


@given(moments_and_zones())
def test_a_moment_reads_back_as_the_clock_showed_it(when: tuple[datetime, ZoneInfo]) -> None:
    moment, zone = when
    shown = wall_time(moment, zone)
    assume(
        moment.astimezone(zone).utcoffset()
        == timedelta(minutes=moment.astimezone(zone).utcoffset() // timedelta(minutes=1))
    )  # type: ignore[operator]
    assert instant(moment.astimezone(zone).date(), shown, zone) == moment
    assert match_time(str(shown), zone) == shown


@given(moments_and_zones(), st.integers(1, 1439))
def test_the_answer_to_a_logged_entry_reads_back_inside_a_line(when: tuple[datetime, ZoneInfo], minutes: int) -> None:
    start, zone = when
    end, now = start + timedelta(minutes=minutes), start + timedelta(days=2)
    day, today = start.astimezone(zone).date(), now.astimezone(zone).date()
    assume(end.astimezone(zone).date() == day)
    shown = (
        f"{format_day(day, today)}, {wall_time(start, zone)}–{wall_time(end, zone)} = {format_duration(end - start)}"
    )
    phrase = read(f"log {shown} fix login", WORDS, now=now, zone=zone)
    assert (phrase.start, phrase.end, phrase.text) == (start, end, "fix login")


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)), st.integers(0, 1440), zones)
def test_a_wall_clock_names_one_moment_or_two_or_none(day: date, minutes: int, zone: ZoneInfo) -> None:
    """And whichever it is, the clock shows that time at it."""
    naive = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes)
    found = outcome_of(lambda: instant(day, WallTime(minutes), zone))
    shown: list[datetime] = [found] if isinstance(found, datetime) else []
    if isinstance(found, Fold):
        shown = [instant(day, WallTime(minutes, mark), zone) for mark in found.marks]
        assert shown[0] < shown[1]
    there_and_back = naive.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    assert bool(shown) == (there_and_back == naive)
    for moment in shown:
        assert moment.astimezone(zone).replace(tzinfo=None) == naive


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)), zones)
def test_a_day_begins_on_that_day_and_the_minute_before_was_another(day: date, zone: ZoneInfo) -> None:
    begins = start_of_day(day, zone)
    assume(begins.astimezone(zone).date() == day or (begins + timedelta(hours=24)).astimezone(zone).date() == day)
    if begins.astimezone(zone).date() == day:  # Samoa once skipped a whole day; no zone does so now
        assert (begins - timedelta(minutes=1)).astimezone(zone).date() < day


SHAPES = {
    "one word": "x" * 3990,
    "digits": "1" * 3990,
    "spaces": "1" + " " * 3980 + "h",
    "quotes": '"' * 3990,
    "open quotes apart": '" ' * 1990,
    "curly quotes apart": "“ " * 1990,
    "backslashes": '"' + "\\" * 3980,
    "brackets": "<" * 3990,
    "brackets apart": "<a " * 1300,
    "mentions": "<@U2> " * 660,
    "tags": "#tag " * 790,
    "quoted tags": '#"a" ' * 790,
    "entities": "&amp;" * 790,
    "billable": "billable " * 440,
    "not billable": "not billable " * 300,
    "for people": "for <@U2> " * 390,
    "dashes": "- " * 1990,
    "lengths": "1h " * 1300,
    "clock": "1:" * 1990,
    "decimals": "1." * 1990,
    "units": "1h 1m 1s " * 440,
    "days": "yesterday " * 390,
    "invisible": "\u200b" * 3990,
    "commas": "," * 3990,
    "colons": ": " * 1990,
    "ago": "1m ago " * 560,
    "combining": "e" + "\u0301" * 3980,
    "vulgar": "½" * 3990,
    "lines": "x\n" * 1990,
    "ligatures": "ﷺ" * 3990,
}


@pytest.mark.parametrize("word", ["log 1h ", "start ", "tag ", ""])
@pytest.mark.parametrize("shape", SHAPES)
def test_the_longest_line_is_read_in_no_time(word: str, shape: str) -> None:
    text = (word + SHAPES[shape])[:4000]
    quickest = min(_seconds(text) for _ in range(3))
    assert quickest < 0.05


def _seconds(text: str) -> float:
    began = time.process_time()
    phrase_or_none(text, NOW, BERLIN)
    return time.process_time() - began
