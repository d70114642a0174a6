"""Sundial's own side: a service of eight calls with state, and what the class of promises must know of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route, Router

from app.core.model import Draft
from app.sandbox.backend.answer import json_answer
from app.sandbox.backend.faults import Faults
from app.sandbox.backend.gate import Gate
from app.sandbox.backend.recording import Recorded
from app.sandbox.backend.voice import Voice
from providers.clickup_server import Said
from providers.grounds import BERLIN, Kept, Known

JOBS = {"j1": "Fix login", "j2": "Website"}
PEOPLE = {"Ada": "p1", "Bo": "p2"}
TOKENS = {"Ada": "sun_ada_0123456789", "Bo": "sun_bo_0123456789"}
VOICE = Voice(
    lambda: json_answer(429, {}, (b"retry-after", b"30")),
    lambda: json_answer(401, {}),
    {"authorization": lambda _: "…"},
)

Card = dict[str, Any]


@dataclass(slots=True)
class Sundial:
    """Cards by id, each as it goes over the wire."""

    clock: Callable[[], datetime]
    faults: Faults = field(default_factory=Faults)
    requests: list[Recorded] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    cards: dict[str, Card] = field(default_factory=dict)
    made: int = 0
    listed_from: dict[str, datetime] = field(default_factory=dict)

    def add(self, card: Card) -> Card:
        self.made += 1
        job = card["job"] and {"id": card["job"], "name": JOBS[card["job"]]}
        self.listed_from[f"c{self.made:04}"] = self.clock() + timedelta(seconds=self.faults.list_lag)
        self.cards[f"c{self.made:04}"] = made = card | {"id": f"c{self.made:04}", "job": job, "locked": False}
        return made


def served(sundial: Sundial) -> Starlette:
    """Who asks is known by the token; an admin may name anybody."""

    def asker(request: Request) -> str:
        bearer = request.headers["authorization"].removeprefix("Bearer ")
        return next(name for name, token in TOKENS.items() if token == bearer)

    async def me(request: Request) -> JSONResponse:
        return JSONResponse(person(asker(request)))

    async def people(_: Request) -> JSONResponse:
        return JSONResponse([person(name) for name in PEOPLE])

    async def jobs(_: Request) -> JSONResponse:
        return JSONResponse([{"id": one, "name": name} for one, name in JOBS.items()])

    async def cards(request: Request) -> JSONResponse:
        who, first, last = (request.query_params[name] for name in ("who", "from", "to"))
        listed = [one for one in sundial.cards.values() if sundial.listed_from[one["id"]] <= sundial.clock()]
        return JSONResponse([one for one in listed if one["who"] == who and first <= one["start"] < last])

    async def create(request: Request) -> JSONResponse:
        card, name = await request.json(), asker(request)
        if name != "Ada" and card["who"] != PEOPLE[name]:
            return JSONResponse({}, 403)
        if card["job"] not in (None, *JOBS):
            return JSONResponse({}, 404)
        return JSONResponse(sundial.add(card), 201)

    async def one(request: Request) -> JSONResponse:
        card = sundial.cards.get(request.path_params["id"])
        if card is None or (card["locked"] and request.method != "GET"):
            return JSONResponse({}, 409 if card else 404)
        if request.method == "DELETE":
            del sundial.cards[card["id"]]
        elif request.method == "PUT":
            wanted = await request.json()
            card |= wanted | {"job": wanted["job"] and {"id": wanted["job"], "name": JOBS[wanted["job"]]}}
        return JSONResponse(card)

    routes = [
        Route("/me", me),
        Route("/people", people),
        Route("/jobs", jobs),
        Route("/cards", cards, methods=["GET"]),
        Route("/cards", create, methods=["POST"]),
        Route("/cards/{id}", one, methods=["GET", "PUT", "DELETE"]),
    ]
    return Starlette(routes=[Mount("/api", Gate(Router(routes), sundial, VOICE))])


def person(name: str) -> dict[str, str]:
    return {"id": PEOPLE[name], "name": name, "role": "admin" if name == "Ada" else "member"}


class ToyGround:
    name, base, me, page = "toy", "/api", "/me", None
    workspace_id = "acme"
    people = PEOPLE
    tokens = TOKENS
    task = Known("j1", "https://sundial.example/jobs/j1", "fix login", "Fix login")
    other = Known("j2", "https://sundial.example/jobs/j2", "website", "Website")
    nowhere = "j9"

    def back_end(self, clock: Callable[[], datetime]) -> Sundial:
        return Sundial(clock)

    def app(self, back_end: Any) -> Any:
        return served(back_end)

    def kept(self, back_end: Any, person: str) -> list[Kept]:
        return [_kept(one) for one in back_end.cards.values() if one["who"] == PEOPLE[person]]

    def keep(self, back_end: Any, person: str, start: datetime, length: timedelta) -> None:
        end = start + length
        back_end.add(
            {"who": PEOPLE[person], "job": "j1", "start": start.isoformat(), "end": end.isoformat(), "words": ""}
        )

    def lock(self, back_end: Any, entry_id: str) -> None:
        back_end.cards[entry_id]["locked"] = True

    def worded(self, status: int, about: str) -> Said:
        return Said({"error": "No"}, status)

    def on_the_wire(self, draft: Draft) -> Mapping[str, object]:
        return {"start": draft.start.isoformat(), "end": draft.end.isoformat(), "job": "j1"}


def _kept(card: Card) -> Kept:
    start, end = datetime.fromisoformat(card["start"]), datetime.fromisoformat(card["end"])
    job = card["job"]["name"] if card["job"] else ""
    return Kept(card["id"], start.astimezone(BERLIN).date(), end - start, start, job, card["words"])
