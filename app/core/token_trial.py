"""Trying a token: it is sent only where it belongs, and a refusal says what to look at."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.credentials import belongs_elsewhere, usual_beginning
from app.core.errors import NotUnderstood, Refused, SignInExpired
from app.core.model import Key, SignedIn, Workspace
from app.core.ports import Connections, SignIns


@dataclass(frozen=True, slots=True)
class TokenTrial:
    sign_ins: SignIns
    connections: Connections

    async def sign_in(self, key: Key, workspace_id: str = "") -> SignedIn:
        """Raises `NotUnderstood` for another service's token, `Refused`, and other `ProviderError`s."""
        label = self.connections.label(key.provider)
        self._look(key, label)
        try:
            signed_in = await self.sign_ins.sign_in(key, workspace_id)
        except SignInExpired:
            raise Refused(f"{label} doesn't accept that token. {self._advice(key)}", field="token") from None
        if not signed_in.workspaces:
            raise Refused(
                f"{label} knows that token, but it sees no workspace there. Ask a workspace's owner to invite you.",
                field="token",
            )
        if workspace_id and settled(signed_in.workspaces, workspace_id) is None:
            raise Refused(f"That token doesn't see the workspace you chose in {label}.", field="token")
        return signed_in

    def _look(self, key: Key, label: str) -> None:
        other = belongs_elsewhere(key.token.reveal(), key.provider)
        if other:
            raise NotUnderstood(
                f"That looks like a {other.service} token, so it wasn't sent. Paste one of {label}'s,"
                " or choose the other system above.",
                field="token",
            )

    def _advice(self, key: Key) -> str:
        begins = usual_beginning(key.token.reveal(), key.provider)
        advice = "Copy it once more, all of it, or make a new one."
        if begins:
            advice = f"They usually begin with {begins}: copy it once more, all of it."
        return f"{advice} And check the region above." if len(self.sign_ins.regions(key.provider)) > 1 else advice


def settled(workspaces: Sequence[Workspace], workspace_id: str) -> Workspace | None:
    """The one that was chosen, or the only one."""
    if workspace_id:
        return next((one for one in workspaces if one.id == workspace_id), None)
    return workspaces[0] if len(workspaces) == 1 else None
