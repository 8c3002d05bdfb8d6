"""App keys and recovery codes as the database keeps them: sealed under the master key, each bound to its owner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import delete, select, update

from giftshop.accounts import recovery, totp
from giftshop.accounts.errors import CodeUsed, CodeWrong
from giftshop.accounts.factor_models import AppKey, RecoveryCode, RecoveryKey, SealedKey
from giftshop.db import Transaction
from giftshop.kernel.keyring import Keyring
from giftshop.kernel.sealing import Sealed, seal, unseal

RESEALED_AT_ONCE = 500


def keep_app_key(tx: Transaction, user_id: int, key: bytes, *, step: int, keyring: Keyring, at: datetime) -> None:
    """Keep the key of a person's app, in place of any before. The code of `step`, which confirmed it, is used up."""
    sealed = seal(keyring, key, app_label(user_id))
    kept = {"master_id": sealed.master_id, "sealed": sealed.sealed, "last_step": step, "set_up_at": at}
    if not tx.change(update(AppKey).where(AppKey.user_id == user_id).values(kept)):
        tx.add(AppKey(user_id=user_id, **kept))


def use_app_code(tx: Transaction, user_id: int, code: str, *, keyring: Keyring, at: datetime) -> None:
    """Accept six digits once. Of two who bring them at the same moment, the UPDATE takes one.

    Raises CodeWrong, and CodeUsed for a code whose step, or a later one, came in before.
    """
    kept = tx.execute(select(AppKey.master_id, AppKey.sealed).where(AppKey.user_id == user_id)).one_or_none()
    if kept is None:
        raise CodeWrong(field="code")
    key = unseal(keyring, Sealed(kept.master_id, kept.sealed), app_label(user_id))
    step = totp.step_of(key, code, at=at)
    if step is None:
        raise CodeWrong(field="code")
    later = update(AppKey).where(AppKey.user_id == user_id, AppKey.last_step < step)
    if not tx.change(later.values(last_step=step)):
        raise CodeUsed(field="code")


def use_recovery_code(tx: Transaction, user_id: int, typed: str, *, keyring: Keyring, at: datetime) -> None:
    """Accept a recovery code once. Raises CodeWrong, also for one that was used."""
    kept = tx.execute(select(RecoveryKey.master_id, RecoveryKey.sealed).where(RecoveryKey.user_id == user_id))
    row = kept.one_or_none()
    if row is None:
        raise CodeWrong(field="code")
    code_hash = recovery.hash_of(unseal(keyring, Sealed(row.master_id, row.sealed), recovery_label(user_id)), typed)
    unused = (RecoveryCode.user_id == user_id, RecoveryCode.code_hash == code_hash, RecoveryCode.used_at.is_(None))
    if code_hash is None or not tx.change(update(RecoveryCode).where(*unused).values(used_at=at)):
        raise CodeWrong(field="code")


def keep_codes(tx: Transaction, user_id: int, codes: Sequence[str], *, keyring: Keyring, at: datetime) -> None:
    """Let `codes` be a person's recovery codes, under a new key, and forget those before."""
    drop_codes(tx, user_id)
    key = recovery.new_key()
    sealed = seal(keyring, key, recovery_label(user_id))
    tx.add(RecoveryKey(user_id=user_id, master_id=sealed.master_id, sealed=sealed.sealed, drawn_at=at))
    tx.add_all(RecoveryCode(user_id=user_id, code_hash=recovery.hash_of(key, code)) for code in codes)


def drop_codes(tx: Transaction, user_id: int) -> None:
    """Forget a person's recovery codes."""
    tx.change(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    tx.change(delete(RecoveryKey).where(RecoveryKey.user_id == user_id))


def reseal(tx: Transaction, keyring: Keyring) -> int:
    """Seal up to 500 keys that are not under the current master key under it. Returns how many. Raises SealBroken."""
    apps = _reseal(tx, AppKey, app_label, keyring, at_most=RESEALED_AT_ONCE)
    return apps + _reseal(tx, RecoveryKey, recovery_label, keyring, at_most=RESEALED_AT_ONCE - apps)


def _reseal(
    tx: Transaction,
    table: type[SealedKey],
    label: Callable[[int], str],
    keyring: Keyring,
    *,
    at_most: int,
) -> int:
    older = select(table).where(table.master_id != keyring.master_keys.current).order_by(table.user_id)
    found = tx.scalars(older.limit(at_most).with_for_update()).all()
    for kept in found:
        what_for = label(kept.user_id)
        anew = seal(keyring, unseal(keyring, Sealed(kept.master_id, kept.sealed), what_for), what_for)
        kept.master_id, kept.sealed = anew.master_id, anew.sealed
    return len(found)


def app_label(user_id: int) -> str:
    """Return what an app's key is sealed for."""
    return f"giftshop app key v1 user {user_id}"


def recovery_label(user_id: int) -> str:
    """Return what the key of recovery codes is sealed for."""
    return f"giftshop recovery key v1 user {user_id}"
