"""How a story that is told in ClickUp's words is told on another back end: a small table each, and why."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from fnmatch import fnmatchcase

from app.core.durations import format_duration
from app.sandbox import clickup, clockify, hoursmith
from app.settings import ProviderName
from tests.stories.differences import holds, is_told, marks_of, unmarked

NAMES = {custom_id: task.name for custom_id, task in clickup.seed().tasks_by_custom_id.items()}
_ID = rf"(?:{'|'.join(sorted(NAMES, key=len, reverse=True))})\b"
_TOKEN = re.compile(r"pk_(\d{3})_([A-Z]+)0*")
_SPAN = re.compile(r"(~~)?((?:\w{3} \d+ \w{3}, )?)(\d\d):(\d\d)–(?:(\d\d):(\d\d)|…)")


@dataclass(frozen=True, slots=True)
class Tongue:
    """`requests` are the calls that correspond to ClickUp's, as patterns; `link` leads to where ClickUp's does."""

    provider: ProviderName
    label: str = "ClickUp"
    link: str = ""
    requests: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)  # what is called otherwise there
    tokens: Mapping[str, str] = field(default_factory=dict)  # by the person's name
    aliases: tuple[str, ...] = ()  # what the back end is called besides, in the adapter's or the app's sentences

    def reads(self, quote: Iterable[str]) -> list[str]:
        """What somebody is to read here. A marked line is about this very back end and keeps its times and tags."""
        told = [line for line in quote if is_told(line, self.provider)]
        return [self.shown(unmarked(line) if marks_of(line) else self._fewer(line)) for line in told]

    def records(self, quote: Iterable[str]) -> list[str]:
        """What is to be recorded; what runs is nobody's record yet where the app keeps the timer."""
        told = [line for line in quote if is_told(line, self.provider)]
        found = [self._recorded(unmarked(line)) if not marks_of(line) else unmarked(line) for line in told]
        return [self.shown(line) for line in found if line is not None]

    def heard(self, line: str) -> str:
        """With the one name that the stories use."""
        for alias in self.aliases:
            line = line.replace(alias, self.label)
        return line

    def sentence(self, text: str) -> str:
        """A step: what people type is read by the app, and everything else is what they see."""
        typed = re.sub(r"(?<=types |rites )`[^`]+`(?! into )", lambda line: self.typed(line[0]), text)
        return self.shown(typed)

    def typed(self, line: str) -> str:
        """After a name the description follows a colon, as the grammar has it: `Fix login: pairing`."""
        line = line.replace("https://app.clickup.com/t/86c7mc19h", self.link) if self.link else line
        if holds("ids", self.provider):
            return line
        described = re.sub(rf"({_ID})(?= (?!for |#|billable))", r"\1:", line)
        return re.sub(_ID, lambda found: NAMES[found[0]], described)

    def shown(self, line: str) -> str:
        """`Fix login (DEV-12)` and `DEV-12  Fix login` are both just “Fix login” where nobody knows ids."""
        if line.startswith("/timer "):
            return line  # the help has the same examples for everybody
        line = line.replace("ClickUp", self.label)
        for theirs, ours in self.words.items():
            line = line.replace(theirs, ours)
        line = _TOKEN.sub(self._token, line)
        if holds("ids", self.provider):
            return line
        line = re.sub(rf" \({_ID}\)", "", line)
        line = re.sub(rf"{_ID}  ?(?=[A-Z])", "", line)
        return re.sub(_ID, lambda found: NAMES[found[0]], line)

    def _token(self, found: re.Match[str]) -> str:
        """That person's token here, as complete as ClickUp's was."""
        whole = clickup.TOKENS[int(found[1])]
        return self.tokens.get(found[2].title(), whole)[: len(found[0]) - len(whole) or None]

    def _recorded(self, line: str) -> str | None:
        found = _SPAN.match(line)
        if found and not found[5] and holds("no timers", self.provider):
            return None
        if found and holds("no clock times", self.provider):
            line = f"{found[1] or ''}{found[2]}{_length(found)}{line[found.end() :]}"
        return _tags_as_words(line) if holds("no tags, words", self.provider) else line

    def _fewer(self, line: str) -> str:
        """`Wed 4 Mar, 09:00–10:00 = 1 h` is `Wed 4 Mar = 1 h` where a day is all that is kept."""
        if holds("no clock times", self.provider):
            line = re.sub(r"(\w{3} \d+ \w{3}), \d\d:\d\d–\d\d:\d\d", r"\1", line)
            line = re.sub(r"^\d\d:\d\d–\d\d:\d\d   ", "", line)
        return _tags_as_words(line) if holds("no tags, words", self.provider) else line

    def is_request(self, asked: str, wanted: str) -> bool:
        return fnmatchcase(asked, self.requests[wanted])


def _length(found: re.Match[str]) -> str:
    minutes = int(found[5]) * 60 + int(found[6]) - int(found[3]) * 60 - int(found[4])
    return format_duration(timedelta(minutes=minutes))


def _tags_as_words(line: str) -> str:
    """`hero section  ·  #design` is one description there; tags that stand alone do so anyway."""
    *head, tags = re.split(r"  ·  (?=#)", line, maxsplit=1)
    is_described = head and not re.search(r"(?:^|\)|\d)$", head[0])
    return f"{head[0]} {tags}" if is_described else line


OTHERS_TOKEN = "pk_9000001_OTHERSYSTEMSTOKEN00000000000000"
CREATE, START, STOP = "POST /time_entries", "POST /time_entries/start", "POST /time_entries/stop"
TONGUES: Mapping[ProviderName, Tongue] = {
    one.provider: one
    for one in (
        Tongue("clickup", requests={name: f"POST /team/*{name[5:]}" for name in (CREATE, START, STOP)}),
        Tongue(
            "clickup_legacy",
            aliases=("ClickUp task time", "ClickUp's task time"),
            requests={CREATE: "POST /task/*/time"},
        ),
        Tongue(
            "clockify",
            label="Clockify",
            words={"Personal API token": "API key", "Cy, guest of": "Cy, member of"},
            tokens=clockify.TOKENS,
            requests={
                CREATE: "POST /workspaces/*/time-entries",
                START: "POST /workspaces/*/time-entries",
                STOP: "PATCH /workspaces/*/user/*/time-entries",
            },
        ),
        Tongue(
            "hoursmith",
            label="Hoursmith",
            words={
                "Personal API token": "API token",
                "Cy, guest of": "Cy, member of",
                "API token: hsk_live_a1b2c3d4e5f6_abcdefghijklmnopqrstuvwxyz012345": f"API token: {OTHERS_TOKEN}",
                "like a Hoursmith token, so": "like a ClickUp token, so",
            },
            tokens=hoursmith.TOKENS,
            link="https://hoursmith.app/projects/pr_backend/tasks/ta_fix-login",
            requests={CREATE: "POST /time-entries"},
        ),
    )
}
