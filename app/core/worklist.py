"""Finds the task that somebody means, or asks; a wrong guess is worse than a question."""

import logging
import re
import unicodedata
from dataclasses import dataclass, replace

from app.core.accounts import Caller
from app.core.asking import asked
from app.core.errors import NotReached, NotSaved, SeveralTasks, TaskNotFound
from app.core.model import Task, Work
from app.core.phrases import Phrase
from app.core.ports import Clock, Store
from app.core.task_ids import is_task_id

log = logging.getLogger(__name__)

MOST_CHOICES = 5
_LIKE_A_CUSTOM_ID = re.compile(r"[a-zA-Z][a-zA-Z0-9_]*-[0-9]+")


@dataclass(frozen=True, slots=True)
class Worklist:
    store: Store
    clock: Clock

    async def work(self, caller: Caller, phrase: Phrase) -> Work:
        """What `phrase` is about; what can't be looked up now is `sought`. Raises `TaskNotFound` and `SeveralTasks`."""
        try:
            task, description = await self._task_and_description(caller, phrase)
        except NotReached:
            return to_be_sought(phrase)
        return Work(task, description, phrase.tags, phrase.billable)

    async def found(self, caller: Caller, work: Work) -> Work:
        """With the task that was sought. Raises as `work` does, and `NotReached` while it still can't be asked."""
        if not work.sought:
            return work
        is_name = bool(work.description) or is_task_id(work.sought)
        phrase = Phrase("", task=work.sought, text=work.description) if is_name else Phrase("", text=work.sought)
        task, description = await self._task_and_description(caller, phrase)
        return replace(work, task=task, description=description, sought="")

    async def task(self, caller: Caller, named: str) -> Task:
        """The task with that id, custom id or link. Raises `TaskNotFound`."""
        wanted = named.removeprefix("id:")
        found = await self._known(caller, wanted) or await asked(caller.provider.find_task(named))
        if found is None:
            raise TaskNotFound(
                f"There is no task {wanted} that you can see in {caller.provider.label}. "
                f"Check it, or put a colon before it to use it as plain text."
            )
        return found

    async def suggestions(self, caller: Caller, typed: str) -> list[Task]:
        """For a typeahead: recent tasks first, then the provider's, as many as there are."""
        recent = await self.store.recent_tasks(caller.account)
        if not typed.strip():
            found = await caller.provider.search("")
        elif is_task_id(typed.strip()):
            exact = await caller.provider.find_task(typed.strip())
            return [exact] if exact else []
        else:
            recent = [task for task in recent if _fits(task, typed)]
            found = await caller.provider.search(typed)
        return list({task.id: task for task in (*recent, *found)}.values())

    async def remember(self, caller: Caller, work: Work) -> None:
        """For later suggestions. What is done is done, also when this cannot be noted."""
        if not work.task:
            return
        try:
            await self.store.remember_task(caller.account, work.task, self.clock.now())
        except NotSaved as error:
            log.warning("recent task not remembered: %s", error.sentence)

    async def _task_and_description(self, caller: Caller, phrase: Phrase) -> tuple[Task | None, str]:
        if is_task_id(phrase.task):
            return await self.task(caller, phrase.task), phrase.text
        name = phrase.task or ("" if phrase.is_description else phrase.text)
        beside = phrase.text if phrase.task else ""
        task = await self._named(caller, name, beside) if name else None
        if task:
            return task, beside
        written, _, rest = name.partition(" ")
        task = await self._typed_small(caller, written) if not (phrase.task and rest) else None
        if task:
            return task, phrase.text if phrase.task else rest
        whole = f"{phrase.task}: {phrase.text}" if phrase.task and phrase.text else phrase.task or phrase.text
        await self._ask(caller, whole)
        return None, whole

    async def _ask(self, caller: Caller, text: str) -> None:
        """Which task it is, where the provider wants one on every entry."""
        offered, label = caller.provider.capabilities, caller.provider.label
        if not (offered.task_required or offered.project_required):
            return
        kind = "task" if offered.task_required else "project"
        about = f"is “{_short(text)}”" if text else "is that"
        sentence = f"Which {kind} {about} for? {label} wants one with every entry"
        sentence += "." if offered.description or not text else ", and keeps no words beside it."
        likely = (await self.store.recent_tasks(caller.account))[:MOST_CHOICES]
        if len(likely) < MOST_CHOICES:
            known = {task.id for task in likely}
            likely += [task for task in await asked(caller.provider.search("")) if task.id not in known]
        if not likely:
            raise TaskNotFound(f"{sentence} You see none there: ask an admin of the workspace to add you to one.")
        raise SeveralTasks(sentence, likely[:MOST_CHOICES], text if offered.description else "", is_required=True)

    async def _named(self, caller: Caller, name: str, beside: str) -> Task | None:
        """The one task that `name` fits; an equal name beats one that only contains it."""
        found = [task for task in await asked(caller.provider.search(name)) if _fits(task, name)]
        equal = [task for task in found if _folded(name) in (_folded(task.name), _folded(task.custom_id))]
        candidates = equal or found
        if len(candidates) > 1:
            sentence = f"“{name}” fits {len(candidates)} tasks. Which one is it?"
            raise SeveralTasks(sentence, candidates[:MOST_CHOICES], beside)
        return candidates[0] if candidates else None

    async def _typed_small(self, caller: Caller, written: str) -> Task | None:
        """In “dev-12 pairing” the task DEV-12, when there is one; “utf-8 bug” is plain text."""
        if not _LIKE_A_CUSTOM_ID.fullmatch(written):
            return None
        wanted = written.upper()
        return await self._known(caller, wanted) or await asked(caller.provider.find_task(wanted))

    async def _known(self, caller: Caller, named: str) -> Task | None:
        recent = await self.store.recent_tasks(caller.account)
        return next((task for task in recent if named in (task.id, task.custom_id, task.url)), None)


def to_be_sought(phrase: Phrase) -> Work:
    """Plain text may be a task's name, unless it was marked as text."""
    if phrase.task:
        return Work(None, phrase.text, phrase.tags, phrase.billable, sought=phrase.task)
    if phrase.is_description:
        return Work(None, phrase.text, phrase.tags, phrase.billable)
    return Work(None, "", phrase.tags, phrase.billable, sought=phrase.text)


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"


def _fits(task: Task, typed: str) -> bool:
    """Every word of `typed` begins a word of the task's name, custom id or place, and not all of them its place's."""
    own, place = _words(f"{task.name} {task.custom_id}"), _words(task.place)
    parts = _words(typed)
    is_own = [any(word.startswith(part) for word in own) for part in parts]
    return any(is_own) and all(
        fits or any(word.startswith(part) for word in place) for part, fits in zip(parts, is_own, strict=True)
    )


def _words(text: str) -> list[str]:
    return _folded(text).replace("/", " ").split()


def _folded(text: str) -> str:
    """Without case, accents and double spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).split())
