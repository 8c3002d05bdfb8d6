"""The second factor: set up, changed, taken away.

Whatever changes it ends every session of the person but the one that does it, which goes on under a new secret.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from giftshop import audit
from giftshop.accounts import passkeys
from giftshop.accounts.access import Letter
from giftshop.accounts.errors import LastFactor, NoSecondFactor, PasskeyNotGood, ResetYourOwn, TooManyPasskeys
from giftshop.accounts.factor_keys import drop_codes, keep_app_key, keep_codes
from giftshop.accounts.factor_models import AppKey, Passkey, RecoveryKey
from giftshop.accounts.factor_queries import factors_of
from giftshop.accounts.here import Here, carry_on, raise_version
from giftshop.accounts.models import User
from giftshop.accounts.passkeys import KnownKey, Site
from giftshop.accounts.rules import PASSKEYS_EACH, ResetReason
from giftshop.accounts.service import one_of
from giftshop.db import Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.errors import Missing
from giftshop.kernel.keyring import Keyring
from giftshop.notifications import queue_mail


def keep_app(
    tx: Transaction,
    user_id: int,
    here: Here,
    *,
    key: bytes,
    step: int,
    spare_codes: Sequence[str],
    keyring: Keyring,
    notice: Letter,
    by: Actor,
    at: datetime,
) -> bool:
    """Keep the key of an app that proved itself by the code of `step`, in place of any before.

    Returns whether `spare_codes` are now the person's recovery codes: they are if there were none. Raises SignInLapsed.
    """
    carry_on(tx, user_id, here, by=by, at=at)
    keep_app_key(tx, user_id, key, step=step, keyring=keyring, at=at)
    audit.record(tx, "accounts.set_up_app", ("user", user_id), by=by, at=at)
    return _settled(tx, user_id, spare_codes, keyring=keyring, notice=notice, by=by, at=at)


def keep_passkey(
    tx: Transaction,
    user_id: int,
    here: Here,
    *,
    name: str,
    answer: str,
    challenge: bytes,
    site: Site,
    spare_codes: Sequence[str],
    keyring: Keyring,
    notice: Letter,
    by: Actor,
    at: datetime,
) -> bool:
    """Keep a passkey that was made in answer to `challenge`.

    Returns whether `spare_codes` are now the person's recovery codes: they are if there were none. Raises SignInLapsed,
    PasskeyNotGood, TooManyPasskeys.
    """
    made = passkeys.made(site, challenge, answer)
    carry_on(tx, user_id, here, by=by, at=at)
    refuse_more_passkeys(len(factors_of(tx, user_id).passkeys))
    if not tx.add_new(Passkey, user_id=user_id, name=name, added_at=at, **_columns_of(made)):
        raise PasskeyNotGood
    audit.record(tx, "accounts.add_passkey", ("user", user_id), by=by, at=at)
    return _settled(tx, user_id, spare_codes, keyring=keyring, notice=notice, by=by, at=at)


def refuse_more_passkeys(how_many: int) -> None:
    """Raise TooManyPasskeys if somebody with so many may have no more."""
    if how_many >= PASSKEYS_EACH:
        raise TooManyPasskeys(most=PASSKEYS_EACH)


def remove_app(
    tx: Transaction, user_id: int, here: Here, *, is_needed: bool, notice: Letter, by: Actor, at: datetime
) -> None:
    """Forget somebody's app. Raises Missing, SignInLapsed, and LastFactor if one `is_needed` and there is no other."""
    carry_on(tx, user_id, here, by=by, at=at)
    if not tx.change(delete(AppKey).where(AppKey.user_id == user_id)):
        raise Missing
    audit.record(tx, "accounts.remove_app", ("user", user_id), by=by, at=at)
    _removed(tx, user_id, is_needed=is_needed, notice=notice)


def remove_passkey(
    tx: Transaction,
    user_id: int,
    passkey_id: int,
    here: Here,
    *,
    is_needed: bool,
    notice: Letter,
    by: Actor,
    at: datetime,
) -> None:
    """Forget one of somebody's passkeys. Raises Missing, SignInLapsed, and LastFactor as `remove_app` does."""
    carry_on(tx, user_id, here, by=by, at=at)
    if not tx.change(delete(Passkey).where(Passkey.id == passkey_id, Passkey.user_id == user_id)):
        raise Missing
    audit.record(tx, "accounts.remove_passkey", ("user", user_id), by=by, at=at, passkey=passkey_id)
    _removed(tx, user_id, is_needed=is_needed, notice=notice)


def renew_recovery_codes(
    tx: Transaction,
    user_id: int,
    here: Here,
    *,
    codes: Sequence[str],
    keyring: Keyring,
    notice: Letter,
    by: Actor,
    at: datetime,
) -> None:
    """Let `codes` be somebody's recovery codes, and none of those before. Raises NoSecondFactor, SignInLapsed."""
    carry_on(tx, user_id, here, by=by, at=at)
    if not factors_of(tx, user_id).are_there:
        raise NoSecondFactor
    keep_codes(tx, user_id, codes, keyring=keyring, at=at)
    audit.record(tx, "accounts.renew_recovery_codes", ("user", user_id), by=by, at=at)
    _tell(tx, user_id, notice)


def reset(
    tx: Transaction,
    firm_id: int | None,
    user_id: int,
    *,
    reason: ResetReason,
    notice: Letter,
    by: Actor,
    at: datetime,
) -> None:
    """Take away all of somebody else's second factor, and end their sessions.

    They are one of this firm, or with None of the staff. Raises Missing, ResetYourOwn, NoSecondFactor.
    """
    person = one_of(tx, firm_id, user_id)
    if by.id == user_id:
        raise ResetYourOwn
    raise_version(tx, user_id)
    gone = [tx.change(delete(table).where(table.user_id == user_id)) for table in (AppKey, Passkey)]
    if not any(gone):
        raise NoSecondFactor
    drop_codes(tx, user_id)
    audit.record(tx, "accounts.reset_second_factor", ("user", user_id), by=by, at=at, reason=reason)
    queue_mail(tx, to=person.user.email, subject=notice.subject, text=notice.text, locale=notice.locale)


def _settled(
    tx: Transaction,
    user_id: int,
    spare_codes: Sequence[str],
    *,
    keyring: Keyring,
    notice: Letter,
    by: Actor,
    at: datetime,
) -> bool:
    """After a factor was added: see that there are recovery codes, and tell the person."""
    _tell(tx, user_id, notice)
    if tx.get(RecoveryKey, user_id) is not None:
        return False
    keep_codes(tx, user_id, spare_codes, keyring=keyring, at=at)
    audit.record(tx, "accounts.draw_recovery_codes", ("user", user_id), by=by, at=at)
    return True


def _removed(tx: Transaction, user_id: int, *, is_needed: bool, notice: Letter) -> None:
    """After a factor was removed: without any, recovery codes stand in for nothing."""
    if not factors_of(tx, user_id).are_there:
        if is_needed:
            raise LastFactor
        drop_codes(tx, user_id)
    _tell(tx, user_id, notice)


def _tell(tx: Transaction, user_id: int, notice: Letter) -> None:
    address = tx.scalars(select(User.email).where(User.id == user_id)).one()
    queue_mail(tx, to=address, subject=notice.subject, text=notice.text, locale=notice.locale)


def _columns_of(made: KnownKey) -> dict[str, object]:
    return {
        "credential_id": made.credential_id,
        "public_key": made.public_key,
        "sign_count": made.sign_count,
        "transports": list(made.transports),
    }
