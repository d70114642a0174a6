"""Connecting and disconnecting: forms, proposals, outcomes, and what to do about a token in the wrong place."""

from collections.abc import Sequence

from app.core.connecting import Connected
from app.core.credentials import Kind
from app.core.model import Capabilities
from app.core.operations import Operation
from app.core.permissions import Deed, may_for_anybody
from app.core.proposals import Proposal
from app.slack import ids
from app.slack.blocks import MOST_OPTIONS, Block, actions, button, context, escape, section
from app.slack.call import Call, Reply, Services
from app.slack.messages.trouble import refused
from app.slack.messages.waiting import listed

SIGN_IN_ASKED = (
    "ClickUp asks you in your browser whether this app may track time for you. There is nothing to copy.\n"
    "When you are done I'll tell you in a direct message, and you can close this form."
)
STILL_TO_CHOOSE = (
    "You aren't connected yet: that token leaves something to choose. Open the form again and paste it once more."
)
REGION_HINT = "Where your Clockify workspace keeps its data. If you never chose one, it is Global."
WORKSPACE_HINT = "Your token sees several. Time goes to the one you choose here."

_REGIONS = {"": "Global", "eu": "EU (Germany)", "us": "USA", "uk": "UK", "au": "Australia"}
_FIELDS = {
    "clickup": (
        "Personal API token",
        "In ClickUp: your picture → Settings → Apps → API token. It begins with pk_.",
    ),
    "clockify": (
        "API key",
        "In Clockify: your picture → Preferences → Advanced → Manage API keys → Generate new.",
    ),
    "hoursmith": (
        "API token",
        "In Hoursmith: Settings → API → New token. It begins with hsk_live_ and needs a Studio or Agency plan.",
    ),
}
_FIELDS["clickup_legacy"] = _FIELDS["clickup"]


def provider_name(services: Services, provider: str) -> str:
    return services.connecting.connections.label(provider)


def region_name(region: str) -> str:
    return _REGIONS.get(region, region.upper())


def token_field(call: Call, provider: str) -> tuple[str, str]:
    """Its label and hint."""
    label = provider_name(call.services, provider)
    return _FIELDS.get(provider, ("Token", f"An API token of yours from {label}'s settings."))


def token_promise(call: Call) -> str:
    disconnect = f"`{call.services.command} disconnect`"
    return f":lock:  Only you see this form. A token is stored sealed and never shown again; {disconnect} deletes it."


def not_listed(members: int) -> str:
    """Slack shows no more than so many options; "" when everybody is among them."""
    missing = members - MOST_OPTIONS
    return (
        f"{missing} more are not in this list. If you aren't either, ask whoever runs this app to link you."
        if missing > 0
        else ""
    )


def form_trouble(sentence: str) -> str:
    return refused(sentence).blocks[0]["text"]["text"]  # type: ignore[no-any-return]


def still_trying(label: str) -> str:
    return f":hourglass_flowing_sand:  {escape(label)} is slow to answer. I'm still at it and will tell you here."


def connected(services: Services, done: Connected) -> Reply:
    label = provider_name(services, done.account.provider)
    text = f"You are {done.member.name}, {done.account.role} of {done.workspace.name} in {label}."
    who = f"You are *{escape(done.member.name)}*, {done.account.role} of *{escape(done.workspace.name)}* in {escape(label)}."
    notes = [
        _limits(label, done),
        f"`{services.command} start` starts a timer; `{services.command} help` shows the rest.",
    ]
    return Reply(text, (section(f":white_check_mark:  {who}"), context(*notes)))


def match_proposed(call: Call, proposal: Proposal) -> Reply:
    label = provider_name(call.services, proposal.provider)
    member = proposal.member
    text = (
        f"You are {member.name}, {member.role}, in {proposal.workspace.name}'s {label} ({member.email}). Is that you?"
    )
    yes = button("Yes, that's me", ids.action_id(ids.MATCH), f"{proposal.provider} {member.id}", style="primary")
    no = button("No, use my own token", ids.action_id(ids.CONNECT), proposal.provider)
    why = context("Found by the e-mail address of your Slack profile. Nothing is connected before you say so.")
    return Reply(text, (section(escape(text)), actions(yes, no), why))


def no_match_found(call: Call, provider: str) -> Reply:
    label = provider_name(call.services, provider)
    text = f"I found nobody in {label} with the e-mail address of your Slack profile. Connect with a token of your own."
    return Reply(text, (section(escape(text)), actions(connect_button(provider))))


def not_connected(sentence: str) -> Reply:
    plain = refused(sentence)
    return Reply(plain.text, (*plain.blocks, actions(connect_button())))


def connect_button(provider: str = "") -> Block:
    return button("Connect", ids.action_id(ids.CONNECT), provider, style="primary")


def disconnect_asked(call: Call, providers: Sequence[str], waiting: Sequence[Operation] = ()) -> Reply:
    """`waiting`: what is not lost, but goes no further until they connect again."""
    names = _listed([provider_name(call.services, name) for name in providers])
    text = f"Disconnect from {names}? Your account here, its token and your recent tasks are deleted."
    stays = context("What you have logged stays where it is. So does the token itself: revoke it there if you want to.")
    yes = button("Disconnect", ids.action_id(ids.DISCONNECT), " ".join(providers), style="danger")
    no = button("Stay connected", ids.action_id(ids.SAY, 1), "status")
    kept = f"*These still wait to be sent, and will wait until you connect again:*\n{listed(call, waiting)}"
    return Reply(text, (section(escape(text)), *([section(kept)] if waiting else []), stays, actions(yes, no)))


def disconnected(call: Call, providers: Sequence[str]) -> Reply:
    names = _listed([provider_name(call.services, name) for name in providers])
    text = f"Disconnected from {names}. Your token is deleted here; what you logged stays there."
    return Reply(text, (section(f":wave:  {escape(text)}"), actions(connect_button())))


def token_typed(kind: Kind | None, command: str, *, is_message: bool) -> Reply:
    """Never with the token in it."""
    what = (
        f"That looks like a {kind.service} token."
        if kind
        else "That may be a token, and only a system's name may stand there."
    )
    revoke = f"revoke it now {kind.revoke}." if kind else "if it was one, revoke it now where you made it."
    also = " Delete your message, too." if is_message else ""
    text = (
        f"{what} I didn't use it and don't keep it, but it has been in Slack: {revoke}{also}"
        f" To connect, type {command} connect alone and paste the new one into the form."
    )
    return Reply(text, (section(f":warning:  {escape(text)}"), actions(connect_button())), is_refusal=True)


def _limits(label: str, done: Connected) -> str:
    """What this account can't do there, in one line; "" when nothing is missing."""
    can = done.capabilities
    parts = [*_timers(label, done, can), *_fields(label, can)]
    if done.account.role.is_in_charge and not (can.assignees and may_for_anybody(done.account, Deed.LOG)):
        parts.append("You can track your own time only.")
    return escape(" ".join(parts))


def _timers(label: str, done: Connected, can: Capabilities) -> list[str]:
    if can.native_timer:
        return []
    if done.account.credential is None:
        return [f"I keep your timers and log them to {label} when they stop: only your own token could run them there."]
    return [f"{label} has no timers of its own; I keep yours and log it when it stops."]


def _fields(label: str, can: Capabilities) -> list[str]:
    what = "task" if can.task_required else "project" if can.project_required else ""
    parts = [f"Every entry needs a {what}."] if what else []
    if can.timers_only:
        parts.append("This workspace takes time from timers only.")
    if can.tags_in_text:
        parts.append("There are no tags; yours become words of the description.")
    elif not can.tags:
        parts.append("There are no tags.")
    if not can.description:
        parts.append("An entry has no room for words.")
    if not can.clock_times:
        parts.append("It keeps the day and the length, not the time of day.")
    return parts


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
