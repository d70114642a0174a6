"""Submits and closes modals: Slack's own checks first, then the app's word on what happens to the view."""

from typing import Any

from app.sandbox.slack.delivery import Courier
from app.sandbox.slack.element_state import fill
from app.sandbox.slack.interactions import TROUBLE
from app.sandbox.slack.payloads import new_response_url, who
from app.sandbox.slack.required_fields import find_missing
from app.sandbox.slack.screens import push_modal, refresh, show, update_view
from app.sandbox.slack.team import Someone
from app.sandbox.slack.view import View
from app.sandbox.slack.view_rules import find_view_problems

Json = dict[str, Any]


async def submit(courier: Courier, person: Someone, view: View, edits: Any) -> None:
    """Press the modal's submit button; errors and trouble stand in the view afterwards."""
    world, team = courier.world, courier.world.team_of(person.id)
    fill(view.values, edits)
    view.errors, view.trouble = find_missing(view), ""
    if view.errors:
        return refresh(world, person.id)
    payload: Json = {
        "type": "view_submission",
        **who(world, team, person),
        "trigger_id": world.triggers.issue(person.id, team.id, view_id=view.id),
        "view": view.as_payload(app_id=world.app_id, bot_id=team.bot_id),
        "response_urls": _response_urls(courier, person, view),
    }
    answer = await courier.deliver("interactive", payload)
    if not answer.is_ok:
        return _trouble(courier, person, view)
    return _obey(courier, person, view, answer.parsed)


def _response_urls(courier: Courier, person: Someone, view: View) -> list[Json]:
    world, team = courier.world, courier.world.team_of(person.id)
    urls = []
    for block in view.definition["blocks"]:
        element = block.get("element", {})
        if not element.get("response_url_enabled"):
            continue
        held = view.values[block["block_id"]][element["action_id"]]
        channel = team.channels.get(held.get("selected_conversation") or held.get("selected_channel") or "")
        if channel is not None:
            url = new_response_url(world, team, channel, person)
            urls.append({
                "block_id": block["block_id"], "action_id": element["action_id"],
                "channel_id": channel.id, "response_url": url,
            })  # fmt: skip
    return urls


def _obey(courier: Courier, person: Someone, view: View, said: Any) -> None:
    world, stack = courier.world, courier.world.screens[person.id].stack
    match said:
        case None:
            show(world, person.id, [one for one in stack if one is not view])
        case {"response_action": "clear"}:
            show(world, person.id, [])
        case {"response_action": "errors", "errors": dict(errors)} if errors:
            _show_errors(courier, person, view, errors)
        case {"response_action": "update", "view": dict(definition)} if _is_fine(courier, "update", definition):
            update_view(world, person.id, view, definition)
        case {"response_action": "push", "view": dict(definition)} if _is_fine(courier, "push", definition):
            if push_modal(world, person.id, definition) is None:
                world.violations.append("view_submission: push_limit_reached: three views are stacked already.")
                _trouble(courier, person, view)
        case {"response_action": "update" | "push"}:
            _trouble(courier, person, view)
        case _:
            world.violations.append(f"view_submission: an answer Slack does not understand: {str(said)[:200]}")
            _trouble(courier, person, view)


def _show_errors(courier: Courier, person: Someone, view: View, errors: Json) -> None:
    inputs = {block["block_id"] for block in view.definition["blocks"] if block["type"] == "input"}
    for block_id, sentence in errors.items():
        if block_id not in inputs:
            courier.world.violations.append(f"view_submission: error for {block_id}, which is no input block.")
        if not isinstance(sentence, str) or not sentence.strip():
            courier.world.violations.append(f"view_submission: the error for {block_id} is not a sentence.")
    view.errors = {block_id: str(sentence) for block_id, sentence in errors.items() if block_id in inputs}
    view.trouble = "" if view.errors else TROUBLE
    refresh(courier.world, person.id)


def _is_fine(courier: Courier, action: str, definition: Json) -> bool:
    problems = find_view_problems(definition, "modal")
    if problems:
        courier.world.violations.append(f"view_submission {action}: {' '.join(problems)}")
    return not problems


def _trouble(courier: Courier, person: Someone, view: View) -> None:
    view.trouble = TROUBLE
    refresh(courier.world, person.id)


async def close(courier: Courier, person: Someone, view: View, *, everything: bool) -> None:
    """Cancel or Esc closes the top view; the cross, or clear_on_close, closes them all."""
    world = courier.world
    stack = world.screens[person.id].stack
    is_cleared = everything or bool(view.definition.get("clear_on_close"))
    closing = list(reversed(stack)) if is_cleared else [view]
    show(world, person.id, [one for one in stack if one not in closing])
    for one in closing:
        if one.definition.get("notify_on_close"):
            await _tell_closed(courier, person, one, is_cleared=is_cleared)


async def _tell_closed(courier: Courier, person: Someone, view: View, *, is_cleared: bool) -> None:
    world, team = courier.world, courier.world.team_of(person.id)
    await courier.deliver(
        "interactive",
        {
            "type": "view_closed",
            **who(world, team, person),
            "view": view.as_payload(app_id=world.app_id, bot_id=team.bot_id),
            "is_cleared": is_cleared,
        },
    )
