"""Holidays from calendar files (.ics): which days are off for everybody in a time zone, and what they are called."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from app.ics import DaysOff, Unreadable, read_days_off
from app.settings import SettingsFaulty

log = logging.getLogger(__name__)

_Seen = tuple[int, int]


@dataclass(slots=True)
class HolidayFile:
    """For the zones whose names begin with `zones`, all where that is empty."""

    path: Path
    zones: str = ""
    _days: DaysOff | None = None
    _seen: _Seen = (0, 0)

    def is_about(self, zone: ZoneInfo) -> bool:
        return not self.zones or zone.key == self.zones or zone.key.startswith(f"{self.zones}/")

    def on(self, day: date) -> str:
        return self._days.on(day) if self._days else ""

    def read(self) -> None:
        """Raises `Unreadable`, once for each change of the file; what was read before still counts then."""
        seen = self._state()
        if seen == self._seen:
            return
        self._seen = seen
        self._days = read_days_off(self.path)

    def work_out(self, year: int) -> None:
        """Ahead of whoever asks for a day of it, as that may take a second for a large calendar."""
        if self._days:
            self._days.in_year(year)

    def _state(self) -> _Seen:
        try:
            found = self.path.stat()
        except OSError:
            return (-1, -1)
        return (found.st_mtime_ns, found.st_size)


@dataclass(frozen=True, slots=True)
class FileHolidays:
    """Keeps core's `Holidays`."""

    files: tuple[HolidayFile, ...] = field(default=())

    def on(self, day: date, zone: ZoneInfo) -> str:
        return next((name for file in self.files if file.is_about(zone) and (name := file.on(day))), "")

    def read_again(self, year: int) -> None:
        """Those that have changed; and this year and the next are worked out. It may take seconds."""
        for file in self.files:
            try:
                file.read()
            except Unreadable as error:
                log.error("%s What was read before is still used.", error)
            for each in (year, year + 1):
                file.work_out(each)


def holidays_from(setting: str) -> FileHolidays:
    """`all.ics, Europe/Berlin=de.ics, America=us.ics`. Raises `SettingsFaulty`."""
    files = tuple(_file(part.strip()) for part in setting.split(",") if part.strip())
    if faults := [*_faults(files)]:
        raise SettingsFaulty(faults)
    return FileHolidays(files)


def _file(part: str) -> HolidayFile:
    zones, _, path = part.rpartition("=")
    return HolidayFile(Path(path.strip()), zones.strip())


def _faults(files: Iterable[HolidayFile]) -> Iterable[str]:
    for file in files:
        if file.zones and not any(file.is_about(ZoneInfo(name)) for name in available_timezones()):
            yield f"HOLIDAYS: there is no time zone {file.zones}. Write a name such as Europe/Berlin, or Europe for all of them."
        try:
            file.read()
        except Unreadable as error:
            yield f"HOLIDAYS: {error}"
