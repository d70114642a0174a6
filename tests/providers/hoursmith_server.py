"""Where things are on the loopback Hoursmith, and adapters of several people who speak to it."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from app.core.model import Account, AssigneePermission, Role, Secret
from app.core.ports import Clock
from app.providers import hoursmith_connect
from app.providers.freshness import Shelf
from app.providers.hoursmith import Hoursmith
from app.providers.http import Http
from app.providers.link import Link
from providers.clickup_server import Server
from providers.hoursmith_recorded import ADA, ENTRY, MEMBERS, PROJECTS, TASKS, logged, me, page

ENTRIES = "/time-entries"
ONE = f"{ENTRIES}/{ENTRY}"
BERLIN = ZoneInfo("Europe/Berlin")
TOKEN = Secret("hsk_live_CANARYCANARY_CANARYCANARYCANARYCANARYCANARYCA")


def say_yes(server: Server) -> None:
    server.answers("GET", "/me", me())
    server.answers("GET", "/members", MEMBERS)
    server.answers("GET", "/projects", PROJECTS)
    server.answers("GET", "/tasks", TASKS)
    server.answers("GET", ENTRIES, page(logged()))
    server.answers("POST", ENTRIES, {"data": logged()})
    server.answers("GET", ONE, {"data": logged()})
    server.answers("PATCH", ONE, {"data": logged()})
    server.answers("DELETE", ONE, {"data": logged(deletedAt="2026-03-04T12:00:00.000Z")})


@dataclass(frozen=True, slots=True)
class Office:
    """Makes adapters, all with one memory as one process has it."""

    http: Http
    clock: Clock
    url: str
    shelf: Shelf

    def desk(
        self,
        user_id: str = ADA,
        *,
        role: Role = Role.ADMIN,
        token: Secret = TOKEN,
        zone: ZoneInfo = BERLIN,
        is_shared: bool = False,
        speaks_for_self: bool = True,
    ) -> Hoursmith:
        permission = AssigneePermission.ANYONE if role.is_in_charge else AssigneePermission.SELF
        account = Account("T1", "U1", "hoursmith", "or_acme", user_id, role, permission, token)
        link = Link(self.http, self.clock, account, token, self.url, self.shelf, is_shared, speaks_for_self, zone)
        return hoursmith_connect.connect(link)
