"""What can be typed, with examples."""

from app.core.errors import Ambiguous, Reading
from app.core.words import Slot, Word, find_word
from app.slack import commands, messages
from app.slack.call import Answer, Call, Command


async def help_(call: Call) -> Answer:
    asked = call.phrase.text
    if not asked:
        return messages.help_shown(call, list(commands.COMMANDS.values()))
    try:
        word = find_word(asked.split()[0], asked, commands.WORDS)
    except Ambiguous as error:
        lines = [f"help {reading.line.split()[0]}" for reading in error.readings]
        raise Ambiguous(error.sentence, [Reading(line, line) for line in lines]) from None
    return messages.help_on_shown(call, commands.COMMANDS[word.name])


COMMAND = Command(
    Word("help", Slot.WORD, ("?", "-h", "--help", "—help", "h")),
    usage="help [word]",
    summary="This list, or more about one word.",
    examples=("help log",),
    run=help_,
)
