"""Seals credentials at rest, each for the one row it belongs to, under keys that can be exchanged without a pause."""

import base64
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.core.errors import NotConnected
from app.core.model import Secret
from app.storage.engine import StorageUnusable

SHORTEST_KEY = 32
_PURPOSE = b"timer-for-slack credential 1"


@dataclass(frozen=True, slots=True)
class Owner:
    """The row a credential belongs to."""

    team: str
    user: str
    provider: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """A credential as it is stored; `key` is the fingerprint of the key that sealed it."""

    text: str = field(repr=False)
    key: str


@dataclass(frozen=True, slots=True)
class Vault:
    """`fingerprints` and `_fernets` are in the keys' order, newest first: the first seals, all of them open."""

    fingerprints: tuple[str, ...] = field(repr=False)
    _fernets: MultiFernet = field(repr=False)

    def seal(self, secret: Secret, owner: Owner) -> Sealed:
        # Fernet signs nothing but the text itself, so the row's identity goes inside it.
        content = [owner.team, owner.user, owner.provider, secret.reveal()]
        return Sealed(self._fernets.encrypt(json.dumps(content).encode()).decode(), self.fingerprints[0])

    def open(self, sealed: Sealed, owner: Owner) -> Secret:
        """Raises `NotConnected` when it was sealed with a key we do not have, or for another row."""
        try:
            content = self._fernets.decrypt(sealed.text)
        except InvalidToken as error:
            raise NotConnected(self._unreadable(sealed, owner)) from error
        *identity, token = json.loads(content)
        if Owner(*identity) != owner:
            raise NotConnected(
                f"The credential stored for {owner.user} at {owner.provider} was sealed for somebody else,"
                " so it was not used. Connect again."
            )
        return Secret(token)

    def rotate(self, sealed: Sealed) -> Sealed:
        """The same credential under the newest key. Raises `NotConnected` as `open` does."""
        try:
            return Sealed(self._fernets.rotate(sealed.text).decode(), self.fingerprints[0])
        except InvalidToken as error:
            raise NotConnected(f"A credential {self._mismatch(sealed)}.") from error

    def _unreadable(self, sealed: Sealed, owner: Owner) -> str:
        which = f"The credential of {owner.user} at {owner.provider}"
        return (
            f"{which} {self._mismatch(sealed)}. Connect again, or ask whoever runs this app to bring back the old key."
        )

    def _mismatch(self, sealed: Sealed) -> str:
        if sealed.key in self.fingerprints:
            return f"is damaged, though sealed with a key we have ({sealed.key}…)"
        return f"was sealed with key {sealed.key}…, SECRET_KEY has {', '.join(f'{key}…' for key in self.fingerprints)}"


def vault_for(secret_keys: Iterable[Secret | str] | Secret | str) -> Vault:
    """From SECRET_KEY: one text, a comma-separated list, or several texts; newest first. Raises `StorageUnusable`."""
    texts = _texts(secret_keys)
    if not texts or min(map(len, texts)) < SHORTEST_KEY:
        raise StorageUnusable(
            f"SECRET_KEY needs at least {SHORTEST_KEY} characters (in each key, if it lists several). This makes one:"
            ' python -c "import secrets; print(secrets.token_urlsafe(32))"'
        )
    derived = [_derive(text) for text in texts]
    fingerprints = tuple(hashlib.sha256(key).hexdigest()[:8] for key in derived)
    return Vault(fingerprints, MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived]))


def _texts(secret_keys: Iterable[Secret | str] | Secret | str) -> list[str]:
    given = [secret_keys] if isinstance(secret_keys, Secret | str) else secret_keys
    listed = ",".join(key.reveal() if isinstance(key, Secret) else key for key in given)
    return [key.strip() for key in listed.split(",") if key.strip()]


def _derive(text: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(text.encode())
