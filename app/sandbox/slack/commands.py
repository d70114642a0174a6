"""Sends what a person types: a slash command to the app, anything else to the channel."""

from typing import Any

from app.sandbox.slack.answers import show_command_answer
from app.sandbox.slack.composer import escape, punctuate
from app.sandbox.slack.delivery import Answer, Courier
from app.sandbox.slack.events import tell_message
from app.sandbox.slack.manifest import SlashCommand
from app.sandbox.slack.message_rules import MessageRefused
from app.sandbox.slack.payloads import new_response_url
from app.sandbox.slack.team import Channel, Someone, Team

SLACKBOT = "USLACKBOT"


async def say(courier: Courier, person: Someone, channel: Channel, text: str) -> None:
    """What pressing Enter in the composer does; returns once the app has answered for it."""
    world = courier.world
    team = world.team_of(person.id)
    typed = punctuate(text) if world.smart_punctuation else text
    if not typed.startswith("/"):
        message = world.post(channel, person.id, escape(typed, team))
        return await tell_message(courier, team, channel, message)
    word, _, rest = typed.partition(" ")
    if word == "/invite":
        return _invite(courier, team, channel, person, rest)
    command = world.manifest.command(word)
    if command is None:
        world.post(channel, SLACKBOT, f"`{word}` is not a valid command.", only_for=person.id)
        return None
    return await _run(courier, person, channel, command, rest.strip())


async def _run(courier: Courier, person: Someone, channel: Channel, command: SlashCommand, text: str) -> None:
    world, team = courier.world, courier.world.team_of(person.id)
    payload = _payload(courier, team, person, channel, command, text)
    answer = await courier.deliver("slash_commands", payload)
    failure = _failure(answer)
    if failure is None and answer.parsed is not None:
        typed = f"{command.command} {escape(text, team)}".strip()
        try:
            show_command_answer(world, channel, person.id, typed, answer.parsed)
        except MessageRefused as refused:
            world.violations.append(f"{command.command}: {refused.error}: {' '.join(refused.details)}")
            failure = "invalid_command_response"
    if failure is not None:
        complaint = f'{command.command} failed with the error "{failure}"'
        world.post(channel, SLACKBOT, complaint, only_for=person.id)


def _failure(answer: Answer) -> str | None:
    if answer.is_late:
        return "operation_timeout"
    return None if answer.is_ok else "dispatch_failed"


def _payload(
    courier: Courier, team: Team, person: Someone, channel: Channel, command: SlashCommand, text: str
) -> dict[str, Any]:
    world = courier.world
    return {
        "token": "sandbox-verification-token",
        "team_id": team.id,
        "team_domain": team.domain,
        "channel_id": channel.id,
        "channel_name": channel.name if channel.kind != "private" else "privategroup",
        "user_id": person.id,
        "user_name": person.handle,
        "command": command.command,
        "text": escape(text, team) if command.should_escape else text,
        "api_app_id": world.app_id,
        "is_enterprise_install": "false",
        "response_url": new_response_url(world, team, channel, person),
        "trigger_id": world.triggers.issue(person.id, team.id, channel_id=channel.id),
    }


def _invite(courier: Courier, team: Team, channel: Channel, person: Someone, rest: str) -> None:
    if rest.strip().lower() not in {f"@{team.bot_handle}", team.bot_handle} or channel.kind == "im":
        courier.world.post(channel, SLACKBOT, "The sandbox can only invite the app, to a channel.", only_for=person.id)
        return
    channel.is_bot_here = True
    courier.world.post(channel, team.bot_user_id, f"was added to #{channel.name} by {person.real_name}.")
