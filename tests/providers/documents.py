"""Requests held against the vendors' own documents, as far as these are at hand; none of them is part of this repository."""

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from providers.contract import Sent


class ClickUpDocument:
    """ClickUp's own OpenAPI document, as far as requests go."""

    def __init__(self, folder: Path) -> None:
        self.document = json.loads((folder / "clickup-v2.json").read_text())
        resource = Resource.from_contents(self.document, default_specification=DRAFT202012)
        self.registry = Registry().with_resource("urn:clickup", resource)

    def faults(self, sent: Sent) -> list[str]:
        found = self._operation(sent)
        if found is None:
            return [f"{sent.method} {sent.path} is not in the document"]
        path, operation = found
        return self._parameters(operation, sent) + self._body(path, operation, sent)

    def _operation(self, sent: Sent) -> tuple[str, dict[str, Any]] | None:
        fitting = [
            (path, methods[sent.method.lower()])
            for path, methods in self.document["paths"].items()
            if sent.method.lower() in methods and re.fullmatch(re.sub(r"{\w+}", "[^/]+", path), "/v2" + sent.path)
        ]
        return min(fitting, key=lambda one: one[0].count("{")) if fitting else None

    def _parameters(self, operation: dict[str, Any], sent: Sent) -> list[str]:
        declared = {(one["in"], one["name"]): one for one in operation.get("parameters", [])}
        faults = [f"{name} is not in the document" for name in sent.asked if ("query", name) not in declared]
        given = {"query": sent.asked, "header": {k.title(): v for k, v in sent.headers.items()}, "path": None}
        for (where, name), one in declared.items():
            values = given[where]
            if values is not None and one.get("required") and name not in values:
                faults.append(f"{where} {name} is missing")
        kinds = {name: one["schema"]["type"] for (where, name), one in declared.items() if where == "query"}
        numbers = [
            name for name, value in sent.query if kinds.get(name) in ("number", "integer") and not value.isdigit()
        ]
        return faults + [f"{name} is no number" for name in numbers]

    def _body(self, path: str, operation: dict[str, Any], sent: Sent) -> list[str]:
        if "requestBody" not in operation:
            return [] if sent.body is None else ["the document has no body"]
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        pointer = _pointer(path, sent.method)
        validator = Draft202012Validator({"$ref": f"urn:clickup#/{pointer}"}, registry=self.registry)
        unknown = [f"{name} is not in the document" for name in sent.body or {} if name not in schema["properties"]]
        return unknown + [error.message for error in validator.iter_errors(sent.body)]


class ClockifyDocument:
    """A full Clockify OpenAPI document, as far as requests go."""

    def __init__(self, folder: Path) -> None:
        text = (folder / "clockify-v1.yaml").read_text()
        self.document = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        resource = Resource.from_contents(self.document, default_specification=DRAFT202012)
        self.registry = Registry().with_resource("urn:clockify", resource)

    def faults(self, sent: Sent) -> list[str]:
        found = self._operation(sent)
        if found is None:
            return ["not in the document"]
        path, operation = found
        return self._query(operation, sent) + self._body(path, operation, sent)

    def _operation(self, sent: Sent) -> tuple[str, dict[str, Any]] | None:
        fitting = [
            (path, methods[sent.method.lower()])
            for path, methods in self.document["paths"].items()
            if sent.method.lower() in methods and re.fullmatch(re.sub(r"{\w+}", "[^/]+", path), sent.path)
        ]
        return min(fitting, key=lambda one: one[0].count("{")) if fitting else None

    def _query(self, operation: dict[str, Any], sent: Sent) -> list[str]:
        declared = [self._resolved(one) for one in operation.get("parameters", [])]
        query = {one["name"]: one for one in declared if one["in"] == "query"}
        faults = [f"{name} is missing" for name, one in query.items() if one.get("required") and name not in sent.asked]
        for name, value in sent.query:
            if name not in query:
                faults.append(f"{name} is not in the document")
            elif not _is_of(query[name]["schema"], value):
                faults.append(f"{name} is of another type")
        return faults

    def _body(self, path: str, operation: dict[str, Any], sent: Sent) -> list[str]:
        if "requestBody" not in operation:
            return [] if sent.body is None else ["the document has no body"]
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        pointer = _pointer(path, sent.method)
        validator = Draft202012Validator({"$ref": f"urn:clockify#/{pointer}"}, registry=self.registry)
        known = self._properties(schema)
        unknown = [f"{name} is not in the document" for name in sent.body or {} if name not in known]
        return unknown + [error.message for error in validator.iter_errors(sent.body)]

    def _properties(self, schema: dict[str, Any]) -> set[str]:
        schema = self._resolved(schema)
        parts = [self._properties(one) for one in schema.get("allOf", [])]
        return set(schema.get("properties", {})).union(*parts)

    def _resolved(self, one: dict[str, Any]) -> dict[str, Any]:
        found = one
        while "$ref" in found:
            node: Any = self.document
            for part in found["$ref"].removeprefix("#/").split("/"):
                node = node[part]
            found = node
        return found


def _is_of(schema: dict[str, Any], value: str) -> bool:
    kind = schema.get("type")
    if kind == "boolean":
        return value in ("true", "false")
    return kind != "integer" or value.isdigit()


class HoursmithDocument:
    """The vendor's page about creating a time entry, the only one of its API that is at hand.

    The reference asks the same of a change, but for the key; about everything else the page says nothing.
    """

    def __init__(self, folder: Path) -> None:
        document = yaml.safe_load((folder / "hoursmith-create-time-entry.yaml").read_text())
        self.create = document["paths"]["/time-entries"]["post"]
        self.schema = document["components"]["schemas"]["CreateTimeEntry"]

    def faults(self, sent: Sent) -> list[str]:
        if sent.method not in ("POST", "PATCH"):
            return []
        faults = self._missing_headers(sent) if sent.method == "POST" else []
        faults += [f"{name} is not in the document" for name in sent.body if name not in self.schema["properties"]]
        checker = Draft202012Validator.FORMAT_CHECKER
        validator = Draft202012Validator(self.schema, format_checker=checker)
        return faults + [error.message for error in validator.iter_errors(sent.body)]

    def _missing_headers(self, sent: Sent) -> list[str]:
        given = {name.lower() for name in sent.headers}
        wanted = [one["name"] for one in self.create["parameters"] if one["in"] == "header" and one["required"]]
        return [f"{name} is missing" for name in wanted if name.lower() not in given]


@cache
def document(provider: str, folder: Path) -> ClickUpDocument | ClockifyDocument | HoursmithDocument:
    kinds: dict[str, Callable[[Path], Any]] = {
        "clickup": ClickUpDocument,
        "clickup_legacy": ClickUpDocument,
        "clockify": ClockifyDocument,
        "hoursmith": HoursmithDocument,
    }
    found: ClickUpDocument | ClockifyDocument | HoursmithDocument = kinds[provider](folder)
    return found


# Where a document is wrong, or silent, and the wire is followed instead: by provider, the call's name in our own
# contract and what the document says of it. That an owner or admin may hand an entry to somebody else is in Hoursmith's
# guides, and how is not: `userId`, as the entry itself calls it, is what the adapter sends.
EXCEPTIONS = {("hoursmith", "update", "userId is not in the document")}


def _pointer(path: str, method: str) -> str:
    """Where the schema of that call's body stands in its document."""
    parts = ("paths", path, method.lower(), "requestBody", "content", "application/json", "schema")
    return "/".join(
        part.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D") for part in parts
    )
