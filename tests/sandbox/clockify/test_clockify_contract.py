"""Every call, parameter and field held against the vendor's own document."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from app.sandbox.clockify import OPERATIONS

Document = dict[str, Any]


@pytest.fixture(scope="module")
def document(vendor_contracts) -> Document:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: Document = yaml.load((vendor_contracts / "clockify-v1.yaml").read_text(), loader)
    return found


@pytest.fixture(scope="module")
def calls(document: Document) -> dict[tuple[str, str], Document]:
    return {
        (method.upper(), re.sub(r"{\w+}", "{}", path)): call
        for path, methods in document["paths"].items()
        for method, call in methods.items()
        if method in ("get", "post", "put", "patch", "delete")
    }


def key(operation: Any) -> tuple[str, str]:
    return operation.method, re.sub(r"{\w+}", "{}", operation.path)


def test_every_call_is_in_the_vendors_document(calls):
    assert {key(operation) for operation in OPERATIONS} <= calls.keys()


def test_every_query_parameter_is_in_the_vendors_document(document, calls):
    shared = document["components"]["parameters"]
    for operation in OPERATIONS:
        of_path = document["paths"][operation.path].get("parameters", [])
        parameters = [*of_path, *calls[key(operation)].get("parameters", [])]
        known = [shared[one["$ref"].rsplit("/", 1)[1]] if "$ref" in one else one for one in parameters]
        assert operation.query <= {one["name"] for one in known if one["in"] == "query"}, operation.path


def test_successes_have_the_documented_status(calls):
    for operation in OPERATIONS:
        assert str(operation.status) in {str(status) for status in calls[key(operation)]["responses"]}, operation.path


def test_every_time_entry_call_for_one_entry_and_one_person_is_answered(calls):
    own = re.compile(r"/workspaces/{}/time-entries(/{})?$")
    assert {call for call in calls if own.match(call[1])} <= {key(operation) for operation in OPERATIONS}
