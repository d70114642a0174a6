"""`python -m app backup`, `restore`, `export`, `people forget`: what whoever runs the app reads."""

import asyncio
import csv
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from app.cli import cli
from app.core.model import Draft, Timer, Work
from app.core.operations import Create, Operation, State
from app.core.outcomes import Outcome
from app.storage.opening import open_store
from app.storage.store import SqlStore
from app.storage.vault import vault_for

ADA = ("--slack-team", "T1", "--slack-user", "U0ADA")
MAPPED = ("--provider", "clickup", "--workspace", "9", "--user", "183", "--role", "admin")
KEY, TOKEN = "a key of more than thirty-two characters", "pk_183_CANARY"
NINE = datetime(2026, 3, 4, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SECRET_KEY", KEY)
    monkeypatch.delenv("DATABASE_URL", raising=False)


def app(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(cli, arguments, input=typed)


@pytest.mark.parametrize("command", [("backup",), ("restore", "safe.db")])
def test_a_postgres_is_copied_with_its_own_tools(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://ada:hunter2@db/timer")
    said = app(*command)
    assert said.exit_code == 1
    assert "pg_dump copies it and pg_restore puts it back" in said.output
    assert "python -m app reconcile --since" in said.output
    assert "hunter2" not in said.output
    assert list(tmp_path.iterdir()) == []


def link_ada() -> None:
    assert app("people", "link", *ADA, *MAPPED, "--token-stdin", typed=TOKEN).exit_code == 0


async def log_one(store: SqlStore) -> None:
    await store.begin(logged("op1", "=SUM(A1)"), until=NINE)


async def hold_one(store: SqlStore) -> None:
    await store.hold("T1", "U0ADA", Timer("held:1", Work(description="Fix login"), NINE, "183", is_held=True))


def logged(name: str, description: str) -> Operation:
    draft = Draft(Work(description=description), NINE, NINE + timedelta(hours=1), "183")
    return Operation(name, "T1", "U0ADA", "clickup", "9", Create(draft), NINE)


def in_store(*works: object) -> None:
    async def run() -> None:
        store = await open_store("sqlite:///timer.db", KEY)
        for work in works:
            await work(store)  # type: ignore[operator]
        await store.close()

    asyncio.run(run())


def operations(path: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("select count(*) from operation").fetchone()[0])


def test_a_backup_says_what_it_holds_and_that_credentials_need_the_key(tmp_path: Path) -> None:
    link_ada()
    in_store(log_one, hold_one)
    said = app("backup", "safe.db")
    assert said.exit_code == 0, said.output
    assert "✓ safe.db holds the data of 20" in said.output
    assert "1 people, 1 accounts, 1 operations (1 of them not ended), 1 running timers; schema" in said.output
    fingerprint = vault_for(KEY).fingerprints[0]
    assert f"Credentials in it stay sealed: without SECRET_KEY ({fingerprint}…) they are lost." in said.output
    assert (tmp_path / "safe.db").stat().st_mode & 0o777 == 0o600
    assert TOKEN not in said.output


def test_a_backup_needs_no_key_and_finds_a_name_by_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    app("migrate")
    monkeypatch.delenv("SECRET_KEY")
    said = app("backup")
    assert said.exit_code == 0, said.output
    assert "No credentials are in it." in said.output
    [made] = tmp_path.glob("timer-20*Z.db")
    assert made.name in said.output


def test_a_backup_that_would_overwrite_something_is_refused(tmp_path: Path) -> None:
    app("migrate")
    (tmp_path / "safe.db").write_text("last year's")
    said = app("backup", "safe.db")
    assert said.exit_code == 1
    assert "✗ safe.db is there already and was left alone. Name another file." in said.output


def test_without_a_database_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    said = app("backup", "safe.db")
    assert said.exit_code == 1
    assert "There is no file timer.db" in said.output
    assert list(tmp_path.iterdir()) == []


def test_a_backup_comes_back_and_what_was_there_is_kept(tmp_path: Path) -> None:
    link_ada()
    app("backup", "safe.db")
    in_store(log_one)
    said = app("restore", "safe.db")
    assert said.exit_code == 0, said.output
    assert "✓ timer.db holds the data of" in said.output
    [aside] = tmp_path.glob("timer.db.before-*Z")
    assert f"What was there is kept as {aside.name}." in said.output
    assert "Next: python -m app reconcile." in said.output
    assert "SECRET_KEY" not in said.output
    assert (operations("timer.db"), operations(aside.name)) == (0, 1)
    assert " own " in app("people", "list").output


def test_a_backup_under_another_key_comes_back_and_names_the_key_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    link_ada()
    app("backup", "safe.db")
    monkeypatch.setenv("SECRET_KEY", "quite another key and long enough as well")
    said = app("restore", "safe.db")
    assert said.exit_code == 0, said.output
    fingerprint = vault_for(KEY).fingerprints[0]
    assert f"SECRET_KEY does not open credentials sealed with {fingerprint}…: add that key" in said.output


def test_what_is_no_backup_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    link_ada()
    before = (tmp_path / "timer.db").read_bytes()
    (tmp_path / "letter.txt").write_text("Dear Ada, " * 100)
    for file, sentence in (
        ("letter.txt", "letter.txt cannot be copied"),
        ("nowhere.db", "There is no file nowhere.db"),
    ):
        said = app("restore", file)
        assert said.exit_code == 1
        assert sentence in said.output
    assert (tmp_path / "timer.db").read_bytes() == before


def test_a_person_s_data_is_a_line_of_json_each_and_a_table_that_runs_nothing(tmp_path: Path) -> None:
    link_ada()
    in_store(log_one)
    lines = [json.loads(line) for line in app("export", *ADA).output.splitlines()]
    assert [line["record"] for line in lines] == ["account", "operation"]
    assert lines[1]["description"] == "=SUM(A1)"
    said = app("export", *ADA, "--format", "csv", "ada.csv")
    assert "✓ ada.csv holds 2 records, for its owner only." in said.output
    assert (tmp_path / "ada.csv").stat().st_mode & 0o777 == 0o600
    with (tmp_path / "ada.csv").open(encoding="utf-8-sig", newline="") as written:
        rows = list(csv.DictReader(written))
    assert [row["description"] for row in rows] == ["", "'=SUM(A1)"]
    assert TOKEN not in json.dumps([lines, rows])


def test_everybody_of_a_workspace_is_exported_and_nobody_of_another() -> None:
    link_ada()
    assert "U0ADA" in app("export", "--slack-team", "T1").output
    refused = app("export", "--slack-team", "T2")
    assert refused.exit_code == 1
    assert "Nothing is kept about T2. See: python -m app people list" in refused.output


def test_an_export_overwrites_nothing_and_makes_no_empty_file(tmp_path: Path) -> None:
    link_ada()
    (tmp_path / "ada.json").write_text("last year's")
    refused = app("export", *ADA, "ada.json")
    assert refused.exit_code == 1
    assert "ada.json is there already and was left alone. Name another file." in refused.output
    assert (tmp_path / "ada.json").read_text() == "last year's"
    assert app("export", "--slack-team", "T2", "none.json").exit_code == 1
    assert not (tmp_path / "none.json").exists()


def test_who_is_forgotten_is_gone_here_and_it_says_what_stays_elsewhere(tmp_path: Path) -> None:
    link_ada()
    said = app("people", "forget", *ADA)
    assert said.exit_code == 0, said.output
    assert "✓ Everything about U0ADA in T1 is deleted here: 1 records." in said.output
    assert "What was logged stays at the provider" in said.output
    assert "Nobody is linked yet" in app("people", "list").output
    assert b"U0ADA" not in (tmp_path / "timer.db").read_bytes()
    again = app("people", "forget", *ADA)
    assert again.exit_code == 1
    assert "Nothing is kept about U0ADA in T1." in again.output


@pytest.mark.parametrize(
    ("has", "sentence"),
    [
        (log_one, "Has not ended (sending): create, =SUM(A1), accepted 2026-03-04T09:00:00+00:00."),
        (hold_one, "A timer is kept here for them since 2026-03-04 09:00 UTC."),
    ],
    ids=["operation", "timer"],
)
def test_what_would_be_lost_is_shown_before_somebody_is_forgotten(has: object, sentence: str) -> None:
    link_ada()
    in_store(has)
    refused = app("people", "forget", *ADA)
    assert refused.exit_code == 1
    assert sentence in refused.output
    assert "nothing was deleted. Keep a copy: python -m app export --slack-team T1 --slack-user U0ADA FILE." in (
        refused.output
    )
    assert "U0ADA" in app("people", "list").output
    assert app("people", "forget", *ADA, "--force").exit_code == 0
    assert app("export", *ADA).exit_code == 1


def test_what_has_ended_keeps_nobody_from_being_forgotten() -> None:
    async def done(store: SqlStore) -> None:
        await log_one(store)
        await store.settle(logged("op1", ""), Outcome(State.DONE))

    link_ada()
    in_store(done)
    assert "2 records" in app("people", "forget", *ADA).output


def test_what_waits_of_anybody_is_listed_for_whoever_runs_it() -> None:
    link_ada()
    assert "Nothing waits to be sent." in app("people", "pending").output
    in_store(log_one)
    said = app("people", "pending", "--slack-team", "T1").output
    assert "U0ADA in T1  2026-03-04T09:00:00+00:00  sending: create =SUM(A1)" in said
    assert "Nothing waits to be sent." in app("people", "pending", "--slack-team", "T2").output
