"""Tries mutants inside one pytest session: collected once, then a forked process for each of them."""

import gc
import importlib
import inspect
import itertools
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

from tests.mutation.graft import graft
from tests.mutation.mutants import Mutant, mutants

_LEAST_PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Verdict:
    mutant: Mutant
    is_killed: bool


@dataclass(frozen=True, slots=True)
class Attempt:
    mutant: Mutant
    deadline: float
    kills: int


@dataclass
class Trial:
    """A pytest plugin: instead of running the tests it finds out which mutants they notice."""

    modules: list[str]
    at_once: int
    tell: Callable[[str, list[Verdict]], None]
    every: int = 1
    seconds: dict[str, float] = field(default_factory=dict)
    noticed: dict[str, int] = field(default_factory=dict)
    touched: dict[str, set[tuple[str, str]]] = field(default_factory=dict)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            raise pytest.UsageError("the tests can't be collected")
        found = [importlib.import_module(name) for name in self.modules]
        files = {str(module.__file__): module.__name__ for module in found}
        for item in session.items:
            self._rehearse(item, files)
        gc.freeze()  # so that a fork copies nothing that it does not change
        for module in found:
            source = Path(str(module.__file__)).read_text()
            self.tell(module.__name__, list(self._tried(session, module.__name__, source)))
        return True

    def _rehearse(self, item: pytest.Item, files: dict[str, str]) -> None:
        """Runs a test once without a fault, to see what it touches and how long it takes."""
        touched: set[tuple[str, str]] = set()

        def note(frame: object, event: str, _: object) -> None:
            code = frame.f_code  # type: ignore[attr-defined]
            if event == "call" and code.co_filename in files:
                touched.add((files[code.co_filename], code.co_qualname.partition(".<locals>")[0]))

        began = time.monotonic()
        sys.setprofile(note)
        try:
            if not _passes(item, None):
                raise pytest.UsageError(f"{item.nodeid} fails without any fault")
        finally:
            sys.setprofile(None)
        self.seconds[item.nodeid], self.touched[item.nodeid] = time.monotonic() - began, touched

    def _tried(self, session: pytest.Session, name: str, source: str) -> Iterator[Verdict]:
        under_way: dict[int, Attempt] = {}
        for mutant in itertools.islice(mutants(source), 0, None, self.every):
            while len(under_way) >= self.at_once:
                yield from self._ended(under_way)
            items = sorted(self._witnesses(session, name, mutant), key=self._rank)
            patience = max(_LEAST_PATIENCE, 8 * sum(self.seconds[item.nodeid] for item in items))
            child, kills = _begun(name, mutant, items)
            under_way[child] = Attempt(mutant, time.monotonic() + patience, kills)
        while under_way:
            yield from self._ended(under_way)

    def _rank(self, item: pytest.Item) -> tuple[int, float]:
        """What noticed the latest faults is asked first, for it often notices the next one too; then the quickest."""
        return -self.noticed.get(item.nodeid, -1), self.seconds[item.nodeid]

    def _witnesses(self, session: pytest.Session, name: str, mutant: Mutant) -> list[pytest.Item]:
        """Those that come through the function; what stands outside of any may matter to all."""
        if not mutant.function:
            return list(session.items)
        return [item for item in session.items if (name, mutant.function) in self.touched[item.nodeid]]

    def _ended(self, under_way: dict[int, Attempt]) -> Iterator[Verdict]:
        time.sleep(0.005)
        for child, attempt in list(under_way.items()):
            ended, status = os.waitpid(child, os.WNOHANG)
            if not ended and time.monotonic() < attempt.deadline:
                continue
            if not ended:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
            del under_way[child]
            with open(attempt.kills) as kills:
                if nodeid := kills.read():
                    self.noticed[nodeid] = len(self.noticed) + max(self.noticed.values(), default=0)
            yield Verdict(attempt.mutant, is_killed=not ended or status != 0)


def _begun(name: str, mutant: Mutant, items: list[pytest.Item]) -> tuple[int, int]:
    """The forked process, and a pipe in which it says which test noticed."""
    said, says = os.pipe()
    child = os.fork()
    if child:
        os.close(says)
        return child, said
    status = 1
    try:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        graft(sys.modules[name], mutant.source)
        following = [*items[1:], None]
        noticed = next((item for item, after in zip(items, following, strict=True) if not _passes(item, after)), None)
        os.write(says, (noticed.nodeid if noticed else "").encode())
        status = 1 if noticed else 0
    except BaseException:
        status = 1
    finally:
        os._exit(status)


def _passes(item: pytest.Item, after: pytest.Item | None) -> bool:
    if isinstance(item, pytest.Function) and _is_plain(item):
        return _returns(item)
    return not any(report.failed for report in runtestprotocol(item, nextitem=after, log=False))


def _is_plain(item: pytest.Function) -> bool:
    """A test that only its parameters are given needs none of pytest's ceremony, which takes longer than most tests."""
    return not inspect.iscoroutinefunction(item.obj) and set(item._fixtureinfo.argnames) <= set(_parameters(item))


def _returns(item: pytest.Function) -> bool:
    try:
        item.obj(**_parameters(item))
    except (Exception, pytest.fail.Exception):
        return False
    return True


def _parameters(item: pytest.Function) -> dict[str, object]:
    return item.callspec.params if hasattr(item, "callspec") else {}
