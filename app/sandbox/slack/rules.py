"""The small language in which Slack's limits are written down, so that each block's rules read like its documentation."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

Surface = Literal["message", "modal", "home"]


@dataclass(slots=True)
class Findings:
    """What one payload's check has found and seen so far."""

    problems: list[str] = field(default_factory=list)
    block_ids: set[str] = field(default_factory=set)
    counted: dict[str, int] = field(default_factory=dict)

    def count(self, what: str) -> int:
        self.counted[what] = self.counted.get(what, 0) + 1
        return self.counted[what]


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a payload, and the surface that the payload is for."""

    surface: Surface
    findings: Findings
    pointer: str = ""

    def at(self, step: str | int) -> "Where":
        return replace(self, pointer=f"{self.pointer}/{step}")

    def says(self, problem: str) -> None:
        self.findings.problems.append(f"[ERROR] {problem} [json-pointer:{self.pointer}]")


Check = Callable[[Any, Where], None]


def string(longest: int, shortest: int = 1, pattern: str | None = None) -> Check:
    def check(value: Any, where: Where) -> None:
        if not isinstance(value, str):
            return where.says("must be a string")
        if len(value) > longest:
            return where.says(f"must be less than {longest + 1} characters")
        if len(value) < shortest:
            return where.says(f"must be more than {shortest - 1} characters")
        if pattern is not None and not re.fullmatch(pattern, value):
            return where.says(f"must match {pattern}")
        return None

    return check


def boolean(value: Any, where: Where) -> None:
    if not isinstance(value, bool):
        where.says("must be a boolean")


def whole(least: int, most: int) -> Check:
    def check(value: Any, where: Where) -> None:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            where.says(f"must be a whole number from {least} to {most}")

    return check


def number(value: Any, where: Where) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        where.says("must be a number")


def choice(*allowed: str) -> Check:
    def check(value: Any, where: Where) -> None:
        if value not in allowed:
            where.says(f"must be a valid enum value: {', '.join(allowed)}")

    return check


def anything(value: Any, where: Where) -> None:
    """For the few fields that Slack takes as they come."""


def list_of(check_one: Check, most: int, least: int = 1) -> Check:
    def check(value: Any, where: Where) -> None:
        if not isinstance(value, list):
            return where.says("must be an array")
        if len(value) > most:
            where.says(f"no more than {most} items allowed")
        if len(value) < least:
            where.says(f"no fewer than {least} items allowed")
        for position, one in enumerate(value):
            check_one(one, where.at(position))
        return None

    return check


def shape(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None, *also: Check) -> Check:
    """An object with these fields and no others; `also` looks at the object as a whole."""
    known = {**required, **(optional or {})}

    def check(value: Any, where: Where) -> None:
        if not isinstance(value, dict):
            return where.says("must be an object")
        for name in required:
            if name not in value:
                where.says(f"missing required field: {name}")
        for name, inside in value.items():
            if name in known:
                known[name](inside, where.at(name))
            elif name != "type":
                where.says(f"invalid additional property: {name}")
        for rule in also:
            rule(value, where)
        return None

    return check


def by_type(table: Mapping[str, Check], what: str) -> Check:
    """An object whose `type` picks its rules; a type that is not in the table is refused here."""

    def check(value: Any, where: Where) -> None:
        if not isinstance(value, dict) or not isinstance(value.get("type"), str):
            return where.says("must be an object with a type")
        if value["type"] not in table:
            return where.says(f"unsupported type: {value['type']} ({what})")
        return table[value["type"]](value, where)

    return check


def exactly_one(*names: str) -> Check:
    def check(value: Any, where: Where) -> None:
        if sum(name in value for name in names) != 1:
            where.says(f"exactly one of {', '.join(names)} is required")

    return check


def at_least_one(*names: str) -> Check:
    def check(value: Any, where: Where) -> None:
        if not any(name in value for name in names):
            where.says(f"one of {', '.join(names)} is required")

    return check
