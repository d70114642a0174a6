"""When somebody is asked about their day, and how they work; bare, it opens a form."""

from app.core.remind_words import reminded
from app.core.words import Slot, Word
from app.slack import rhythms
from app.slack.call import Answer, Call, Command
from app.slack.modals import remind as remind_form


async def remind(call: Call) -> Answer:
    rhythms.require_known(call)
    if not call.phrase.text:
        return remind_form.form(call)
    rhythm = reminded(call.phrase.text, call.person.rhythm, today=call.today, zone=call.zone)
    return await rhythms.keep(call, rhythm)


COMMAND = Command(
    Word("remind", Slot.RHYTHM, ("reminder", "reminders")),
    usage="remind [17:30] [mon-thu] [target 7h30] [fri 4h] [off]",
    summary="When you are asked about your day, and how you work; alone, it opens a form.",
    examples=(
        "remind 17:30 mon-thu",
        "remind target 7h30 fri 4h",
        "remind ends 18:30",
        "remind snooze until mon",
        "remind leave 24 dec - 2 jan",
        "remind leave fri half",
        "remind off",
    ),
    run=remind,
)
