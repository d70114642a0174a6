"""Many people at once, for tests that count, measure or fill a page."""

from collections.abc import Iterator, Sequence

from app.sandbox.slack.team import Someone


def crowd(count: int, zones: Sequence[str] = ("Europe/Berlin",), *, first: int = 1) -> Iterator[Someone]:
    """Person 1, Person 2 …, with the zones dealt out in turn; `World.invite` takes them in."""
    for number in range(first, first + count):
        yield Someone(
            f"U0CROWD{number:06}",
            f"Person {number}",
            f"Person {number} of the crowd",
            f"person{number}@acme.example",
            zones[number % len(zones)],
        )
