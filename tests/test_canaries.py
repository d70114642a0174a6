"""The suite's own ears work: a token that comes out fails the test in which it does."""

import subprocess
import sys
from pathlib import Path

import pytest

LEAKS = {
    "in a log": 'logging.getLogger("app.slack").debug("got %s", TOKEN)',
    "in a traceback": 'try:\n        raise ValueError(TOKEN)\n    except ValueError:\n        logging.exception("oh")',
    "in what is printed": "print(TOKEN)",
    "in a file": '(tmp_path / "timer.db").write_text(TOKEN); look_through(tmp_path)',
}


def run(folder: Path, line: str) -> tuple[int, str]:
    page = folder / "test_leak.py"
    page.write_text(
        "import logging\nfrom tests.canaries import look_through\n"
        f'TOKEN = "pk_183_" + "ADASOWNTOKEN"\n\ndef test_it(tmp_path):\n    {line}\n'
    )
    command = [sys.executable, "-m", "pytest", "-o", "addopts=", "-p", "tests.listening", "-p", "no:cacheprovider"]
    root = Path(__file__).parents[1]
    done = subprocess.run(
        [*command, "-c", root / "pyproject.toml", "--rootdir", root, page],
        cwd=root, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout


@pytest.mark.parametrize("place", LEAKS)
def test_a_token_that_comes_out_fails_its_test(tmp_path: Path, place: str) -> None:
    code, printed = run(tmp_path, LEAKS[place])
    assert code == 1
    assert "A secret came out" in printed
    assert "pk_183…" in printed


def test_a_test_that_keeps_its_token_passes(tmp_path: Path) -> None:
    assert run(tmp_path, "assert len(TOKEN) == 19")[0] == 0
