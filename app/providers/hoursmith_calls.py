"""Hoursmith's wire for one token: authorization, idempotency keys, pages, the requests that are left."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

from app.core.errors import NotReached, SignInExpired
from app.core.model import Secret
from app.core.ports import Clock
from app.providers.calls import confirmed, sendable, sent, without
from app.providers.hoursmith_errors import (
    LONGEST_WAIT,
    OWN_EXPIRED,
    REPLAYED,
    SHARED_EXPIRED,
    About,
    no_answer,
    opens_at,
    refusal,
    too_many,
)
from app.providers.hoursmith_wire import Json, objects
from app.providers.http import Answer, Http, Params

ME = "/me"
PAGE = 200
PAGES = 100
LABEL = "Hoursmith"
NO_TOKEN = "That is no Hoursmith token: they begin with hsk_live_. Make one under Settings → API and connect again."
ACCEPTED_AGAIN = "Hoursmith refused this and accepted the same token a moment later. Nothing was changed; try again."
UNREADABLE = "Hoursmith answered with something unreadable."

_TOKEN = re.compile(r"hsk_(live|test)_[A-Za-z0-9]{12}_[A-Za-z0-9]{32}")


@dataclass(slots=True)
class Gate:
    """When one token's requests are taken again, after Hoursmith said that none is left."""

    shut: datetime | None = None

    def note(self, answer: Answer, now: datetime) -> None:
        if answer.status == 429 or answer.headers.get("x-ratelimit-remaining", "").strip() == "0":
            self.shut = opens_at(answer.headers, now)

    def shut_until(self, now: datetime) -> datetime | None:
        """What is shut for long was shut before the clock was set back."""
        return self.shut if self.shut and now < self.shut <= now + LONGEST_WAIT else None


def idempotency_key(operation_id: str) -> str:
    """The same for the same operation, for ever; a new one without an operation."""
    return str(uuid5(NAMESPACE_URL, f"timer-for-slack:{operation_id}") if operation_id else uuid4())


def is_token(text: str) -> bool:
    """Whether it has the documented shape. A softer look: what has not is still sent, Hoursmith may change it."""
    return bool(_TOKEN.fullmatch(text))


@dataclass(frozen=True, slots=True)
class Calls:
    http: Http
    clock: Clock
    base_url: str
    token: Secret
    gate: Gate
    is_shared: bool = False

    async def read(self, where: str, params: Params | None = None, *, about: About = About.ORGANISATION) -> Any:
        """What the answer's `data` holds. Raises what `hoursmith_errors` makes of everything else."""
        return _data(await self._call("GET", where, params, None, about=about))

    async def pages(self, where: str, params: Params | None = None) -> list[Json]:
        """Every page of a list. A cursor is opaque, and belongs to the order that was asked for."""
        found: list[Json] = []
        asked = {"limit": PAGE, **(params or {})}
        for _ in range(PAGES):
            answer = await self._call("GET", where, asked, None, about=About.ORGANISATION)
            if not isinstance(_data(answer), list):
                break
            found += objects(_data(answer))
            cursor = _next_cursor(answer)
            if not cursor:
                return found
            if cursor == asked.get("cursor"):
                break
            asked["cursor"] = cursor
        raise no_answer(UNREADABLE, is_write=False)

    async def post(self, where: str, body: Mapping[str, object], *, key: str, about: About) -> tuple[Any, bool]:
        """Sent once, and whether it was answered before: the same key and body get the first answer again for a day.

        Raises `KeySpent` where that was a failure, or the key was used with another body.
        """
        content, answer = await self._exchange("POST", where, None, body, about=about, key=key)
        return _data(content), answer.headers.get(REPLAYED, "").lower() == "true"

    async def write(self, method: str, where: str, body: Mapping[str, object] | None, *, about: About) -> Any:
        """PATCH and DELETE take no key: the same again leaves the same."""
        return _data(await self._call(method, where, None, body, about=about))

    async def _call(self, method: str, where: str, params: Params | None, body: object, *, about: About) -> Any:
        return (await self._exchange(method, where, params, body, about=about))[0]

    async def _exchange(
        self, method: str, where: str, params: Params | None, body: object, *, about: About, key: str = ""
    ) -> tuple[Any, Answer]:
        is_write, now = method != "GET", self.clock.now()
        shut = self.gate.shut_until(now)
        if shut:
            raise too_many(shut, now)
        answer = await self._send(method, where, params, body, key=key)
        content = _content(answer)
        if content is not None:
            return content, answer
        if answer.status == 401:
            await self._confirm_sign_in(where)
        told = without(self.token, answer)
        raise refusal(told, about=about, is_write=is_write, is_shared=self.is_shared, now=self.clock.now())

    async def _send(self, method: str, where: str, params: Params | None, body: object, *, key: str) -> Answer:
        token = sendable(self.token, SignInExpired(NO_TOKEN))
        answer = await sent(
            self.http,
            method,
            self.base_url + where,
            headers={"Authorization": f"Bearer {token}"} | ({"Idempotency-Key": key} if key else {}),
            params=params,
            body=body,
            label=LABEL,
            silence=no_answer(f"{LABEL} didn't answer in time.", is_write=method != "GET"),
        )
        self.gate.note(answer, self.clock.now())
        return answer

    async def _confirm_sign_in(self, where: str) -> None:
        """One 401 may be a gateway's hiccup, and nobody is told to connect again for that: GET /me decides.

        Raises `SignInExpired` or `NotReached`.
        """
        if where == ME:
            raise self._expired()
        await confirmed(self._send("GET", ME, None, None, key=""), label=LABEL, expired=self._expired())
        raise NotReached(ACCEPTED_AGAIN)

    def _expired(self) -> SignInExpired:
        if not self.is_shared and not is_token(self.token.reveal()):
            return SignInExpired(NO_TOKEN)
        return SignInExpired(SHARED_EXPIRED if self.is_shared else OWN_EXPIRED)


def _content(answer: Answer) -> Any:
    """None unless it is a success whose body can be read; nothing at all reads as {}."""
    if not 200 <= answer.status < 300:
        return None
    try:
        content = json.loads(answer.text or "{}")
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


def _data(content: Json) -> Any:
    return content.get("data")


def _next_cursor(content: Json) -> str:
    pagination = content.get("pagination")
    cursor = pagination.get("nextCursor") if isinstance(pagination, dict) else None
    return cursor if isinstance(cursor, str) else ""
