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
    "log 9-9:30 9:30-10 fix": (
        "start",
        "There is a time already before “9:30-10”. Put quotes round what is not a time.",
    ),
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
    "log 08:15 standup": ("", "Is 08:15 how long or what time? Write 8h15m for the length, or at 08:15 for the time."),
    "log 9-5 fix": (
        "start",
        "Is 9-5 in the morning or the afternoon? Write am and pm, or 24 hours: 9am-5pm or 9-17. Put quotes round what is not a time.",
    ),
    "log 9-9 fix": (
        "end",
        "09:00–09:00 ends before it begins. Write the end in 24 hours, or log each side of midnight by itself.",
    ),
    "log yesterday 17-9 fix": (
        "end",
        "17:00–09:00 ends before it begins. Write the end in 24 hours, or log each side of midnight by itself.",
    ),
    "log 1h at 10 fix": (
        "end",
        "11:00 is still to come: it is 10:17 on Wed 4 Mar. For another day, say which: yesterday, mon, 18 nov.",
    ),
    "log 11-12 fix": (
        "end",
        "12:00 is still to come: it is 10:17 on Wed 4 Mar. For another day, say which: yesterday, mon, 18 nov.",
    ),
    "log 1h tomorrow": ("day", "Tomorrow is still to come."),
    "start at 11": (
        "end",
        "11:00 is still to come: it is 10:17 on Wed 4 Mar. For another day, say which: yesterday, mon, 18 nov.",
    ),
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
    "log 1h <@U2> fix": ("assignee", "Is it @U2's time? Then put “for @U2” last; else put quotes round the text."),
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
    "log 1h this morning fix": (
        "day",
        "Which day is “this morning”? Write yesterday, mon or 18 nov. Put quotes round what is not a time.",
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
    "log 9:30h standup": ("", "Is 9:30h how long or what time? Write 9h30m for the length, or at 9:30h for the time."),
    "stop yesterday at 9:30 #x": ("", "stop takes no tags such as “#x”. See help stop."),
    "tag -": ("tags", "Write tag +design to add a tag or tag -design to take it off."),
    "tags now": ("", "tags takes no time such as “now”. See help tags."),
    "log 1h for <@U2> fix for <@U3>": ("assignee", "A time entry belongs to one person. Log it for each of them."),
    "log 1h behalf of @bo": ("assignee", "Is it @bo's time? Then put “for @bo” last; else put quotes round the text."),
    "log 5 calls": ("duration", "Is 5 minutes or hours? Write 5m or 5h."),
    "log 1x fix": ("duration", "“1x” is not a length of time. Write 1h30m, 90m or 9-11:30, or put quotes round text."),
    "log 9 DEV-12": ("duration", "Is 9 minutes or hours? Write 9m or 9h."),
    "start +5 fix": ("start", "Is +5 a time? Write at 9:30 or 10m ago. Put quotes round what is not a time."),
    "start 10 DEV-12": ("start", "Is 10 a time? Write at 9:30 or 10m ago. Put quotes round what is not a time."),
    "log at 9 30m 10m ago x": (
        "start",
        "There is a time already before “10m ago”. Put quotes round what is not a time.",
    ),
    "log 1h-x fix": (
        "duration",
        "“1h-x” is not a length of time. Write 1h30m, 90m or 9-11:30, or put quotes round text.",
    ),
    "log 1h not billable no": ("", "Write billable or unbillable, without yes or no."),
    "log 0x1 fix": (
        "duration",
        "“0x1” is not a length of time. Write 1h30m, 90m or 9-11:30, or put quotes round text.",
    ),
    "log 2 fix": ("duration", "Is 2 minutes or hours? Write 2m or 2h."),
    "log 12345 fix": ("duration", "Is 12345 minutes or hours? Write 12345m or 12345h."),
    "log 1.234 fix": (
        "duration",
        "“1.234” is not a length of time. Write 1h30m, 90m or 9-11:30, or put quotes round text.",
    ),
    "log .5 .5 fix": ("duration", "There is a length already before “.5”. Put quotes round what is not a time."),
    "start 3pm fix at 4": (
        "end",
        "15:00 is still to come: it is 10:17 on Wed 4 Mar. For another day, say which: yesterday, mon, 18 nov.",
    ),
    "log 1h at half past nine": (
        "start",
        "I can't read “at half”. Write at 9:30. Put quotes round what is not a time.",
    ),
    "log a couple of hours fix": (
        "duration",
        "I can't read “a couple of hours”. Write 30m or 1h30m. Put quotes round what is not a time.",
    ),
    "log few hours fix": (
        "duration",
        "I can't read “few hours”. Write 30m or 1h30m. Put quotes round what is not a time.",
    ),
    "start a while ago fix": (
        "start",
        "I can't read “a while ago”. Write 30m ago or at 9:30. Put quotes round what is not a time.",
    ),
    "start 2 days ago fix": (
        "start",
        "At what time on Mon 2 Mar? Write start yesterday at 17:00. Put quotes round what is not a time.",
    ),
    "log 1h an hour ago": (
        "start",
        "I can't read “an hour ago”. Write 30m ago or at 9:30. Put quotes round what is not a time.",
    ),
    "log 1h on 18 fix": (
        "day",
        "Which day is “on 18”? Write yesterday, mon or 18 nov. Put quotes round what is not a time.",
    ),
    "log 1h at the weekend": (
        "day",
        "Which day is “at the weekend”? Write yesterday, mon or 18 nov. Put quotes round what is not a time.",
    ),
    "log 1h (today) fix": (
        "day",
        "Which day is “(today”? Write yesterday, mon or 18 nov. Put quotes round what is not a time.",
    ),
    "log 2026-03-03T09:00 1h fix": (
        "duration",
        "“2026-03-03T09:00” is not a length of time. Write 1h30m, 90m or 9-11:30, or put quotes round text.",
    ),
    "log 1h 3× fix": (
        "duration",
        "How long was it in all? I don't multiply by “3×”. Put quotes round what is not a time.",
    ),
    "log 8-10 days fix": (
        "duration",
        "Is that from when to when, or how many days? Put quotes round what is not a time.",
    ),
    "log 1h less lunch": (
        "duration",
        "How long was it in all? I can't read “less”. Put quotes round what is not a time.",
    ),
    "log 1h and a quarter fix": (
        "duration",
        "How long was it in all? I can't read “and a quarter”. Put quotes round what is not a time.",
    ),
    "log 1h a half fix": (
        "duration",
        "How long was it in all? I can't read “a half”. Put quotes round what is not a time.",
    ),
    "log mon-tue 1h": (
        "",
        "I can't read “mon-tue 1h”. Say one length and one day, and at 9:30 or 9:30-11. Put quotes round what is not a time.",
    ),
    "log mon/tue 1h fix": (
        "",
        "I can't read “mon/tue 1h fix”. Say one length and one day, and at 9:30 or 9:30-11. Put quotes round what is not a time.",
    ),
    "log 1h fri&sat fix": (
        "",
        "I can't read “fri&sat fix”. Say one length and one day, and at 9:30 or 9:30-11. Put quotes round what is not a time.",
    ),
    "log 1h @ 9 fix": (
        "",
        "I can't read “@ 9 fix”. Say one length and one day, and at 9:30 or 9:30-11. Put quotes round what is not a time.",
    ),
    "log 1h ~9 fix": (
        "",
        "I can't read “~9 fix”. Say one length and one day, and at 9:30 or 9:30-11. Put quotes round what is not a time.",
    ),
    "log 1h by 9 fix": (
        "",
        "I can't read “by 9 fix”. Say one length and one day, and at 9:30 or 9:30-11. Put quotes round what is not a time.",
    ),
    "log 1h starting 9 fix": (
        "",
        "I can't read “starting 9 fix”. Say one length and one day, and at 9:30 or 9:30-11. Put quotes round what is not a time.",
    ),
    "log 1h ending 10:00 fix": (
        "",
        "I can't read “ending 10:00 fix”. Say one length and one day, and at 9:30 or 9:30-11. Put quotes round what is not a time.",
    ),
    "log 1h before 9:30 x": (
        "",
        "I can't read “before 9:30 x”. Say one length and one day, and at 9:30 or 9:30-11. Put quotes round what is not a time.",
    ),
    "log 1h after 9:30 x": (
        "",
        "I can't read “after 9:30 x”. Say one length and one day, and at 9:30 or 9:30-11. Put quotes round what is not a time.",
    ),
    "log 1h thru 10:00 x": (
        "",
        "I can't read “thru 10:00 x”. Say one length and one day, and at 9:30 or 9:30-11. Put quotes round what is not a time.",
    ),
    "log 1h till 10:00 x": (
        "",
        "I can't read “till 10:00 x”. Say one length and one day, and at 9:30 or 9:30-11. Put quotes round what is not a time.",
    ),
    "log 1h til 10:00 x": (
        "",
        "I can't read “til 10:00 x”. Say one length and one day, and at 9:30 or 9:30-11. Put quotes round what is not a time.",
    ),
    "log 1h through 10:00 x": (
        "",
        "I can't read “through 10:00 x”. Say one length and one day, and at 9:30 or 9:30-11. Put quotes round what is not a time.",
    ),
    "log 1h between 9:00 x": (
        "",
        "I can't read “between 9:00 x”. Say one length and one day, and at 9:30 or 9:30-11. Put quotes round what is not a time.",
    ),
    "log 1h about 9:30 x": (
        "",
        "I can't read “about 9:30 x”. Say one length and one day, and at 9:30 or 9:30-11. Put quotes round what is not a time.",
    ),
    "log 1h or 2h x": (
        "",
        "I can't read “or 2h x”. Say one length and one day, and at 9:30 or 9:30-11. Put quotes round what is not a time.",
    ),
    "log 1h in 9:30 x": (
        "",
        "I can't read “in 9:30 x”. Say one length and one day, and at 9:30 or 9:30-11. Put quotes round what is not a time.",
    ),
    "log 1h since 9:30 x": (
        "",
        "I can't read “since 9:30 x”. Say one length and one day, and at 9:30 or 9:30-11. Put quotes round what is not a time.",
    ),
    "log 1h from yesterday x": (
        "",
        "I can't read “from yesterday x”. Say one length and one day, and at 9:30 or 9:30-11. Put quotes round what is not a time.",
    ),
    "log 1h to mon x": (
        "",
        "I can't read “to mon x”. Say one length and one day, and at 9:30 or 9:30-11. Put quotes round what is not a time.",
    ),
    "log 1h — tue x": (
        "",
        "I can't read “— tue x”. Say one length and one day, and at 9:30 or 9:30-11. Put quotes round what is not a time.",
    ),
    "log 1h – 30m x": ("duration", "There is a length already before “– 30m”. Put quotes round what is not a time."),
    "log 1h tommorow x": ("day", "Is “tommorow” tomorrow? Write it so. Put quotes round what is not a time."),
    "log 1h wensday x": ("day", "Is “wensday” wednesday? Write it so. Put quotes round what is not a time."),
    "log 1h fryday x": ("day", "Is “fryday” friday? Write it so. Put quotes round what is not a time."),
    "log 1h thrusday x": ("day", "Is “thrusday” thursday? Write it so. Put quotes round what is not a time."),
    "log 1h saturdey x": ("day", "Is “saturdey” saturday? Write it so. Put quotes round what is not a time."),
    "log 1h yesterdya, x": ("day", "Is “yesterdya,” yesterday? Write it so. Put quotes round what is not a time."),
    "log yesterday 0-24:30 fix": ("start", "No clock shows 0-24:30."),
    "log 2026-03-03 at 9:75 fix": ("start", "No clock shows 9:75."),
    "log 1h at 25:00 fix": ("start", "No clock shows 25:00."),
    "log 1h at midnight fix": ("start", "Midnight of which day? Write 0:00 or 24:00."),
    "log 1h at 5 fix": ("start", "Is 5 in the morning or the afternoon? Write 5am or 17:00."),
    "start at 13pm fix": ("start", "No clock shows 13pm."),
    "log yesterday 1h tue fix": ("day", "There is a day already before “tue”. Put quotes round what is not a time."),
    "start at 9 at 8 fix": ("start", "There is a time already before “8”. Put quotes round what is not a time."),
    "start 10m ago at 9 fix": ("start", "There is a time already before “9”. Put quotes round what is not a time."),
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
