"""Who may import whom; the offender is named."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

APP = Path(__file__).parents[1] / "app"

# layer: (layers of ours it may import, third parties it may import)
RULES: dict[str, tuple[set[str], set[str]]] = {
    "core": ({"core"}, set()),
    "providers": ({"core", "providers"}, {"httpx", "httpx_aiohttp", "aiohttp"}),
    "storage": ({"core", "storage"}, {"sqlite_utils", "psycopg", "cryptography"}),
    "slack": ({"core", "slack"}, {"slack_bolt", "slack_sdk", "aiohttp"}),
    "sandbox": ({"sandbox"}, {"starlette", "aiohttp"}),
    "web": ({"core", "slack", "providers"}, {"starlette", "slack_bolt", "slack_sdk"}),
}
ONLY_IN = {
    "httpx": {"providers/http.py"},
    "httpx_aiohttp": {"providers/http.py"},
    "sqlite_utils": {"storage/sqlite.py"},
    "psycopg": {"storage/postgres.py", "storage/postgres_faults.py", "storage/connections.py"},
    "cryptography": {"storage/vault.py"},
}
STDLIB = set(__import__("sys").stdlib_module_names)


def modules() -> list[Path]:
    return sorted(APP.rglob("*.py"))


def layer(path: Path) -> str:
    first = path.relative_to(APP).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Dotted names, relative imports made absolute."""
    package = ["app", *path.relative_to(APP).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, node.module or ""]).strip(".")
            yield from (f"{module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(APP)))
def test_a_layer_imports_only_what_it_may(path: Path) -> None:
    if layer(path) not in RULES:
        return  # main, cli and their like know every part
    ours, theirs = RULES[layer(path)]
    for name in imports(path):
        top, *rest = name.split(".")
        if top == "app":
            assert rest[0] in ours, f"{path.relative_to(APP)} may not import {name}"
        elif top not in STDLIB:
            assert top in theirs, f"{path.relative_to(APP)} may not import {name}"


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_that_may_have_to_be_replaced_is_imported_in_one_place(library: str) -> None:
    users = {
        str(path.relative_to(APP)) for path in modules() if any(name.split(".")[0] == library for name in imports(path))
    }
    assert users == ONLY_IN[library]


def test_the_sandboxes_know_neither_the_app_nor_each_other() -> None:
    """The back ends stand on what they share; Slack shares nothing with them."""
    for path in modules():
        if layer(path) != "sandbox" or path.parent == APP / "sandbox":
            continue
        own = path.relative_to(APP / "sandbox").parts[0]
        allowed = [own] if own in ("slack", "backend") else [own, "backend"]
        for name in imports(path):
            if name.startswith("app."):
                is_allowed = any(f"{name}.".startswith(f"app.sandbox.{one}.") for one in allowed)
                assert is_allowed, f"{path.relative_to(APP)} may not import {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(APP)))
def test_a_module_opens_with_a_sentence_saying_why_it_exists(path: Path) -> None:
    source = path.read_text()
    if source.strip():
        assert ast.get_docstring(ast.parse(source)), f"{path.relative_to(APP)} has no docstring"


def test_no_file_is_named_after_nothing() -> None:
    vague = {"utils", "helpers", "common", "manager", "misc", "util", "helper"}
    assert not [path for path in modules() if path.stem in vague]
