"""Guessing at codes: counted in the database, so that it counts over all workers and all ways in."""

from __future__ import annotations

from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from sqlalchemy import case, delete, func, insert, select

from giftshop.cards.errors import TooManyGuesses
from giftshop.cards.models import WrongCode
from giftshop.db import Reader, Transaction

SHORT: Final = timedelta(minutes=5)
MOST_IN_SHORT: Final = 10
LONG: Final = timedelta(hours=1)
MOST_IN_LONG: Final = 50
KEPT: Final = timedelta(days=1)
"""How long a wrong code's address is kept: personal data, useful for an hour and to whoever looks the same day."""

_HOUSEHOLD_BITS: Final = 64


def refuse_if_guessing(reader: Reader, address: str, *, at: datetime) -> None:
    """Raise TooManyGuesses if too many codes from `address` were wrong lately; to be asked before any look-up."""
    recent = case((WrongCode.tried_at > at - SHORT, 1))
    counted = select(func.count(recent), func.count()).where(
        WrongCode.address == network_of(address), WrongCode.tried_at > at - LONG
    )
    in_short, in_long = reader.execute(counted).one()
    if in_short >= MOST_IN_SHORT or in_long >= MOST_IN_LONG:
        raise TooManyGuesses


def count_wrong(tx: Transaction, address: str, *, at: datetime) -> None:
    """Count a well-formed code from `address` that opened nothing, and forget those of days past."""
    tx.change(delete(WrongCode).where(WrongCode.tried_at < at - KEPT))
    tx.change(insert(WrongCode).values(address=network_of(address), tried_at=at))


def network_of(address: str) -> str:
    """Return what guesses are counted by: the address, or of IPv6 the network a household or a server is given."""
    try:
        known = ip_address(address)
    except ValueError:
        return address[:64]
    if not isinstance(known, IPv6Address):
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return str(ip_network((known.packed, _HOUSEHOLD_BITS), strict=False))
