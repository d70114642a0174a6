"""Wednesday 4 March 2026, 10:17 in Berlin: from there every line in these tests is read."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.core.errors import NotUnderstood
from app.core.phrases import Phrase, read
from app.slack.commands import WORDS

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 3, 4)
NOW = datetime(2026, 3, 4, 10, 17, tzinfo=BERLIN)


def understood(line: str, now: datetime = NOW) -> Phrase:
    """`line` as a person reads it whose clock shows `now`."""
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)
    return read(line, WORDS, now=now, zone=zone)


def refusal(line: str, now: datetime = NOW) -> str:
    """What somebody is told who typed `line`."""
    try:
        phrase = understood(line, now)
    except NotUnderstood as error:
        return error.sentence
    raise AssertionError(f"{line!r} was read as {phrase}")


def moment(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    """`2026-03-03 14:00`, on a wall clock in `zone`; with an offset, whatever the zone."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=zone)
