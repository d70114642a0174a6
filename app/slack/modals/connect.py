"""The form to connect an account. What is typed into its token field stays in the person's Slack until it is sent.

The form is never sent back with the token in it: Slack keeps what was typed under a field's name when a form changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.core.connecting import Choice
from app.core.model import Key, Secret
from app.slack import ids, messages
from app.slack.blocks import (
    Block,
    actions,
    context,
    field,
    link_button,
    modal,
    option,
    section,
    select,
    text_input,
)
from app.slack.call import Call, Form, Reply

LONGEST_TOKEN = 500
_USUAL_REGION = "usual"
_KEPT = ("type", "callback_id", "title", "close", "submit", "private_metadata")


@dataclass(frozen=True, slots=True)
class Filled:
    key: Key
    workspace_id: str
    member_id: str


async def form(call: Call, provider: str = "") -> Form:
    """For `provider`, or for the one that is everybody's default here."""
    name = provider or call.services.accounts.default_provider
    return Form(await view(call, name), said=f"connect {name}")


async def view(call: Call, provider: str, *, choice: Choice | None = None, trouble: str = "") -> Block:
    """With `choice` it asks, below the token, what only the person can tell."""
    browser = call.services.browser
    asks_browser = browser is not None and provider in browser.providers
    blocks = [section(messages.form_trouble(trouble))] if trouble else []
    blocks.append(_provider(call, provider))
    if browser and asks_browser:
        blocks += _sign_in(provider, await browser.begin(call.person, provider))
    else:
        blocks += _token_fields(call, provider)
    blocks += _choices(choice) if choice else []
    blocks.append(context(messages.token_promise(call)))
    metadata = ids.metadata(form=call.operation_id, provider=provider)
    submit = "" if asks_browser else "Connect"
    return modal("Connect", ids.CONNECT_FORM, blocks, submit=submit, close="Close", metadata=metadata)


def waiting(shown: Block, label: str) -> Block:
    """The same fields while the provider is asked, so that nothing typed goes away."""
    kept = {key: value for key, value in shown.items() if key in _KEPT}
    fields = [block for block in shown["blocks"] if block["type"] == "input"]
    return kept | {"blocks": [context(messages.still_trying(label)), *map(_bare, fields)]}


def done(reply: Reply) -> Block:
    return modal("Connected", ids.CONNECT_FORM, reply.blocks, close="Close")


def picked(call: Call, shown: str) -> str:
    """What the picker says counts, also before the fields below it have followed."""
    return _chosen(call, ids.PROVIDER) or shown


def read(call: Call, provider: str) -> Filled:
    region = _chosen(call, ids.REGION)
    token = str(_element(call, ids.TOKEN).get("value") or "").strip()
    key = Key(provider, Secret(token), "" if region == _USUAL_REGION else region)
    return Filled(key, _chosen(call, ids.WORKSPACE), _chosen(call, ids.MEMBER))


def _provider(call: Call, provider: str) -> Block:
    options = {
        name: option(messages.provider_name(call.services, name), name)
        for name in call.services.connecting.sign_ins.offered
    }
    picker = select(list(options.values()), options.get(provider)) | {"action_id": ids.PROVIDER}
    return section("*Where do you track time?*", picker, block_id=ids.PROVIDER)


def _token_fields(call: Call, provider: str) -> list[Block]:
    label, hint = messages.token_field(call, provider)
    token = field(label, ids.TOKEN, text_input(longest=LONGEST_TOKEN), hint=hint)
    regions = call.services.connecting.sign_ins.regions(provider)
    return [*([_regions(regions)] if regions else []), token]


def _regions(regions: Sequence[str]) -> Block:
    options = [option(messages.region_name(name), name or _USUAL_REGION) for name in regions]
    return field("Region", ids.REGION, select(options, options[0]), hint=messages.REGION_HINT)


def _sign_in(provider: str, url: str) -> list[Block]:
    button = link_button("Sign in to ClickUp", ids.action_id(ids.SIGN_IN), url)
    return [section(messages.SIGN_IN_ASKED), actions(button)]


def _choices(choice: Choice) -> list[Block]:
    workspaces = [option(one.name, one.id) for one in choice.workspaces]
    members = [option(f"{one.name} ({one.email})" if one.email else one.name, one.id) for one in choice.members]
    return [
        *([field("Workspace", ids.WORKSPACE, select(workspaces), hint=messages.WORKSPACE_HINT)] if workspaces else []),
        *(
            [field("Who are you there?", ids.MEMBER, select(members), hint=messages.not_listed(len(members)))]
            if members
            else []
        ),
    ]


def _bare(block: Block) -> Block:
    """Without what Slack adds to a block when it hands a form over."""
    return {
        key: value
        for key, value in block.items()
        if key in ("type", "block_id", "label", "element", "hint", "optional")
    }


def _chosen(call: Call, block: str) -> str:
    return str((_element(call, block).get("selected_option") or {}).get("value") or "")


def _element(call: Call, block: str) -> dict[str, Any]:
    elements: dict[str, Any] = call.state.get(block) or {}
    return elements.get(block) or {}
