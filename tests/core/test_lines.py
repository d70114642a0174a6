"""Whole lines, as they come from Slack on Wednesday 4 March 2026 at 10:17 in Berlin."""

from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from app.core.errors import Ambiguous, NotUnderstood
from app.core.phrases import Phrase, line, pinned

from .reading import BERLIN, NOW, moment, refusal, understood

_NOTHING = Phrase("")


def said(phrase: Phrase) -> dict[str, Any]:
    """What `phrase` says, without what it leaves open; times as Berlin's clocks show them."""
    found = {f.name: getattr(phrase, f.name) for f in fields(phrase) if f.name not in ("word", "is_description")}
    kept = {name: value for name, value in found.items() if value != getattr(_NOTHING, name)}
    return {name: _shown(value) for name, value in kept.items()}


def _shown(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value.astimezone(BERLIN):%m-%d %H:%M}"
    if isinstance(value, timedelta):
        return value.total_seconds() / 60
    return f"{value:%m-%d}" if isinstance(value, date) else value


LINES: dict[str, dict[str, Any]] = {
    # what to work on
    "start": {},
    "start fix login": {"text": "fix login"},
    "start DEV-12": {"task": "DEV-12"},
    "start DEV-12 pairing with Bo": {"task": "DEV-12", "text": "pairing with Bo"},
    "start DEV-12: pairing": {"task": "DEV-12", "text": "pairing"},
    "start DEV-12 - pairing": {"task": "DEV-12", "text": "pairing"},
    "start DEV-12 — pairing": {"task": "DEV-12", "text": "pairing"},
    "start DEV-12, pairing": {"task": "DEV-12", "text": "pairing"},
    "start DEV-12.": {"task": "DEV-12"},
    "start on DEV-12": {"task": "DEV-12"},
    "start 86c7mc19h fix": {"task": "86c7mc19h", "text": "fix"},
    "start Website: hero section": {"task": "Website", "text": "hero section"},
    "start Website : hero section": {"task": "Website", "text": "hero section"},
    "start Website/Design: hero section": {"task": "Website/Design", "text": "hero section"},
    'start "Website: v2": hero': {"task": "Website: v2", "text": "hero"},
    "start : fix login": {"text": "fix login"},
    "start Website:hero": {"text": "Website:hero"},
    "start note: call Bo at 9:30": {"task": "note", "text": "call Bo at 9:30"},
    "start <https://app.clickup.com/t/86c1> pairing": {"task": "https://app.clickup.com/t/86c1", "text": "pairing"},
    "start <https://app.clickup.com/t/86c1|DEV-12>: pairing": {"task": "https://app.clickup.com/t/86c1", "text": "pairing"},
    "start https://app.clickup.com/t/86c1": {"task": "https://app.clickup.com/t/86c1"},
    # nothing inside the text is a time
    "log 1h call Bo at 9:30": {"duration": 60, "text": "call Bo at 9:30"},
    "log 30m DEV-12 moved 9:30 standup to 2h": {
        "duration": 30, "task": "DEV-12", "text": "moved 9:30 standup to 2h"
    },
    "log 1h fix login yesterday": {"duration": 60, "text": "fix login yesterday"},
    "start Q1 plan": {"text": "Q1 plan"},
    "start second design": {"text": "second design"},
    "start 1:1 with Bo": {"text": "1:1 with Bo"},
    "start 404 page": {"text": "404 page"},
    "log 1h at home": {"duration": 60, "text": "at home"},
    "log 1h and more": {"duration": 60, "text": "and more"},
    "log 1h from scratch": {"duration": 60, "text": "from scratch"},
    "log 1h monday's bugs": {"duration": 60, "text": "monday's bugs"},
    "log 1h 1:1 with Bo": {"duration": 60, "text": "1:1 with Bo"},
    # quotes
    'log 30m "2h of nothing"': {"duration": 30, "text": "2h of nothing"},
    "log 30m “9-11 shift”": {"duration": 30, "text": "9-11 shift"},
    "log 30m „9-11 shift“ review": {"duration": 30, "text": '"9-11 shift" review'},
    'log 30m "fix #12 billable" billable': {"duration": 30, "text": "fix #12 billable", "billable": True},
    'log 30m say \\"hi\\"': {"duration": 30, "text": 'say \\"hi\\"'},
    'log 30m "say \\"hi\\""': {"duration": 30, "text": 'say "hi"'},
    'log 30m "unfinished': {"duration": 30, "text": '"unfinished'},
    # what Slack does to text
    "log 1h Q&amp;A for R&amp;D": {"duration": 60, "text": "Q&A for R&D"},
    "log 1h a &lt;b&gt; c": {"duration": 60, "text": "a <b> c"},
    "log 1h —fix login": {"duration": 60, "text": "—fix login"},
    "log 1h — fix login": {"duration": 60, "text": "fix login"},
    "log 1\u200bh fix\u200b login": {"duration": 60, "text": "fix login"},
    "log\u00a01h\u00a0fix": {"duration": 60, "text": "fix"},
    "log 1h \u202efix\u202c login": {"duration": 60, "text": "fix login"},
    "\ufefflog 1h fix": {"duration": 60, "text": "fix"},
    "  log   1h   fix  login  ": {"duration": 60, "text": "fix login"},
    "log 1h fix\nlogin": {"duration": 60, "text": "fix login"},
    "log 1h mail <mailto:bo@example.com|bo@example.com>": {"duration": 60, "text": "mail bo@example.com"},
    "log 1h see <http://example.com|example.com>": {"duration": 60, "text": "see http://example.com"},
    "log 1h meet <!here>": {"duration": 60, "text": "meet @here"},
    "log 1h fix with <@U2|bo>": {"duration": 60, "text": "fix with @bo"},
    "/timer log 1h fix": {"duration": 60, "text": "fix"},
    "LOG 1H Fix": {"duration": 60, "text": "Fix"},
    # tags
    "start fix #backend login": {"text": "fix login", "tags": ("backend",)},
    "start #backend fix login": {"text": "fix login", "tags": ("backend",)},
    "start fix login #backend, #api.": {"text": "fix login", "tags": ("backend", "api")},
    "start fix login,#backend,#api": {"text": "fix login", "tags": ("backend", "api")},
    "start fix login #backend #backend": {"text": "fix login", "tags": ("backend",)},
    'start fix #"two words"': {"text": "fix", "tags": ("two words",)},
    "start fix <#C1|backend>": {"text": "fix", "tags": ("backend",)},
    "start fix <#C1|backend>, now": {"text": "fix now", "tags": ("backend",)},
    "start fix issue #12": {"text": "fix issue #12"},
    "start # heading": {"text": "# heading"},
    "log #x 1h fix": {"duration": 60, "text": "fix", "tags": ("x",)},
    # billable
    "start fix login billable": {"text": "fix login", "billable": True},
    "start billable fix login": {"text": "fix login", "billable": True},
    "start fix login, billable": {"text": "fix login", "billable": True},
    "start fix login billable.": {"text": "fix login", "billable": True},
    "start fix login unbillable": {"text": "fix login", "billable": False},
    "start fix login non-billable": {"text": "fix login", "billable": False},
    "start fix login not billable": {"text": "fix login", "billable": False},
    "log 1h non billable fix login": {"duration": 60, "text": "fix login", "billable": False},
    "start fix billable hours page": {"text": "fix billable hours page"},
    # whose time
    "log 1h for <@U2>": {"duration": 60, "assignee": "U2"},
    "log 1h for <@U2|bo> fix login": {"duration": 60, "text": "fix login", "assignee": "U2"},
    "log 1h fix login for <@U2>": {"duration": 60, "text": "fix login", "assignee": "U2"},
    "log 1h fix login #x for <@U2> billable": {
        "duration": 60, "text": "fix login", "tags": ("x",), "assignee": "U2", "billable": True
    },
    "stop for <@U2>": {"assignee": "U2"},
    "today for <@U2>": {"assignee": "U2"},
    # when
    "log 1h30m yesterday DEV-12": {"duration": 90, "day": "03-03", "task": "DEV-12"},
    "log yesterday 1h30m DEV-12": {"duration": 90, "day": "03-03", "task": "DEV-12"},
    "log 1h for yesterday fix": {"duration": 60, "day": "03-03", "text": "fix"},
    "log 1h Mon. fix": {"duration": 60, "day": "03-02", "text": "fix"},
    "log 1h 5. jan. fix": {"duration": 60, "day": "01-05", "text": "fix"},
    "log 1h for DEV-12": {"duration": 60, "task": "DEV-12"},
    "log for 1h DEV-12": {"duration": 60, "task": "DEV-12"},
    "log 1h: fix login": {"duration": 60, "text": "fix login"},
    "log 1h yesterday: fix login": {"duration": 60, "day": "03-03", "text": "fix login"},
    "log 1h, yesterday, fix login": {"duration": 60, "day": "03-03", "text": "fix login"},
    "log 1 h 30 fix login": {"duration": 90, "text": "fix login"},
    "log 1 hour and 30 minutes fix": {"duration": 90, "text": "fix"},
    "log 2h 18 nov fix": {"duration": 120, "day": "11-18", "text": "fix"},
    "log 18 nov 30 min fix": {"duration": 30, "day": "11-18", "text": "fix"},
    "log 2h 2 days ago fix": {"duration": 120, "day": "03-02", "text": "fix"},
    "log yesterday 2h 10 am fix": {
        "start": "03-03 10:00", "end": "03-03 12:00", "duration": 120, "day": "03-03", "text": "fix"
    },
    "log mon 9:30-11 Website: hero #design": {
        "start": "03-02 09:30", "end": "03-02 11:00", "duration": 90, "day": "03-02",
        "task": "Website", "text": "hero", "tags": ("design",),
    },
    "log 9–10 fix": {"start": "03-04 09:00", "end": "03-04 10:00", "duration": 60, "text": "fix"},
    "log from 9 to 10 fix": {"start": "03-04 09:00", "end": "03-04 10:00", "duration": 60, "text": "fix"},
    "log 1h at 9 fix": {"start": "03-04 09:00", "end": "03-04 10:00", "duration": 60, "text": "fix"},
    "log 1h 9am fix": {"start": "03-04 09:00", "end": "03-04 10:00", "duration": 60, "text": "fix"},
    "log at 9:00 for 45m fix": {"start": "03-04 09:00", "end": "03-04 09:45", "duration": 45, "text": "fix"},
    "log 1h 9-10 fix": {"start": "03-04 09:00", "end": "03-04 10:00", "duration": 60, "text": "fix"},
    "log 9:15-10 = 45 min fix": {"start": "03-04 09:15", "end": "03-04 10:00", "duration": 45, "text": "fix"},
    "log yesterday 22-24 deploy": {
        "start": "03-03 22:00", "end": "03-04 00:00", "duration": 120, "day": "03-03", "text": "deploy"
    },
    "log 1h 2h ago fix": {"start": "03-04 08:17", "end": "03-04 09:17", "duration": 60, "text": "fix"},
    "log 24h yesterday": {"duration": 1440, "day": "03-03"},
    "log yesterday 0-24": {"start": "03-03 00:00", "end": "03-04 00:00", "duration": 1440, "day": "03-03"},
    "log at 9:30 standup": {"start": "03-04 09:30", "text": "standup"},
    "log yesterday": {"day": "03-03"},
    "log fix login": {"text": "fix login"},
    "log": {},
    "start at 9:30 fix": {"start": "03-04 09:30", "text": "fix"},
    "start 10m ago fix": {"start": "03-04 10:07", "text": "fix"},
    "start 1 hour 10 minutes ago fix": {"start": "03-04 09:07", "text": "fix"},
    "start at 10:17 fix": {"start": "03-04 10:17", "text": "fix"},
    "start at 9 o'clock fix": {"start": "03-04 09:00", "text": "fix"},
    "start yesterday at 17:00 fix": {"start": "03-03 17:00", "day": "03-03", "text": "fix"},
    "start now fix": {"text": "fix"},
    "stop": {},
    "stop now": {},
    "stop at 9:30": {"end": "03-04 09:30"},
    "stop 5m ago": {"end": "03-04 10:12"},
    "stop yesterday at 5pm": {"end": "03-03 17:00", "day": "03-03"},
    # other words
    "": {},
    "edit 18 nov": {"day": "11-18"},
    "delete yesterday": {"day": "03-03"},
    "tag +design -draft": {"tags": ("design",), "untags": ("draft",)},
    "tag #design": {"tags": ("design",)},
    "tag —draft": {"untags": ("draft",)},
    'tag +"two words", -draft': {"tags": ("two words",), "untags": ("draft",)},
    "untag draft": {"untags": ("draft",)},
    "untag #draft": {"untags": ("draft",)},
    "help log": {"text": "log"},
}  # fmt: skip

REFUSED = {
    # twice, or not at all
    "log 1h 2h fix": "There is a length already before “2h”",
    "log 1h 9:30 standup": "For the time it began, write at 9:30",
    "log mon tue 1h": "There is a day already before “tue”",
    "log 9-10 at 9 fix": "There is a time already",
    "log 9-9:30 9:30-10 fix": "There is a time already",
    "log 2h 9-10 fix": "09:00–10:00 is 1 h, not 2 h",
    "log yesterday 1h 2h ago fix": "2 h ago is on Wed 4 Mar, not on Tue 3 Mar",
    "log 1h fix for <@U2> for <@U3>": "belongs to one person",
    "log 90 fix": "Write 90m or 90h",
    "log 1d fix": "Days and weeks have no fixed length",
    "log -1h fix": "cannot be negative",
    "log 25h yesterday": "over 24 h",
    "log 1.30 fix": "1.3 hours or 1 h 30",
    "log 9:30 standup": "Write 9h30m for the length, or at 9:30 for the time",
    "log 9.30 standup": "Write 9.30h for the length, or at 9.30 for the time",
    "log 08:15 standup": "Write 8h15m for the length",
    "log 9-5 fix": "morning or the afternoon",
    "log 9-9 fix": "ends before it begins",
    "log yesterday 17-9 fix": "ends before it begins",
    "log 1h at 10 fix": "11:00 is still to come: it is 10:17",
    "log 11-12 fix": "For another day, say which",
    "log 1h tomorrow": "still to come",
    "start at 11": "11:00 is still to come",
    "start 1h fix": "A timer that starts has no length yet",
    "stop fix login": "stop takes no text",
    "status yesterday": "status takes no day",
    "stop #backend": "stop takes no tags",
    "status please": "status takes no text",
    "log 1h for @bo": "I can't tell who @bo is. Pick the name from Slack's list",
    "log 1h fix for @bo": "I can't tell who @bo is",
    "log 1h fix for <@U2> at his desk": "Is it @U2's time?",
    "log 1h fix for @bo at his desk": "Is it @bo's time?",
    "log 1h <@U2> fix": "Then put “for @U2” last",
    "start fix <#C1>": "private channel",
    "start fix <#C1|>": "private channel",
    "tag design": "Write tag +design",
    "tag": "Which tags?",
    "frobnicate": "I don't know “frobnicate”",
    "log " + "x" * 4000: "A line may have 4000",
}


@pytest.mark.parametrize(("typed", "expected"), LINES.items())
def test_a_line_is_read(typed: str, expected: dict[str, Any]) -> None:
    assert said(understood(typed)) == expected


@pytest.mark.parametrize(("typed", "hint"), REFUSED.items())
def test_a_line_that_cannot_be_read_is_refused_with_a_hint(typed: str, hint: str) -> None:
    assert hint in refusal(typed)


@pytest.mark.parametrize("typed", [typed for typed, says in LINES.items() if typed and says])
def test_a_line_reads_the_same_tomorrow_once_its_day_is_said(typed: str) -> None:
    phrase = pinned(understood(typed), now=NOW, zone=BERLIN)
    assert understood(line(phrase, BERLIN), NOW + timedelta(days=1)) == phrase


def test_an_unknown_word_is_answered_with_what_was_meant() -> None:
    with pytest.raises(Ambiguous) as asked:
        understood("lgo 1h fix login")
    assert asked.value.sentence == "I don't know “lgo”. Did you mean log?"
    assert [reading.line for reading in asked.value.readings] == ["log 1h fix login"]


def test_a_line_without_a_word_is_offered_as_start_and_log() -> None:
    with pytest.raises(Ambiguous) as asked:
        understood("1h fix login")
    assert [reading.line for reading in asked.value.readings] == ["start 1h fix login", "log 1h fix login"]


@pytest.mark.parametrize(
    ("typed", "is_description"),
    [("start fix login", False), ("start : fix login", True), ("start DEV-12 fix", True), ("start Website: fix", True)],
)
def test_text_may_be_a_tasks_name_until_an_id_or_a_colon_makes_it_a_description(
    typed: str, is_description: bool
) -> None:
    assert understood(typed).is_description is is_description


def test_just_after_midnight_half_an_hour_ago_was_yesterday() -> None:
    night = moment("2026-03-04 00:10")
    assert understood("start 30m ago fix", night).start == moment("2026-03-03 23:40")
    assert understood("log 15m 30m ago fix", night).end == moment("2026-03-03 23:55")
    assert "0:10" in refusal("log 30m at 23:30 fix", night)


BACK = moment("2026-10-26 10:17")
FORWARD = moment("2026-03-30 10:17")


@pytest.mark.parametrize(
    ("typed", "now", "hours"),
    [
        ("log sun 1:30-3:30 deploy", FORWARD, 1),
        ("log sun 1:30-3:30 deploy", BACK, 3),
        ("log sun 0-24 on call", FORWARD, 23),
        ("log sun 1-4am deploy", BACK, 4),
    ],
)
def test_a_range_across_the_change_of_the_clocks_is_as_long_as_it_really_was(
    typed: str, now: datetime, hours: int
) -> None:
    assert understood(typed, now).duration == timedelta(hours=hours)


def test_a_day_of_25_hours_is_too_long_for_one_entry() -> None:
    with pytest.raises(NotUnderstood, match="24"):
        understood("log sun 0-24 on call", BACK)


def test_a_time_that_the_clocks_skipped_is_refused() -> None:
    assert "02:30 does not exist on Sun 29 Mar" in refusal("log 30m sun at 2:30 deploy", FORWARD)


def test_of_two_times_the_one_that_is_not_still_to_come_is_meant() -> None:
    between = moment("2026-10-25 02:40+02:00").astimezone(BERLIN)
    assert understood("stop at 2:30", between).end == moment("2026-10-25 02:30+02:00")


def test_a_time_that_came_twice_is_asked_about_with_a_line_for_each() -> None:
    with pytest.raises(Ambiguous) as asked:
        understood("log 30m sun at 2:30 deploy #ops", BACK)
    first, second = (understood(reading.line, BACK) for reading in asked.value.readings)
    assert [reading.label for reading in asked.value.readings] == ["CEST", "CET"]
    assert first.start
    assert second.start
    assert second.start - first.start == timedelta(hours=1)
    assert first.text == second.text == "deploy"
    assert first.tags == ("ops",)
