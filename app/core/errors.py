"""Everything that can go wrong, as one tree; each error is a sentence that says what to do next.

TimerError
├── NotUnderstood            the line or the field cannot be read
│   └── Ambiguous            it can be read in several ways; carries the readings
├── NotConnected             the person has no account at the provider
│   └── AssigneeNotConnected it is somebody else who has none
├── NotAllowed               a rule forbids it; names the rule and who can change it
├── NotOffered               the person's system has no room for it, or wants more than there is
├── NotUndoable              it is too late, or something else came after it
├── NoTimerRunning
├── Incomplete               a timer lacks what is wanted of every entry; carries it and when it was to end
├── TaskNotFound
├── SeveralTasks             it may be any of these tasks; carries them, and whether it must be one
├── EntryNotFound
├── AlreadySent              the same operation came a second time and the first has not ended yet
├── LoggedAlready            the very same entry is there, and nobody said that it is another one
├── NotSaved                 our own disk did not take it; nothing was sent
├── TooFast                  one person asks for more than is taken at once; nothing was looked at
├── PutOff                   it is saved here, is sent later, and its end is told; carries the operation
└── ProviderError            the provider said no, or nothing
    ├── Refused              it said no and why; sending the same again is useless
    │   ├── SignInExpired
    │   ├── PlanTooSmall
    │   ├── NotStopped       what ran before lacks something and can't be stopped yet; `field` is what
    │   ├── EntryLocked
    │   └── AccessDenied
    ├── NotReached           it was not reached or is limiting us: nothing happened there
    │   ├── TooManyRequests
    │   └── PutBack          our own database is of an earlier day, and it isn't clear yet what was sent since
    └── NoAnswer             it was reached and gave no usable answer: it may have happened
        └── KeySpent         nor will it ever under the same operation's name: look it up, then use another
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.core.model import Task, Timer


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read an ambiguous line: what a button says, and the line it stands for."""

    label: str
    line: str


class TimerError(Exception):
    """Its text is for the person who reads it; `field` names the form's field it is about."""

    field: str = ""

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field or self.field


class NotUnderstood(TimerError):
    pass


class Ambiguous(NotUnderstood):
    def __init__(self, sentence: str, readings: Sequence[Reading] = (), *, field: str = "") -> None:
        super().__init__(sentence, field=field)
        self.readings = tuple(readings)


class NotConnected(TimerError):
    pass


class AssigneeNotConnected(NotConnected):
    field = "assignee"


class Incomplete(TimerError):
    """`timer` runs on; it would have ended at `end`, aware UTC. `field` is what it lacks, `whose` a Slack user."""

    def __init__(self, sentence: str, timer: Timer, end: datetime, *, field: str, whose: str) -> None:
        super().__init__(sentence, field=field)
        self.timer = timer
        self.end = end
        self.whose = whose


class NotAllowed(TimerError):
    field = "assignee"


class NotOffered(TimerError):
    pass


class NotUndoable(TimerError):
    pass


class NoTimerRunning(TimerError):
    pass


class TaskNotFound(TimerError):
    field = "task"


class SeveralTasks(TimerError):
    """`text` is the description beside whichever it is; where one `is_required`, none of them is no answer."""

    field = "task"

    def __init__(self, sentence: str, tasks: Sequence[Task], text: str = "", *, is_required: bool = False) -> None:
        super().__init__(sentence)
        self.tasks = tuple(tasks)
        self.text = text
        self.is_required = is_required


class EntryNotFound(TimerError):
    pass


class AlreadySent(TimerError):
    pass


class LoggedAlready(TimerError):
    pass


class NotSaved(TimerError):
    pass


class TooFast(TimerError):
    pass


class PutOff(TimerError):
    def __init__(self, sentence: str, operation_id: str) -> None:
        super().__init__(sentence)
        self.operation_id = operation_id


class ProviderError(TimerError):
    may_have_happened = False


class Refused(ProviderError):
    pass


class SignInExpired(Refused):
    pass


class PlanTooSmall(Refused):
    pass


class NotStopped(Refused):
    pass


class EntryLocked(Refused):
    pass


class AccessDenied(Refused):
    pass


class NotReached(ProviderError):
    pass


class TooManyRequests(NotReached):
    """`until` is when the provider takes requests again, aware UTC, where it said so."""

    def __init__(self, sentence: str, until: datetime | None = None) -> None:
        super().__init__(sentence)
        self.until = until


class PutBack(NotReached):
    pass


class NoAnswer(ProviderError):
    may_have_happened = True


class KeySpent(NoAnswer):
    pass
