"""Every environment variable, and what is said when one is wrong."""

import re
from dataclasses import astuple
from pathlib import Path

import pytest

from app.providers import SERVICES
from app.settings import Settings, SettingsFaulty, load_settings, load_storage_settings

ROOT = Path(__file__).parents[1]
GOOD = {
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_SIGNING_SECRET": "s",
    "CLICKUP_TOKEN": "pk_1_X",
    "CLICKUP_WORKSPACE_ID": "9",
    "SECRET_KEY": "k" * 32,
}


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def given(monkeypatch: pytest.MonkeyPatch, **variables: str) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


def sentences() -> list[str]:
    with pytest.raises(SettingsFaulty) as caught:
        load_settings()
    return caught.value.sentences


def test_five_variables_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, **GOOD)
    settings = load_settings()
    assert (settings.port, settings.timer_command, settings.provider) == (3000, "/timer", "clickup")
    assert not settings.is_socket_mode


def test_all_faults_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, PORT="much", TIMER_COMMAND="timer", SECRET_KEY="short")
    told = " ".join(sentences())
    for name in ("SLACK_BOT_TOKEN", "PORT", "TIMER_COMMAND", "SECRET_KEY"):
        assert name in told


def test_an_empty_variable_is_one_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, **GOOD | {"DATABASE_URL": "", "PORT": ""})
    assert load_settings().database_url == "sqlite:///timer.db"


def test_a_file_is_refused_where_the_disk_does_not_last(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, **GOOD | {"DYNO": "web.1"})
    (sentence,) = sentences()
    assert sentence.startswith("DATABASE_URL: the disk here is emptied at every restart (DYNO is set)")
    assert "postgresql://" in sentence
    given(monkeypatch, ALLOW_EPHEMERAL="1")
    assert load_settings().database_url == "sqlite:///timer.db"
    given(monkeypatch, ALLOW_EPHEMERAL="", DATABASE_URL="postgres://ada:canary@db/timer")
    assert load_settings().database_url == "postgres://ada:canary@db/timer"


def test_the_database_s_password_is_in_no_repr(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, **GOOD | {"DATABASE_URL": "postgresql://ada:canary@db/timer"})
    assert "canary" not in repr(load_settings())


def test_without_a_signing_secret_only_socket_mode_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, **GOOD | {"SLACK_SIGNING_SECRET": ""})
    assert any("SLACK_SIGNING_SECRET" in sentence for sentence in sentences())
    given(monkeypatch, SLACK_APP_TOKEN="xapp-1")
    assert load_settings().is_socket_mode


def test_a_workspace_wide_token_needs_its_workspace(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, **GOOD | {"CLICKUP_WORKSPACE_ID": ""})
    assert any("CLICKUP_WORKSPACE_ID" in sentence for sentence in sentences())


def test_a_provider_that_nobody_knows_is_told_with_those_that_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, **GOOD | {"PROVIDER": "sundial"})
    (sentence,) = sentences()
    assert sentence.startswith("PROVIDER: sundial is not a system this app speaks to. It knows: clickup, ")


def test_every_variable_that_a_service_names_is_one_of_the_settings() -> None:
    named = {name for one in SERVICES.values() for name in astuple(one.variables) if name}
    assert named <= {name.upper() for name in Settings.model_fields}


def test_several_secret_keys_are_read_newest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, **GOOD | {"SECRET_KEY": f"{'n' * 32}, {'o' * 32}"})
    assert load_settings().secret_keys == ["n" * 32, "o" * 32]


def test_secrets_are_in_no_repr_and_in_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, **GOOD | {"SLACK_BOT_TOKEN": "xoxb-canary", "SECRET_KEY": "canary-canary-canary-canary-canary"})
    assert "canary" not in repr(load_settings())
    given(monkeypatch, SECRET_KEY="canary")
    assert "canary" not in " ".join(sentences())


@pytest.mark.parametrize("variable", ["SLACK_API_URL", "CLICKUP_API_URL", "CLOCKIFY_API_URL", "HOURSMITH_API_URL"])
@pytest.mark.parametrize(
    ("url", "is_taken"),
    [
        ("https://api.example/v2", True),
        ("https://10.0.0.7/v2", True),
        ("http://127.0.0.1:8080/v2", True),
        ("http://[::1]/v2", True),
        ("http://localhost:3000/v2", True),
        ("http://api.example/v2", False),
        ("http://10.0.0.7/v2", False),
        ("http://169.254.169.254/latest", False),
        ("http://127.0.0.1.evil.example/", False),
        ("https://api.example@evil.example/", False),
        ("ftp://api.example/", False),
        ("file:///etc/passwd", False),
        ("api.example", False),
    ],
)
def test_a_token_goes_nowhere_unprotected(
    monkeypatch: pytest.MonkeyPatch, variable: str, url: str, is_taken: bool
) -> None:
    given(monkeypatch, **GOOD | {variable: url})
    if is_taken:
        assert url in getattr(load_settings(), variable.lower())
        return
    (sentence,) = sentences()
    assert sentence.startswith(f"{variable}: ")
    assert "https://" in sentence


def test_people_can_be_linked_before_slack_is_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, SECRET_KEY="k" * 32)
    assert load_storage_settings().database_url == "sqlite:///timer.db"


def test_the_example_file_names_every_variable_it_offers_correctly() -> None:
    named = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert named <= {name.upper() for name in Settings.model_fields}
    assert {name.upper() for name, field in Settings.model_fields.items() if field.is_required()} <= named


def test_readme_has_a_row_for_every_variable() -> None:
    rows = set(re.findall(r"`([A-Z_]+)`", (ROOT / "README.md").read_text()))
    assert {name.upper() for name in Settings.model_fields} <= rows
