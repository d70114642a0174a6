"""The pytest plugin that lets no test pass in which a secret came out."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from tests.canaries import LISTENER


def pytest_configure(config: pytest.Config) -> None:
    logging.getLogger().addHandler(LISTENER)
    logging.getLogger("app").setLevel(logging.DEBUG)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[Any]:
    report = yield
    for name, text in report.sections:
        LISTENER.listen(text, name)
    if (heard := LISTENER.asked()) and report.passed:
        report.outcome, report.longrepr = "failed", f"A secret came out: {'; '.join(dict.fromkeys(heard))}"
    return report
