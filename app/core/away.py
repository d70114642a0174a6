"""Which Slack statuses say that somebody is not at work: the status' emoji first, then its words."""

import re
from datetime import datetime

from app.core.reminder import Presence

_ON_HOLIDAY = (
    "palm_tree desert_island island beach beach_with_umbrella umbrella_on_ground luggage camping tent skier ski"
    " snowboarder surfer passenger_ship airplane airplane_departure airplane_arriving small_airplane"
)
_SICK = (
    "face_with_thermometer face_with_head_bandage mask sneezing_face nauseated_face face_vomiting thermometer"
    " hospital ambulance"
)
_WITH_A_NEW_CHILD = "baby baby_bottle baby_symbol breast-feeding"
_EMOJI = frozenset(f"{_ON_HOLIDAY} {_SICK} {_WITH_A_NEW_CHILD}".split())
_WORDS = re.compile(
    r"\b(?:vacation(?:ing)?|on holidays?|sick|out of (?:the )?office|ooo|(?:on|parental|maternity) leave"
    r"|day off|pto|urlaub|krank)\b",
    re.IGNORECASE,
)


def is_away(presence: Presence, moment: datetime) -> bool:
    """By a status that has not run out by `moment`. A meeting, a commute or a home office is work."""
    if presence.status_until and presence.status_until <= moment:
        return False
    emoji = presence.status_emoji.strip(":").partition("::")[0]  # what follows is a skin tone
    return emoji in _EMOJI or _WORDS.search(presence.status_text) is not None


def status(presence: Presence) -> str:
    """As Slack shows it beside the name; the emoji by its name, in colons."""
    return f"{presence.status_emoji} {presence.status_text}".strip()
