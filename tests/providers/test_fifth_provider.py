"""README's lines about a provider of one's own are few, name what is there, and work when they are followed."""

import asyncio
import json
import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from app import providers
from app.core import ports
from app.core.model import Capabilities
from app.providers import link
from app.settings import Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
SECTION = README.partition("### A provider of your own\n")[2].partition("\n#")[0].strip()
QUOTED = re.findall(r"`([^`]+)`", SECTION)
ENV = {
    "SLACK_BOT_TOKEN": "xoxb-sandbox",
    "SLACK_SIGNING_SECRET": "sandbox-signing-secret",
    "SECRET_KEY": "this key seals nothing that has any value",
    "PROVIDER": "toy",
    "TOY_TOKEN": "sun_ada_0123456789",
}


def test_there_are_fewer_than_fifteen_lines() -> None:
    assert 0 < len([line for line in SECTION.splitlines() if line]) < 15


def test_every_file_that_they_name_is_there_or_is_the_one_to_write() -> None:
    files = {one for one in QUOTED if "/" in one and " " not in one}
    missing = {one for one in files if not (ROOT / one).exists()}
    assert missing == {"app/providers/toy.py"}
    assert len(files) == 10


def test_every_name_that_they_name_is_there() -> None:
    places = {
        "Provider": ports,
        "Link": link,
        "SERVICES": providers,
        "capabilities": ports.Provider,
        "Settings": sys.modules[Settings.__module__],
    }
    assert set(places) <= set(QUOTED)
    for name, place in places.items():
        assert hasattr(place, name), name
    assert Capabilities.__doc__


def follow(folder: Path) -> None:
    """What the lines say, to the letter, in a copy of the app."""
    shutil.copytree(ROOT / "app", folder / "app", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "manifest.yml", folder)
    shutil.copy(ROOT / "tests" / "providers" / "toy.py", folder / "app" / "providers" / "toy.py")
    (entry,) = [one for one in QUOTED if one.startswith('"toy": ')]
    variables = [one for one in QUOTED if one.startswith("toy_")]
    registry, settings = folder / "app" / "providers" / "__init__.py", folder / "app" / "settings.py"
    insert(registry, before="from app.core.errors", line="from app.providers import toy\n")
    insert(registry, after="SERVICES: Mapping[str, Service] = {\n", line=f"    {entry}\n")
    insert(settings, before="    port: int", line="".join(f"    {one}\n" for one in variables))


def insert(path: Path, *, line: str, before: str = "", after: str = "") -> None:
    text = path.read_text()
    assert text.count(before or after) == 1, f"{before or after!r} in {path.name}"
    path.write_text(text.replace(before or after, after + line + before))


async def python(folder: Path, *arguments: str) -> str:
    env = os.environ | ENV | {"DATABASE_URL": f"sqlite:///{folder / 'timer.db'}"}
    env["PYTHONPATH"] = os.pathsep.join(map(str, (folder, ROOT, ROOT / "tests")))
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, env=env, cwd=folder, stdout=pipe, stderr=pipe
    )
    printed, wrong = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 0, wrong.decode()
    return printed.decode()


async def test_who_follows_them_logs_time_there_from_slack(tmp_path: Path) -> None:
    follow(tmp_path)
    who = ("--slack-team", "T0SANDBOX", "--slack-user", "U0ADA", "--user", "p1", "--role", "admin")
    where = ("--provider", "toy", "--workspace", "acme", "--timezone", "Europe/Berlin")
    assert "is toy user p1" in await python(tmp_path, "-m", "app", "people", "link", *who, *where)
    lines = ("/timer log 1h fix login: pairing", "/timer start website", "/timer stop", "/timer today")
    *told, recorded = (await python(tmp_path, "-m", "providers.fifth", *lines)).splitlines()
    answer = "\n".join(told)
    for words in ("Fix login", "09:17–10:17 = 1 h", "pairing", "Website", "1 h 15"):
        assert words in answer, answer
    assert [(one["job"], one["start"], one["words"]) for one in json.loads(recorded)] == [
        ("Fix login", "2026-03-04T08:17:00+00:00", "pairing"),
        ("Website", "2026-03-04T09:32:00+00:00", ""),
    ]


async def test_without_them_nobody_is_told_that_there_is_such_a_provider(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "app", tmp_path / "app", ignore=shutil.ignore_patterns("__pycache__"))
    with pytest.raises(AssertionError, match="PROVIDER: toy is not a system this app speaks to"):
        await python(tmp_path, "-m", "app", "check")
