"""Reads the app's manifest, so that the sandbox offers exactly the commands, shortcuts and events the app declares."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SlashCommand:
    command: str
    description: str
    usage_hint: str
    should_escape: bool


@dataclass(frozen=True, slots=True)
class Shortcut:
    name: str
    kind: str  # "global" or "message"
    callback_id: str
    description: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the sandbox takes from a Slack app manifest (the dict that manifest.yml parses to)."""

    name: str
    description: str
    long_description: str
    color: str
    bot_name: str
    commands: tuple[SlashCommand, ...]
    shortcuts: tuple[Shortcut, ...]
    events: frozenset[str]
    scopes: frozenset[str]
    has_home: bool
    has_messages: bool
    is_read_only: bool
    is_interactive: bool

    def command(self, word: str) -> SlashCommand | None:
        return next((one for one in self.commands if one.command == word), None)

    def shortcut(self, callback_id: str) -> Shortcut | None:
        return next((one for one in self.shortcuts if one.callback_id == callback_id), None)


def read_manifest(document: dict[str, Any]) -> Manifest:
    about, features = document["display_information"], document.get("features", {})
    settings, home = document.get("settings", {}), features.get("app_home", {})
    scopes = document.get("oauth_config", {}).get("scopes", {})
    return Manifest(
        name=about["name"],
        description=about.get("description", ""),
        long_description=about.get("long_description", ""),
        color=about.get("background_color", "#4a154b"),
        bot_name=features.get("bot_user", {}).get("display_name", about["name"]),
        commands=tuple(_read_command(one) for one in features.get("slash_commands", [])),
        shortcuts=tuple(_read_shortcut(one) for one in features.get("shortcuts", [])),
        events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", [])),
        scopes=frozenset([*scopes.get("bot", []), *scopes.get("bot_optional", [])]),
        has_home=bool(home.get("home_tab_enabled")),
        has_messages=bool(home.get("messages_tab_enabled")),
        is_read_only=bool(home.get("messages_tab_read_only_enabled")),
        is_interactive=bool(settings.get("interactivity", {}).get("is_enabled")),
    )


def _read_command(one: dict[str, Any]) -> SlashCommand:
    return SlashCommand(
        one["command"], one.get("description", ""), one.get("usage_hint", ""), bool(one.get("should_escape"))
    )


def _read_shortcut(one: dict[str, Any]) -> Shortcut:
    return Shortcut(one["name"], one["type"], one["callback_id"], one.get("description", ""))
