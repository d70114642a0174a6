"""A line while it is read: times and flags are taken from its front and its back until only the *what* is left."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.core.errors import NotUnderstood
from app.core.moments import QUOTE_IT, When, take
from app.core.slips import refuse_slips, says_when
from app.core.task_ids import is_task_id
from app.core.tokens import Token
from app.core.words import Slot, Word

_BILLABLE = {"billable": True, "unbillable": False, "nonbillable": False, "non-billable": False}
_NOT = ("not", "non", "no", "isn't", "isn’t", "never")
_DASHES = ("-", "–", "—")
_LIKE_A_TIME = re.compile(r"[-+−–—]?[0-9]{1,2}|[0-9]{1,2}[0-5][05]")
_MOST_WORDS = 6  # “Tue 3 Mar 2026” has four, “1 hour and 30 minutes” five, “at” may stand before


@dataclass(slots=True)
class Scan:
    """The line as it is being read: what is left of it, and what was found."""

    word: Word
    rest: list[Token]
    when: When = field(default_factory=When)
    tags: list[str] = field(default_factory=list)
    billable: bool | None = None
    assignee: str = ""

    def refuse(self, slot: Slot, typed: str) -> None:
        if slot not in self.word.takes:
            raise NotUnderstood(_not_taken(self.word, slot, typed))


def read_front(scan: Scan, now: datetime, zone: ZoneInfo) -> None:
    today = now.astimezone(zone).date()
    while scan.rest and (_take_flag(scan, at=0) or _take_when(scan, today, zone)):
        pass
    _refuse_bare_number(scan)
    if Slot.DAY in scan.word.takes:
        refuse_slips(_plain_run(scan.rest), scan.when, today=today, zone=zone)
    while scan.rest and str(scan.rest[0]) in _DASHES:
        del scan.rest[0]
    while len(scan.rest) > 1 and str(scan.rest[0]).casefold() in ("on", "for") and is_task_id(scan.rest[1].text):
        del scan.rest[0]


def read_back(scan: Scan) -> None:
    _pull_tags(scan)
    while scan.rest and (_take_flag(scan, at=len(scan.rest) - 1) or _take_assignee(scan, at=len(scan.rest) - 2)):
        pass
    _drop_comma(scan.rest)
    for at, token in enumerate(scan.rest):
        before = [str(word).casefold() for word in scan.rest[max(at - 2, 0) : at]]
        is_for = before[-1:] == ["for"] or before == ["behalf", "of"]
        if (is_for and re.match("@.", str(token))) or (not at and token.mention):
            who = token.text.rstrip(",")
            raise NotUnderstood(
                f"Is it {who}'s time? Then put “for {who}” last; else put quotes round the text.", field="assignee"
            )


def _take_flag(scan: Scan, *, at: int) -> bool:
    token = scan.rest[at]
    if token.tag:
        _take_tag(scan, token)
        return True
    return _take_billable(scan, at=at) or (at == 0 and _take_assignee(scan, at=0))


def _take_billable(scan: Scan, *, at: int) -> bool:
    """“not billable” is two words, of which `at` is the first in front and the second at the back."""
    if Slot.BILLABLE not in scan.word.takes:
        return False
    negated_at = next((n for n in (at, at - 1) if n >= 0 and str(scan.rest[n]).casefold() in _NOT), None)
    flag_at = at if negated_at is None else negated_at + 1
    flag = str(scan.rest[flag_at]).casefold().rstrip(",.;:!") if flag_at < len(scan.rest) else ""
    if flag not in _BILLABLE:
        return False
    if any(str(token).casefold() in ("no", "yes") for token in scan.rest[flag_at + 1 : flag_at + 2]):
        raise NotUnderstood("Write billable or unbillable, without yes or no.")
    scan.billable = _BILLABLE[flag] == (negated_at is None)
    del scan.rest[flag_at if negated_at is None else negated_at : flag_at + 1]
    return True


def _take_assignee(scan: Scan, *, at: int) -> bool:
    pair = scan.rest[at : at + 2] if at >= 0 else []
    if len(pair) < 2 or str(pair[0]).casefold() != "for" or not pair[1].text.startswith("@") or pair[1].is_quoted:
        return False
    if not pair[1].mention:
        raise NotUnderstood(
            f"I can't tell who {pair[1].text} is. Pick the name from Slack's list as you type it.", field="assignee"
        )
    scan.refuse(Slot.ASSIGNEE, f"for {pair[1].text}")
    if scan.assignee not in ("", pair[1].mention):
        raise NotUnderstood("A time entry belongs to one person. Log it for each of them.", field="assignee")
    scan.assignee = pair[1].mention
    del scan.rest[at : at + 2]
    return True


def _take_when(scan: Scan, today: date, zone: ZoneInfo) -> bool:
    """Takes the longest run of words from the front that says something about time."""
    run = _plain_run(scan.rest)
    for count in range(len(run), 0, -1):
        if count > 1 and run[count - 1].isdecimal() and says_when(run[count - 1 :], today=today, zone=zone):
            continue  # in “2h 18 nov” the 18 is no minutes
        typed = " ".join(run[:count]).rstrip(",")
        taken = take(scan.when, typed, today=today, zone=zone)
        if taken:
            scan.refuse(taken[1], typed)
            scan.when = taken[0]
            del scan.rest[:count]
            return True
    if len(run) > 1 and run[0].casefold() == "at" and run[1][0].isdigit():
        raise NotUnderstood(f"“{run[1]}” is not a time of day. Write at 9:30, at 14h or at 9am.", field="start")
    return False


def _plain_run(rest: list[Token]) -> list[str]:
    run = []
    for token in rest[:_MOST_WORDS]:
        if token.is_quoted or token.tag or token.mention:
            break
        run.append(token.text)
        if token.ends_name:  # “1h: fix login”
            break
    return run


def _refuse_bare_number(scan: Scan) -> None:
    """A number in front that was not read as a length is more likely a slip than a title."""
    if Slot.WHAT not in scan.word.takes or scan.when.has_length or not scan.rest:
        return
    first = scan.rest[0]
    text = first.text.rstrip(",")
    if first.is_quoted or not re.match(r"[-+−–—]?[.,]?[0-9]", text) or is_task_id(text):
        return
    if Slot.LENGTH not in scan.word.takes:
        if _LIKE_A_TIME.fullmatch(text):
            raise NotUnderstood(f"Is {text} a time? Write at 9:30 or 10m ago. {QUOTE_IT}", field="start")
        return
    if text.isdecimal():
        raise NotUnderstood(f"Is {text} minutes or hours? Write {text}m or {text}h.", field="duration")
    raise NotUnderstood(
        f"“{text[:40]}” is not a length of time. Write 1h30m, 90m or 9-11:30, or put quotes round text.",
        field="duration",
    )


def _pull_tags(scan: Scan) -> None:
    """A tag is one wherever it stands, unless quoted."""
    for token in [token for token in scan.rest if token.tag]:
        _take_tag(scan, token)


def _take_tag(scan: Scan, token: Token) -> None:
    scan.refuse(Slot.TAGS, str(token))
    if is_task_id(token.tag) and not token.is_quoted:
        raise NotUnderstood(f'Is {token.tag} a task? Then leave out the #. A tag goes in quotes: #"{token.tag}".')
    scan.tags.append(token.tag)
    scan.rest.remove(token)


def split_what(text: list[Token]) -> tuple[str, str, bool]:
    """Task, text, and whether the text is a description: it is one after an id, and after a colon."""
    if not text:
        return "", "", False
    first, bare = text[0], text[0].text.rstrip(",.;")
    if not first.is_quoted and is_task_id(bare):
        is_parted = len(text) > 1 and str(text[1]) in (*_DASHES, ":")
        return bare, _joined(text[2 if is_parted else 1 :]), True
    for at, token in enumerate(text):
        if token.ends_name or str(token) == ":":
            name = [*text[:at], replace(token, ends_name=False)] if token.ends_name else text[:at]
            return _joined(name), _joined(text[at + 1 :]), True
    return "", _joined(text), False


def _drop_comma(text: list[Token]) -> None:
    """What followed the last comma was a tag, a person or billable."""
    while text and not text[-1].is_quoted and text[-1].text.endswith(","):
        last = text.pop()
        text += [replace(last, text=last.text.rstrip(","))] if last.text.rstrip(",") else []


def _joined(text: list[Token]) -> str:
    if not text:
        return ""
    return text[0].text if len(text) == 1 and text[0].is_quoted else " ".join(map(str, text))


def _not_taken(word: Word, slot: Slot, typed: str) -> str:
    if slot is Slot.LENGTH and word.name == "start":
        return f"A timer that starts has no length yet. To log finished time, write log {typed}."
    what = {
        Slot.LENGTH: "length of time",
        Slot.DAY: "day",
        Slot.MOMENT: "time",
        Slot.TAGS: "tags",
        Slot.ASSIGNEE: "other person",
    }
    return f"{word.name} takes no {what.get(slot, 'text')} such as “{typed[:60]}”. See help {word.name}."
