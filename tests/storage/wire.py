"""Between the app and PostgreSQL: a line that is cut when a test says so, and a server that lets nobody in."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

_COMMIT = b"Q\x00\x00\x00\x0bcommit\x00"
_NO_ENCRYPTION, _ASKS_FOR_PASSWORD = b"N", b"R\x00\x00\x00\x08\x00\x00\x00\x03"


@dataclass(slots=True)
class Line:
    """`is_deaf` from the next commit on: the server does it, and its answer never comes back."""

    url: str
    is_deaf: bool = False
    is_down: bool = False
    ends: list[asyncio.StreamWriter] = field(default_factory=list)
    calls: set[asyncio.Task[None]] = field(default_factory=set)

    def cut(self) -> None:
        for end in self.ends:
            end.transport.abort()
        self.ends.clear()


@asynccontextmanager
async def line_to(url: str) -> AsyncIterator[Line]:
    parts = urlsplit(url)

    def taken(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line.calls.add(asyncio.create_task(_carry(line, url, reader, writer)))

    server = await asyncio.start_server(taken, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    line = Line(f"postgresql://{parts.username}:{parts.password or ''}@127.0.0.1:{port}{parts.path}")
    async with server:
        yield line
    line.cut()
    await asyncio.gather(*line.calls)


async def _carry(line: Line, url: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    line.ends.append(writer)
    if line.is_down:
        line.cut()
        return
    there, back = await _reach(url)
    line.ends.append(back)
    await asyncio.gather(_upstream(line, reader, back), _downstream(line, there, writer))


async def _reach(url: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    parts = urlsplit(url)
    if folder := parse_qs(parts.query).get("host"):
        return await asyncio.open_unix_connection(f"{folder[0]}/.s.PGSQL.{parts.port or 5432}")
    return await asyncio.open_connection(parts.hostname, parts.port or 5432)


async def _upstream(line: Line, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            if line.is_deaf and _COMMIT in data:
                await asyncio.sleep(0.2)
                line.cut()
    writer.close()


async def _downstream(line: Line, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            if not line.is_deaf or b"COMMIT\x00" not in data:
                writer.write(data)
    writer.close()


@asynccontextmanager
async def closed_door(sentence: str) -> AsyncIterator[int]:
    """Its port; it asks for a password and takes none."""

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(65536)
        writer.write(_NO_ENCRYPTION)
        await reader.read(65536)
        writer.write(_ASKS_FOR_PASSWORD)
        await reader.read(65536)
        said = b"SFATAL\x00VFATAL\x00C28P01\x00M" + sentence.encode() + b"\x00\x00"
        writer.write(b"E" + (len(said) + 4).to_bytes(4) + said)
        writer.close()

    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]
