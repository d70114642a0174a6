"""Connecting through the provider's own page: the way there, the way back, and a question before anything is kept.

Whoever gets hold of somebody's link could send it to a third person, whose token would then serve the first. So the
way back links at once only where both ends have one e-mail address; else the page asks for whom this is.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from app.core.connecting import Choice, Connected, Connecting
from app.core.errors import NotAllowed
from app.core.model import Key, Member, Person, Secret, Workspace
from app.core.ports import Clock, Consent
from app.core.token_trial import TokenTrial
from app.core.visits import LASTS, Visit, name_of

GONE = "This sign-in was used already, or it is older than ten minutes. Nothing was connected; begin again in Slack."
DECLINED = "Nothing was connected: the sign-in was not confirmed. Begin again in Slack if you want to."


@dataclass(frozen=True, slots=True)
class Question:
    """What the page asks: is this for `person`, and in which workspace? `ticket` is good for one answer.

    `email` is the address in their Slack profile, "" where it tells none: a name there is whatever somebody chose.
    """

    ticket: str
    person: Person
    email: str
    member: Member
    workspaces: tuple[Workspace, ...]


@dataclass(frozen=True, slots=True)
class BrowserSignIn:
    connecting: Connecting
    consent: Consent
    providers: Sequence[str]
    clock: Clock

    async def begin(self, person: Person, provider: str) -> str:
        """The address to open; good once and for ten minutes."""
        state = secrets.token_urlsafe(32)
        await self._expect(state, person, provider)
        return self.consent.page(state)

    async def arrive(self, state: str, code: str) -> Connected | Question:
        """Raises `NotAllowed` for a state that is none, and whatever `Connecting.connect` does."""
        visit = await self._claim(state)
        if visit.token:
            raise NotAllowed(GONE)
        if not code:
            raise NotAllowed(DECLINED)
        person, key = await self._person(visit), Key(visit.provider, await self.consent.token(code))
        trial = TokenTrial(self.connecting.sign_ins, self.connecting.connections)
        signed_in = await trial.sign_in(key)
        email = await self.connecting.directory.email(person.team, person.user)
        if len(signed_in.workspaces) == 1 and _is_one_person(email, signed_in.likely):
            return await self._connect(person, key, "")
        ticket = secrets.token_urlsafe(32)
        await self._expect(ticket, person, visit.provider, key.token)
        member = signed_in.likely[0] if signed_in.likely else await self._anywhere(key, signed_in.workspaces)
        return Question(ticket, person, email, member, signed_in.workspaces)

    async def answer(self, ticket: str, workspace_id: str) -> Connected:
        """Raises as `arrive` does."""
        visit = await self._claim(ticket)
        if visit.token is None:
            raise NotAllowed(GONE)
        return await self._connect(await self._person(visit), Key(visit.provider, visit.token), workspace_id)

    async def _connect(self, person: Person, key: Key, workspace_id: str) -> Connected:
        outcome = await self.connecting.connect(person, key, workspace_id=workspace_id)
        if isinstance(outcome, Choice):
            raise NotAllowed("That answer names no workspace. Nothing was connected; begin again in Slack.")
        return outcome

    async def _expect(self, secret: str, person: Person, provider: str, token: Secret | None = None) -> None:
        now = self.clock.now()
        visit = Visit(name_of(secret), person.team, person.user, provider, now + LASTS, token)
        await self.connecting.store.expect(visit, now)

    async def _claim(self, secret: str) -> Visit:
        visit = await self.connecting.store.claim(name_of(secret), self.clock.now())
        if visit is None:
            raise NotAllowed(GONE)
        return visit

    async def _person(self, visit: Visit) -> Person:
        known = await self.connecting.store.person(visit.team, visit.user)
        return known or Person(visit.team, visit.user, ZoneInfo("UTC"))

    async def _anywhere(self, key: Key, workspaces: Sequence[Workspace]) -> Member:
        """Whose it is, for the page; in whichever workspace."""
        seen = await self.connecting.sign_ins.sign_in(key, workspaces[0].id)
        return seen.likely[0]


def _is_one_person(email: str, likely: Sequence[Member]) -> bool:
    return bool(email) and [one.email.casefold() for one in likely] == [email.casefold()]
