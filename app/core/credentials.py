"""What tokens look like: to refuse those typed where others may read them, and those meant for another service."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One service's tokens. `providers` are those that take them, `revoke` is where people take one back."""

    service: str
    providers: tuple[str, ...]
    pattern: re.Pattern[str]
    begins: str
    revoke: str


# Long enough to be one and nothing else: “pk_”, “hsk_live_” and a git hash stay words.
KINDS = (
    Kind(
        "ClickUp",
        ("clickup", "clickup_legacy"),
        re.compile(r"\bpk_\d+_[A-Za-z0-9]{8,}"),
        "pk_",
        "in ClickUp under Settings → Apps",
    ),
    Kind(
        "ClickUp",
        ("clickup", "clickup_legacy"),
        re.compile(r"\b\d{4,12}_[0-9a-f]{64}\b"),
        "",
        "in ClickUp under Settings → Apps",
    ),
    Kind(
        "Hoursmith",
        ("hoursmith",),
        re.compile(r"\bhsk_(?:live|test)_[A-Za-z0-9_]{6,}"),
        "hsk_live_",
        "in Hoursmith under Settings → API",
    ),
    Kind(
        "Slack",
        (),
        re.compile(r"\b(?:xox[a-z]|xapp)-[A-Za-z0-9][A-Za-z0-9-]{8,}"),
        "",
        "at api.slack.com/apps under OAuth & Permissions",
    ),
    Kind(
        "Clockify",
        ("clockify",),
        re.compile(
            r"(?<![\w/+.-])(?=[a-z0-9+/]{0,47}[A-Z])(?=[A-Z0-9+/]{0,47}[a-z])(?=[A-Za-z+/]{0,47}\d)"
            r"(?:[A-Za-z0-9+/]{48}|[A-Za-z0-9+/]{46,47}={1,2})(?![\w/+=-])"
        ),
        "",
        "in Clockify under Preferences → Advanced → Manage API keys",
    ),
)


def typed_in(line: str) -> Kind | None:
    """The kind of the token that stands in a line, if one does."""
    return next((kind for kind in KINDS if kind.pattern.search(line)), None)


def belongs_elsewhere(token: str, provider: str) -> Kind | None:
    """The kind of a token that is clearly not one of this provider's."""
    found = next((kind for kind in KINDS if kind.pattern.fullmatch(token)), None)
    return found if found and provider not in found.providers else None


def usual_beginning(token: str, provider: str) -> str:
    """How the provider's tokens begin where this one doesn't; "" when it looks right, or any text may be one."""
    mine = [kind for kind in KINDS if provider in kind.providers]
    begins = next((kind.begins for kind in mine if kind.begins), "")
    is_usual = token.startswith(begins) or any(kind.pattern.fullmatch(token) for kind in mine)
    return "" if is_usual else begins
