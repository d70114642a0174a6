"""What stands around the work: billing, dashes, whose time it is, and words that only look like it."""

from datetime import timedelta

import pytest

from .reading import refusal, understood

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("flag", "billable"), [("billable", True), ("unbillable", False), ("nonbillable", False), ("non-billable", False)]
)
def test_billing_is_said_in_front_or_behind(flag: str, billable: bool) -> None:
    for line in (f"log 1h {flag} fix", f"log 1h fix {flag}", f"log 1h fix {flag}.", f"log 1h fix {flag};"):
        assert (understood(line).billable, understood(line).text) == (billable, "fix")


@pytest.mark.parametrize("negation", ["not", "non", "no", "isn't", "isn’t", "never", "NOT"])
def test_billing_is_denied_in_two_words(negation: str) -> None:
    for line in (f"log 1h {negation} billable fix", f"log 1h fix {negation} billable"):
        assert (understood(line).billable, understood(line).text) == (False, "fix")
    assert understood(f"log 1h {negation} unbillable fix").billable is True


@pytest.mark.parametrize("line", ["log 1h billable yes fix", "log 1h billable no fix", "log 1h unbillable: yes"])
def test_billing_takes_no_yes_or_no(line: str) -> None:
    assert refusal(line) == "Write billable or unbillable, without yes or no."


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("log 1h billable fix no", "fix no"),
        ("log 1h not", "not"),
        ("log 1h no fix", "no fix"),
        ("log 1h fix not", "fix not"),
        ("log 1h on", "on"),
        ("log 1h for", "for"),
        ("log 1h - fix", "fix"),
        ("log 1h – fix", "fix"),
        ("log 1h — fix", "fix"),
        ("log 1h - – — fix", "fix"),
        ("log 1h fix, #design", "fix"),
        ("log 1h fix, , #design", "fix"),
        ("log 1h fix,, billable", "fix"),
        ('log 1h "fix," billable', "fix,"),
        ("start 12345 fix", "12345 fix"),
        ("start 1234567 fix", "1234567 fix"),
    ],
)
def test_the_rest_is_the_persons_own(line: str, text: str) -> None:
    assert (understood(line).task, understood(line).text) == ("", text)


@pytest.mark.parametrize(
    ("line", "task", "text"),
    [
        ("log 1h DEV-12", "DEV-12", ""),
        ("log 1h DEV-12, pairing", "DEV-12", "pairing"),
        ("log 1h DEV-12. pairing", "DEV-12", "pairing"),
        ("log 1h DEV-12; pairing", "DEV-12", "pairing"),
        ("log 1h DEV-12 - pairing", "DEV-12", "pairing"),
        ("log 1h DEV-12 – pairing", "DEV-12", "pairing"),
        ("log 1h DEV-12 — pairing", "DEV-12", "pairing"),
        ("log 1h DEV-12 : pairing", "DEV-12", "pairing"),
        ("log 1h DEV-12 -", "DEV-12", ""),
        ("log 1h DEV-12 - - pairing", "DEV-12", "- pairing"),
        ("log 1h on DEV-12", "DEV-12", ""),
        ("log 1h for DEV-12 pairing", "DEV-12", "pairing"),
        ("log 1h on for DEV-12", "", "on for DEV-12"),
        ("log 1h Website: hero", "Website", "hero"),
        ("log 1h Website : hero", "Website", "hero"),
        ('log 1h "DEV-12" pairing', "", '"DEV-12" pairing'),
    ],
)
def test_an_id_or_a_colon_parts_the_task_from_its_description(line: str, task: str, text: str) -> None:
    assert (understood(line).task, understood(line).text) == (task, text)


def test_a_quote_in_front_ends_the_times() -> None:
    phrase = understood('log "fix" 1h yesterday')
    assert (phrase.duration, phrase.day, phrase.text) == (None, None, '"fix" 1h yesterday')


@pytest.mark.parametrize(
    "line", ["log 1h fix for <@U2>", "log 1h for <@U2> fix", "for <@U2> fix", "log 1h for <@U2> fix for <@U2>"]
)
def test_somebodys_time_is_named_by_who_it_is(line: str) -> None:
    line = line if line.startswith("log") else f"start {line}"
    assert (understood(line).assignee, understood(line).text) == ("U2", "fix")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("edit for <@U2>", "edit takes no other person such as “for @U2”. See help edit."),
        ("edit 1h", "edit takes no length of time such as “1h”. See help edit."),
        ("edit at 9:30", "edit takes no time such as “at 9:30”. See help edit."),
        ("status mon", "status takes no day such as “mon”. See help status."),
        ("edit #x", "edit takes no tags such as “#x”. See help edit."),
        ("stop 1h", "stop takes no length of time such as “1h”. See help stop."),
        ("start 1h", "A timer that starts has no length yet. To log finished time, write log 1h."),
        ("log 1h at 9:5", "“9:5” is not a time of day. Write at 9:30, at 14h or at 9am."),
        ("log 3x fix", "“3x” is not a length of time. Write 1h30m, 90m or 9-11:30, or put quotes round text."),
        (
            f"log 3{'x' * 50} fix",
            f"“3{'x' * 39}” is not a length of time. Write 1h30m, 90m or 9-11:30, or put quotes round text.",
        ),
        ("log 5, fix", "Is 5 minutes or hours? Write 5m or 5h."),
        (f"status {'x' * 70}", f"status takes no text such as “{'x' * 60}”. See help status."),
        ("log 1h for @bo fix", "I can't tell who @bo is. Pick the name from Slack's list as you type it."),
        ("log 1h fix for @bo, please", "Is it @bo's time? Then put “for @bo” last; else put quotes round the text."),
        ("log 1h on behalf of <@U2> x", "Is it @U2's time? Then put “for @U2” last; else put quotes round the text."),
        ("log 1h <@U2>, x", "Is it @U2's time? Then put “for @U2” last; else put quotes round the text."),
    ],
)
def test_what_does_not_belong_there_is_told_whole(line: str, told: str) -> None:
    assert refusal(line) == told


@pytest.mark.parametrize(
    ("line", "length", "text"),
    [
        ("log 1h, fix", HOUR, "fix"),
        ("log 1h: fix", HOUR, "fix"),
        ("log 9-10 =1h fix", HOUR, "fix"),
        ("log 9-10 = 1h fix", HOUR, "fix"),
        ("log =9:30h fix", timedelta(hours=9, minutes=30), "fix"),
    ],
)
def test_signs_around_a_length_are_not_in_the_way(line: str, length: timedelta, text: str) -> None:
    assert (understood(line).duration, understood(line).text) == (length, text)
