"""Lengths of time as people write them."""

from datetime import timedelta

import pytest

from app.core.durations import format_duration, match_duration, parse_duration, to_minute
from app.core.errors import NotUnderstood

ACCEPTED = {
    timedelta(hours=1, minutes=30): (
        "1h30m", "1:30", "90m", "1.5h", "1,5h", "1h30", "PT1H30M", "1.5", "1,5", "1h 30m", "1 h 30 min", "1 h 30",
        "1 hour 30 minutes", "1 hour and 30 minutes", "1hr30", "90 min", "90 minutes", "90mins", "1.50", "1.50h",
        "1½h", "1 ½ h", "１．５ｈ", "1H30M", " 1h30m ", "1h\u00a030m", "5400s", "pt90m", "1.5 hours", "1:30h", "1:30 h",
        "1h30min", "1std 30", "01:30", "1h  30m", "PT1.5H", "1h" + " " * 35 + "30m",
    ),
    timedelta(hours=2): ("2h", "2 hours", "2hrs", "2:00", "2,0", "120m", "PT2H", "2.00"),
    timedelta(minutes=45): ("45m", "45 min", "0:45", ".75", ",75h", "¾h", "0.75", "45 minutes", "PT45M", "00:45"),
    timedelta(minutes=30): ("½h", ".5h", "0,5", "30m", "0.5h"),
    timedelta(hours=3, minutes=15): ("3.25", "3,25h", "3¼ h", "3h15"),
    timedelta(minutes=1): ("1m", "60s", "0:01"),
    timedelta(seconds=1): ("1s", "PT1S"),
    timedelta(hours=1, minutes=19, seconds=48): ("1 h 19 min 48 s", "1.33h", "1h19m48s"),
    timedelta(hours=1, minutes=59): ("1h59m", "1:59", "1h59", "119m"),
    timedelta(minutes=59, seconds=59): ("59m59s", "PT59M59S"),
    timedelta(hours=24): ("24h", "24:00", "1440m", "24.0"),
}  # fmt: skip

REFUSED = {
    "90": "Is 90 minutes or hours? Write 90m or 90h.",
    "8": "8m or 8h",
    "0": "0m or 0h",
    "1d": "Days and weeks have no fixed length",
    "2 days": "Days and weeks",
    "1w": "Days and weeks",
    "0.5d": "Days and weeks",
    "P1D": "Days and weeks",
    "P1DT2H": "Days and weeks",
    "1.30": "Is 1.30 1.3 hours or 1 h 30? Write 1.3h or 1h30m.",
    "1,20": "1.2 hours or 1 h 20",
    "1.45": "Is 1.45 1.45 hours or 1 h 45? Write 1.45h or 1h45m.",
    "7,15": "7.15h or 7h15m",
    "1.05": "1.05h or 1h05m",
    "1h5": "Does the 5 belong to 1h? Write 1h05m or 1h50m",
    "1h 5": "Does the 5 belong to 1h?",
    "2h 7": "Write 2h07m, or quotes",
    "-1h": "cannot be negative",
    "−30m": "cannot be negative",
    "–1:30": "cannot be negative",
    "—2h": "cannot be negative",
    "0h": "no time at all",
    "0:00": "no time at all",
    "0m": "no time at all",
    "0.0": "no time at all",
    "25h": "over 24 h",
    "24h1m": "over 24 h",
    "24:01": "over 24 h",
    "1441m": "over 24 h",
    "999h": "over 24 h",
    "1:75": "more than 59 minutes",
    "1h90m": "at most 59 minutes",
    "5m75s": "at most 59 seconds",
    "": "not a length of time",
    "abc": "not a length of time",
    "h": "not a length of time",
    "1:5": "not a length of time",
    "1:30:00": "not a length of time",
    "1h2h": "not a length of time",
    "30m1h": "not a length of time",
    "1.5m": "not a length of time",
    "1..5h": "not a length of time",
    "1.5.5": "not a length of time",
    "1h30mm": "not a length of time",
    "1h-30m": "not a length of time",
    "1h+30m": "not a length of time",
    "~1h": "not a length of time",
    "two hours": "not a length of time",
    "1,234": "not a length of time",
    "1 000m": "not a length of time",
    "٣٠m": "not a length of time",
    "PT": "not a length of time",
    "1e3s": "not a length of time",
    "9-11": "not a length of time",
    "1h" + " " * 36 + "30m": "not a length of time",
    **dict.fromkeys(
        ("1000h", "1000:00", "PT1000H", "10000m", "PT10000M", "100000s", "PT100000S", "1000h30", "1000h5"),
        "not a length of time",
    ),
}
WHOLE = {
    "90": "Is 90 minutes or hours? Write 90m or 90h.",
    "abc": "“abc” is not a length of time. Write 1h30m, 90m, 1:30 or 1.5h.",
    "x" * 61: f"“{'x' * 60}” is not a length of time. Write 1h30m, 90m, 1:30 or 1.5h.",
    "-1h": "A length of time cannot be negative.",
    "1d": "Days and weeks have no fixed length here. Write it in hours, such as 8h.",
    "1h5": "Does the 5 belong to 1h? Write 1h05m or 1h50m, or quotes round text.",
    "1h6": "Does the 6 belong to 1h? Write 1h06m, or quotes round text.",
    "1.20": "Is 1.20 1.2 hours or 1 h 20? Write 1.2h or 1h20m.",
    "1:60": "1:60 has more than 59 minutes.",
    "1h60m": "After hours come at most 59 minutes, and after minutes at most 59 seconds.",
    "1m60s": "After hours come at most 59 minutes, and after minutes at most 59 seconds.",
    "0m": "That is no time at all. Write how long it took, such as 45m.",
    "25h": "25h is over 24 h. Log it in parts, a day at a time.",
}


@pytest.mark.parametrize(("text", "length"), [(text, length) for length, texts in ACCEPTED.items() for text in texts])
def test_a_length_is_read(text: str, length: timedelta) -> None:
    assert parse_duration(text) == length


@pytest.mark.parametrize(("text", "hint"), REFUSED.items())
def test_what_is_no_length_or_could_be_two_is_refused_with_a_hint(text: str, hint: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        parse_duration(text)
    assert hint in refused.value.sentence
    assert refused.value.field == "duration"


@pytest.mark.parametrize(("text", "sentence"), WHOLE.items())
def test_a_refusal_says_what_to_write_instead(text: str, sentence: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        parse_duration(text)
    assert refused.value.sentence == sentence


@pytest.mark.parametrize("text", ["fix", "DEV-12", "yesterday", "1:1", "9-11", "2nd", "hours", "m", "x" * 500])
def test_what_does_not_look_like_a_length_is_left_to_others(text: str) -> None:
    assert match_duration(text) is None


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(60, "1 min"), (2700, "45 min"), (3600, "1 h"), (5400, "1 h 30"), (3900, "1 h 05"), (4788, "1 h 19 min 48 s"),
     (86400, "24 h"), (1, "1 s"), (3601, "1 h 1 s"), (0, "0 min")],
)  # fmt: skip
def test_a_length_is_shown_as_people_write_it(seconds: int, shown: str) -> None:
    assert format_duration(timedelta(seconds=seconds)) == shown


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 0), (29, 0), (30, 1), (89, 1), (90, 2)])
def test_a_length_is_rounded_to_the_nearest_minute(seconds: int, minutes: int) -> None:
    assert to_minute(timedelta(seconds=seconds)) == timedelta(minutes=minutes)
