"""Who is in a Hoursmith organisation, and whose token it is, which has to be worked out."""

from typing import Any

import pytest

from app.core.errors import NoAnswer, NotReached, SignInExpired
from app.core.model import Account, AssigneePermission, Member, Role, Secret
from app.providers import Connections, Site
from app.providers.hoursmith import Hoursmith
from app.providers.hoursmith_calls import idempotency_key, is_token
from app.providers.http import Http
from providers.clickup_server import Said, Server
from providers.conftest import Watch
from providers.hoursmith_recorded import ADA, BO, CY, DI, MEMBERS, me, member, page, refused
from providers.hoursmith_server import Office

ADA_HERSELF = Member(ADA, "Ada", "ada@acme.example", Role.ADMIN)


async def test_everybody_is_listed_by_the_id_that_time_belongs_to(
    hoursmith: Hoursmith, hoursmith_server: Server
) -> None:
    strange = {"id": "mb_7", "userId": None}, {"userId": "us_x", "name": None, "email": "x@acme.example", "role": "NEW"}
    manager = member("Ed", "MANAGER")
    hoursmith_server.answers("GET", "/members", page(*MEMBERS["data"], cursor="2"), page(*strange, manager))
    assert await hoursmith.members() == [
        ADA_HERSELF,
        Member(BO, "Bo", "bo@acme.example", Role.MEMBER),
        Member(CY, "Cy", "cy@acme.example", Role.MEMBER),
        Member(DI, "Di", "di@acme.example", Role.OWNER),
        Member("us_x", "x", "x@acme.example", None),
        Member("us_ed", "Ed", "ed@acme.example", Role.MEMBER),
    ]


async def test_members_are_asked_for_once_in_five_minutes(
    hoursmith: Hoursmith, hoursmith_server: Server, watch: Watch
) -> None:
    await hoursmith.members()
    await hoursmith.members()
    watch.pass_time(minutes=6)
    await hoursmith.members()
    assert len(hoursmith_server.sent("GET", "/members")) == 2


async def test_the_only_admin_is_known_by_the_role(hoursmith: Hoursmith) -> None:
    assert await hoursmith.whoami() == ADA_HERSELF


async def test_a_member_sees_only_themselves_and_is_known_by_that(office: Office, hoursmith_server: Server) -> None:
    hoursmith_server.answers("GET", "/me", me(role="MEMBER"))
    hoursmith_server.answers("GET", "/members", page(member("Bo", "MEMBER")))
    assert (await office.desk(BO, is_shared=True, speaks_for_self=False).whoami()).id == BO


@pytest.mark.parametrize("told", [{"email": "DI@acme.example"}, {"userId": DI}])
async def test_a_name_in_me_is_believed_should_it_ever_be_there(
    hoursmith: Hoursmith, hoursmith_server: Server, told: dict[str, str]
) -> None:
    hoursmith_server.answers("GET", "/me", me(role="OWNER", **told))
    assert (await hoursmith.whoami()).id == DI


async def test_among_several_with_the_role_the_accounts_own_id_decides(
    office: Office, hoursmith_server: Server
) -> None:
    hoursmith_server.answers("GET", "/members", page(member("Ada", "ADMIN"), member("Ed", "ADMIN")))
    assert await office.desk().whoami() == ADA_HERSELF


async def test_a_shared_token_is_nobodys_when_several_have_its_role(office: Office, hoursmith_server: Server) -> None:
    hoursmith_server.answers("GET", "/members", page(member("Ada", "ADMIN"), member("Ed", "ADMIN")))
    shared = office.desk(is_shared=True, speaks_for_self=False)
    assert await shared.whoami() == Member("", "Ada's laptop", role=Role.ADMIN)


async def test_an_account_does_not_vouch_for_somebody_with_another_role(
    office: Office, hoursmith_server: Server
) -> None:
    everybody = page(member("Ada", "ADMIN"), member("Ed", "ADMIN"), member("Bo", "MEMBER"))
    hoursmith_server.answers("GET", "/members", everybody)
    assert (await office.desk(BO).whoami()).id == ""


async def test_where_members_cannot_be_listed_the_account_is_believed(office: Office, hoursmith_server: Server) -> None:
    hoursmith_server.answers("GET", "/members", Said(refused("forbidden_scope"), 403))
    assert await office.desk().whoami() == Member(ADA, "Ada's laptop", role=Role.ADMIN)
    assert (await office.desk(is_shared=True, speaks_for_self=False).whoami()).id == ""


@pytest.mark.parametrize("nobody", [{}, {"data": None}, {"data": []}, "[]"])
async def test_an_answer_without_anybody_is_no_answer(
    hoursmith: Hoursmith, hoursmith_server: Server, nobody: Any
) -> None:
    hoursmith_server.answers("GET", "/me", nobody)
    with pytest.raises(NoAnswer):
        await hoursmith.whoami()


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("hsk_live_4f8a2c1bdedf_9X3kQp7vT2nM5wRzL8sJyB6FhA1uC0gE", True),
        ("hsk_test_4f8a2c1bdedf_9X3kQp7vT2nM5wRzL8sJyB6FhA1uC0gE", True),
        ("hsk_beta_4f8a2c1bdedf_9X3kQp7vT2nM5wRzL8sJyB6FhA1uC0gE", False),
        ("hsk_live_4f8a2c1bdedf", False),
        ("pk_183_ABC", False),
    ],
)
def test_a_token_has_a_shape(text: str, is_one: bool) -> None:
    assert is_token(text) is is_one


async def test_another_shape_is_sent_all_the_same_and_only_then_called_no_token(
    office: Office, hoursmith_server: Server
) -> None:
    odd = office.desk(token=Secret("hsk_live_newer_and_longer"))
    await odd.whoami()
    assert hoursmith_server.requests[0].headers["Authorization"] == "Bearer hsk_live_newer_and_longer"
    hoursmith_server.answers("GET", "/me", Said(refused("unauthenticated"), 401))
    with pytest.raises(SignInExpired, match="no Hoursmith token"):
        await odd.whoami()
    with pytest.raises(SignInExpired, match="no longer accepts"):
        await office.desk().whoami()


@pytest.mark.parametrize("text", ["", "hsk_live_1 2", "hsk_live_\n", "hsk_lïve"])
async def test_what_cannot_stand_in_a_header_is_not_sent(office: Office, hoursmith_server: Server, text: str) -> None:
    with pytest.raises(SignInExpired, match="no Hoursmith token"):
        await office.desk(token=Secret(text)).whoami()
    assert hoursmith_server.requests == []


async def test_a_hoursmith_that_is_not_there_was_not_reached(http: Http, watch: Watch, office: Office) -> None:
    nowhere = Office(http, watch, "http://127.0.0.1:9/api/v1", office.shelf)
    with pytest.raises(NotReached, match="Nothing was sent"):
        await nowhere.desk().whoami()


@pytest.mark.parametrize(("user_id", "is_own"), [(ADA, True), (BO, False)])
async def test_the_shared_token_speaks_for_its_owner_alone(
    http: Http, watch: Watch, hoursmith_server: Server, user_id: str, is_own: bool
) -> None:
    shared = Secret("hsk_test_CANARYCANARY_CANARYCANARYCANARYCANARYCANARYCA")
    connections = Connections(http, watch, {"hoursmith": Site(hoursmith_server.url, shared)})
    account = Account("T1", "U1", "hoursmith", "or_acme", user_id, Role.MEMBER, AssigneePermission.SELF)
    adapter = await connections.provider(account)
    assert isinstance(adapter, Hoursmith)
    assert adapter.speaks_for_self is is_own
    assert connections.label("hoursmith") == "Hoursmith"


def test_a_key_is_the_operations_own_for_ever() -> None:
    assert idempotency_key("a1b2") == "68be9608-c287-5d28-863f-a4d7d65fc5a3"
    assert idempotency_key("a1b2") == idempotency_key("a1b2") != idempotency_key("a1b3")
    assert idempotency_key("") != idempotency_key("")
