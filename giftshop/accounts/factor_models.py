"""The tables of second factors: app keys, passkeys, recovery codes. Nothing in them lets anybody in by itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.db import Base, intpk


class SealedKey(Base):
    """A key of one person's, sealed and bound to their id: in another row it does not open."""

    __abstract__ = True

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    master_id: Mapped[str]
    """The master key it is sealed under."""
    sealed: Mapped[bytes]


class AppKey(SealedKey):
    """The twenty bytes that a person's authenticator app computes its codes from; confirmed by a code before."""

    __tablename__ = "app_keys"

    last_step: Mapped[int]
    """The step of the newest code that was accepted; only later ones will be."""
    set_up_at: Mapped[datetime]


class RecoveryKey(SealedKey):
    """The key that a person's recovery codes are hashed under, drawn anew with them."""

    __tablename__ = "recovery_keys"

    drawn_at: Mapped[datetime]


class RecoveryCode(Base):
    """One recovery code: good once."""

    __tablename__ = "recovery_codes"
    __table_args__ = (UniqueConstraint("user_id", "code_hash"),)

    id: Mapped[intpk]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    code_hash: Mapped[bytes]
    """HMAC-SHA256 under the person's recovery key."""
    used_at: Mapped[datetime | None]


class Passkey(Base):
    """A passkey: a device, or several that share it, which proves by signature that it is there. No part is secret."""

    __tablename__ = "passkeys"
    __table_args__ = (
        CheckConstraint("sign_count >= 0", name="counts_up"),
        Index("ix_passkeys_user_id", "user_id"),
    )

    id: Mapped[intpk]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str]
    """What its owner calls it."""
    credential_id: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    """In COSE form."""
    sign_count: Mapped[int]
    """Where its counter stood last. Zero for one that does not count."""
    transports: Mapped[list[str]]
    added_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
