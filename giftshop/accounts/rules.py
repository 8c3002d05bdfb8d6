"""What holds for people and firms, whatever the database says."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum
from ipaddress import IPv6Address, ip_address, ip_network

from giftshop.kernel.role import MemberRole, StaffRole

SESSION_LIFE = timedelta(hours=12)
"""A working day; NIST SP 800-63B-4 allows a session at AAL1 up to 30 days."""
INVITATION_LIFE = timedelta(days=7)
RESET_LIFE = timedelta(hours=1)
HALF_LIFE = timedelta(minutes=30)
"""How long a right password waits for the second factor, or for one to be set up."""
CHALLENGE_LIFE = timedelta(minutes=5)
PASSKEYS_EACH = 10

ATTEMPT_WINDOW = timedelta(minutes=15)
LIMITS = {"sign_in": (10, 50), "password_reset": (3, 20), "second_factor": (5, 50)}
"""How often, in one window, an account may be tried from anywhere, and anything from one address.

An office shares an address. Whoever is shut out by another's guessing gets in by a mailed link.
"""
ATTEMPTS_KEPT = timedelta(days=1)
CODES_A_DAY = 30
"""How many wrong codes an account bears in a day: with three steps of a million, one guesser in ten thousand days."""

Role = MemberRole | StaffRole


class FirmKind(StrEnum):
    """What a firm is, as far as rules of the market tell firms apart."""

    COMPANY = "company"
    """A company, or anybody else who trades."""
    TRADE_UNION = "trade_union"
    """A trade union (工会), whose money may not buy stored value."""
    STATE_BODY = "state_body"
    """An authority or an institution of the state."""


class Way(StrEnum):
    """What somebody showed besides the password."""

    APP = "app"
    RECOVERY_CODE = "recovery_code"
    PASSKEY = "passkey"


class FactorNews(StrEnum):
    """What somebody is written about their second factor, in case it was not they."""

    APP_SET_UP = "app_set_up"
    APP_REMOVED = "app_removed"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    CODES_RENEWED = "codes_renewed"
    CODE_USED = "code_used"
    """A recovery code."""
    RESET = "reset"


class ResetReason(StrEnum):
    """Why somebody's second factor was taken away by another."""

    LOST = "lost"
    """The device is lost or broken."""
    STOLEN = "stolen"
    """Somebody else may have it."""
    USED_UP = "used_up"
    """The device does not work any more, and no recovery code is left."""
    CONSOLE = "console"
    """By whoever has the machine."""


NO_STORED_VALUE = frozenset({FirmKind.TRADE_UNION, FirmKind.STATE_BODY})
"""Whose money may not buy shopping cards (基层工会经费收支管理办法; 八项规定 for the state's own)."""


def may_buy_stored_value(kind: FirmKind) -> bool:
    """Whether a firm of this kind is shown shopping cards, and may buy them."""
    return kind not in NO_STORED_VALUE


def canonical_email(typed: str) -> str:
    """Return an e-mail address in the one form it is kept and compared in."""
    return unicodedata.normalize("NFC", typed.strip()).lower()


def roles_on_side(names: Collection[str], firm_id: int | None) -> frozenset[Role]:
    """Return `names` as roles of a member (with a firm) or of staff. Raises ValueError for one of the other side."""
    side: type[MemberRole] | type[StaffRole] = StaffRole if firm_id is None else MemberRole
    return frozenset(side(name) for name in names)


def own_path(wanted: str | None) -> str | None:
    """Return `wanted` if it is a path on this site, where a browser may be sent after signing in; else None.

    `//host`, `/\\host` and control characters would lead a browser elsewhere.
    """
    if not wanted or not wanted.startswith("/") or wanted[1:2] in {"/", "\\"}:
        return None
    if "\\" in wanted or any(ord(character) < 33 or ord(character) == 127 for character in wanted):
        return None
    return wanted


def account_key(email: str) -> str:
    """Return what tries on `email` are counted under: a hash, since most such addresses are not ours to keep."""
    return hashlib.sha256(canonical_email(email).encode()).hexdigest()[:32]


def network_of(address: str | None) -> str:
    """Return what tries from `address` are counted under: one IPv6 household owns a whole /64."""
    try:
        parsed = ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        parsed = parsed.ipv4_mapped or parsed
    if isinstance(parsed, IPv6Address):
        return str(ip_network((parsed.packed, 64), strict=False))
    return str(parsed)


def secret_hash(secret: str) -> bytes:
    """Return what is kept of a random secret that only a mail or a cookie holds."""
    return hashlib.sha256(secret.encode()).digest()
