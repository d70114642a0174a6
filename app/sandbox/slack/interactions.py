"""Sends clicks, choices and shortcuts to the app, in the payloads Slack would send."""

from dataclasses import dataclass
from typing import Any

from app.sandbox.slack.delivery import Courier
from app.sandbox.slack.element_state import FIELDS, action_of, fill, values_of
from app.sandbox.slack.message import Message
from app.sandbox.slack.option_rules import find_suggestion_problems
from app.sandbox.slack.payloads import channel_payload, message_payload, new_response_url, who
from app.sandbox.slack.screens import notice, refresh
from app.sandbox.slack.team import Channel, Someone
from app.sandbox.slack.texts import offered_options
from app.sandbox.slack.view import Values, View, elements_of

Json = dict[str, Any]
TROUBLE = "We had some trouble connecting. Try again?"


class NothingThere(Exception):
    """The person acted on something that is no longer on their screen."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an element is: in a message of a channel, or in a view."""

    blocks: list[Json]
    view: View | None = None
    channel: Channel | None = None
    message: Message | None = None

    def element(self, block_id: str, action_id: str) -> tuple[Json, Json]:
        for block in _with_children(self.blocks):
            for element in elements_of(block):
                if block["block_id"] == block_id and element.get("action_id") == action_id:
                    return block, element
        raise NothingThere(f"no {action_id} in {block_id}")


def _with_children(blocks: list[Json]) -> list[Json]:
    return [one for block in blocks for one in (block, *block.get("child_blocks", []))]


def find_spot(courier: Courier, person: Someone, container: Json) -> Spot:
    """The message {channel, ts} or view {view} a client speaks of; raises NothingThere."""
    world = courier.world
    screen, team = world.screens[person.id], world.team_of(person.id)
    if "view" in container:
        views = [*screen.stack, *([screen.home] if screen.home else [])]
        view = next((one for one in views if one.id == container["view"]), None)
        if view is None:
            raise NothingThere("the view is no longer open")
        return Spot(view.definition["blocks"], view=view)
    channel = team.channels.get(container.get("channel", ""))
    message = channel.messages.get(container.get("ts", "")) if channel else None
    if channel is None or message is None or not message.is_visible_to(person.id):
        raise NothingThere("the message is no longer there")
    return Spot(list(message.blocks), channel=channel, message=message)


async def act(courier: Courier, person: Someone, spot: Spot, block_id: str, action_id: str, request: Json) -> bool:
    """A click or choice; `request` carries `value` (as in state.values) and `values` (everything typed so far)."""
    block, element = spot.element(block_id, action_id)
    value = request.get("value") or {}
    values = _filled(spot, request.get("values"))
    if element["type"] in FIELDS:
        fill(values, {block_id: {action_id: value}})
        _show_choice(courier, person, spot)
    if block["type"] == "input" and not block.get("dispatch_action"):
        return True
    payload = _block_actions(courier, person, spot, values)
    payload["actions"] = [action_of(block_id, element, value, courier.world.next_ts())]
    answer = await courier.deliver("interactive", payload)
    if not answer.is_ok:
        notice(courier.world, person.id, TROUBLE)
    return answer.is_ok


def _show_choice(courier: Courier, person: Someone, spot: Spot) -> None:
    if spot.view is not None and spot.view.kind == "modal":
        refresh(courier.world, person.id)


def _filled(spot: Spot, edits: Any) -> Values:
    values = spot.view.values if spot.view else values_of(spot.blocks)
    fill(values, edits)
    return values


def _block_actions(courier: Courier, person: Someone, spot: Spot, values: Values) -> Json:
    world, team = courier.world, courier.world.team_of(person.id)
    payload: Json = {"type": "block_actions", **who(world, team, person)}
    if spot.view is not None:
        return {
            **payload,
            "container": {"type": "view", "view_id": spot.view.id},
            "trigger_id": world.triggers.issue(person.id, team.id, view_id=spot.view.id),
            "view": spot.view.as_payload(app_id=world.app_id, bot_id=team.bot_id),
        }
    assert spot.message is not None
    assert spot.channel is not None
    is_ephemeral = spot.message.only_for is not None
    payload |= {
        "container": {
            "type": "message",
            "message_ts": spot.message.ts,
            "channel_id": spot.channel.id,
            "is_ephemeral": is_ephemeral,
        },
        "trigger_id": world.triggers.issue(person.id, team.id, channel_id=spot.channel.id),
        "channel": channel_payload(spot.channel),
        "state": {"values": values},
        "response_url": new_response_url(
            world, team, spot.channel, person, original_ts=spot.message.ts, must_say_replace=True
        ),
    }
    if not is_ephemeral:  # Slack leaves the message out when only this person saw it
        payload["message"] = message_payload(team, spot.message)
    return payload


async def suggest(courier: Courier, person: Someone, spot: Spot, block_id: str, action_id: str, typed: str) -> Json:
    """The options for what has been typed: {options | option_groups} or {error}."""
    world, team = courier.world, courier.world.team_of(person.id)
    _, element = spot.element(block_id, action_id)
    if len(typed) < element.get("min_query_length", 3):
        return {"options": [], "too_short": True}
    payload: Json = {
        "type": "block_suggestion",
        **who(world, team, person),
        "action_id": action_id,
        "block_id": block_id,
        "value": typed,
    }
    if spot.view is not None:
        payload["container"] = {"type": "view", "view_id": spot.view.id}
        payload["view"] = spot.view.as_payload(app_id=world.app_id, bot_id=team.bot_id)
    elif spot.message is not None and spot.channel is not None:
        payload["container"] = {"type": "message", "message_ts": spot.message.ts, "channel_id": spot.channel.id}
        payload["channel"] = channel_payload(spot.channel)
        payload["message"] = message_payload(team, spot.message)
    answer = await courier.deliver("interactive", payload)
    return _offered(courier, answer.parsed if answer.is_ok else None)


def _offered(courier: Courier, answered: Any) -> Json:
    if answered is None:
        return {"error": "Couldn’t load results"}
    problems = find_suggestion_problems(answered)
    if problems:
        courier.world.violations.append(f"block_suggestion: {' '.join(problems)}")
        return {"error": "Couldn’t load results"}
    groups = answered.get("option_groups")
    return (
        {"option_groups": groups, "options": offered_options(answered)} if groups else {"options": answered["options"]}
    )


async def use_shortcut(courier: Courier, person: Someone, callback_id: str) -> bool:
    """A global shortcut: it carries no channel and no response_url."""
    world, team = courier.world, courier.world.team_of(person.id)
    payload = {
        "type": "shortcut",
        **who(world, team, person),
        "callback_id": callback_id,
        "trigger_id": world.triggers.issue(person.id, team.id),
        "action_ts": world.next_ts(),
    }
    return await _send_shortcut(courier, person, payload)


async def use_message_shortcut(courier: Courier, person: Someone, callback_id: str, spot: Spot) -> bool:
    world, team = courier.world, courier.world.team_of(person.id)
    if spot.channel is None or spot.message is None:
        raise NothingThere("a message shortcut needs a message")
    payload = {
        "type": "message_action",
        **who(world, team, person),
        "callback_id": callback_id,
        "trigger_id": world.triggers.issue(person.id, team.id, channel_id=spot.channel.id),
        "action_ts": world.next_ts(),
        "channel": channel_payload(spot.channel),
        "message": message_payload(team, spot.message),
        "message_ts": spot.message.ts,
        "response_url": new_response_url(world, team, spot.channel, person, original_ts=spot.message.ts),
    }
    return await _send_shortcut(courier, person, payload)


async def _send_shortcut(courier: Courier, person: Someone, payload: Json) -> bool:
    answer = await courier.deliver("interactive", payload)
    if not answer.is_ok:
        notice(courier.world, person.id, TROUBLE)
    return answer.is_ok
