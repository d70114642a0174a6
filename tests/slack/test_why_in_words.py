"""The table of days, zones and rules once more, as `why` tells it to the person: what will be done, and which rule says so."""

from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest

from app.core.decision import due
from app.core.reminder import Rule
from app.slack import messages
from app.slack.call import Call
from tests.core.test_decision import RHYTHMS, ROWS, STARTS, cells, decided, person, utc

WORDS = {
    "missing": "As it stands I would ask: {about} would still be missing.",
    "complete": "As it stands I'd keep silent: the hours of the day are there ({about}).",
    "no_working_day": "I won't ask about today: {about} isn't one of your working days.",
    "off": "I won't ask about today: you don't want to be asked at all.",
    "snoozed": "I won't ask about today: you don't want to be asked before {about}.",
    "said_right": "I won't ask about today: you said that the day is right as it is.",
    "not_today": "I won't ask about today: you said not today.",
    "leave": "I won't ask about today: you are on leave ({about}).",
    "holiday": "I won't ask about today: it is {about} in the holiday calendar.",
    "gone": "I won't ask about today: Slack says that you have left the workspace.",
    "not_connected": "I won't ask about today: you aren't connected, so there is nothing to look at.",
    "away": "I won't ask about today: Slack shows you as {about}.",
    "quiet": "I won't ask about today: your notifications in Slack are paused.",
}


@dataclass(frozen=True, slots=True)
class StoppedClock:
    moment: datetime

    def now(self) -> datetime:
        return self.moment


def told(row: str) -> str:
    """The first line of what they read."""
    when, zone, on, rhythm, *_ = cells(row)
    whose, day = person(zone, RHYTHMS[rhythm]), date.fromisoformat(on)
    services: Any = SimpleNamespace(clock=StoppedClock(utc(when)), command="/timer")
    reply = messages.why_expected(Call(services, whose, "op"), decided(row), due(whose.rhythm, day, whose.zone))
    return cast(str, reply.blocks[0]["text"]["text"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join(row.split()))
def test_why_says_a_row_of_the_table_in_words(row: str) -> None:
    rule, _, about = row[STARTS[-1] :].strip().partition(": ")
    if " until " in rule:
        assert "your notifications in Slack are paused until then." in told(row)
        assert told(row).startswith(":hourglass:  I'll look at ")
    else:
        assert told(row).endswith(WORDS[rule].format(about=about))


def test_the_table_has_every_rule_that_a_day_can_be_decided_by() -> None:
    """The others are about what went wrong on the way, and about timers."""
    elsewhere = {Rule.FORGOTTEN, Rule.STOPPED, Rule.UNREAD, Rule.BUDGET, Rule.LATE, Rule.PUT_OFF, Rule.UNTOLD}
    assert {decided(row).rule for row in ROWS} == set(Rule) - elsewhere == {Rule(name) for name in WORDS}
