"""Gives mentions inside a text their names: “call with @Bo” should not reach the provider as “call with @U0BO”."""

import re
from dataclasses import replace

from app.slack.call import Call

_UNNAMED = re.compile(r"(?<!for )<@([UW][A-Z0-9]+)>")  # after “for” it says whose time it is, by id
_MOST = 5


async def with_names(call: Call, typed: str) -> str:
    users = list(dict.fromkeys(_UNNAMED.findall(typed)))[:_MOST]
    names = {user: await _name(call, user) for user in users}
    return _UNNAMED.sub(lambda found: f"<@{found[1]}|{names.get(found[1]) or found[1]}>", typed)


async def _name(call: Call, user: str) -> str:
    """Asked of Slack once, then remembered."""
    store, directory = call.services.store, call.services.accounts.directory
    known = await store.person(call.person.team, user)
    if known and known.name:
        return known.name
    found = await directory.look_up(call.person.team, user)
    if not found:
        return ""
    await store.remember_person(replace(known, name=found.name) if known else found)
    return found.name
