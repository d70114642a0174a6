"""Runs work for the command line: a fault becomes a sentence and exit code 1, never a traceback."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import typer

from app.core.errors import TimerError
from app.settings import SettingsFaulty
from app.storage.engine import StorageUnusable

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    with asyncio.Runner(loop_factory=_fastest_loop()) as runner:
        return said(lambda: runner.run(work))


def said(work: Callable[[], T]) -> T:
    try:
        return work()
    except (TimerError, StorageUnusable) as error:
        raise failed([str(error)]) from None
    except SettingsFaulty as faulty:
        raise failed(faulty.sentences) from None
    except OSError as error:
        logging.getLogger(__name__).debug("stopped", exc_info=error)
        raise failed([str(error)]) from None


def loaded(load: Callable[[], T]) -> T:
    """Settings, or every sentence about what is wrong with them."""
    try:
        return load()
    except SettingsFaulty as faulty:
        raise failed(faulty.sentences) from None


def failed(sentences: list[str]) -> typer.Exit:
    for sentence in sentences:
        typer.echo(f"✗ {sentence}", err=True)
    return typer.Exit(1)


def _fastest_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop, where the platform has it."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop
