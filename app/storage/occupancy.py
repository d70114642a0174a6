"""Who has the database open: whoever uses it holds a shared lock beside it, whoever replaces the file the only one."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from app.storage.engine import StorageUnusable

if sys.platform != "win32":  # there a file that somebody has open can't be replaced anyway
    import fcntl


def share(path: str) -> int:
    """A descriptor to close when the database is closed. Raises `StorageUnusable` while the file is being replaced."""
    try:
        return _locked(path, is_alone=False)
    except BlockingIOError:
        raise StorageUnusable(f"{path} is being restored at this moment. Try again when that has ended.") from None


@contextmanager
def alone(path: str) -> Iterator[None]:
    """Raises `StorageUnusable` while anybody has the database open."""
    try:
        held = _locked(path, is_alone=True)
    except BlockingIOError:
        raise StorageUnusable(
            f"The app is running on {path}, so it was left alone. Stop serve, worker and whatever else uses it,"
            " then restore again."
        ) from None
    try:
        yield
    finally:
        os.close(held)


def _locked(path: str, *, is_alone: bool) -> int:
    # A file of its own: a lock on the database itself would meet SQLite's own locks on some network disks.
    descriptor = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    if sys.platform == "win32":
        return descriptor
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_EX if is_alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor
