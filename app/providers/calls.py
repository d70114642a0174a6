"""What every service's calls have in common: a request goes out once, and a 401 is believed when it comes twice."""

import json
from collections.abc import Awaitable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from app.core.errors import NoAnswer, NotReached, ProviderError, SignInExpired
from app.core.model import Secret
from app.providers.http import Answer, Http, Params, Unanswered, Unsent

NOT_REACHED = "{} can't be reached just now. Nothing was sent; try again in a minute."
UNCONFIRMED = (
    "{} refused this and then didn't say whether the sign-in still holds. Nothing was changed; try again in a minute."
)


def path(*parts: str) -> str:
    """Each part is one segment whatever it holds, so that no id can lead anywhere else."""
    return "".join("/" + (quote(part, safe="") if part.strip(".") else "%2E") for part in parts)


def sendable(token: Secret, expired: SignInExpired) -> str:
    """Raises `expired` for what can be no token, before it is sent anywhere."""
    text = token.reveal()
    if not text or not (text.isascii() and text.isprintable()) or " " in text:
        raise expired
    return text


async def sent(
    http: Http,
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    params: Params | None = None,
    body: object = None,
    label: str,
    silence: NoAnswer,
) -> Answer:
    """Raises `NotReached` when nothing can have happened, and `silence` when it may have."""
    try:
        return await http.send(method, url, headers=headers, params=params, json=body)
    except Unsent:
        raise NotReached(NOT_REACHED.format(label)) from None
    except Unanswered:
        raise silence from None


async def confirmed(look: Awaitable[Answer], *, label: str, expired: SignInExpired) -> None:
    """After a 401, a look at whose token it is. Raises `expired`, or `NotReached` when that doesn't tell either."""
    try:
        status = (await look).status
    except ProviderError:
        status = 0
    if status == 401:
        raise expired
    if status != 200:
        raise NotReached(UNCONFIRMED.format(label))


def content_of(answer: Answer) -> Any:
    """None unless it is a success whose body can be read."""
    if answer.status == 204:
        return {}
    if not 200 <= answer.status < 300:
        return None
    try:
        content = json.loads(answer.text)
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict | list) else None


def without(token: Secret, answer: Answer) -> Answer:
    return replace(answer, text=answer.text.replace(token.reveal(), "[token]"))
