"""The chat.* and conversations.* methods: the app posts, changes and deletes messages."""

from typing import Any

from app.sandbox.slack.message import Message
from app.sandbox.slack.message_rules import Draft, MessageRefused, read_draft
from app.sandbox.slack.payloads import message_payload
from app.sandbox.slack.team import Channel
from app.sandbox.slack.web_api import Call, Limited, Method, Methods, Refused

Json = dict[str, Any]


def _channel(call: Call) -> Channel:
    """The channel by id or name; a person's id means the DM with them."""
    wanted = call.required("channel")
    if wanted in call.team.people:
        return _direct_channel(call, wanted)
    if wanted in call.team.channels:
        return call.team.channels[wanted]
    if wanted == call.team.bot_user_id:
        raise Refused("cannot_dm_bot")
    name = wanted.removeprefix("#")
    channel = next((one for one in call.team.channels.values() if one.kind != "im" and one.name == name), None)
    if channel is None:
        raise Refused("channel_not_found")
    return channel


def _direct_channel(call: Call, person_id: str) -> Channel:
    """No DM begins with somebody who is deactivated, but one that began before takes messages that nobody reads.

    Slack's maintainers on it: https://github.com/slackapi/python-slack-sdk/issues/1156
    """
    channel = call.team.direct_channel(person_id)
    if call.team.people[person_id].is_deleted and not channel.messages:
        raise Refused("channel_not_found")
    return channel


def _joined_channel(call: Call) -> Channel:
    channel = _channel(call)
    if not channel.is_bot_here and "chat:write.public" not in call.world.manifest.scopes:
        raise Refused("not_in_channel")
    return channel


def _draft(call: Call) -> Draft:
    try:
        return read_draft(call.arguments)
    except MessageRefused as refused:
        raise Refused(refused.error, refused.details) from None


def _own_message(call: Call, channel: Channel, error: str) -> Message:
    message = channel.messages.get(call.required("ts"))
    if message is None or message.only_for is not None:
        raise Refused("message_not_found")
    if message.author != call.team.bot_user_id:
        raise Refused(error)
    return message


def post_message(call: Call) -> Json:
    channel = _joined_channel(call)
    _keep_pace(call, channel)
    draft = _draft(call)
    message = call.world.post(
        channel,
        call.team.bot_user_id,
        draft.text,
        blocks=draft.blocks,
        thread_ts=call.arguments.get("thread_ts"),
    )
    return {"channel": channel.id, "ts": message.ts, "message": message_payload(call.team, message)}


def _keep_pace(call: Call, channel: Channel) -> None:
    pace = call.world.posting_pace
    wait = pace.wait(call.team.id, channel.id) if pace else 0
    if wait:
        raise Limited(wait)


def post_ephemeral(call: Call) -> Json:
    channel, person_id, draft = _joined_channel(call), call.required("user"), _draft(call)
    if person_id not in channel.members:
        raise Refused("user_not_in_channel")
    message = call.world.post(channel, call.team.bot_user_id, draft.text, blocks=draft.blocks, only_for=person_id)
    return {"message_ts": message.ts}


def update(call: Call) -> Json:
    channel = _channel(call)
    message = _own_message(call, channel, "cant_update_message")
    draft = _draft(call)
    changed = call.world.rewrite(channel, message.ts, draft.text, draft.blocks)
    return {
        "channel": channel.id,
        "ts": message.ts,
        "text": draft.text,
        "message": message_payload(call.team, changed),
    }


def delete(call: Call) -> Json:
    channel = _channel(call)
    message = _own_message(call, channel, "cant_delete_message")
    call.world.remove(channel, message.ts)
    return {"channel": channel.id, "ts": message.ts}


def open_conversation(call: Call) -> Json:
    if call.arguments.get("channel"):
        return {"channel": {"id": _channel(call).id}}
    person_ids = call.required("users").split(",")
    if len(person_ids) != 1:
        raise Refused("not_enough_users")
    if person_ids[0] == call.team.bot_user_id:
        raise Refused("cannot_dm_bot")
    if person_ids[0] not in call.team.people:
        raise Refused("user_not_found")
    if call.team.people[person_ids[0]].is_deleted:
        raise Refused("user_disabled")
    direct = call.team.direct_channel(person_ids[0])
    return {"no_op": True, "already_open": True, "channel": {"id": direct.id}}


def conversation_info(call: Call) -> Json:
    channel = _channel(call)
    described = {
        "id": channel.id,
        "is_im": channel.kind == "im",
        "is_channel": channel.kind == "public",
        "is_private": channel.kind == "private",
        "is_archived": False,
        "context_team_id": call.team.id,
    }
    if channel.kind == "im":
        return {"channel": {**described, "user": next(iter(channel.members)), "is_open": True}}
    return {"channel": {**described, "name": channel.name, "is_member": channel.is_bot_here}}


METHODS: Methods = {
    "chat.postMessage": Method(post_message, ("chat:write",)),
    "chat.postEphemeral": Method(post_ephemeral, ("chat:write",)),
    "chat.update": Method(update, ("chat:write",)),
    "chat.delete": Method(delete, ("chat:write",)),
    "conversations.open": Method(open_conversation, ("im:write", "mpim:write", "channels:manage", "groups:write")),
    "conversations.info": Method(conversation_info, ("channels:read", "groups:read", "im:read", "mpim:read")),
}
