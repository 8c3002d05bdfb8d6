"""The end of cards: extended, booked out when it has passed, brought back, and what becomes of what nobody redeemed.

A card's `expires_at` is what decides whether it can be spent; booking it out comes a little later, by a job, and moves
what it held from what is owed to holders to what expired. The day a programme's next card may lapse stands in its row.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, case, func, literal, or_, select, update

from giftshop import audit, ledger
from giftshop.cards.errors import (
    CannotExtend,
    CardNotThere,
    ExtendedTooFar,
    NothingToSettle,
    ProgrammeNotThere,
    StillOwed,
    WhyNeeded,
)
from giftshop.cards.models import Batch, Card, Programme, Settlement
from giftshop.cards.rules import FOREVER, CardState, ProgrammeKind, Unredeemed, lapses_at
from giftshop.db import Transaction
from giftshop.kernel.actor import SYSTEM, Actor
from giftshop.kernel.market import MarketRules
from giftshop.kernel.money import Money
from giftshop.ledger import Account, EntryKind, Leg, Posting

LAPSE_AFTER: Final = timedelta(minutes=10)
"""How long after its end a card is booked out: whoever confirmed in its last second is through by then."""
AT_ONCE: Final = 1000
"""Cards booked out in one transaction."""

FARTHEST: Final = timedelta(days=3653)
"""How far away a new last day may be."""

_ENDED: Final = (CardState.CLAIMED, CardState.VOID)
SETTLED_TO: Final = {
    Unredeemed.KEEP: Account.KEPT,
    Unredeemed.RETURN: Account.RETURNED,
    Unredeemed.CREDIT: Account.CREDITED,
    Unredeemed.DONATE: Account.DONATED,
}


def extend_programme(tx: Transaction, programme_id: int, until: date, *, reason: str, by: Actor, at: datetime) -> int:
    """Let every card of a programme be good through `until`, and return how many that changed.

    Those that lapsed hold again what they held. Raises WhyNeeded, CannotExtend, ExtendedTooFar, ProgrammeNotThere.
    """
    programme = _locked(tx, programme_id)
    if programme.valid_until is None or until <= programme.valid_until:
        raise CannotExtend(field="until", until=until)
    programme.valid_until = until
    programme.reminded_days = None
    tx.flush()
    return _extend(tx, programme, _of_programme(programme_id), until, reason=reason, by=by, at=at)


def extend_cards(
    tx: Transaction, card_ids: Collection[int], until: date, *, reason: str, by: Actor, at: datetime
) -> int:
    """Let some cards of one programme be good through `until`, and return how many that changed.

    Raises WhyNeeded, CannotExtend, ExtendedTooFar, CardNotThere.
    """
    of_these = select(Batch.programme_id).join(Card, Card.batch_id == Batch.id).where(Card.id.in_(card_ids)).distinct()
    programmes = tx.scalars(of_these).all()
    if len(programmes) != 1:
        raise CardNotThere
    return _extend(tx, _locked(tx, programmes[0]), Card.id.in_(card_ids), until, reason=reason, by=by, at=at)


def lapse_some(tx: Transaction, programme_id: int, *, at: datetime) -> int:
    """Book out the next cards of a programme whose end has passed, and return how many; 0 when there are no more.

    The moment to look again is kept then.
    """
    ended = select(Card.id, Card.batch_id, Card.balance_minor, Batch.currency).join(Batch, Batch.id == Card.batch_id)
    due = ended.where(_of_programme(programme_id), *_holds_something(), Card.expires_at <= at - LAPSE_AFTER)
    rows = tx.execute(due.order_by(Card.serial).limit(AT_ONCE).with_for_update(of=Card)).all()
    if not rows:
        _look_again_later(tx, programme_id, at=at)
        return 0
    gone = update(Card).where(Card.id.in_([row.id for row in rows]), *_holds_something())
    tx.change(gone.values(state=CardState.LAPSED, balance_minor=0))
    legs = _moving(rows, Account.OUTSTANDING, Account.EXPIRED)
    ledger.post(tx, EntryKind.EXPIRE, legs, subject=("programme", programme_id), by=SYSTEM, at=at)
    audit.record(tx, "cards.lapse", ("programme", programme_id), by=SYSTEM, at=at, cards=len(rows))
    return len(rows)


def look_again(tx: Transaction, card_id: int, *, at: datetime) -> None:
    """Have the programme of a card looked through, if the card's end has passed: something came back to it."""
    ended = select(Batch.programme_id).join(Card, Card.batch_id == Batch.id)
    programme = ended.where(Card.id == card_id, Card.expires_at <= at).scalar_subquery()
    tx.change(update(Programme).where(Programme.id == programme).values(next_lapse_at=at))


def settle(tx: Transaction, programme_id: int, *, market: MarketRules, by: Actor, at: datetime) -> int:
    """Decide what expired of a programme, as its firm chose when it ordered; return the settlement's id.

    Its lapsed cards are void from then on. Raises NothingToSettle; StillOwed where the market never lets value of
    such cards end; ProgrammeNotThere.
    """
    programme = _locked(tx, programme_id)
    if programme.kind is ProgrammeKind.STORED_VALUE and not market.stored_value.breakage_is_final:
        raise StillOwed
    rows = tx.execute(_expired(_of_programme(programme_id))).all()
    if not rows:
        raise NothingToSettle
    gone = update(Card).where(_of_programme(programme_id), Card.state == CardState.LAPSED)
    tx.change(gone.values(state=CardState.VOID))
    legs = _moving(rows, Account.EXPIRED, SETTLED_TO[programme.unredeemed])
    settlement = Settlement(
        programme_id=programme_id,
        choice=programme.unredeemed,
        cards=len(rows),
        amount_minor=sum(row.balance_minor for row in rows),
        currency=rows[0].currency,
        settled_by=by.user_id,
        settled_at=at,
    )
    tx.add(settlement)
    tx.flush()
    ledger.post(tx, EntryKind.SETTLE, legs, subject=("settlement", settlement.id), by=by, at=at)
    audit.record(tx, "cards.settle", ("programme", programme_id), by=by, at=at, settlement=settlement.id)
    return settlement.id


def _extend(
    tx: Transaction,
    programme: Programme,
    which: ColumnElement[bool],
    until: date,
    *,
    reason: str,
    by: Actor,
    at: datetime,
) -> int:
    if not reason.strip():
        raise WhyNeeded(field="reason")
    if until - at.date() > FARTHEST:
        raise ExtendedTooFar(field="until")
    ends = lapses_at(until, programme.time_zone, programme.grace_days)
    if ends <= at:
        raise CannotExtend(field="until", until=until)
    _revive(tx, programme.id, which, by=by, at=at)
    longer = update(Card).where(which, Card.state.not_in(_ENDED), Card.expires_at < ends)
    count = tx.change(longer.values(expires_at=ends))
    if not count:
        raise CannotExtend(field="until", until=until)
    _look_at(tx, programme.id, ends)
    subject = ("programme", programme.id)
    audit.record(tx, "cards.extend", subject, by=by, at=at, cards=count, until=until.isoformat(), reason=reason.strip())
    return count


def _revive(tx: Transaction, programme_id: int, which: ColumnElement[bool], *, by: Actor, at: datetime) -> None:
    """Give lapsed cards back what they held. They are open again by what their row says."""
    rows = tx.execute(_expired(which)).all()
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        held = case({row.id: row.balance_minor for row in some}, value=Card.id)
        alive = case((Card.state == CardState.LAPSED, CardState.ACTIVE), else_=Card.state)
        again = update(Card).where(Card.id.in_([row.id for row in some]))
        tx.change(again.values(state=alive, balance_minor=Card.balance_minor + held))
    if rows:
        legs = _moving(rows, Account.EXPIRED, Account.OUTSTANDING)
        ledger.post(tx, EntryKind.REVIVE, legs, subject=("programme", programme_id), by=by, at=at)


def _expired(which: ColumnElement[bool]) -> Select[int, int, int, str]:
    """Return cards with what was booked out of each, and neither brought back nor settled."""
    booked_out = (-func.sum(Posting.amount_minor)).label("balance_minor")
    return (
        select(Card.id, Card.batch_id, booked_out, Batch.currency)
        .join(Batch, Batch.id == Card.batch_id)
        .join(Posting, Posting.card_id == Card.id)
        .where(which, Posting.account == Account.EXPIRED)
        .group_by(Card.id, Card.batch_id, Batch.currency)
        .having(func.sum(Posting.amount_minor) < 0)
    )


def _moving(rows: Iterable[Any], out_of: Account, into: Account) -> list[Leg]:
    return [
        leg
        for row in rows
        for leg in ledger.move(
            Money(int(row.balance_minor), row.currency), out_of, into, batch_id=row.batch_id, card_id=row.id
        )
    ]


def _holds_something() -> tuple[ColumnElement[bool], ...]:
    return Card.state == CardState.ACTIVE, Card.balance_minor > 0


def _of_programme(programme_id: int) -> ColumnElement[bool]:
    return Card.batch_id.in_(select(Batch.id).where(Batch.programme_id == programme_id))


def _look_again_later(tx: Transaction, programme_id: int, *, at: datetime) -> None:
    """Keep when the next card may lapse. One that is blocked or unopened beyond its end waits until that changes."""
    may_lapse = (
        _of_programme(programme_id),
        Card.state.not_in([*_ENDED, CardState.LAPSED]),
        Card.expires_at > at - LAPSE_AFTER,
        Card.expires_at < FOREVER,
    )
    next_end = tx.scalar(select(func.min(Card.expires_at)).where(*may_lapse))
    tx.change(update(Programme).where(Programme.id == programme_id).values(next_lapse_at=next_end))


def _look_at(tx: Transaction, programme_id: int, moment: datetime) -> None:
    sooner = or_(Programme.next_lapse_at.is_(None), Programme.next_lapse_at > literal(moment, Card.expires_at.type))
    tx.change(update(Programme).where(Programme.id == programme_id, sooner).values(next_lapse_at=moment))


def _locked(tx: Transaction, programme_id: int) -> Programme:
    found = tx.get(Programme, programme_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise ProgrammeNotThere
    return found
