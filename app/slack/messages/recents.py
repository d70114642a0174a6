"""The latest pieces of work, numbered."""

from collections.abc import Sequence

from app.core.model import TimeEntry, Timer
from app.core.recent_work import LOOK_BACK_DAYS
from app.slack import ids
from app.slack.blocks import Block, actions, button, cut, header, section
from app.slack.call import Call, Reply
from app.slack.messages import phrasing


def pieces_shown(call: Call, pieces: Sequence[TimeEntry | Timer]) -> Reply:
    if not pieces:
        text = f"You have logged nothing in the last {LOOK_BACK_DAYS} days, so there is nothing to resume."
        return Reply(text, (section(text), actions(phrasing.log_button())))
    rows = [_row(call, number, piece) for number, piece in enumerate(pieces, start=1)]
    place = " 2" if len(pieces) > 1 else ""
    hint = f"Or type `{call.services.command} resume{place}`. It starts as it was, and what runs is stopped."
    is_startable = len(pieces) > 1 or isinstance(pieces[0], TimeEntry)
    named = [f"{number} {cut(phrasing.plain_title(one.work), 60)}" for number, one in enumerate(pieces, start=1)]
    return Reply(
        f"Your latest work: {', '.join(named)}",
        (header("Your latest work"), *rows, *phrasing.notes(hint if is_startable else "")),
    )


def already_running(call: Call, timer: Timer) -> Reply:
    name, since = phrasing.plain_title(timer.work), phrasing.clock(call, timer.start)
    shown = section(f":arrow_forward:  *{phrasing.title(timer.work)}*\nIs running already, since {since}")
    others = button("Show latest work", ids.action_id(ids.SAY), "last")
    return Reply(f"{name} is running already, since {since}", (shown, actions(phrasing.stop_button(timer), others)))


def _row(call: Call, number: int, piece: TimeEntry | Timer) -> Block:
    about = "  ·  ".join(part for part in (phrasing.details(piece.work), _when(call, piece)) if part)
    text = f"*{number}*   *{phrasing.title(piece.work)}*\n{about}"
    if isinstance(piece, Timer):
        return section(text)
    return section(text, button("Resume", ids.action_id(ids.RESUME, number), piece.id))


def _when(call: Call, piece: TimeEntry | Timer) -> str:
    if isinstance(piece, Timer):
        return f"running since {phrasing.clock(call, piece.start)}"
    return phrasing.when(call, piece)
