"""A workspace's settings in the wire's own names: clients read them, and several of them refuse what they send."""

from __future__ import annotations

from typing import Any

from .times import read_moment

Settings = dict[str, Any]
MODES = ("DEFAULT", "STOPWATCH_ONLY")


def default_settings() -> Settings:
    return {
        "timeRoundingInReports": False,
        "onlyAdminsSeeBillableRates": True,
        "onlyAdminsCreateProject": True,
        "onlyAdminsCreateTag": False,
        "onlyAdminsCreateTask": True,
        "onlyAdminsSeeDashboard": False,
        "onlyAdminsSeeAllTimeEntries": True,
        "onlyAdminsSeePublicProjectsEntries": False,
        "onlyAdminsCanChangeBillableStatus": False,
        "defaultBillableProjects": True,
        "isProjectPublicByDefault": True,
        "lockTimeEntries": None,
        "lockTimeZone": None,
        "automaticLock": None,
        "forceProjects": False,
        "forceTasks": False,
        "forceTags": False,
        "forceDescription": False,
        "timeTrackingMode": "DEFAULT",
        "trackTimeDownToSecond": True,
        "projectFavorites": True,
        "projectLabel": "project",
        "taskLabel": "task",
        "projectGroupingLabel": "client",
        "durationFormat": "FULL",
        "workingDays": ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"],
    }


def check_setting(settings: Settings, name: str, value: Any) -> None:
    """Raises ValueError for a name or a value that Clockify does not have."""
    if name not in settings:
        raise ValueError(f"There is no setting named {name!r}.")
    if name == "lockTimeEntries":
        if value is not None and read_moment(str(value)) is None:
            raise ValueError(f"lockTimeEntries is null or a time like 2026-11-20T00:00:00Z, not {value!r}.")
    elif name == "timeTrackingMode" and value not in MODES:
        raise ValueError(f"timeTrackingMode is one of {', '.join(MODES)}, not {value!r}.")
    elif isinstance(settings[name], bool) and not isinstance(value, bool):
        raise ValueError(f"{name} is true or false, not {value!r}.")
