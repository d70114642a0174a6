"""Write down time that is over: in one line, or through a form."""

from app.core.errors import SignInExpired
from app.core.logbook import place
from app.core.permissions import Deed
from app.core.words import Slot, Word
from app.core.worklist import to_be_sought
from app.slack import days, messages
from app.slack.call import Answer, Call, Command
from app.slack.modals import log_time


async def log(call: Call) -> Answer:
    phrase = call.phrase
    if phrase.duration is None:
        return await log_time.form(call)
    caller = await call.caller()
    whose = await call.services.accounts.assignee(caller, phrase.assignee, Deed.LOG)
    if phrase.start and phrase.end:
        start, end = phrase.start, phrase.end
    else:
        start, end = place(phrase.duration, phrase.day or call.today, now=call.now, zone=call.zone)
    try:
        work = await call.services.worklist.work(caller, phrase)
    except SignInExpired as error:
        kept = to_be_sought(phrase)
        await call.services.logbook.keep(caller, kept, start, end, whose, is_another=call.is_confirmed)
        raise SignInExpired(f"{error.sentence} What you typed is saved, and is sent then.") from error
    is_another = call.is_confirmed
    entry = await call.services.logbook.log(caller, work, start, end, whose, is_another=is_another)
    told = await days.day_total(call, caller, entry) if phrase.start else None
    return messages.entry_logged(call, caller, entry, whose, told)


COMMAND = Command(
    Word(
        "log",
        Slot.LENGTH | Slot.DAY | Slot.MOMENT | Slot.WHAT | Slot.TAGS | Slot.BILLABLE | Slot.ASSIGNEE,
        ("add", "track"),
    ),
    usage="log [1h30m | 9:30-11] [yesterday | mon | 18 nov] [task or text] [#tag …] [billable] [for @person]",
    summary="Log time that is over; without a length it opens the form.",
    examples=("log 1h30m yesterday DEV-12", "log mon 9:30-11 Website: hero section #design", "log"),
    run=log,
    asks_twice=True,
)
