"""Has imported the whole app and gives birth to one life of it after another, so that a life begins at once.

Reads a line of JSON for each wish: `{"begin": {environment}, "log": path}` is answered with a process id; with
`"life": module` that module's `live` is lived instead of the whole app. `{"ended": id}` is answered with whether that
life is over. When nobody wishes for anything any more, it ends them all.
"""

import importlib
import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any, NoReturn

import uvicorn.protocols.http.auto
import uvloop  # noqa: F401 imported once for all lives

import app.main
from app.cli import cli

_children: set[int] = set()


def begin(environment: dict[str, str], log: str, life: str) -> int:
    live: Callable[[], object] = importlib.import_module(life).live if life else _serve
    child = os.fork()
    if child == 0:
        _live(environment, log, live)
    _children.add(child)
    return child


def ended(child: int) -> bool:
    _reap()
    return child not in _children


def _serve() -> None:
    cli(["serve"], standalone_mode=False)


def _live(environment: dict[str, str], log: str, live: Callable[[], object]) -> NoReturn:
    os.environ.update(environment)
    written = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(written, 1)
    os.dup2(written, 2)
    try:
        live()
    finally:
        os._exit(1)


def _reap() -> None:
    for child in tuple(_children):
        done, _ = os.waitpid(child, os.WNOHANG)
        if done:
            _children.discard(child)


def main() -> None:
    assert app.main.serve
    assert uvicorn.protocols.http.auto
    for line in sys.stdin:
        wish: dict[str, Any] = json.loads(line)
        answer = begin(wish["begin"], wish["log"], wish.get("life", "")) if "begin" in wish else ended(wish["ended"])
        print(json.dumps(answer), flush=True)  # noqa: T201 this is its voice
    _reap()
    for child in _children:
        os.kill(child, signal.SIGKILL)


if __name__ == "__main__":
    main()
