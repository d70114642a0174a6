"""Shows what the app answers in an ack or through a response_url, by Slack's rules of who sees it."""

from typing import Any

from app.sandbox.slack.message_rules import MessageRefused, read_draft
from app.sandbox.slack.response_urls import ResponseUrl
from app.sandbox.slack.team import Channel, Team
from app.sandbox.slack.world import World

Json = dict[str, Any]
_FIELDS = {
    "text", "blocks", "attachments", "response_type", "replace_original", "delete_original", "thread_ts",
    "unfurl_links", "unfurl_media", "metadata", "mrkdwn", "link_names", "parse",
}  # fmt: skip


def show_command_answer(world: World, channel: Channel, person_id: str, typed: str, answered: Any) -> None:
    """Post the body of a slash command's ack; raises MessageRefused."""
    body = {"text": answered} if isinstance(answered, str) else answered
    _check_fields(body)
    is_public = body.get("response_type") == "in_channel"
    if is_public:
        world.post(channel, person_id, typed)
    if set(body) <= {"response_type"}:
        return
    _post(world, channel, person_id, body)


def use_response_url(world: World, url: ResponseUrl, body: Json) -> str:
    """Do what one POST to a response_url asks; the error in Slack's word, or "" when done."""
    if url.is_spent(world.clock()):
        return _refuse(world, "used_url", ["A response_url takes five posts within thirty minutes."])
    url.uses += 1
    try:
        _check_fields(body)
        _answer(world, url, body)
    except MessageRefused as refused:
        return _refuse(world, refused.error, refused.details)
    return ""


def _answer(world: World, url: ResponseUrl, body: Json) -> None:
    channel = world.teams[url.team_id].channels[url.channel_id]
    original = channel.messages.get(url.original_ts or "")
    if body.get("delete_original"):
        if body.get("text") or body.get("blocks"):
            world.violations.append("response_url: delete_original comes without a message.")
        if original is not None and original.author == _team_of_channel(world, channel).bot_user_id:
            world.remove(channel, original.ts)
        return
    if not _is_replacement(world, url, body) or original is None:
        _post(world, channel, url.person_id, body)
        return
    if original.author != _team_of_channel(world, channel).bot_user_id:
        world.violations.append("response_url: an app can replace its own messages only.")
        return
    if original.only_for is not None and body.get("response_type") == "in_channel":
        world.violations.append("response_url: an ephemeral message can never become in_channel.")
    draft = read_draft(body)
    world.rewrite(channel, original.ts, draft.text, draft.blocks)


def _is_replacement(world: World, url: ResponseUrl, body: Json) -> bool:
    if url.original_ts is None or "replace_original" in body:
        return bool(url.original_ts and body["replace_original"])
    if not url.must_say_replace:
        return False
    world.violations.append(
        "response_url: say replace_original true or false after a click; left out, Slack replaces what was clicked."
    )
    return body.get("response_type") != "in_channel"


def _post(world: World, channel: Channel, person_id: str, body: Json) -> None:
    draft = read_draft(body)
    team = _team_of_channel(world, channel)
    world.post(
        channel,
        team.bot_user_id,
        draft.text,
        blocks=draft.blocks,
        only_for=None if body.get("response_type") == "in_channel" else person_id,
        thread_ts=body.get("thread_ts"),
    )


def _team_of_channel(world: World, channel: Channel) -> Team:
    return next(team for team in world.teams.values() if team.channels.get(channel.id) is channel)


def _check_fields(body: Json) -> None:
    unknown = sorted(set(body) - _FIELDS)
    if unknown:
        raise MessageRefused("invalid_payload", [f"Unknown field: {name}." for name in unknown])
    if body.get("response_type", "ephemeral") not in ("ephemeral", "in_channel"):
        raise MessageRefused("invalid_payload", ["response_type is ephemeral or in_channel."])
    for name in ("replace_original", "delete_original"):
        if not isinstance(body.get(name, False), bool):
            raise MessageRefused("invalid_payload", [f"{name} is a boolean."])


def _refuse(world: World, error: str, details: list[str]) -> str:
    world.violations.append(f"response_url: {error}: {' '.join(details)}")
    return error
