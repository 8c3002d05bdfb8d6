"""The tables of firms, of people, and of how people come in."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from giftshop.accounts.rules import FirmKind
from giftshop.db import Base, intpk
from giftshop.kernel.locale import DEFAULT_LOCALE
from giftshop.kernel.role import MemberRole, StaffRole

ROLE_NAMES = sorted({*MemberRole, *StaffRole})


class FirmState(StrEnum):
    """Whether a firm's people may come in."""

    ACTIVE = "active"
    """They may."""
    SUSPENDED = "suspended"
    """Nobody of the firm may sign in; what was issued stays valid for its recipients."""


class Firm(Base):
    """A corporate client. Whatever belongs to a firm is invisible to other firms."""

    __tablename__ = "firms"
    __table_args__ = (CheckConstraint("length(currency) = 3", name="currency_code"),)

    id: Mapped[intpk]
    name: Mapped[str]
    """As it is printed on its cards: a proper name, the same in every language."""
    locale: Mapped[str] = mapped_column(default=DEFAULT_LOCALE)
    """The language its new members are first written to in."""
    currency: Mapped[str]
    """ISO 4217: what the firm is quoted in, and what its members' limits are counted in."""
    invoice_title: Mapped[str] = mapped_column(default="")
    """发票抬头, as a start for every order."""
    tax_number: Mapped[str] = mapped_column(default="")
    """税号, as a start for every order."""
    contact_line: Mapped[str] = mapped_column(default="")
    """Whom a recipient may ask at the firm; printed under the greeting."""
    kind: Mapped[FirmKind] = mapped_column(default=FirmKind.COMPANY)
    """Said by the operator, not by the firm: what it may buy depends on it."""
    state: Mapped[FirmState] = mapped_column(default=FirmState.ACTIVE)
    created_at: Mapped[datetime]


class UserState(StrEnum):
    """Whether a person may come in."""

    INVITED = "invited"
    """Was sent an invitation and has no password yet."""
    ACTIVE = "active"
    """May sign in, while their firm may."""
    DISABLED = "disabled"
    """May not; kept because orders and audit events name them."""


class User(Base):
    """A person who signs in: a member of a firm, or one of the operator's staff."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_is_lower_case"),
        CheckConstraint("state <> 'active' OR password_hash IS NOT NULL", name="active_has_password"),
        CheckConstraint("order_limit_minor IS NULL OR order_limit_minor >= 0", name="limit_not_negative"),
        CheckConstraint("order_limit_minor IS NULL OR firm_id IS NOT NULL", name="limit_of_a_member"),
        Index("ix_users_firm_id", "firm_id"),
    )

    id: Mapped[intpk]
    email: Mapped[str] = mapped_column(unique=True)
    """In the form of `rules.canonical_email`, so that one address is one person however it is written."""
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    locale: Mapped[str] = mapped_column(default=DEFAULT_LOCALE)
    firm_id: Mapped[int | None] = mapped_column(ForeignKey("firms.id"))
    """None: one of the operator's staff."""
    order_limit_minor: Mapped[int | None]
    """What a member may order without an approver, in minor units of the firm's currency. None: no limit."""
    state: Mapped[UserState] = mapped_column(default=UserState.INVITED)
    password_hash: Mapped[str | None]
    """Argon2id."""
    session_version: Mapped[int] = mapped_column(default=1)
    """Raised to end every session of this person at its next request."""
    created_at: Mapped[datetime]


class UserRole(Base):
    """One role that a person has. Whether "finance" is a firm's or the operator's follows from the person."""

    __tablename__ = "user_roles"
    __table_args__ = (
        CheckConstraint("role IN ({})".format(", ".join(f"'{name}'" for name in ROLE_NAMES)), name="known_role"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)


class LinkPurpose(StrEnum):
    """What a mailed link lets its holder do, once."""

    INVITATION = "invitation"
    """Choose a first password and begin."""
    PASSWORD_RESET = "password_reset"  # noqa: S105 -- a purpose, not a password
    """Choose another password."""


class MailedLink(Base):
    """A link that was mailed to one person: good once, until it expires. Only a hash of its secret is kept."""

    __tablename__ = "mailed_links"
    __table_args__ = (Index("ix_mailed_links_user_id", "user_id"),)

    id: Mapped[intpk]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    purpose: Mapped[LinkPurpose]
    secret_hash: Mapped[bytes] = mapped_column(unique=True)
    """SHA-256; the secret is random and long, so a plain hash is enough."""
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignIn(Base):
    """One browser that is signed in, or half so. The row, not the cookie, decides: signing out deletes it."""

    __tablename__ = "sign_ins"
    __table_args__ = (
        CheckConstraint("(challenge IS NULL) = (challenge_until IS NULL)", name="a_challenge_ends"),
        Index("ix_sign_ins_user_id", "user_id"),
    )

    id: Mapped[intpk]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    secret_hash: Mapped[bytes] = mapped_column(unique=True)
    """SHA-256 of the random secret in the browser's session."""
    session_version: Mapped[int]
    """The person's when they signed in; no longer good once theirs was raised."""
    is_half: Mapped[bool] = mapped_column(default=False)
    """The password was right, and the second factor is still to come: this browser is nobody until it does."""
    challenge: Mapped[bytes | None]
    """What the next passkey of this browser must answer, once."""
    challenge_until: Mapped[datetime | None]
    began_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class AttemptKind(StrEnum):
    """What somebody tried."""

    SIGN_IN = "sign_in"
    """A password."""
    PASSWORD_RESET = "password_reset"  # noqa: S105 -- a kind, not a password
    """To have a reset link mailed."""
    SECOND_FACTOR = "second_factor"
    """A code of an app, or a recovery code, after the right password."""


class AccessAttempt(Base):
    """One try, written down before it is judged, so that tries at the same moment are all counted. Kept for a day."""

    __tablename__ = "access_attempts"
    __table_args__ = (
        Index("ix_access_attempts_account", "kind", "account", "at"),
        Index("ix_access_attempts_address", "kind", "address", "at"),
    )

    id: Mapped[intpk]
    kind: Mapped[AttemptKind]
    account: Mapped[str]
    """A hash of the e-mail address that was tried, known or not."""
    address: Mapped[str]
    """The network it came from: an IPv4 address or an IPv6 /64."""
    at: Mapped[datetime]
