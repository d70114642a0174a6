"""`python -m tests.mutation [module …]`: how many small faults the tests notice, and which they don't."""

import argparse
import ast
import difflib
import os
import sys
from itertools import groupby
from pathlib import Path

import pytest

from tests.mutation.grounds import GROUNDS
from tests.mutation.trial import Trial, Verdict

LEAST = 90  # per cent, of each module


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("modules", nargs="*", help="such as durations or app.core.durations; without any, all of them")
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--every", type=int, default=1, help="try only every n-th fault, for a first look")
    asked = parser.parse_args()
    os.environ.setdefault("HYPOTHESIS_PROFILE", "brief")
    scores: dict[str, float] = {}
    for tests, together in groupby(sorted(GROUNDS, key=lambda name: GROUNDS[name]), key=lambda name: GROUNDS[name]):
        chosen = [name for name in together if not asked.modules or _is_asked(name, asked.modules)]
        if chosen:
            scores |= _tried(chosen, [f"tests/{path}" for path in tests], asked.at_once, asked.every)
    return 0 if scores and min(scores.values()) >= LEAST else 1


def _is_asked(name: str, asked: list[str]) -> bool:
    return name in asked or name.rpartition(".")[2] in asked


def _tried(modules: list[str], tests: list[str], at_once: int, every: int) -> dict[str, float]:
    scores: dict[str, float] = {}

    def tell(name: str, verdicts: list[Verdict]) -> None:
        scores[name] = _score(verdicts)
        _print_survivors(name, [verdict for verdict in verdicts if not verdict.is_killed])
        killed = sum(verdict.is_killed for verdict in verdicts)
        sys.stdout.write(f"{name:32} {killed:4} of {len(verdicts):4} killed  {scores[name]:5.1f} %\n")
        sys.stdout.flush()

    arguments = ["-o", "addopts=", "-p", "no:cacheprovider", "-p", "no:terminal", *tests]
    if pytest.main(arguments, plugins=[Trial(modules, at_once, tell, every)]) != pytest.ExitCode.OK:
        raise SystemExit("these tests must pass first: " + " ".join(tests))
    return scores


def _score(verdicts: list[Verdict]) -> float:
    return 100 * sum(verdict.is_killed for verdict in verdicts) / max(len(verdicts), 1)


def _print_survivors(name: str, survivors: list[Verdict]) -> None:
    if not survivors:
        return
    path = Path(*name.split(".")).with_suffix(".py")
    before = ast.unparse(ast.parse(path.read_text())).splitlines()
    for verdict in survivors:
        lines = difflib.unified_diff(before, verdict.mutant.source.splitlines(), n=0, lineterm="")
        shown = [line for line in lines if line[:2] not in ("--", "++", "@@")]
        sys.stdout.write(f"{path}:{verdict.mutant.line}\n" + "".join(f"  {line}\n" for line in shown))


if __name__ == "__main__":
    raise SystemExit(main())
