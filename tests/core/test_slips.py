"""Lines of tired people: read wrongly they would put the work on the wrong hour, day or bill, so they are refused."""

import pytest

from app.core.errors import NotUnderstood

from .reading import refusal, understood

SLIPS = {
    # a number that could belong to the length
    "log 2h 5 calls": "Does the 5 belong to 2h?",
    "log 1.45 DEV-12": "1.45 hours or 1 h 45",
    "log 1h + 30m fix": "I can't read “+ 30m fix”",
    "log 1h &amp; 30m fix": "I can't read “& 30m fix”",
    "log 1h and 30 fix": "I can't read “and 30 fix”",
    "log 1h plus 30m fix": "I can't read",
    "log 30m x2 standup": "I don't multiply by “x2”",
    "log 30m 3x standup": "I don't multiply",
    "log two hours fix": "I can't read “two hours”",
    "log 1h and a half planning": "I can't read “and a half”",
    "log 2h minus lunch": "I can't read “minus”",
    "log 1h the 3rd review": "Which day is “the 3rd”?",
    "log 8h on 18 review": "Which day is “on 18”?",
    "log 2h (yesterday) review": "Which day is “(yesterday”?",
    "log half an hour fix": "I can't read “half an hour”",
    "log 8:30 h fix": "Write 8h30m for the length",
    "log 8-10 hours fix": "from when to when, or how many hours",
    # a time of day that is not one
    "log 30m from 9:30 review": "I can't read “from 9:30 review”",
    "log 30m since 9 review": "I can't read",
    "log 30m until 10 review": "I can't read",
    "log 30m @ 9:30 review": "I can't read",
    "log 30m @9am review": "I can't read",
    "log 30m ~9:30 review": "I can't read",
    "log 30m around 9 review": "I can't read",
    "log between 9 and 10 review": "I can't read",
    "log 1h at ten review": "I can't read “at ten”",
    "log 1h at quarter past 9": "I can't read “at quarter”",
    "log 1h at 9:5 review": "“9:5” is not a time of day",
    "start 9 fix login": "Is 9 a time?",
    "start 930 fix login": "Is 930 a time?",
    "start -10 fix login": "Is -10 a time?",
    "start at 9 30 fix": "Is 30 a time?",
    "start ten minutes ago fix": "I can't read “ten minutes ago”",
    "start half an hour ago fix": "I can't read “half an hour ago”",
    "start 10 ago fix": "Is 10 a time?",
    "start about 10m ago fix": "I can't read “about 10m ago”",
    "start from 9:30 fix": "I can't read",
    "start in 10m fix": "I can't read",
    "start for 1h fix": "no length yet",
    "log 1h-30 fix": "Put quotes round",
    "log yesterday 2-3 review": "morning or the afternoon",
    "log yesterday 2-7 review": "morning or the afternoon",
    "log yesterday 1h at 24 x": "24:00 is on Wed 4 Mar, not on Tue 3 Mar",
    # another day
    "stop yesterday": "At what time on Tue 3 Mar? Write stop yesterday at 17:00.",
    "start yesterday fix": "At what time on Tue 3 Mar?",
    "start Friday deploy": "At what time on Fri 27 Feb?",
    "start yesterday 10m ago fix": "10 min ago is on Wed 4 Mar, not on Tue 3 Mar",
    "log 8h mon-fri DEV-12": "I can't read “mon-fri DEV-12”",
    "log 8h mon - fri DEV-12": "I can't read “- fri DEV-12”",
    "log 8h mon to fri DEV-12": "I can't read “to fri DEV-12”",
    "log 8h mon and tue DEV-12": "I can't read “and tue DEV-12”",
    "log 1h last week fix": "Which day is “last week”?",
    "log 1h last night fix": "Which day is “last night”?",
    "log 1h this morning fix": "Which day is “this morning”?",
    "log 1h next mon fix": "Which day is “next mon”?",
    "log 1h on the 3rd fix": "Which day is “on the 3rd”?",
    "log 1h tonight fix": "Which day is “tonight”?",
    "log 1h yesturday fix": "Is “yesturday” yesterday?",
    "log 1h Wendesday fix": "Is “Wendesday” wednesday?",
    "log 1h before yesterday fix": "I can't read",
    "log 1h at Monday sync": "I can't read",
    "log 9-10 nov fix": "from when to when",
    "log 1h 3.3.26 fix": "Is 3.3.26 a date?",
    "log 1h 3/3 fix": "Write 18 nov",
    # another task, tag, person, or command
    "start #DEV-12 fix": "Is DEV-12 a task? Then leave out the #.",
    "start #86c7mc19h fix": "Is 86c7mc19h a task?",
    "untag +draft": "Write tag +draft",
    "tag #-draft": "Write tag +design",
    "log <@U2> 1h fix": "Is it @U2's time?",
    "log 1h on behalf of <@U2> fix": "Is it @U2's time?",
    "log 1h billable: no": "Write billable or unbillable",
    "log 1h billable no fix": "Write billable or unbillable",
    "log 1h fix login\nlog 2h review": "Send one line at a time",
}

# These look like slips and are none.
NONE = (
    "log 1h 30 september release notes",
    "start todo list",
    "start payday run",
    "start birthday party",
    "start mondays suck",
    "log 1h in the garden",
    "log 1h to do list",
    "log 1h after the release",
    "log 1h a day trip",
    "start the 3rd draft",
    "start at home",
    'start "9 lives"',
    'log 1h "last week" review',
    "log 1h fix login\nand log out",
    'start "fix" #"DEV-12"',
    "start the other half",
    "start 2nd review",
    "log 1h + more",
)


@pytest.mark.parametrize(("typed", "hint"), SLIPS.items())
def test_a_slip_is_refused_with_a_hint(typed: str, hint: str) -> None:
    assert hint in refusal(typed)


@pytest.mark.parametrize("typed", NONE)
def test_what_only_resembles_a_slip_is_read(typed: str) -> None:
    assert understood(typed)


@pytest.mark.parametrize("typed", [typed for typed, hint in SLIPS.items() if "quotes round" in refusal(typed)])
def test_quotes_make_text_of_what_was_refused(typed: str) -> None:
    word, rest = typed.split(" ", 1)
    text = rest.replace("&amp;", "and")
    assert understood(f'{word} "{text}"').text == text if word != "stop" else True


def test_a_wrong_length_never_comes_of_what_could_be_a_date() -> None:
    for typed in ("log 2h 18 nov fix", "log 2h 10 days ago fix", "log yesterday 2h 10 am fix"):
        length = understood(typed).duration
        assert length
        assert length.total_seconds() == 2 * 3600
    for typed in ("log 2h 30 mar fix", "log 2h 14 h fix", "log 2h 12 noon fix"):
        with pytest.raises(NotUnderstood):
            understood(typed)


SPELT_OUT = (
    "an", "a", "half", "half a", "half an", "quarter", "a quarter", "quarter of an", "a quarter of an", "few", "a few",
    "couple", "a couple", "couple of", "a couple of", "one", "two", "three", "four", "five", "six", "seven", "eight",
    "nine", "ten", "fifteen", "twenty", "thirty", "forty", "forty-five", "ninety",
)  # fmt: skip


@pytest.mark.parametrize("unit", ["h", "hr", "hrs", "hour", "hours", "m", "min", "mins", "minute", "minutes"])
@pytest.mark.parametrize("number", SPELT_OUT)
def test_a_length_in_letters_is_refused(number: str, unit: str) -> None:
    assert refusal(f"log {number} {unit} fix") == (
        f"I can't read “{number} {unit}”. Write 30m or 1h30m. Put quotes round what is not a time."
    )


@pytest.mark.parametrize("number", [*SPELT_OUT, "eleven", "twelve"])
def test_a_time_of_day_in_letters_is_refused(number: str) -> None:
    assert refusal(f"log 1h at {number} fix").startswith("I can't read “at ")


@pytest.mark.parametrize("unit", ["week", "weekend", "month", "year", "night", "evening", "afternoon", "morning"])
@pytest.mark.parametrize("which", ["last", "this", "next", "previous", "past", "coming"])
def test_a_vague_day_is_asked_about(which: str, unit: str) -> None:
    told = f"Which day is “{which} {unit}”? Write yesterday, mon or 18 nov. Put quotes round what is not a time."
    assert refusal(f"log 1h {which} {unit} fix") == told
    assert refusal(f"start {which} {unit} fix") == told


@pytest.mark.parametrize(
    "day",
    ["mon", "monday", "tue", "tues", "tuesday", "wed", "wednesday", "thu", "thurs", "thursday", "fri", "friday", "sat", "saturday",
     "sun", "sunday"],
)  # fmt: skip
def test_a_day_to_come_is_asked_about(day: str) -> None:
    assert refusal(f"log 1h next {day} fix").startswith(f"Which day is “next {day}”?")


@pytest.mark.parametrize(
    "day", ["tonight", "the other day", "on the 1st", "on 1st", "on 2nd", "on the 3rd", "on 4th", "on the 22nd"]
)
def test_so_is_one_that_only_the_calendar_knows(day: str) -> None:
    assert refusal(f"start {day} fix").startswith(f"Which day is “{day}”?")


@pytest.mark.parametrize(
    "day",
    ["1st", "2nd", "3rd", "4th", "the 1st", "on 1st", "on the 2nd", "on 5", "on 18", "weekend", "the weekend", "on weekend",
     "on the weekend", "at weekend", "at the weekend", "(yesterday", "(today", "(mon", "(tue", "(wed", "(thu", "(fri", "(sat",
     "(sun", "2026-03-03t9"],
)  # fmt: skip
def test_behind_a_length_any_form_of_a_day_is_asked_about(day: str) -> None:
    assert refusal(f"log 1h {day} fix").startswith(f"Which day is “{day}")


@pytest.mark.parametrize(
    "text", ["123rd street", "on 123 calls", "on 5.5 release", "on 5-day plan", "1st's notes", "weekender"]
)
def test_what_goes_on_is_no_day(text: str) -> None:
    assert understood(f"log 1h {text}").text == text


@pytest.mark.parametrize(
    "when",
    ["about 10m ago", "around an hour ago", "roughly ten minutes ago", "approx 10 min ago", "approx. 10 min ago", "ca 10 min ago",
     "ca. 10 min ago", "ca.10 min ago", "two and a half hours ago", "an hour earlier", "a while ago", "a bit ago",
     "seven days ago", "seven weeks ago", "ten day ago", "ten week ago", "a few ago", "twenty m ago", "tenmin ago"],
)  # fmt: skip
def test_a_moment_in_letters_is_refused(when: str) -> None:
    assert refusal(f"start {when} fix").startswith(f"I can't read “{when}")


@pytest.mark.parametrize(
    "unit",
    ["hours", "hrs", "mins", "minutes", "day", "days", "week", "weeks", "jan", "feb", "mar", "apr", "may", "jun", "june", "jul",
     "july", "aug", "sep", "sept", "oct", "nov", "dec", "january", "september", "december"],
)  # fmt: skip
def test_a_unit_behind_a_range_makes_it_two_things(unit: str) -> None:
    assert refusal(f"log 8-10 {unit} fix") == (
        f"Is that from when to when, or how many {unit}? Put quotes round what is not a time."
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("todai", "today"), ("tomorow", "tomorrow"), ("yesteday", "yesterday"), ("mondey", "monday"), ("tusday", "tuesday"),
        ("wensday", "wednesday"), ("thursdy", "thursday"), ("fridey", "friday"), ("saterday", "saturday"), ("sundey", "sunday"),
    ],
)  # fmt: skip
def test_a_day_that_is_misspelt_is_asked_about(written: str, meant: str) -> None:
    assert (
        refusal(f"log 1h {written} fix") == f"Is “{written}” {meant}? Write it so. Put quotes round what is not a time."
    )


@pytest.mark.parametrize("joined", ["- mon", "– mon", "— mon", "+ mon", "&amp; mon", "and mon", "plus mon", "or mon"])
def test_a_second_day_is_refused(joined: str) -> None:
    assert refusal(f"log 1h tue {joined} fix").startswith("I can't read “")


@pytest.mark.parametrize(
    "rest", ["half", "quarter", "a half", "an half", "and half", "and a quarter", "minus ", "less "]
)
def test_the_rest_of_a_length_is_refused(rest: str) -> None:
    assert refusal(f"log 1h {rest} fix").startswith(f"How long was it in all? I can't read “{rest.strip()}”.")


@pytest.mark.parametrize(
    "word",
    ["@", "~", "to", "until", "till", "til", "thru", "through", "from", "since", "before", "after", "by", "around", "about",
     "between", "starting", "ending", "in"],
)  # fmt: skip
def test_a_word_that_leads_to_a_time_is_refused_with_it(word: str) -> None:
    for time in ("9:30", "9", "yesterday", "9:30,"):
        assert refusal(f"log 30m {word} {time} fix") == (
            f"I can't read “{word} {time} fix”. Say one length and one day, and at 9:30 or 9:30-11."
            " Put quotes round what is not a time."
        )
