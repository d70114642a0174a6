"""Which modules are put to the test, and by which tests."""

_PARSER = [
    "durations",
    "dates",
    "times",
    "moments",
    "scan",
    "phrases",
    "tokens",
    "slips",
    "words",
    "task_ids",
    "tag_changes",
    "places",
]
_LINES = ["durations", "dates", "times", "lines", "slips", "refusals", "places", "grammar_properties"]

GROUNDS: list[tuple[list[str], list[str]]] = [
    ([f"app.core.{name}" for name in _PARSER], [f"tests/core/test_{name}.py" for name in _LINES]),
]
