"""The clock of the sandbox: real time, until somebody sets it; from there it runs on."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(slots=True)
class SandboxClock:
    """What has no other clock shares this one, so that setting it moves everything at once."""

    _ahead: timedelta = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def set(self, moment: datetime) -> None:
        """`moment` is aware; earlier than now is fine."""
        self._ahead = moment - datetime.now(UTC)

    def set_back(self) -> None:
        """To real time again."""
        self._ahead = timedelta()

    @property
    def is_set(self) -> bool:
        return self._ahead != timedelta()
