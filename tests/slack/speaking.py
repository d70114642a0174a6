"""Accounts without a token of their own, for which the workspace-wide one speaks."""

from app.core.model import Account, Role, default_permission
from tests.stage import Stage

TEAM, ACME = "T0SANDBOX", "9018000001"
DI = "pk_186_DI00000000000000000000000000000"  # an owner's: it could do everything for everybody


async def speaks_for(stage: Stage, user: str, user_id: str, role: Role, *, is_ordered: bool = False) -> None:
    await stage.app.store.disconnect(TEAM, user)
    account = Account(TEAM, user, "clickup", ACME, user_id, role, default_permission(role))
    await stage.app.store.link(account, is_ordered=is_ordered)
