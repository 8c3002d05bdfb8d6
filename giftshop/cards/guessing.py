"""Guessing at codes: counted in the database, so that it counts over all workers and all ways in.

What holds a guesser back, in this order:

1. **The code itself**: 75 random bits. With ten million live cards one guess in 3.8 · 10^15 opens something, so a
   million addresses with a guess an hour each, for a year, open one with a chance of 1 in 400,000.
2. **Per address**: ten wrong codes in five minutes, fifty in an hour. An address is asked about before anything is
   looked up and counted afterwards, so whoever tries at one moment from one address gets as many answers more as the
   web server has threads.
3. **Over all addresses**: from 300 wrong codes in five minutes on, any address that had one in the last hour is
   refused until there are fewer. Everybody else is let in: honest people type a code rightly, or are told of a slip
   by its check letter, which is no wrong code.

Whoever tries once from each of very many addresses is stopped by neither limit, on purpose: nothing tells the first
try of such an address from an honest person's. There, the first wall alone holds, an alarm is raised, and an operator
who wants to do more does it in front of the site. Of IPv6 a network of 64 bits counts as one address; whoever owns
65,000 of those (a /48) is in the same case.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ScalarSelect, case, delete, func, insert, select, update

from giftshop import accounts, audit
from giftshop.cards.errors import NothingToForgive, TooManyGuesses, WhyForgiven
from giftshop.cards.models import Card, CardOpening, Reprieve, WrongCode
from giftshop.cards.vault import lookup_hashes
from giftshop.db import Reader, Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.codes import Secret, parse
from giftshop.kernel.keyring import Keyring

SHORT: Final = timedelta(minutes=5)
MOST_IN_SHORT: Final = 10
LONG: Final = timedelta(hours=1)
MOST_IN_LONG: Final = 50
MOST_OVER_ALL: Final = 300
"""Wrong codes in SHORT from anywhere. Honest ones are few: the check letter catches slips before they are counted."""
KEPT: Final = timedelta(days=1)
"""How long a wrong code's address is kept: personal data, useful for an hour and to whoever looks the same day."""
LONGEST_REASON: Final = 300

_DESK: Final = re.compile(r"[a-z_]{1,20}:\d{1,18}")
_WITH_PORT: Final = re.compile(r"\[([0-9A-Fa-f:.]+)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+):\d+")


def refuse_if_guessing(reader: Reader, address: str, *, at: datetime) -> None:
    """Raise TooManyGuesses if too many codes from `address` were wrong lately; to be asked before any look-up.

    One statement, whose cost has an end: an address is refused long before it has many rows, and what came from
    anywhere is counted up to the threshold and no further.
    """
    network = network_of(address)
    recent = case((WrongCode.tried_at > at - SHORT, 1))
    counted = select(func.count(recent), func.count(), _over_all(at)).where(
        WrongCode.address == network, WrongCode.tried_at > at - LONG, WrongCode.forgiven_at.is_(None)
    )
    in_short, in_long, over_all = reader.execute(counted).one()
    if is_refused(network, in_short, in_long, is_flood=over_all >= MOST_OVER_ALL):
        raise TooManyGuesses


def is_refused(network: str, in_short: int, in_long: int, *, is_flood: bool) -> bool:
    """Whether a network with so many wrong codes in five minutes and in an hour is refused.

    In a flood one is enough, but not of a hotline agent: that is one of our own people, signed in and counted by name,
    and where everybody is sent who is refused.
    """
    return in_short >= MOST_IN_SHORT or in_long >= MOST_IN_LONG or (is_flood and in_long > 0 and not is_desk(network))


def is_flood(reader: Reader, *, at: datetime) -> bool:
    """Whether so many codes were wrong, from anywhere, that whoever had one lately is refused."""
    return reader.scalars(select(_over_all(at))).one() >= MOST_OVER_ALL


def count_wrong(tx: Transaction, address: str, *, hashes: Sequence[bytes] = (), at: datetime) -> None:
    """Count a well-formed code from `address` that opened nothing, and forget those of days past.

    With the `hashes` of the code (see `code_hashes`) a card that is not active yet is noted with it, for `watching` to
    raise an alarm. The same statements are sent whether there is such a card or not.
    """
    tx.change(delete(WrongCode).where(WrongCode.tried_at < at - KEPT))
    its_card = select(Card.id).where(Card.secret_hash.in_(hashes)).limit(1).scalar_subquery()
    tx.change(insert(WrongCode).values(address=network_of(address), tried_at=at, card_id=its_card))


def code_hashes(keyring: Keyring, text: str) -> list[bytes]:
    """Return what a code that somebody typed is found by; nothing for what is no code."""
    secret = parse(text)
    return lookup_hashes(keyring, secret) if isinstance(secret, Secret) else []


def note_opening(tx: Transaction, address: str, card_id: int, *, at: datetime) -> None:
    """Note that a card was opened from `address` with its right code, so that `watching` sees who opens very many."""
    tx.add_new(CardOpening, address=network_of(address), card_id=card_id, opened_at=at)


def forgive(tx: Transaction, network: str, *, reason: str, by: Actor, at: datetime) -> int:
    """Let a network in again that is refused, or soon would be: its wrong codes count no more. Returns how many did.

    Raises WhyForgiven without a reason, NothingToForgive when nothing counted.
    """
    said = reason.strip()[:LONGEST_REASON]
    if not said:
        raise WhyForgiven(field="reason")
    counting = (WrongCode.address == network, WrongCode.tried_at > at - LONG, WrongCode.forgiven_at.is_(None))
    count = tx.change(update(WrongCode).where(*counting).values(forgiven_at=at))
    if not count:
        raise NothingToForgive
    reprieve = Reprieve(address=network, reason=said, wrong_codes=count, given_by=by.id or 0, given_at=at)
    tx.add(reprieve)
    tx.flush()
    audit.record(tx, "cards.forgive_guesses", ("reprieve", reprieve.id), by=by, at=at, wrong_codes=count)
    return count


def forget_addresses(tx: Transaction, *, at: datetime) -> None:
    """Forget whatever of a day ago or earlier names an address."""
    tx.change(delete(WrongCode).where(WrongCode.tried_at < at - KEPT))
    tx.change(delete(CardOpening).where(CardOpening.opened_at < at - KEPT))
    old = (Reprieve.given_at < at - KEPT, Reprieve.address.is_not(None))
    tx.change(update(Reprieve).where(*old).values(address=None))


def network_of(address: str) -> str:
    """Return what guesses are counted by: the address, or of IPv6 the network a household or a server is given.

    A port that a proxy writes behind it is left out, or each connection would count anew. "hotline:7" is an agent of
    the hotline, who is counted by name wherever they sit; anything else that is no address counts together.
    """
    if _DESK.fullmatch(address):
        return address
    with_port = _WITH_PORT.fullmatch(address)
    return accounts.network_of((with_port[1] or with_port[2]) if with_port else address)


def is_desk(network: str) -> bool:
    """Whether this is a person of ours at a desk, and no network."""
    return _DESK.fullmatch(network) is not None


def _over_all(at: datetime) -> ScalarSelect[int]:
    lately = select(WrongCode.id).where(WrongCode.tried_at > at - SHORT).limit(MOST_OVER_ALL)
    return select(func.count()).select_from(lately.subquery()).scalar_subquery()
