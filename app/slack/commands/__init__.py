"""The sub-commands, in the order in which help shows them."""

from app.core.words import Word
from app.slack.call import Command
from app.slack.commands import (
    cancel,
    connect,
    data,
    delete,
    disconnect,
    edit,
    help,
    last,
    log,
    pending,
    remind,
    resume,
    start,
    status,
    stop,
    tag,
    tags,
    today,
    undo,
    week,
    why,
    yesterday,
)

COMMANDS: dict[str, Command] = {
    module.COMMAND.word.name: module.COMMAND
    for module in (
        start,
        stop,
        resume,
        last,
        status,
        log,
        today,
        yesterday,
        week,
        tag,
        tags,
        edit,
        delete,
        cancel,
        undo,
        remind,
        why,
        pending,
        connect,
        disconnect,
        data,
        help,
    )
}
WORDS: tuple[Word, ...] = tuple(command.word for command in COMMANDS.values())
