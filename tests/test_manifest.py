"""The manifest that is pasted into Slack."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from app.manifest import as_yaml, manifest, scopes
from app.slack.commands import COMMANDS

README = Path(__file__).parents[1] / "README.md"


@pytest.mark.parametrize("url", ["", "https://timer.example"])
def test_slack_would_take_it(vendor_contracts: Path, url: str) -> None:
    schema = json.loads((vendor_contracts / "slack-manifest.schema.json").read_text())
    jsonschema.validate(manifest(url=url), schema)


def test_the_usage_hint_names_every_command_in_order() -> None:
    hint = manifest()["features"]["slash_commands"][0]["usage_hint"]
    assert hint.split(" | ") == list(COMMANDS)


def test_it_carries_the_command_name_and_the_address_that_were_asked_for() -> None:
    made = manifest("/acme-time", "https://timer.example/")
    command = made["features"]["slash_commands"][0]
    assert command["command"] == "/acme-time"
    assert command["url"] == "https://timer.example/slack/events"
    assert made["settings"]["interactivity"]["message_menu_options_url"] == "https://timer.example/slack/events"
    assert made["settings"]["socket_mode_enabled"] is False


def test_it_prints_as_yaml_that_reads_back() -> None:
    assert yaml.safe_load(as_yaml(manifest())) == manifest()


def test_mentions_arrive_as_ids() -> None:
    assert manifest()["features"]["slash_commands"][0]["should_escape"] is True


def test_readme_gives_a_reason_for_every_scope_and_for_no_other() -> None:
    rows = re.findall(r"^\| `([a-z:.]+)` \| \S", README.read_text(), re.MULTILINE)
    assert {row for row in rows if ":" in row or row == "commands"} == scopes()
