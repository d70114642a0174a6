"""Ends a connection without an answer, which ASGI has no word for and networks do every day."""

from __future__ import annotations

import asyncio
import socket
import struct
from typing import Any

from starlette.types import Receive, Send


async def gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def hang_up(receive: Receive, send: Send) -> None:
    """Cuts the TCP connection with a reset; an ASGI server has no word for that, so its transport is taken directly."""
    transport = _transport(send)
    if transport is None:  # called without a server
        raise ConnectionResetError("The sandbox cut the connection.")
    if (sock := transport.get_extra_info("socket")) is not None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
    await gone(receive)  # uvicorn stays silent about a missing answer once it has seen the client go


def _transport(send: Any) -> asyncio.Transport | None:
    """uvicorn's ``send`` is a method of the object that owns the transport; Starlette wraps it in closures."""
    found = getattr(getattr(send, "__self__", None), "transport", None)
    for cell in getattr(send, "__closure__", None) or ():
        if found is None and callable(cell.cell_contents):
            found = _transport(cell.cell_contents)
    transport: asyncio.Transport | None = found
    return transport
