"""A furnished Hoursmith on a Friday afternoon, and its people."""

from __future__ import annotations

import pytest
from hoursmith_desk import Direct, Watch
from starlette.applications import Starlette

from app.sandbox.hoursmith import TOKENS, Organisation, create_app, seed


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def organisation(watch: Watch) -> Organisation:
    return seed(watch)


@pytest.fixture
def app(organisation: Organisation) -> Starlette:
    return create_app(organisation)


@pytest.fixture
def ada(app: Starlette) -> Direct:
    """An admin."""
    return Direct(app, TOKENS["Ada"])


@pytest.fixture
def bo(app: Starlette) -> Direct:
    """A member, on Website and Backend."""
    return Direct(app, TOKENS["Bo"])


@pytest.fixture
def stranger(app: Starlette) -> Direct:
    return Direct(app, None)


@pytest.fixture
def control(app: Starlette) -> Direct:
    return Direct(app, None, base="/sandbox")
