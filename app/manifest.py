"""The Slack app's manifest, for this command name and for Socket Mode or HTTP."""

import copy
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_PACKAGED, _IN_A_CLONE = Path(__file__).with_name("manifest.yml"), Path(__file__).parents[1] / "manifest.yml"


def manifest(command: str = "/timer", url: str = "") -> dict[str, Any]:
    """With `url`, Slack delivers there over HTTP; without, through a socket that the app opens."""
    document = copy.deepcopy(_written())
    slash = document["features"]["slash_commands"][0]
    slash["command"] = command
    if not url:
        return document
    address = f"{url.rstrip('/')}/slack/events"
    slash["url"] = address
    settings = document["settings"]
    settings["socket_mode_enabled"] = False
    settings["event_subscriptions"]["request_url"] = address
    settings["interactivity"] |= {"request_url": address, "message_menu_options_url": address}
    return document


@cache
def _written() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((_PACKAGED if _PACKAGED.exists() else _IN_A_CLONE).read_text())
    return document


def scopes() -> set[str]:
    return set(manifest()["oauth_config"]["scopes"]["bot"])


def as_yaml(document: dict[str, Any]) -> str:
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=120)
