"""A tiny Bolt app that uses Slack in every way the sandbox plays, to prove that the sandbox speaks real Slack."""

import asyncio
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

Json = dict[str, Any]

MANIFEST: Json = {
    "display_information": {"name": "Timer", "description": "Track time from Slack", "background_color": "#2e6f4e"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Timer"},
        "shortcuts": [
            {"name": "Log time", "type": "global", "callback_id": "log_time", "description": "Log past work"},
            {"name": "Track this message", "type": "message", "callback_id": "track", "description": "Start a timer"},
        ],
        "slash_commands": [
            {
                "command": "/timer",
                "description": "Start, stop and log time",
                "usage_hint": "start [task] | stop | log 1h [task]",
                "should_escape": True,
            }
        ],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "im:write", "im:history", "users:read"]}},
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened", "message.im", "app_uninstalled", "tokens_revoked"]},
        "interactivity": {"is_enabled": True},
    },
}

TASKS = ["Fix login", "Fix logout", "Ship invoices", "Write release notes"]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(text: str) -> Json:
    return {"text": plain(text), "value": text.lower().replace(" ", "-")}


def button(text: str, action_id: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def text_input(block_id: str, label: str, **more: Any) -> Json:
    element = {"type": "plain_text_input", "action_id": "typed", **more}
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element}


TIMER_BLOCKS: list[Json] = [
    {
        "type": "section",
        "text": mrkdwn("Timer running: *Fix login* for <@U0BO>"),
        "fields": [mrkdwn("*Started*\n<!date^1772619420^{time}|10:17>"), mrkdwn("*Tags*\n`backend`")],
        "accessory": {"type": "overflow", "action_id": "more", "options": [option("Edit"), option("Delete")]},
    },
    {"type": "context", "elements": [mrkdwn("ClickUp · <https://example.com/t/1|DEV-12> :stopwatch:")]},
    {
        "type": "actions",
        "elements": [
            button("Stop", "stop", style="primary", value="DEV-12"),
            button(
                "Discard",
                "discard",
                style="danger",
                confirm={"title": plain("Discard?"), "text": plain("The time is lost."), "confirm": plain("Discard")},
            ),
        ],
    },
]


def log_form(title: str = "Log time", **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "log_form",
        "title": plain(title),
        "submit": plain("Save"),
        "close": plain("Cancel"),
        "blocks": [
            text_input("what", "What", max_length=40),
            {
                "type": "input",
                "block_id": "task",
                "label": plain("Task"),
                "optional": True,
                "element": {
                    "type": "external_select",
                    "action_id": "task_search",
                    "min_query_length": 0,
                    "placeholder": plain("Find a task"),
                },
            },
            {
                "type": "input",
                "block_id": "flags",
                "label": plain("Billing"),
                "optional": True,
                "element": {"type": "checkboxes", "action_id": "flags", "options": [option("Billable")]},
            },
            {"type": "actions", "block_id": "extra", "elements": [button("More fields", "more_fields")]},
        ],
        **more,
    }


def new_peer(client: AsyncWebClient, signing_secret: str | None = None, **more: Any) -> AsyncApp:
    app = AsyncApp(client=client, signing_secret=signing_secret, **more)
    app.command("/timer")(on_command)
    app.action("stop")(on_stop)
    app.action("more")(on_more)
    app.action("discard")(on_stop)
    app.action("more_fields")(on_more_fields)
    app.action("next")(on_next)
    app.options("task_search")(on_search)
    app.view("log_form")(on_form)
    app.view("stacked")(on_form)
    app.view_closed("log_form")(on_closed)
    app.shortcut("log_time")(on_shortcut)
    app.shortcut("track")(on_track)
    app.event("app_home_opened")(on_home)
    app.event("message")(on_message)
    app.event("app_uninstalled")(on_gone)
    app.event("tokens_revoked")(on_gone)
    return app


async def on_command(ack: Any, respond: Any, client: AsyncWebClient, command: Json) -> None:
    word, _, rest = command["text"].partition(" ")
    match word:
        case "say":
            await ack({"response_type": "ephemeral", "text": f"You said: {rest}"})
        case "share":
            await ack({"response_type": "in_channel", "text": f"Shared: {rest}"})
        case "start":
            await ack({"response_type": "ephemeral", "text": "Timer running", "blocks": TIMER_BLOCKS})
        case "later":
            await ack()
            await respond("Here it is, later.", response_type="ephemeral")
        case "six":
            await ack()
            for number in range(6):
                answered = await respond(f"Answer {number + 1}", response_type="ephemeral")
            await client.chat_postMessage(channel=command["user_id"], text=f"The sixth got {answered.status_code}")
        case "form":
            await ack()
            await client.views_open(trigger_id=command["trigger_id"], view=log_form(notify_on_close=True))
        case "twice":
            await ack()
            await client.views_open(trigger_id=command["trigger_id"], view=log_form())
            await _report(respond, client.views_open(trigger_id=command["trigger_id"], view=log_form()))
        case "dawdle":
            await ack()
            await asyncio.sleep(0.4)
            await _report(respond, client.views_open(trigger_id=command["trigger_id"], view=log_form()))
        case "sleep":
            await asyncio.sleep(0.5)
            await ack()
        case "toolong":
            await ack()
            blocks = [{"type": "section", "text": mrkdwn("x" * 3001)}]
            await _report(respond, client.chat_postMessage(channel=command["user_id"], text="x", blocks=blocks))
        case "badack":
            await ack({"response_type": "ephemeral", "text": "x", "blocks": [{"type": "alert", "text": plain("x")}]})
        case "whoami":
            await ack()
            await _report(respond, client.users_profile_get(user=command["user_id"]))
        case "fail":
            raise RuntimeError("boom")
        case _:
            await ack(f"Unknown: {word}")


async def _report(respond: Any, call: Any) -> None:
    try:
        await call
        await respond("It worked.", response_type="ephemeral")
    except SlackApiError as refused:
        await respond(f"Slack refused: {refused.response['error']}", response_type="ephemeral")


async def on_stop(ack: Any, respond: Any, action: Json) -> None:
    await ack()
    await respond(f"Stopped {action.get('value')}.", replace_original=True)


async def on_more(ack: Any, respond: Any, action: Json) -> None:
    await ack()
    if action["selected_option"]["value"] == "delete":
        await respond(delete_original=True)
        return
    await respond(f"You chose {action['selected_option']['value']}.", replace_original=False)


async def on_more_fields(ack: Any, client: AsyncWebClient, body: Json) -> None:
    await ack()
    form = log_form()
    form["blocks"].insert(1, text_input("note", "Note", multiline=True))
    await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=form)


async def on_next(ack: Any, client: AsyncWebClient, body: Json) -> None:
    await ack()
    try:
        await client.views_push(trigger_id=body["trigger_id"], view=stacked_form())
    except SlackApiError as refused:
        await client.chat_postMessage(channel=body["user"]["id"], text=f"Slack refused: {refused.response['error']}")


def stacked_form() -> Json:
    return {
        "type": "modal",
        "callback_id": "stacked",
        "title": plain("One more"),
        "blocks": [{"type": "actions", "elements": [button("Next", "next")]}],
    }


async def on_search(ack: Any, payload: Json) -> None:
    wanted = payload["value"].lower()
    await ack(options=[option(task) for task in TASKS if wanted in task.lower()])


async def on_form(ack: Any, view: Json, client: AsyncWebClient, body: Json) -> None:
    values = view["state"]["values"]
    what = values["what"]["typed"]["value"]
    if what == "bad":
        return await ack(response_action="errors", errors={"what": "Say what you did."})
    if what == "again":
        return await ack(response_action="update", view=log_form("Once more"))
    if what == "push":
        return await ack(response_action="push", view=stacked_form())
    if what == "odd":
        return await ack({"text": "Slack does not understand this"})
    await ack()
    task = values["task"]["task_search"]["selected_option"]
    billable = [one["value"] for one in values["flags"]["flags"]["selected_options"]]
    await client.chat_postMessage(
        channel=body["user"]["id"], text=f"Logged {what} on {task['text']['text'] if task else 'nothing'} {billable}"
    )
    return None


async def on_closed(ack: Any, client: AsyncWebClient, body: Json) -> None:
    await ack()
    await client.chat_postMessage(channel=body["user"]["id"], text="Nothing was logged.")


async def on_shortcut(ack: Any, client: AsyncWebClient, shortcut: Json) -> None:
    await ack()
    await client.views_open(trigger_id=shortcut["trigger_id"], view=log_form())


async def on_track(ack: Any, respond: Any, shortcut: Json) -> None:
    await ack()
    await respond(f"Tracking “{shortcut['message']['text']}”", response_type="ephemeral")


async def on_home(client: AsyncWebClient, event: Json, context: Json) -> None:
    home = {
        "type": "home",
        "blocks": [
            {"type": "header", "text": plain("Today")},
            {"type": "actions", "elements": [button("Stop", "stop")]},
        ],
    }
    await client.views_publish(user_id=event["user"], view=home)


async def on_message(say: Any, event: Json) -> None:
    await say(f"You wrote: {event['text']}")


async def on_gone(logger: Any) -> None:
    logger.debug("gone")
