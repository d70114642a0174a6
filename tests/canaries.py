"""Listens to the whole suite for secrets: a token that comes out anywhere fails the test in which it does.

Every token in these tests looks like one. What is logged is looked at before anything is taken out of it, down to
DEBUG where it is ours, with its traceback; and so are what tests print, what Slack is sent, and database files.
"""

import logging
import re
from pathlib import Path

SECRET = re.compile(
    r"pk_[0-9]+_[A-Z0-9]{3,}|hsk_(?:live|test)_\w{8,}|xox[a-z]-[a-z0-9]+|xapp-[a-z0-9]+"
    r"|SANDBOX(?:ADA|BO|CY|DI)0+|sandbox-(?:signing|client)-secret|CANARY"
)


class Listener(logging.Handler):
    """What was heard since it was last asked, with all but its beginning left out."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.listen(logging.Formatter("%(message)s").format(record), f"the log {record.name}")

    def listen(self, text: str, where: str) -> None:
        self.heard += [f"{where} shows {found[:6]}…" for found in secrets_in(text)]

    def asked(self) -> list[str]:
        heard, self.heard = self.heard, []
        return heard


LISTENER = Listener()


def secrets_in(text: str) -> list[str]:
    return [found[0] for found in SECRET.finditer(text)]


def look_through(folder: Path) -> None:
    """A database, its journals, and whatever else lies there; what is found is told with the test."""
    for path in folder.rglob("*"):
        if path.is_file():
            LISTENER.listen(path.read_bytes().decode("latin-1"), f"the file {path.name}")
