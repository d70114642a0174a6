"""Requests held against a contract file: which calls there are, what they may ask for and what they must carry."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

SEGMENTS = {
    "workspace": r"\d+",
    "entry": r"\d+",
    "task": r"[A-Za-z0-9_-]+",
    "hex": r"[0-9a-f]{24}",
    "opaque": r"[\w.-]+",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """A request as the server saw it: the path below the base URL, the query as pairs, the body as JSON."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    body: Any
    headers: Mapping[str, str]

    @property
    def asked(self) -> dict[str, str]:
        return dict(self.query)


@dataclass(frozen=True, slots=True)
class Contract:
    calls: tuple[dict[str, Any], ...]

    @classmethod
    @cache
    def read(cls, provider: str) -> "Contract":
        text = (Path(__file__).parent / "contracts" / f"{provider}.yaml").read_text()
        return cls(tuple(yaml.safe_load(text)))

    def call_of(self, sent: Sent) -> str | None:
        call = self._matching(sent)
        return call["call"] if call else None

    def faults(self, sent: Sent) -> list[str]:
        call = self._matching(sent)
        if call is None:
            return [f"no contract for {sent.method} {sent.path}"]
        return [f"{call['call']}: {fault}" for fault in _all_faults(call, sent)]

    def _matching(self, sent: Sent) -> dict[str, Any] | None:
        fitting = [c for c in self.calls if c["method"] == sent.method and _pattern(c["path"]).fullmatch(sent.path)]
        return fitting[0] if fitting else None


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{(\w+)\}", lambda m: SEGMENTS[m[1]], template))


def _all_faults(call: dict[str, Any], sent: Sent) -> list[str]:
    return [*_query_faults(call, sent), *_header_faults(call, sent), *_body_faults(call, sent)]


def _header_faults(call: dict[str, Any], sent: Sent) -> list[str]:
    given = {name.lower(): value for name, value in sent.headers.items()}
    wanted = call.get("headers", {})  # by lower-case name
    return [f"{name} is missing or wrong" for name in wanted if not re.fullmatch(wanted[name], given.get(name, ""))]


def _query_faults(call: dict[str, Any], sent: Sent) -> list[str]:
    allowed, asked = call.get("query", {}), sent.asked
    faults = [f"{name} is asked for and not in the contract" for name in asked if name not in allowed]
    faults += [f"{name} is missing" for name in call.get("required", []) if name not in asked]
    together = [name in asked for name in call.get("together", [])]
    faults += ["some go only together"] if any(together) and not all(together) else []
    known = [(name, value) for name, value in sent.query if name in allowed]
    return faults + [
        f"{name}: {e.message}" for name, value in known for e in Draft202012Validator(allowed[name]).iter_errors(value)
    ]


def _body_faults(call: dict[str, Any], sent: Sent) -> list[str]:
    if "body" not in call:
        return [] if sent.body is None else ["it has no body"]
    return [error.message for error in Draft202012Validator(call["body"]).iter_errors(sent.body)]
