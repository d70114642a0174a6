"""ClickUp's wire for one token: authorization, the requests that are left, and what an unhappy answer becomes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

from app.core.errors import NotReached, SignInExpired
from app.core.model import Secret
from app.core.ports import Clock
from app.providers.clickup_errors import About, no_answer, refusal, reset_at, too_many
from app.providers.http import Answer, Http, Params, Unanswered, Unsent

NOT_REACHED = "ClickUp can't be reached just now. Nothing was sent; try again in a minute."
UNCONFIRMED = "ClickUp refused this and then didn't say whether the sign-in still holds. Nothing was changed; try again in a minute."
OWN_EXPIRED = "ClickUp no longer accepts your sign-in. Connect again with a new token."
SHARED_EXPIRED = "ClickUp no longer accepts this app's workspace-wide token. Ask whoever runs the app to replace it."
FEW = 40


@dataclass(slots=True)
class Gate:
    """What ClickUp said about the requests that are left to one token in this minute."""

    remaining: int | None = None
    reset: datetime | None = None

    def note(self, answer: Answer, now: datetime) -> None:
        left = answer.headers.get("x-ratelimit-remaining", "")
        if answer.status != 429 and not (left.isascii() and left.isdigit()):
            return
        self.remaining = 0 if answer.status == 429 else int(left[:9])
        self.reset = reset_at(answer.headers, now)

    def shut_until(self, now: datetime) -> datetime | None:
        return self.reset if self.remaining == 0 and self.reset and now < self.reset else None

    def has_few(self, now: datetime) -> bool:
        """Whether what is left should be kept for what people ask for themselves."""
        return self.remaining is not None and self.remaining < FEW and self.reset is not None and now < self.reset


def path(*parts: str) -> str:
    """Each part is one segment whatever it holds, so that no id can lead anywhere else."""
    return "".join("/" + (quote(part, safe="") if part.strip(".") else "%2E") for part in parts)


@dataclass(frozen=True, slots=True)
class Calls:
    http: Http
    clock: Clock
    base_url: str
    token: Secret
    gate: Gate
    is_shared: bool = False

    async def read(self, where: str, params: Params | None = None, *, about: About = About.WORKSPACE) -> Any:
        """The answer's JSON. Raises what `clickup_errors` makes of everything else."""
        return await self._call("GET", where, params, None, about=about, is_write=False)

    async def write(self, method: str, where: str, body: Mapping[str, object] | None, *, about: About) -> Any:
        """As `read`. Sent once; `NoAnswer` means that it may have happened."""
        return await self._call(method, where, None, body, about=about, is_write=True)

    async def _call(
        self, method: str, where: str, params: Params | None, body: object, *, about: About, is_write: bool
    ) -> Any:
        shut = self.gate.shut_until(self.clock.now())
        if shut:
            raise too_many(shut, self.clock.now())
        answer = await self._send(method, where, params, body, is_write=is_write)
        if answer.status == 401:
            await self._confirm_sign_in(where)
        content = _content(answer)
        if content is None:
            raise refusal(self._without_token(answer), about=about, is_write=is_write, now=self.clock.now())
        return content

    async def _send(self, method: str, where: str, params: Params | None, body: object, *, is_write: bool) -> Answer:
        headers = {"Authorization": self._authorization(), "Content-Type": "application/json"}
        try:
            answer = await self.http.send(method, self.base_url + where, headers=headers, params=params, json=body)
        except Unsent:
            raise NotReached(NOT_REACHED) from None
        except Unanswered:
            raise no_answer("ClickUp didn't answer in time.", is_write=is_write) from None
        self.gate.note(answer, self.clock.now())
        return answer

    def _authorization(self) -> str:
        """Personal tokens go raw, OAuth tokens as bearers (developer.clickup.com, Authentication)."""
        token = self.token.reveal()
        if not (token.isascii() and token.isprintable()) or " " in token or not token:
            raise self._expired()
        return token if token.startswith("pk_") else f"Bearer {token}"

    async def _confirm_sign_in(self, where: str) -> None:
        """Seen in recorded traffic: a valid token gets a 401 for a missing or foreign object; only /user tells."""
        if where == "/user":
            raise self._expired()
        try:
            answer = await self._send("GET", "/user", None, None, is_write=False)
        except Exception:
            raise NotReached(UNCONFIRMED) from None
        if answer.status == 401:
            raise self._expired()
        if answer.status != 200:
            raise NotReached(UNCONFIRMED)

    def _expired(self) -> SignInExpired:
        return SignInExpired(SHARED_EXPIRED if self.is_shared else OWN_EXPIRED)

    def _without_token(self, answer: Answer) -> Answer:
        return replace(answer, text=answer.text.replace(self.token.reveal(), "[token]"))


def _content(answer: Answer) -> Any:
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
