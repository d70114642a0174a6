"""`python -m app people …` and its like: what whoever runs the app reads, and that no token is ever printed."""

import sqlite3
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from app.cli import DEMOS, cli
from app.demo_backends import SERVICES as DEMO_SERVICES
from app.providers import SERVICES
from tests.canaries import LISTENER

ADA = ("--slack-team", "T1", "--slack-user", "U0ADA")
MAPPED = ("--provider", "clickup", "--workspace", "9", "--user", "183", "--role", "admin")
TOKEN = "pk_183_CANARY"


@pytest.fixture(autouse=True)
def _own_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SECRET_KEY", "a key of more than thirty-two characters")
    monkeypatch.delenv("DATABASE_URL", raising=False)


def app(*arguments: str, typed: str | None = None) -> Result:
    result = CliRunner().invoke(cli, arguments, input=typed)
    LISTENER.listen(result.output, "the command line")
    return result


def words(result: Result) -> str:
    return " ".join(result.output.replace("│", " ").split())


def test_people_are_linked_listed_changed_and_forgotten(tmp_path: Path) -> None:
    assert "Nobody is linked yet" in app("people", "list").output
    linked = app("people", "link", *ADA, *MAPPED, "--token-stdin", "--timezone", "Europe/Berlin", typed=TOKEN)
    assert linked.exit_code == 0, linked.output
    listed = app("people", "list").output
    for shown in ("U0ADA", "admin", "anyone", "own", "Europe/Berlin"):
        assert shown in listed
    changed = app("people", "role", *ADA, "--role", "guest").output
    assert "may log for self" in changed
    assert "guest" in app("people", "list").output
    assert app("people", "unlink", *ADA).exit_code == 0
    again = app("people", "unlink", *ADA)
    assert again.exit_code == 1
    assert "is not linked" in again.output
    assert TOKEN not in linked.output + listed + changed
    assert TOKEN.encode() not in (tmp_path / "timer.db").read_bytes()


def test_a_person_of_one_slack_workspace_is_not_listed_in_another() -> None:
    app("people", "link", *ADA, *MAPPED)
    assert "U0ADA" in app("people", "list", "--slack-team", "T1").output
    assert "U0ADA" not in app("people", "list", "--slack-team", "T2").output


def test_unlinking_says_where_somebody_s_time_goes_from_now_on() -> None:
    app("people", "link", *ADA, *MAPPED)
    app("people", "link", *ADA, "--provider", "clockify", "--workspace", "5", "--user", "c1", "--role", "admin")
    said = app("people", "unlink", *ADA, "--provider", "clockify").output
    assert "is not linked to clockify any more" in said
    assert "They are linked to clickup as well: from now on their time goes there." in said
    assert "from now on" not in app("people", "unlink", *ADA).output


def test_a_new_role_keeps_the_token() -> None:
    app("people", "link", *ADA, *MAPPED, "--token-stdin", typed=TOKEN)
    app("people", "role", *ADA, "--role", "member")
    assert " own " in app("people", "list").output


@pytest.mark.parametrize(
    ("said", "is_narrowed"),
    [
        (("--role", "admin", "--assignee", "self"), True),
        (("--role", "member"), True),
        (("--role", "admin"), False),
    ],
    ids=str,
)
def test_whose_time_somebody_may_log_outlives_their_account(
    tmp_path: Path, said: tuple[str, ...], is_narrowed: bool
) -> None:
    app("people", "link", *ADA, *MAPPED, "--assignee", "self")
    app("people", "role", *ADA, *said)
    app("people", "unlink", *ADA)
    with sqlite3.connect(tmp_path / "timer.db") as database:
        kept = database.execute("select slack_user, provider from narrowed").fetchall()
    database.close()
    assert kept == ([("U0ADA", "clickup")] if is_narrowed else [])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--role", "member", "--assignee", "anyone"), "A member may log their own time only"),
        (("--role", "owner", "--timezone", "Berlin"), "is not a time zone"),
        (("--role", "boss"), "boss"),
        (("--role", "owner", "--provider", "toggl"), "not a system this app speaks to"),
        (("--role", "owner", "--token-stdin"), "standard input is empty"),
    ],
)
def test_a_wrong_link_is_refused_with_a_sentence(arguments: tuple[str, ...], sentence: str) -> None:
    result = app("people", "link", *ADA, "--workspace", "9", "--user", "1", *arguments, typed="")
    assert result.exit_code != 0
    assert sentence in words(result)


def test_without_a_secret_key_nothing_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SECRET_KEY")
    result = app("people", "link", *ADA, *MAPPED)
    assert result.exit_code == 1
    assert "SECRET_KEY is missing" in words(result)
    assert not (tmp_path / "timer.db").exists()


def test_missing_settings_stop_it_with_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SLACK_BOT_TOKEN", raising=False)
    monkeypatch.delenv("SECRET_KEY")
    result = app("serve")
    assert result.exit_code == 1
    assert "SLACK_BOT_TOKEN is missing" in words(result)
    assert "SECRET_KEY is missing" in words(result)


def test_migrate_says_what_it_did_and_then_that_there_is_nothing_to_do() -> None:
    assert "✓" in app("migrate").output
    assert app("migrate").output.strip() == "✓ Nothing to do."


def test_the_manifest_is_printed_for_the_address() -> None:
    assert "https://timer.example/slack/events" in app("manifest", "--url", "https://timer.example").output


def test_there_is_a_demo_of_every_provider_and_of_nothing_else() -> None:
    assert tuple(DEMO_SERVICES) == DEMOS == tuple(SERVICES)
    refused = app("demo", "--provider", "toggl", "--no-browser")
    assert refused.exit_code == 2
    assert "There is no sandbox of toggl. Choose one of clickup, clickup_legacy" in words(refused)
