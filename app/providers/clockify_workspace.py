"""The Clockify workspace as one key sees it: its rules, its tags and its people."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.core.asking import asked
from app.core.errors import AccessDenied, NotReached, ProviderError, Refused, SignInExpired
from app.core.model import Account, Member, Role, Work
from app.providers.clockify_calls import Calls
from app.providers.clockify_errors import About, RuleBroken, no_answer
from app.providers.clockify_memory import Memory
from app.providers.clockify_projects import fold
from app.providers.clockify_rules import Rules, rules_of
from app.providers.clockify_wire import Json, member, object_of, text_of

GONE = ("INACTIVE", "DECLINED")


@dataclass(frozen=True, slots=True)
class RuleBook:
    calls: Calls
    memory: Memory

    @property
    def latest(self) -> Rules:
        """As they were last seen; permissive before that, for Clockify itself refuses what we don't know of."""
        return self.memory.rules.last or Rules()

    async def learn(self) -> Rules:
        """GET /workspaces/{workspaceId} (Get workspace info), unless they are known. Raises `ProviderError`s."""
        return await self.memory.rules.get(self._fetch)

    async def rules(self) -> Rules:
        """What can be known now; a workspace that hides its rules must not stop anybody from logging."""
        try:
            return await self.learn()
        except SignInExpired:
            raise
        except ProviderError:
            return self.latest

    async def reason(self, work: Work, refused: RuleBroken) -> Refused:
        """Which of the workspace's rules `work` broke, by asking for them again."""
        self.memory.rules.forget()
        return (await self.rules()).missing(work) or refused

    async def _fetch(self) -> Rules:
        try:
            rules = rules_of(object_of(await self.calls.read(self.calls.where())))
        except SignInExpired:
            raise
        except Refused:
            return self.latest  # and not asked again with every entry
        self.calls.budget.is_paid = rules.is_paid
        return rules


@dataclass(frozen=True, slots=True)
class Tags:
    """Names to people, ids to Clockify."""

    calls: Calls
    memory: Memory
    account: Account

    async def by_id(self) -> dict[str, str]:
        """GET …/tags?archived=false: without it, archived ones come too, whatever the document says."""
        return await self.memory.tags.get(self._fetch)

    async def ids(self, names: Sequence[str], rules: Rules) -> list[str]:
        """One for each name, made where there is none yet. Raises `Refused` where this person may not."""
        if not names:
            return []
        known = {name: tag_id for tag_id, name in (await asked(self.by_id())).items()}
        found = [_find(known, name) or await self._make(name, rules) for name in names]
        return list(dict.fromkeys(found))

    async def _make(self, name: str, rules: Rules) -> str:
        """POST …/tags (Create tag). A tag too many does no harm, so no answer here means that nothing was logged."""
        if not rules.lets_make_tags(self.account):
            raise Refused(
                f"There is no tag “{name}”, and only admins make tags in this Clockify workspace. "
                "Ask one of them to add it, or leave it out.",
                field="tags",
            )
        try:
            made = object_of(
                await asked(self.calls.write("POST", self.calls.where("tags"), {"name": name}, about=About.WORKSPACE))
            )
        except RuleBroken:
            return await self._made_elsewhere(name)
        except AccessDenied:
            raise Refused(
                f"There is no tag “{name}”, and Clockify doesn't let you make it. Ask a workspace admin to add it, or leave it out.",
                field="tags",
            ) from None
        tag_id = text_of(made.get("id"))
        if not tag_id:
            raise NotReached("Clockify didn't say whether it made the tag. Nothing was logged; try again in a minute.")
        if self.memory.tags.last is not None:
            self.memory.tags.last[tag_id] = name
        return tag_id

    async def _made_elsewhere(self, name: str) -> str:
        """A name that exists is refused: somebody made it since we looked, or it is archived."""
        params = {"name": name, "strict-name-search": "true", "archived": "false"}
        there = await asked(self.calls.pages(self.calls.where("tags"), params))
        self.memory.tags.forget()
        found = _find({text_of(tag.get("name")): text_of(tag.get("id")) for tag in there}, name)
        if not found:
            raise Refused(
                f"Clockify doesn't take the tag “{name}”; it may be archived. Ask a workspace admin, or leave it out.",
                field="tags",
            )
        return found

    async def _fetch(self) -> dict[str, str]:
        raw = await self.calls.pages(self.calls.where("tags"), {"archived": "false"})
        tags = {text_of(tag.get("id")): text_of(tag.get("name")) for tag in raw if tag.get("archived") is not True}
        return {tag_id: name for tag_id, name in tags.items() if tag_id and name}


@dataclass(frozen=True, slots=True)
class People:
    calls: Calls
    memory: Memory

    async def members(self) -> list[Member]:
        """GET …/users?include-roles=true (Find all users on a workspace); those who left are left out."""
        return await self.memory.members.get(self._fetch)

    async def whoami(self) -> Member:
        """GET /user, which knows the time zone, and the role from the workspace; None when not in it."""
        me = member(object_of(await self.calls.read("/user")))
        if me is None:
            raise no_answer("Clockify answered without saying who you are.", is_write=False)
        return replace(me, role=await self._role(me.id))

    async def _role(self, user_id: str) -> Role | None:
        try:
            everybody = await self.members()
        except Refused:
            return None
        return next((someone.role for someone in everybody if someone.id == user_id), None)

    async def _fetch(self) -> list[Member]:
        raw = await self.calls.pages(self.calls.where("users"), {"include-roles": "true"})
        people = (self._member(one) for one in raw if text_of(one.get("status")) not in GONE)
        return [someone for someone in people if someone]

    def _member(self, raw: Json) -> Member | None:
        return member(raw, self.calls.workspace_id)


def _find(known: dict[str, str], name: str) -> str:
    """The id of that name as it is written, else of the only one that is written like it."""
    if name in known:
        return known[name]
    alike = [tag_id for other, tag_id in known.items() if fold(other) == fold(name)]
    return alike[0] if len(alike) == 1 else ""
