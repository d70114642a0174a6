"""Who works where while the app is killed: two people on each system."""

from dataclasses import dataclass

from app.sandbox import clickup, clockify, hoursmith
from app.settings import ProviderName

TEAM = "T0SANDBOX"
SIGNING_SECRET = "sandbox-signing-secret"
MARK = r"\bw\d{4}\b|\bGEN-\d+\b"  # in a description or, for task time, the task


@dataclass(frozen=True, slots=True)
class Player:
    name: str
    provider: ProviderName
    workspace: str
    user: str
    token: str
    task: str

    @property
    def slack(self) -> str:
        return f"U0{self.name.upper().replace(' ', '')}"


def _clickup(name: str, provider: ProviderName, user: int, task: str) -> Player:
    return Player(name, provider, "9018000001", str(user), clickup.TOKENS[user], task)


def _clockify(name: str, whose: str) -> Player:
    workspace = clockify.seed().id
    return Player(name, "clockify", workspace, clockify.PEOPLE[whose], clockify.TOKENS[whose], "Fix login")


def _hoursmith(name: str, whose: str) -> Player:
    return Player(name, "hoursmith", "or_acme", f"us_{whose.lower()}", hoursmith.TOKENS[whose], "Fix login")


CAST = (
    _clickup("Ada", "clickup", 183, "DEV-12"),
    _clickup("Bo", "clickup", 184, "DEV-13"),
    _clickup("Di", "clickup_legacy", 186, ""),
    _clickup("Cy", "clickup_legacy", 185, ""),
    _clockify("Eve", "Ada"),
    _clockify("Flo", "Bo"),
    _hoursmith("Gus", "Ada"),
    _hoursmith("Hal", "Bo"),
)
