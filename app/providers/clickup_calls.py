"""ClickUp's wire for one token: authorization, the requests that are left, and what an unhappy answer becomes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core.errors import SignInExpired
from app.core.model import Secret
from app.core.ports import Clock
from app.providers.calls import confirmed, content_of, sendable, sent, without
from app.providers.clickup_errors import LONGEST_WAIT, About, no_answer, refusal, reset_at, too_many
from app.providers.http import Answer, Http, Params

LABEL = "ClickUp"
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
        return self.reset if self.remaining == 0 and self.reset and self._is_awaited(now) else None

    def has_few(self, now: datetime) -> bool:
        """Whether what is left should be kept for what people ask for themselves."""
        return self.remaining is not None and self.remaining < FEW and self._is_awaited(now)

    def _is_awaited(self, now: datetime) -> bool:
        """A reset that is far away was told before the clock was set back."""
        return self.reset is not None and now < self.reset <= now + LONGEST_WAIT


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
        content = content_of(answer)
        if content is None:
            told = without(self.token, answer)
            raise refusal(told, about=about, is_write=is_write, now=self.clock.now())
        return content

    async def _send(self, method: str, where: str, params: Params | None, body: object, *, is_write: bool) -> Answer:
        answer = await sent(
            self.http,
            method,
            self.base_url + where,
            headers={"Authorization": self._authorization(), "Content-Type": "application/json"},
            params=params,
            body=body,
            label=LABEL,
            silence=no_answer(f"{LABEL} didn't answer in time.", is_write=is_write),
        )
        self.gate.note(answer, self.clock.now())
        return answer

    def _authorization(self) -> str:
        """Personal tokens go raw, OAuth tokens as bearers (developer.clickup.com, Authentication)."""
        token = sendable(self.token, self._expired())
        return token if token.startswith("pk_") else f"Bearer {token}"

    async def _confirm_sign_in(self, where: str) -> None:
        """Seen in recorded traffic: a valid token gets a 401 for a missing or foreign object; only /user tells."""
        if where == "/user":
            raise self._expired()
        look = self._send("GET", "/user", None, None, is_write=False)
        await confirmed(look, label=LABEL, expired=self._expired())

    def _expired(self) -> SignInExpired:
        return SignInExpired(SHARED_EXPIRED if self.is_shared else OWN_EXPIRED)
