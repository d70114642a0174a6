"""Puts modals and Home tabs on people's screens and takes them off again."""

from typing import Any

from app.sandbox.slack.element_state import values_of
from app.sandbox.slack.view import Screen, View
from app.sandbox.slack.world import World

Json = dict[str, Any]
MOST_VIEWS = 3


def find_modal(world: World, view_id: str) -> tuple[str, View] | None:
    """Whose screen the view is on, and the view."""
    for person_id, screen in world.screens.items():
        for view in screen.stack:
            if view_id in (view.id, view.definition.get("external_id") or None):
                return person_id, view
    return None


def new_view(world: World, team_id: str, definition: Json, *, below: View | None, channel_id: str | None) -> View:
    named = _named(world, definition)
    view_id = world.next_id("V")
    values = values_of(named["blocks"], current_channel=channel_id)
    return View(
        view_id,
        team_id,
        named,
        world.next_id("hash."),
        below.root_id if below else view_id,
        below.id if below else None,
        values,
    )


def open_modal(world: World, person_id: str, definition: Json, channel_id: str | None) -> View:
    team_id = world.team_of(person_id).id
    view = new_view(world, team_id, definition, below=None, channel_id=channel_id)
    show(world, person_id, [view])
    return view


def push_modal(world: World, person_id: str, definition: Json) -> View | None:
    """The view on top of the stack, or None when there are three already."""
    screen = world.screens[person_id]
    if len(screen.stack) >= MOST_VIEWS:
        return None
    view = new_view(world, world.team_of(person_id).id, definition, below=screen.stack[-1], channel_id=None)
    show(world, person_id, [*screen.stack, view])
    return view


def update_view(world: World, person_id: str, view: View, definition: Json) -> None:
    """Show the new definition; what was typed stays wherever block_id and action_id stay."""
    view.definition = _named(world, definition)
    view.values = values_of(view.definition["blocks"], kept=view.values)
    view.hash = world.next_id("hash.")
    view.errors, view.trouble = {}, ""
    refresh(world, person_id)


def publish_home(world: World, person_id: str, definition: Json) -> View:
    screen, team = world.screens[person_id], world.team_of(person_id)
    if screen.home is None:
        screen.home = new_view(world, team.id, definition, below=None, channel_id=None)
    else:
        screen.home.definition = _named(world, definition)
        screen.home.values = values_of(screen.home.definition["blocks"], kept=screen.home.values)
        screen.home.hash = world.next_id("hash.")
    screen.home_revision = world.ring()
    return screen.home


def show(world: World, person_id: str, stack: list[View]) -> None:
    world.screens[person_id].stack = stack
    refresh(world, person_id)


def refresh(world: World, person_id: str) -> None:
    screen: Screen = world.screens[person_id]
    screen.stack_revision = world.ring()


def notice(world: World, person_id: str, sentence: str) -> None:
    """A line that Slack's client shows by itself, such as trouble with reaching an app."""
    screen = world.screens[person_id]
    screen.notice, screen.notice_revision = sentence, world.ring()


def _named(world: World, definition: Json) -> Json:
    return {**definition, "blocks": list(world.named(definition["blocks"]))}
