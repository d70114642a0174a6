"""What a person is told whose line can't be read: the whole sentence, and the field of the form that it belongs to."""

import pytest

from app.core.errors import NotUnderstood

from .reading import understood

REFUSALS = {
    "log 1h 2h fix": ("duration", "There is a length already before “2h”. Put quotes round what is not a time."),
    "log 1h 9:30 standup": (
        "duration",
        "There is a length already before “9:30”. For the time it began, write at 9:30. Put quotes round what is not a time.",
    ),
    "log mon tue 1h": ("day", "There is a day already before “tue”. Put quotes round what is not a time."),
    "log 9-10 at 9 fix": ("start", "There is a time already before “9”. Put quotes round what is not a time."),
    "log 2h 9-10 fix": ("duration", "09:00–10:00 is 1 h, not 2 h. Say one of the two."),
    "log yesterday 1h 2h ago fix": ("start", "2 h ago is on Wed 4 Mar, not on Tue 3 Mar. Say one of the two."),
    "log 1h fix for <@U2> for <@U3>": ("assignee", "A time entry belongs to one person. Log it for each of them."),
    "log 90 fix": ("duration", "Is 90 minutes or hours? Write 90m or 90h."),
    "log 1d fix": ("duration", "Days and weeks have no fixed length here. Write it in hours, such as 8h."),
    "log -1h fix": ("duration", "A length of time cannot be negative."),
    "log 25h yesterday": ("duration", "25h is over 24 h. Log it in parts, a day at a time."),
    "log 1.30 fix": ("duration", "Is 1.30 1.3 hours or 1 h 30? Write 1.3h or 1h30m."),
    "log 9:30 standup": ("", "Is 9:30 how long or what time? Write 9h30m for the length, or at 9:30 for the time."),
    "log 9.30 standup": ("", "Is 9.30 how long or what time? Write 9.30h for the length, or at 9.30 for the time."),
    "log 9-5 fix": (
        "start",
        "Is 9-5 in the morning or the afternoon? Write am and pm, or 24 hours: 9am-5pm or 9-17. Put quotes round what is not a time.",
    ),
    "log 9-9 fix": (
        "end",
        "09:00–09:00 ends before it begins. Write the end in 24 hours, or log each side of midnight by itself.",
    ),
    "log 1h at 10 fix": (
        "end",
        "11:00 is still to come: it is 10:17 on Wed 4 Mar. For another day, say which: yesterday, mon, 18 nov.",
    ),
    "log 1h tomorrow": ("day", "Tomorrow is still to come."),
    "start 1h fix": ("", "A timer that starts has no length yet. To log finished time, write log 1h."),
    "stop fix login": ("", "stop takes no text such as “fix login”. See help stop."),
    "status yesterday": ("", "status takes no day such as “yesterday”. See help status."),
    "stop #backend": ("", "stop takes no tags such as “#backend”. See help stop."),
    "status please": ("", "status takes no text such as “please”. See help status."),
    "log 1h for @bo": ("assignee", "I can't tell who @bo is. Pick the name from Slack's list as you type it."),
    "log 1h fix for <@U2> at his desk": (
        "assignee",
        "Is it @U2's time? Then put “for @U2” last; else put quotes round the text.",
    ),
    "log 1h fix for @bo at his desk": (
        "assignee",
        "Is it @bo's time? Then put “for @bo” last; else put quotes round the text.",
    ),
    "start fix <#C1>": ("", 'Slack sent a private channel in place of that tag. Write it in quotes: #"backend".'),
    "tag design": ("tags", "Write tag +design to add a tag or tag -design to take it off."),
    "tag": ("tags", "Which tags? Write +design to add one or -draft to take it off."),
    "frobnicate": ("", "I don't know “frobnicate”. Say first what to do: start, log, or help for everything."),
    "log 2h 5 calls": ("duration", "Does the 5 belong to 2h? Write 2h05m or 2h50m, or quotes round text."),
    "log 1h + 30m fix": (
        "",
        "I can't read “+ 30m fix”. Say one length and one day, and at 9:30 or 9:30-11. Put quotes round what is not a time.",
    ),
    "log 30m x2 standup": (
        "duration",
        "How long was it in all? I don't multiply by “x2”. Put quotes round what is not a time.",
    ),
    "log two hours fix": (
        "duration",
        "I can't read “two hours”. Write 30m or 1h30m. Put quotes round what is not a time.",
    ),
    "log 1h and a half planning": (
        "duration",
        "How long was it in all? I can't read “and a half”. Put quotes round what is not a time.",
    ),
    "log 1h the 3rd review": (
        "day",
        "Which day is “the 3rd”? Write yesterday, mon or 18 nov. Put quotes round what is not a time.",
    ),
    "log 8:30 h fix": ("", "Is 8:30 h how long or what time? Write 8h30m for the length, or at 8:30 h for the time."),
    "log 8-10 hours fix": (
        "duration",
        "Is that from when to when, or how many hours? Put quotes round what is not a time.",
    ),
    "log 1h at ten review": ("start", "I can't read “at ten”. Write at 9:30. Put quotes round what is not a time."),
    "log 1h at 9:5 review": ("start", "“9:5” is not a time of day. Write at 9:30, at 14h or at 9am."),
    "start 9 fix login": ("start", "Is 9 a time? Write at 9:30 or 10m ago. Put quotes round what is not a time."),
    "start -10 fix login": ("start", "Is -10 a time? Write at 9:30 or 10m ago. Put quotes round what is not a time."),
    "start ten minutes ago fix": (
        "start",
        "I can't read “ten minutes ago”. Write 30m ago or at 9:30. Put quotes round what is not a time.",
    ),
    "start for 1h fix": ("", "A timer that starts has no length yet. To log finished time, write log for 1h."),
    "log 1h-30 fix": (
        "start",
        "Is 1h-30 in the morning or the afternoon? Write am and pm, or 24 hours: 9am-5pm or 9-17. Put quotes round what is not a time.",
    ),
    "log yesterday 1h at 24 x": ("start", "24:00 is on Wed 4 Mar, not on Tue 3 Mar. Say one of the two."),
    "stop yesterday": (
        "start",
        "At what time on Tue 3 Mar? Write stop yesterday at 17:00. Put quotes round what is not a time.",
    ),
    "start yesterday fix": (
        "start",
        "At what time on Tue 3 Mar? Write start yesterday at 17:00. Put quotes round what is not a time.",
    ),
    "start yesterday 10m ago fix": ("start", "10 min ago is on Wed 4 Mar, not on Tue 3 Mar. Say one of the two."),
    "log 1h last week fix": (
        "day",
        "Which day is “last week”? Write yesterday, mon or 18 nov. Put quotes round what is not a time.",
    ),
    "log 1h on the 3rd fix": (
        "day",
        "Which day is “on the 3rd”? Write yesterday, mon or 18 nov. Put quotes round what is not a time.",
    ),
    "log 1h tonight fix": (
        "day",
        "Which day is “tonight”? Write yesterday, mon or 18 nov. Put quotes round what is not a time.",
    ),
    "log 1h yesturday fix": ("day", "Is “yesturday” yesterday? Write it so. Put quotes round what is not a time."),
    "log 1h Wendesday fix": ("day", "Is “Wendesday” wednesday? Write it so. Put quotes round what is not a time."),
    "log 9-10 nov fix": (
        "duration",
        "Is that from when to when, or how many nov? Put quotes round what is not a time.",
    ),
    "log 1h 3.3.26 fix": ("day", "Is 3.3.26 a date? Write 2026-11-18 or 18 nov, or quotes round text."),
    "log 1h 3/3 fix": ("day", "Is 3/3 a day and a month, or a month and a day? Write 18 nov, or quotes round text."),
    "start #DEV-12 fix": ("", 'Is DEV-12 a task? Then leave out the #. A tag goes in quotes: #"DEV-12".'),
    "start #86c7mc19h fix": ("", 'Is 86c7mc19h a task? Then leave out the #. A tag goes in quotes: #"86c7mc19h".'),
    "untag +draft": ("tags", "Write tag +draft to add a tag or tag -draft to take it off."),
    "log 1h billable: no": ("", "Write billable or unbillable, without yes or no."),
    "log 1h fix login\nlog 2h review": ("", "That is more than one command. Send one line at a time."),
    "log yesterday 0-24:30 fix": ("start", "No clock shows 0-24:30."),
    "log 2026-03-03 at 9:75 fix": ("start", "No clock shows 9:75."),
    "log 1h at 25:00 fix": ("start", "No clock shows 25:00."),
    "log 1h at midnight fix": ("start", "Midnight of which day? Write 0:00 or 24:00."),
    "log 1h at 5 fix": ("start", "Is 5 in the morning or the afternoon? Write 5am or 17:00."),
    "start at 13pm fix": ("start", "No clock shows 13pm."),
    "log yesterday 1h tue fix": ("day", "There is a day already before “tue”. Put quotes round what is not a time."),
    "start at 9 at 8 fix": ("start", "There is a time already before “8”. Put quotes round what is not a time."),
    "log 9-10 10m ago fix": ("start", "There is a time already before “10m ago”. Put quotes round what is not a time."),
    "start 10m ago at 9 fix": ("start", "There is a time already before “9”. Put quotes round what is not a time."),
    "log 1h at 9:30 fix for <@U2> <@U3>": (
        "assignee",
        "Is it @U2's time? Then put “for @U2” last; else put quotes round the text.",
    ),
    "log 1h2 fix": ("duration", "Does the 2 belong to 1h? Write 1h02m or 1h20m, or quotes round text."),
    "resume nine": ("", "Write the number in digits: resume 9."),
    "resume 0": ("", "The list begins at 1, the latest. Write resume 2 for the one before."),
    "resume second": ("", "Write the number in digits: resume 2."),
    "resume fix login": (
        "",
        "resume takes a number out of the list, as in resume 2. To begin something by its name, use start.",
    ),
    "log 1h (mon) fix": (
        "day",
        "Which day is “(mon”? Write yesterday, mon or 18 nov. Put quotes round what is not a time.",
    ),
    "log 1h weekend fix": (
        "day",
        "Which day is “weekend”? Write yesterday, mon or 18 nov. Put quotes round what is not a time.",
    ),
    "log 1h minus lunch": (
        "duration",
        "How long was it in all? I can't read “minus”. Put quotes round what is not a time.",
    ),
    "log 1h 2x fix": (
        "duration",
        "How long was it in all? I don't multiply by “2x”. Put quotes round what is not a time.",
    ),
    "start around 9 fix": (
        "",
        "I can't read “around 9 fix”. Say one length and one day, and at 9:30 or 9:30-11. Put quotes round what is not a time.",
    ),
    "log 1h - mon fix": (
        "",
        "I can't read “- mon fix”. Say one length and one day, and at 9:30 or 9:30-11. Put quotes round what is not a time.",
    ),
    "log 1h @9am fix": (
        "",
        "I can't read “@9am fix”. Say one length and one day, and at 9:30 or 9:30-11. Put quotes round what is not a time.",
    ),
    "log 1h for <@U2> for <@U3> fix": ("assignee", "A time entry belongs to one person. Log it for each of them."),
    "cancel now": ("", "cancel takes no time such as “now”. See help cancel."),
    "undo at 9": ("", "undo takes no time such as “at 9”. See help undo."),
    "start #backend for @bo fix": (
        "assignee",
        "I can't tell who @bo is. Pick the name from Slack's list as you type it.",
    ),
    "logg": ("", "I don't know “logg”. Did you mean log or connect?"),
    "xyz": ("", "I don't know “xyz”. Say first what to do: start, log, or help for everything."),
    "1 fix": ("", "I don't know “1”. Say first what to do: start, log, or help for everything."),
}


@pytest.mark.parametrize(("typed", "field", "sentence"), [(typed, *told) for typed, told in REFUSALS.items()])
def test_a_refusal_says_what_to_write_instead(typed: str, field: str, sentence: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        understood(typed)
    assert (refused.value.field, refused.value.sentence) == (field, sentence)
