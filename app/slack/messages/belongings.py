"""What is kept about a person, a page of it to copy, and what becomes of it when they go."""

from collections.abc import Sequence

from app.core.belongings import SHORT_COLUMNS, Kept, as_csv_line, csv_header, operation_record
from app.core.dates import format_day
from app.core.operations import Operation
from app.slack import ids
from app.slack.blocks import Block, actions, button, context, escape, preformatted, section
from app.slack.call import Call, Reply
from app.slack.messages.connecting import provider_name
from app.slack.messages.waiting import listed

_MOST_CHARACTERS = 6000
_STAYS = "What you logged stays where it is, and so does the token itself: delete or revoke them there."


def kept_shown(call: Call, kept: Kept, providers: Sequence[str]) -> Reply:
    names = ", ".join(provider_name(call.services, provider) for provider in providers)
    since = f" since {_day(call, kept)}" if kept.since else ""
    lines = [
        f"Connected: {names}. A token of yours is sealed and never shown." if names else "You aren't connected.",
        f"{kept.operations} things done here{since}: what, when, on which task, and how it ended.",
        "Your name, time zone and latest tasks.",
    ]
    text = f"Kept about you here: {' '.join(lines)}"
    listed = "\n".join(f"•  {escape(line)}" for line in lines)
    buttons = [*([_show_button("Show it")] if kept.operations else []), _ask_button()]
    return Reply(text, (section(f"*Kept about you here*\n{listed}"), actions(*buttons), _as_a_file(call)))


def data_shown(call: Call, found: Sequence[Operation], *, is_all: bool, is_first: bool) -> Reply:
    """As many as fit, the latest first."""
    if not found:
        return Reply("There is nothing older.", (section("There is nothing older."), actions(_ask_button())))
    table, shown = csv_header(SHORT_COLUMNS), 0
    for operation in found:
        line = as_csv_line(operation_record(operation, call.zone), SHORT_COLUMNS)
        if shown and len(table) + len(line) > _MOST_CHARACTERS:
            break
        table, shown = table + line, shown + 1
    is_end = is_all and shown == len(found)
    which = "What you did here" if is_first else "Older things"
    rest = "" if is_end else " There is more below."
    text = f"{which}, the latest first, in your time zone ({call.zone}). Copy it into a spreadsheet.{rest}"
    older = [] if is_end else [_show_button("Older", found[shown - 1].id)]
    return Reply(text, (section(escape(text)), preformatted(table), actions(*older, _ask_button()), _as_a_file(call)))


def forgetting_asked(call: Call, waiting: Sequence[Operation], name: str) -> Reply:
    """`name` stands for what waits: if that changes they are asked again."""
    text = (
        "Delete everything about you here? Your accounts, their tokens, your latest tasks and the record of what you"
        " did. It can't be undone."
    )
    yes = button("Delete all of it", ids.action_id(ids.FORGET), name, style="danger")
    buttons = actions(yes, _show_button("Show it first"), button("Keep it", ids.action_id(ids.SAY, 1), "status"))
    return Reply(text, (section(escape(text)), *_would_be_lost(call, waiting), context(_STAYS), buttons))


def everything_forgotten(call: Call) -> Reply:
    text = f"Everything about you is deleted here. {_STAYS}"
    note = (
        "Backups and logs from before still name you until they are deleted, too."
        f" {call.services.command} connect begins anew."
    )
    return Reply(text, (section(f":wave:  {escape(text)}"), context(escape(note))))


def _would_be_lost(call: Call, waiting: Sequence[Operation]) -> list[Block]:
    if not waiting:
        return []
    return [section(f"*These have not ended and may never arrive:*\n{listed(call, waiting)}")]


def _day(call: Call, kept: Kept) -> str:
    assert kept.since
    return format_day(kept.since.astimezone(call.zone).date(), call.today)


def _show_button(label: str, before: str = "") -> Block:
    return button(label, ids.action_id(ids.SHOW_DATA), before)


def _ask_button() -> Block:
    return button("Delete my data", ids.action_id(ids.ASK_TO_FORGET))


def _as_a_file(call: Call) -> Block:
    who = f"--slack-team {call.person.team} --slack-user {call.person.user}"
    return context(f"As a file: whoever runs this app gets it with `python -m app export {who}`")
