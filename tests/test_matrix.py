"""README's list of what goes wrong: every row is there once, and what it says is tested is."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
README = (TESTS.parent / "README.md").read_text()
IDS = [
    f"{kind}{number}" for kind, last in (("F", 28), ("P", 16), ("D", 12), ("S", 22)) for number in range(1, last + 1)
]
ROWS = re.findall(r"^\| ([FPDS][0-9]+) \| (.+?) \| (.+?) \|$", README, re.MULTILINE)
NAMED = re.compile(r"`([\w/]+\.(?:py|md))(?:::(\w+))?`")


@cache
def names_in(path: Path) -> frozenset[str]:
    found = (node for node in ast.walk(ast.parse(path.read_text())))
    return frozenset(node.name for node in found if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_every_row_is_there_once_and_in_order() -> None:
    assert [row for row, _, _ in ROWS] == IDS


@pytest.mark.parametrize(("row", "happens", "proof"), ROWS, ids=[row for row, _, _ in ROWS])
def test_each_row_names_tests_that_exist_or_says_why_there_is_none(row: str, happens: str, proof: str) -> None:
    assert happens.endswith((".", "`"))
    if proof.startswith("Not tested: "):
        assert proof.endswith(".")
        assert not NAMED.search(proof)
        return
    named = NAMED.findall(proof)
    assert named, f"{row} names no test"
    for file, test in named:
        path = TESTS / file
        assert path.is_file(), f"{row}: there is no tests/{file}"
        assert path.suffix == ".md" or test in names_in(path), f"{row}: there is no {test} in tests/{file}"
