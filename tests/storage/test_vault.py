"""Credentials at rest: sealed, each for its own row, under keys that can be exchanged."""

import signal
import traceback
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import TOKEN, ada, bo
from racers import KEY, NEW_KEY, new_racer, race

from app.core.errors import NotConnected
from app.core.model import Account, Secret
from app.storage import queries, rows
from app.storage.engine import Execute, StorageUnusable
from app.storage.opening import open_store
from app.storage.store import BATCH, SqlStore
from app.storage.vault import Owner, vault_for

ADA = Owner("T1", "UADA", "clickup")
VAULT = vault_for(KEY)


@given(token=st.text(alphabet=st.characters()))
def test_whatever_is_sealed_opens_again(token: str):
    assert VAULT.open(VAULT.seal(Secret(token), ADA), ADA).reveal() == token


@pytest.mark.parametrize(
    "other", [Owner("T2", "UADA", "clickup"), Owner("T1", "UBO", "clickup"), Owner("T1", "UADA", "clockify")]
)
def test_a_credential_sealed_for_one_row_does_not_open_in_another(other: Owner):
    with pytest.raises(NotConnected, match="sealed for somebody else"):
        VAULT.open(VAULT.seal(Secret(TOKEN), ADA), other)


def test_a_wrong_key_is_named_in_the_refusal():
    other = vault_for(NEW_KEY)
    with pytest.raises(NotConnected) as refusal:
        other.open(VAULT.seal(Secret(TOKEN), ADA), ADA)
    assert f"sealed with key {VAULT.fingerprints[0]}…, SECRET_KEY has {other.fingerprints[0]}…" in str(refusal.value)


def test_a_list_of_keys_opens_the_old_and_seals_with_the_new():
    old, both, new = VAULT, vault_for(f"{NEW_KEY}, {KEY}"), vault_for(Secret(NEW_KEY))
    sealed = old.seal(Secret(TOKEN), ADA)
    rotated = both.rotate(sealed)
    assert both.open(sealed, ADA).reveal() == new.open(rotated, ADA).reveal() == TOKEN
    assert rotated.key == new.fingerprints[0]


@pytest.mark.parametrize("keys", ["", "short", f"{KEY},short", [], [KEY, "short"]])
def test_a_key_that_is_too_short_is_refused_with_a_way_to_make_one(keys: str | list[str]):
    with pytest.raises(StorageUnusable, match="token_urlsafe"):
        vault_for(keys)


def test_nothing_shows_a_secret():
    sealed = VAULT.seal(Secret(TOKEN), ADA)
    try:
        VAULT.open(sealed, Owner("T1", "UBO", "clickup"))
    except NotConnected as error:
        shown = "".join(traceback.format_exception(error))
    for text in (repr(VAULT), repr(sealed), repr(Secret(TOKEN)), shown):
        assert TOKEN not in text
        assert KEY not in text
        assert sealed.text not in text


async def test_a_credential_copied_to_another_row_is_not_used(store: SqlStore):
    await store.link(ada(credential=TOKEN))
    await store.link(bo(credential="pk_184"))
    await store.engine.write(
        lambda execute: execute(
            "update account set sealed = (select sealed from account where slack_user = 'UADA') where slack_user = 'UBO'"
        )
    )
    with pytest.raises(NotConnected, match="UBO at clickup was sealed for somebody else"):
        await store.account("T1", "UBO")
    assert await store.accounts() == [ada(credential=TOKEN), bo()]
    assert len(await store.unreadable()) == 1


async def test_keys_are_exchanged_without_losing_a_credential(store: SqlStore, database_url: str):
    await store.link(ada(credential=TOKEN))
    await store.link(bo())
    both = await open_store(database_url, [NEW_KEY, KEY])
    assert await both.reseal() == 1
    assert await both.reseal() == 0
    await both.close()
    new = await open_store(database_url, NEW_KEY)
    assert await new.unreadable() == []
    assert (await new.account("T1", "UADA")).credential == Secret(TOKEN)
    await new.close()


def link(execute: Execute, store: SqlStore, account: Account) -> None:
    """In one transaction with others, for a busy disk takes its time over each."""
    sealed = store.vault.seal(account.credential, Owner(account.team, account.user, account.provider))
    execute(queries.LINK, **rows.account_values(account, sealed), now="")


async def test_an_exchange_of_keys_that_was_cut_off_goes_on_where_it_was(store: SqlStore, database_url: str):
    everybody = [ada(credential=TOKEN), *(bo(credential=f"pk_{n}", user_id=str(1000 + n)) for n in range(BATCH + 20))]
    everybody = [replace(one, user=f"U{number:04}") for number, one in enumerate(everybody)]
    await store.engine.write(lambda execute: [link(execute, store, one) for one in everybody])
    racer = new_racer()
    assert race([racer], "die_resealing", database_url) == [""]
    assert racer.leave() == -signal.SIGKILL
    both = await open_store(database_url, [NEW_KEY, KEY])
    assert await both.unreadable() == []
    assert await both.reseal() == 21
    await both.close()
    new = await open_store(database_url, NEW_KEY)
    assert await new.accounts() == everybody
    await new.close()


async def test_a_credential_under_a_lost_key_waits_and_can_be_replaced(store: SqlStore, database_url: str):
    await store.link(ada(credential=TOKEN))
    new = await open_store(database_url, NEW_KEY)
    assert await new.reseal() == 0
    with pytest.raises(NotConnected, match="bring back the old key"):
        await new.account("T1", "UADA")
    await new.link(ada(credential="pk_fresh"))
    assert (await new.account("T1", "UADA")).credential == Secret("pk_fresh")
    await new.close()
