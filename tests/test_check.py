"""What `check` says of workspace-wide tokens, whichever system they are for."""

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from app import check
from app.sandbox import clickup, clockify, hoursmith
from app.settings import Settings
from tests.serving import free_socket, serving

BACK_ENDS: dict[str, tuple[Any, str, str, str, str]] = {
    "CLICKUP_TOKEN": (clickup, "/api/v2", clickup.TOKENS[183], clickup.TOKENS[184], "9018000001"),
    "CLOCKIFY_API_KEY": (
        clockify,
        "/api/v1",
        clockify.TOKENS["Ada"],
        clockify.TOKENS["Bo"],
        "64a687e29ae1f428e7ebe305",
    ),
    "HOURSMITH_TOKEN": (hoursmith, "/api/v1", hoursmith.TOKENS["Ada"], hoursmith.TOKENS["Bo"], ""),
}


async def told(folder: Path, variable: str, token: str) -> list[str]:
    """The sentences about that variable; Slack, which nobody plays here, has its own."""
    sandbox, base, _, _, workspace = BACK_ENDS[variable]
    name, (bound, address) = variable.partition("_")[0].lower(), free_socket()
    theirs = {variable.lower(): SecretStr(token), f"{name}_api_url": address + base}
    if workspace:
        theirs[f"{name}_workspace_id"] = workspace
    settings = Settings(
        _env_file=None,
        slack_bot_token=SecretStr("xoxb-1"),
        slack_api_url="http://127.0.0.1:9/",
        database_url=f"sqlite:///{folder / 'timer.db'}",
        secret_key=(SecretStr("this key seals nothing that has any value"),),
        **theirs,
    )
    async with serving(sandbox.create_app(sandbox.seed()), bound):
        return [sentence async for sentence in check.faults(settings) if variable in sentence]


async def test_a_calendar_file_that_is_missing_is_named(tmp_path: Path) -> None:
    settings = Settings(
        _env_file=None,
        slack_bot_token=SecretStr("xoxb-1"),
        slack_api_url="http://127.0.0.1:9/",
        database_url=f"sqlite:///{tmp_path / 'timer.db'}",
        secret_key=(SecretStr("this key seals nothing that has any value"),),
        holidays="Europe/Berlin=de.ics",
    )
    assert [sentence async for sentence in check.faults(settings) if "HOLIDAYS" in sentence] == [
        "HOLIDAYS: de.ics can't be read (No such file or directory). Give the way to a calendar file (.ics)."
    ]


async def test_a_clock_that_is_wrong_is_named(tmp_path: Path) -> None:
    body = b'{"ok": true}'
    head = b"HTTP/1.1 200 OK\r\nDate: Wed, 04 Mar 2020 12:00:00 GMT\r\nContent-Type: application/json\r\n"

    async def slack(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(slack, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        settings = Settings(
            _env_file=None,
            slack_bot_token=SecretStr("xoxb-1"),
            slack_api_url=f"http://127.0.0.1:{port}/",
            database_url=f"sqlite:///{tmp_path / 'timer.db'}",
            secret_key=(SecretStr("this key seals nothing that has any value"),),
        )
        (sentence,) = [sentence async for sentence in check.faults(settings)]
    assert re.fullmatch(r"This machine's clock is \d+ s ahead of 127\.0\.0\.1's\. Set it by NTP\.", sentence)


@pytest.mark.parametrize("variable", BACK_ENDS)
async def test_a_workspace_wide_token_is_an_admins(tmp_path: Path, variable: str) -> None:
    _, _, admins, members, _ = BACK_ENDS[variable]
    assert await told(tmp_path, variable, admins) == []
    (sentence,) = await told(tmp_path, variable, members)
    assert sentence.startswith(f"{variable} belongs to Bo, a member")


@pytest.mark.parametrize("variable", BACK_ENDS)
async def test_a_workspace_wide_token_that_is_none_is_told_by_its_variable(tmp_path: Path, variable: str) -> None:
    (sentence,) = await told(tmp_path, variable, "canary")
    assert sentence.startswith(f"{variable}: ")
    assert "canary" not in sentence
