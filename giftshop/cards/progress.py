"""How far a firm's programmes have come: what its buyer sees. Never a code, never an address.

Everything here goes through the firm: another firm's programme is not there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select

from giftshop.cards.errors import ProgrammeNotThere
from giftshop.cards.models import Addressee, Batch, Card, Programme
from giftshop.cards.rules import SOON, CardState, ProgrammeKind
from giftshop.db import Reader
from giftshop.kernel.locale import N_
from giftshop.kernel.money import Money
from giftshop.kernel.serials import parse_serial, printed
from giftshop.listing import Column, Days, Listing, Words, said_in
from giftshop.paging import PAGE, Page, keyset_page

SORTED_AT_MOST: Final = 5_000
"""Cards of a programme that are sorted by anything, without an index."""


class Shown(StrEnum):
    """How a card stands, as its buyer sees it; also what the list can be narrowed to."""

    CLAIMED = "claimed"
    """Its gift was chosen, or all that it held was spent."""
    BEGUN = "begun"
    """Part of what it held was spent."""
    UNCLAIMED = "unclaimed"
    """It can be redeemed and has not been, or not wholly."""
    EXPIRING = "expiring"
    """It can be redeemed, for a month at most."""
    EXPIRED = "expired"
    """It was not redeemed in time."""
    NOT_ACTIVE = "not_active"
    """It has not been delivered to the firm yet."""
    BLOCKED = "blocked"
    """Stopped, or void."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of a programme's cards. Those begun and those expiring are among the unclaimed."""

    ordered: int = 0
    claimed: int = 0
    begun: int = 0
    unclaimed: int = 0
    expiring: int = 0
    expired: int = 0
    blocked: int = 0
    outstanding_minor: int = 0
    """What active cards still hold, in minor units."""

    @property
    def not_active(self) -> int:
        """Cards that are still being made or on their way."""
        return self.ordered - self.claimed - self.unclaimed - self.expired - self.blocked


@dataclass(frozen=True, slots=True)
class CardLine:
    """One card in a buyer's list."""

    serial_number: int
    shown: Shown
    last4: str
    name: str | None
    expires_at: datetime
    claimed_at: datetime | None
    balance: Money

    @property
    def serial(self) -> str:
        """The serial number in groups, as people read it."""
        return printed(self.serial_number)


_STATES: Final = {
    Shown.CLAIMED: (CardState.CLAIMED, CardState.ACTIVE),
    Shown.BEGUN: (CardState.ACTIVE,),
    Shown.UNCLAIMED: (CardState.ACTIVE,),
    Shown.EXPIRING: (CardState.ACTIVE,),
    Shown.EXPIRED: (CardState.LAPSED, CardState.ACTIVE),
    Shown.NOT_ACTIVE: (CardState.SEALED,),
    Shown.BLOCKED: (CardState.BLOCKED, CardState.VOID),
}


def programmes_of(reader: Reader, firm_id: int, *, after: str | None = None) -> Page[Programme]:
    """Return a page of the firm's programmes, newest first."""
    return keyset_page(reader, select(Programme).where(Programme.firm_id == firm_id), Programme.id, after=after)


def programme_of(reader: Reader, firm_id: int, programme_id: int) -> Programme:
    """Return one programme of the firm; raises ProgrammeNotThere, for another firm's too."""
    found = reader.scalar(select(Programme).where(Programme.id == programme_id, Programme.firm_id == firm_id))
    if found is None:
        raise ProgrammeNotThere
    return found


def programmes_list(firm_id: int) -> Listing[Programme]:
    """Return the list of a firm's programmes. How far each has come is counted for the page: nothing sorts by it."""
    return Listing(
        "programmes",
        select(Programme).where(Programme.firm_id == firm_id),
        Programme.id,
        columns=(
            Column("name", N_("Programme"), by=Programme.name),
            Column("until", N_("Last day to redeem"), by=Programme.valid_until),
            Column("chosen", N_("Gifts chosen")),
            Column("left", N_("Not redeemed"), "number"),
            Column("expiring", N_("Expiring soon"), "number"),
        ),
        fields=(
            Words(N_("Programme"), said_in(Programme.name)),
            Days("until", N_("Last day"), Programme.valid_until),
        ),
    )


def programme_progress(reader: Reader, programme_ids: Collection[int], *, at: datetime) -> dict[int, Progress]:
    """Return the counts of each programme's cards at moment `at`, in two statements for any number of them."""
    ordered = select(Batch.programme_id, func.sum(Batch.quantity)).where(Batch.programme_id.in_(programme_ids))
    totals = {row[0]: int(row[1]) for row in reader.execute(ordered.group_by(Batch.programme_id))}
    counts = [_count(shown, at).label(shown) for shown in Shown if shown is not Shown.NOT_ACTIVE]
    held = func.sum(case((Card.state == CardState.ACTIVE, Card.balance_minor), else_=0)).label("outstanding")
    counted = (
        select(Batch.programme_id, *counts, held)
        .join(Card, Card.batch_id == Batch.id)
        .where(Batch.programme_id.in_(programme_ids))
        .group_by(Batch.programme_id)
    )
    found = {row[0]: dict(row._mapping) for row in reader.execute(counted)}
    return {key: _progress(totals.get(key, 0), found.get(key, {})) for key in programme_ids}


def card_lines(
    reader: Reader,
    programme_id: int,
    *,
    shown: Shown | None = None,
    search: str = "",
    after: str | None = None,
    at: datetime,
    size: int = PAGE,
) -> Page[CardLine]:
    """Return a page of a programme's cards by serial number, narrowed to how they stand and to a serial or a name."""
    batch_ids = reader.scalars(select(Batch.id).where(Batch.programme_id == programme_id)).all()
    lines = _lines(reader, batch_ids, shown, search.strip(), at)
    if after and after.isascii() and after.isdigit() and len(after) < 19:
        lines = lines.where(Card.serial > int(after))
    rows = reader.execute(lines.order_by(Card.serial).limit(size + 1)).all()
    page = [_line(at, *row) for row in rows[:size]]
    return Page(page, str(page[-1].serial_number) if len(rows) > size else None)


def every_card_line(
    reader: Reader, programme_id: int, *, shown: Shown | None = None, search: str = "", at: datetime
) -> Iterator[CardLine]:
    """Yield all cards that `card_lines` pages through, reading on as they are taken."""
    after: str | None = None
    while True:
        page = card_lines(reader, programme_id, shown=shown, search=search, after=after, at=at, size=1000)
        yield from page.rows
        after = page.next
        if after is None:
            return


def cards_list(reader: Reader, programme: Programme, *, shown: Shown | None, at: datetime) -> Listing[CardLine]:
    """Return the list of a programme's cards by serial number, narrowed to how they stand at moment `at`.

    Only serial numbers have an index within a programme: a large one sorts by nothing else.
    """
    batches = reader.execute(select(Batch.id, Batch.quantity).where(Batch.programme_id == programme.id)).all()
    is_small = sum(quantity for _id, quantity in batches) <= SORTED_AT_MOST
    if programme.kind is ProgrammeKind.STORED_VALUE:
        last = Column("left", N_("Left on the card"), "number", by=Card.balance_minor if is_small else None, falls=True)
    else:
        last = Column("chosen", N_("Redeemed on"), by=Card.claimed_at if is_small else None, falls=True)
    return Listing(
        f"programme-{programme.id}",
        _lines(reader, [batch_id for batch_id, _quantity in batches], shown, "", at),
        Card.serial,
        columns=(
            Column("serial", N_("Serial number"), by=Card.serial),
            Column("last4", N_("Last four")),
            Column("name", N_("Recipient"), by=Addressee.name if is_small else None),
            Column("state", N_("State")),
            Column("until", N_("Last day"), by=Card.expires_at if is_small else None),
            last,
        ),
        fields=(Words(N_("Serial number, last four or recipient"), _matches),),
        first="serial",
        make=partial(_line, at),
        is_personal=True,
    )


def addressee_name() -> ColumnElement[str | None]:
    """Return, in a statement about cards, whom each is for: NULL where nobody is named, or the name is erased."""
    return select(Addressee.name).where(Addressee.serial == Card.serial).scalar_subquery()


def firm_batch(reader: Reader, firm_id: int, batch_id: int) -> Batch:
    """Return one batch of the firm; raises ProgrammeNotThere."""
    found = reader.scalar(select(Batch).join(Programme).where(Batch.id == batch_id, Programme.firm_id == firm_id))
    if found is None:
        raise ProgrammeNotThere
    return found


def _stands(shown: Shown, at: datetime) -> ColumnElement[bool]:
    """Say in SQL what `Shown` says in words."""
    state = Card.state.in_(_STATES[shown])
    is_there = and_(state, Card.balance_minor > 0)
    match shown:
        case Shown.CLAIMED:
            return and_(state, Card.balance_minor == 0)
        case Shown.EXPIRED:
            return or_(Card.state == CardState.LAPSED, and_(is_there, Card.expires_at <= at))
        case Shown.UNCLAIMED:
            return and_(is_there, Card.expires_at > at)
        case Shown.EXPIRING:
            return and_(is_there, Card.expires_at > at, Card.expires_at <= at + SOON)
        case Shown.BEGUN:
            return and_(is_there, Card.expires_at > at, Card.balance_minor < Batch.face_minor)
        case _:
            return state


def _as_shown(state: CardState, expires_at: datetime, balance_minor: int, face_minor: int, at: datetime) -> Shown:
    if state is CardState.ACTIVE and balance_minor:
        if expires_at <= at:
            return Shown.EXPIRED
        if balance_minor < face_minor:
            return Shown.BEGUN
        return Shown.EXPIRING if expires_at <= at + SOON else Shown.UNCLAIMED
    return next(shown for shown, states in _STATES.items() if state in states)


def _count(shown: Shown, at: datetime) -> ColumnElement[int]:
    return func.count(case((_stands(shown, at), 1)))


def _progress(ordered: int, counts: dict[str, int]) -> Progress:
    return Progress(
        ordered=ordered,
        claimed=counts.get(Shown.CLAIMED, 0),
        unclaimed=counts.get(Shown.UNCLAIMED, 0),
        expiring=counts.get(Shown.EXPIRING, 0),
        expired=counts.get(Shown.EXPIRED, 0),
        begun=counts.get(Shown.BEGUN, 0),
        blocked=counts.get(Shown.BLOCKED, 0),
        outstanding_minor=int(counts.get("outstanding", 0) or 0),
    )


Line = tuple[int, str, CardState, datetime, datetime | None, int, int, str, str | None]


def _line(at: datetime, *row: Any) -> CardLine:
    serial, last4, state, expires_at, claimed_at, balance_minor, face_minor, currency, name = row
    stands = _as_shown(state, expires_at, balance_minor, face_minor, at)
    return CardLine(serial, stands, last4, name, expires_at, claimed_at, Money(balance_minor, currency))


def _lines(reader: Reader, batch_ids: Collection[int], shown: Shown | None, search: str, at: datetime) -> Select[*Line]:
    shown_of = (Card.serial, Card.last4, Card.state, Card.expires_at, Card.claimed_at, Card.balance_minor)
    lines = (
        select(*shown_of, Batch.face_minor, Batch.currency, Addressee.name)
        .join(Batch, Batch.id == Card.batch_id)
        .outerjoin(Addressee, Addressee.serial == Card.serial)
    )
    if not batch_ids:
        return lines.where(false())
    within = Card.batch_id.in_(batch_ids)
    least, most = reader.execute(select(func.min(Card.serial), func.max(Card.serial)).where(within)).one()
    # The bounds let the index of serial numbers begin at the right page, whatever else is in the table.
    lines = lines.where(within, Card.serial.between(least, most))
    if shown:
        lines = lines.where(_stands(shown, at))
    return lines.where(_matches(search)) if search else lines


def _matches(search: str) -> ColumnElement[bool]:
    serial = parse_serial(search)
    if serial is not None:
        return Card.serial == serial.number
    return or_(Addressee.name.contains(search, autoescape=True), Card.last4 == search.upper())
