"""Gives mentions inside a text their names: “call with @Bo” should not reach the provider as “call with @U0BO”."""

import asyncio
import re
from dataclasses import replace

from app.slack.call import Call

_UNNAMED = re.compile(r"(?<!for )<@([UW][A-Z0-9]+)>")  # after “for” it says whose time it is, by id
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_MOST = 5
_PATIENCE = 2.0


async def with_names(call: Call, typed: str) -> str:
    users = list(dict.fromkeys(_UNNAMED.findall(typed)))[:_MOST]
    names = {user: await _name(call, user) for user in users}
    return _UNNAMED.sub(lambda found: f"<@{found[1]}|{names.get(found[1]) or found[1]}>", typed)


async def names_in(call: Call, text: str) -> dict[str, str]:
    """The names of the people whom `text` mentions, by id: of the first few, and only as long as Slack is quick."""
    users = list(dict.fromkeys(_MENTION.findall(text)))[:_MOST]
    try:
        async with asyncio.timeout(_PATIENCE):
            names = await asyncio.gather(*(_name(call, user) for user in users))
    except TimeoutError:
        return {}
    return {user: name for user, name in zip(users, names, strict=True) if name}


async def _name(call: Call, user: str) -> str:
    """Asked of Slack once, then remembered."""
    store, directory = call.services.store, call.services.accounts.directory
    known = await store.person(call.person.team, user)
    if known and known.name:
        return known.name
    found = await directory.look_up(call.person.team, user)
    if not found:
        return ""
    if not found.is_stranger:
        await store.remember_person(replace(known, name=found.name) if known else found)
    return found.name
