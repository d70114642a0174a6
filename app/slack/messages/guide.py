"""What can be typed."""

from collections.abc import Sequence

from app.slack.blocks import context, escape, section
from app.slack.call import Call, Command, Reply
from app.slack.messages import phrasing


def help_shown(call: Call, commands: Sequence[Command]) -> Reply:
    name = call.services.command
    lines = [f"`{name} {command.word.name}`  {escape(command.summary)}" for command in commands]
    examples = "\n".join(
        f"`{name} {escape(command.examples[0])}`"
        for command in commands
        if command.word.name in ("start", "log", "tag")
    )
    grammar = (
        "Lengths: `1h30m` `1:30` `90m` `1.5h`   Times: `9:30` `930` `9am` `9-11:30`   Days: `yesterday` `mon` `18 nov`\n"
        "They stand before the task. What follows is yours and is never read as a time."
    )
    blocks = (
        section("*What you can type*"),
        section("\n".join(lines)),
        section(f"*For example*\n{examples}"),
        context(grammar),
    )
    more = context(
        f"More about one: `{name} help log`. The same words work in a direct message to this app.\n"
        "Without typing: *Log time* in the + menu, and *Track this message* in a message's ⋮ menu."
    )
    return Reply(f"{name}: {', '.join(command.word.name for command in commands)}", (*blocks, more))


def help_on_shown(call: Call, command: Command) -> Reply:
    name = call.services.command
    examples = "\n".join(f"`{name} {escape(example)}`" for example in command.examples)
    also = f"Also: {', '.join(escape(alias) for alias in command.word.aliases)}" if command.word.aliases else ""
    body = f"*{command.word.name}*  {escape(command.summary)}\n`{name} {escape(command.usage)}`"
    text = f"{name} {command.usage}: {command.summary}"
    return Reply(text, (section(body), section(f"*For example*\n{examples}"), *phrasing.notes(also)))
