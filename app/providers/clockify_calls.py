"""Clockify's wire for one key: its header, its pages, the requests that are left, and what an unhappy answer becomes."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from app.core.errors import SignInExpired
from app.core.model import Secret
from app.core.ports import Clock
from app.providers.answers import moment_after
from app.providers.calls import confirmed, content_of, path, sendable, sent
from app.providers.clockify_errors import About, no_answer, refusal, too_many
from app.providers.clockify_wire import Json, objects, text_of
from app.providers.http import Answer, Http, Params

LABEL = "Clockify"
JSON_BODY = {"Content-Type": "application/json"}
OWN_EXPIRED = (
    "Clockify no longer accepts your API key. Connect Clockify again with a new one; what you logged stays as it is."
)
SHARED_EXPIRED = "Clockify no longer accepts this app's workspace-wide key. Ask whoever runs the app to replace it."

PAGE = 200
MOST_PAGES = 50
HOUR = timedelta(hours=1)
HOURLY = 30  # requests an hour for everybody in a newly created free workspace (Clockify's help centre, 2026-05-12)
PAID_READS = 36_000
KEPT_FOR_PEOPLE = 10
BURST = 8  # granted within a second: then a limit is the one per second
SHORT_WAIT = timedelta(seconds=2)
USUAL_WAIT = timedelta(minutes=1)
OTHERS_WAIT = timedelta(minutes=5)
LONGEST_TOLD = timedelta(days=10)


@dataclass(slots=True)
class Budget:
    """The requests that one workspace is granted, counted here because Clockify tells nothing about them.

    `is_paid` is None until the workspace was asked; a limit then is taken for the hourly one when it comes twice.
    What was once taken for the hourly limit is doubted again an hour later: older free workspaces have none.
    """

    granted: deque[datetime] = field(default_factory=lambda: deque(maxlen=HOURLY))
    is_paid: bool | None = None
    until: datetime | None = None
    hourly_until: datetime | None = None

    @property
    def reads_an_hour(self) -> int:
        """A free workspace may be one of the new ones, whose requests nobody grants a second time."""
        return PAID_READS if self.is_paid else HOURLY // 2

    def note(self, answer: Answer, now: datetime) -> None:
        if answer.status != 429:
            self.granted.append(now)
            return
        told = _wait(answer.headers.get("retry-after", ""), now)
        self.hourly_until = now + HOUR if self._means_the_hour(told, now) else None
        self.until = now + min(told, HOUR) if told else self._guess(now)

    def shut_until(self, now: datetime) -> datetime | None:
        """When the next request is worth sending; None means now. Never later than an hour, whatever came."""
        if self.until and now < self.until <= now + HOUR:
            return self.until
        return self.granted[0] + HOUR if self.is_hourly(now) and self._in_last_hour(now) >= HOURLY else None

    def is_hourly(self, now: datetime) -> bool:
        return not self.is_paid and self.hourly_until is not None and now < self.hourly_until

    def has_few(self, now: datetime) -> bool:
        """Whether what is left should be kept for what people ask for themselves."""
        return self.is_hourly(now) and self._in_last_hour(now) > HOURLY - KEPT_FOR_PEOPLE

    def _means_the_hour(self, told: timedelta | None, now: datetime) -> bool:
        if self.is_paid or self._is_burst(now):
            return False
        if told is not None:
            return told > USUAL_WAIT
        came_before = self.until is not None and timedelta() <= now - self.until < HOUR
        return self.is_paid is False or came_before

    def _guess(self, now: datetime) -> datetime:
        """Without Retry-After: an hour after the oldest of thirty, or soon when others in the workspace used them."""
        if self.is_hourly(now):
            return self.granted[0] + HOUR if self._in_last_hour(now) >= HOURLY else now + OTHERS_WAIT
        return now + (SHORT_WAIT if self.is_paid or self._is_burst(now) else USUAL_WAIT)

    def _in_last_hour(self, now: datetime) -> int:
        return sum(now - HOUR < moment <= now for moment in self.granted)

    def _is_burst(self, now: datetime) -> bool:
        return sum(now - moment < timedelta(seconds=1) for moment in self.granted) >= BURST


@dataclass(frozen=True, slots=True)
class Calls:
    http: Http
    clock: Clock
    base_url: str
    token: Secret
    workspace_id: str
    budget: Budget
    is_shared: bool = False

    def where(self, *parts: str) -> str:
        return path("workspaces", self.workspace_id, *parts)

    async def read(self, where: str, params: Params | None = None, *, about: About = About.WORKSPACE) -> Any:
        """The answer's JSON. Raises what `clockify_errors` makes of everything else."""
        return (await self._call("GET", where, params, None, about=about, is_write=False))[0]

    async def write(self, method: str, where: str, body: Mapping[str, object] | None, *, about: About) -> Any:
        """As `read`. Sent once; `NoAnswer` means that it may have happened."""
        return (await self._call(method, where, None, body, about=about, is_write=True))[0]

    async def pages(self, where: str, params: Mapping[str, str], *, about: About = About.WORKSPACE) -> list[Json]:
        """Every page of a list, until the header says that it was the last."""
        found: list[Json] = []
        seen: set[str] = set()
        for number in range(1, MOST_PAGES + 1):
            asked = {**params, "page": str(number), "page-size": str(PAGE)}
            content, answer = await self._call("GET", where, asked, None, about=about, is_write=False)
            page = objects(content)
            found += page
            if _is_last(answer, content) or not any(_new(one, seen) for one in page):
                break
            seen |= {text_of(one.get("id")) for one in page}
        return found

    async def _call(
        self, method: str, where: str, params: Params | None, body: object, *, about: About, is_write: bool
    ) -> tuple[Any, Answer]:
        shut = self.budget.shut_until(self.clock.now())
        if shut:
            raise self._too_many(shut)
        answer = await self._send(method, where, params, body, is_write=is_write)
        if answer.status == 401:
            await self._confirm_sign_in(where)
        if answer.status == 429:
            raise self._too_many(self.budget.shut_until(self.clock.now()) or self.clock.now())
        content = content_of(answer)
        if content is None:
            raise refusal(answer, about=about, is_write=is_write)
        return content, answer

    async def _send(self, method: str, where: str, params: Params | None, body: object, *, is_write: bool) -> Answer:
        answer = await sent(
            self.http,
            method,
            self.base_url + where,
            headers={"X-Api-Key": sendable(self.token, self._expired())} | (JSON_BODY if body is not None else {}),
            params=params,
            body=body,
            label=LABEL,
            silence=no_answer(f"{LABEL} didn't answer in time.", is_write=is_write),
        )
        self.budget.note(answer, self.clock.now())
        return answer

    async def _confirm_sign_in(self, where: str) -> None:
        """The rights follow the user, so a 401 for one thing is believed only when there is one for oneself too."""
        if where == "/user":
            raise self._expired()
        look = self._send("GET", "/user", None, None, is_write=False)
        await confirmed(look, label=LABEL, expired=self._expired())

    def _expired(self) -> SignInExpired:
        return SignInExpired(SHARED_EXPIRED if self.is_shared else OWN_EXPIRED)

    def _too_many(self, until: datetime) -> Exception:
        now = self.clock.now()
        return too_many(until, now, is_hourly=self.budget.is_hourly(now))


def _is_last(answer: Answer, content: object) -> bool:
    told = answer.headers.get("last-page", "").lower()
    if told in ("true", "false") and content:
        return told == "true"
    return not isinstance(content, list) or len(content) < PAGE


def _new(item: Json, seen: set[str]) -> bool:
    """A server that never says "last" and repeats itself must not cost a workspace its hour."""
    return text_of(item.get("id")) not in seen


def _wait(text: str, now: datetime) -> timedelta | None:
    """What Retry-After names; what is over or never comes is nothing."""
    moment = moment_after(text, now)
    return moment - now if moment and timedelta() < moment - now < LONGEST_TOLD else None
