"""A process can be made to die at a named point, and dies nowhere when nobody asks for it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.core.crash_points import POINTS

ROOT = Path(__file__).parents[2]

_PASSES = "from app.core.crash_points import reached\nfor n in range(3): reached('write.before'); print(n, flush=True)"


def _life(crash_at: str) -> tuple[int, str]:
    ran = subprocess.run(
        [sys.executable, "-c", _PASSES],
        env=os.environ | {"CRASH_AT": crash_at},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return ran.returncode, ran.stdout.replace("\n", " ").strip()


def test_without_being_asked_nothing_dies() -> None:
    assert _life("") == (0, "0 1 2")


@pytest.mark.parametrize(
    ("crash_at", "lived"), [("write.before:1", ""), ("write.before", ""), ("write.before:3", "0 1")]
)
def test_it_dies_the_nth_time_as_in_a_power_cut(crash_at: str, lived: str) -> None:
    assert _life(crash_at) == (-signal.SIGKILL, lived)


def test_another_point_is_passed_alive() -> None:
    assert _life("write.after:1") == (0, "0 1 2")


def test_a_point_that_does_not_exist_is_a_mistake() -> None:
    assert _life("write.befor:1") == (1, "")


def test_every_point_is_on_the_way_and_in_the_readme() -> None:
    code = "\n".join(path.read_text() for path in (ROOT / "app").rglob("*.py"))
    readme = (ROOT / "README.md").read_text()
    for point in POINTS:
        assert f'reached("{point}")' in code, f"nothing reaches {point}"
        assert f"`{point}`" in readme, f"README doesn't name {point}"
