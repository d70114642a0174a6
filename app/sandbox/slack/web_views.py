"""The views.* methods: the app opens, stacks and changes modals, and publishes Home tabs."""

import json
from typing import Any

from app.sandbox.slack.rules import Surface
from app.sandbox.slack.screens import find_modal, open_modal, publish_home, push_modal, update_view
from app.sandbox.slack.triggers import Trigger, TriggerRefused
from app.sandbox.slack.view import View
from app.sandbox.slack.view_rules import find_view_problems
from app.sandbox.slack.web_api import Call, Method, Methods, Refused

Json = dict[str, Any]


def _definition(call: Call, surface: Surface) -> Json:
    sent = call.arguments.get("view")
    try:
        view = json.loads(sent) if isinstance(sent, str) else sent
    except ValueError:
        raise Refused("invalid_arguments", ["[ERROR] view is not JSON [json-pointer:/view]"]) from None
    problems = find_view_problems(view, surface)
    if problems or not isinstance(view, dict):
        raise Refused("invalid_arguments", problems)
    return view


def _trigger(call: Call) -> Trigger:
    trigger_id = str(call.arguments.get("trigger_id") or call.arguments.get("interactivity_pointer") or "")
    try:
        return call.world.triggers.exchange(trigger_id, call.team.id)
    except TriggerRefused as refused:
        raise Refused(refused.error) from None


def _answer(call: Call, view: View) -> Json:
    return {"view": view.as_payload(app_id=call.world.app_id, bot_id=call.team.bot_id)}


def _refuse_taken_external_id(call: Call, definition: Json) -> None:
    external_id = definition.get("external_id")
    if external_id and find_modal(call.world, external_id) is not None:
        raise Refused("duplicate_external_id")


def open_view(call: Call) -> Json:
    definition = _definition(call, "modal")
    _refuse_taken_external_id(call, definition)
    trigger = _trigger(call)
    return _answer(call, open_modal(call.world, trigger.person_id, definition, trigger.channel_id))


def push_view(call: Call) -> Json:
    definition = _definition(call, "modal")
    _refuse_taken_external_id(call, definition)
    trigger = _trigger(call)
    stack = call.world.screens[trigger.person_id].stack
    if not any(view.id == trigger.view_id for view in stack):
        raise Refused("invalid_trigger_id")
    view = push_modal(call.world, trigger.person_id, definition)
    if view is None:
        raise Refused("push_limit_reached")
    return _answer(call, view)


def update(call: Call) -> Json:
    definition = _definition(call, "modal")
    wanted = call.arguments.get("view_id") or call.arguments.get("external_id")
    if not wanted:
        raise Refused("invalid_arguments", ["[ERROR] one of view_id, external_id is required"])
    found = find_modal(call.world, str(wanted))
    if found is None or found[1].team_id != call.team.id:
        raise Refused("not_found")
    person_id, view = found
    _refuse_stale(call, view)
    update_view(call.world, person_id, view, definition)
    return _answer(call, view)


def publish(call: Call) -> Json:
    person_id = call.required("user_id")
    if not call.world.manifest.has_home:
        raise Refused("not_enabled")
    if person_id not in call.team.people:
        raise Refused("user_not_found")
    definition = _definition(call, "home")
    home = call.world.screens[person_id].home
    if home is not None:
        _refuse_stale(call, home)
    return _answer(call, publish_home(call.world, person_id, definition))


def _refuse_stale(call: Call, view: View) -> None:
    stated = call.arguments.get("hash")
    if stated and stated != view.hash:
        raise Refused("hash_conflict")


METHODS: Methods = {
    "views.open": Method(open_view),
    "views.push": Method(push_view),
    "views.update": Method(update),
    "views.publish": Method(publish),
}
