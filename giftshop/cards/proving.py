"""Whether cards and ledger say the same: what each card holds, what each batch owes, what expired, what was settled.

Each question is one statement, which sees one moment whatever is being spent meanwhile; the database adds up, and only
what differs is handed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Executable,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)

from giftshop import ledger
from giftshop.cards.models import Batch, Card, Settlement, batch_number
from giftshop.cards.rules import BatchState, CardState, Unredeemed
from giftshop.db import Reader
from giftshop.kernel.money import Money
from giftshop.kernel.serials import printed
from giftshop.ledger import Account, EntryKind, Posting

AT_ONCE: Final = 500
"""Rows of a question that are fetched together: however much differs, memory stays what it is."""
SETTLED_ON: Final = {
    Unredeemed.KEEP: Account.KEPT,
    Unredeemed.RETURN: Account.RETURNED,
    Unredeemed.CREDIT: Account.CREDITED,
    Unredeemed.DONATE: Account.DONATED,
}
"""Where expired value goes, as the firm chose."""
_ENDED: Final = (CardState.VOID, CardState.LAPSED)


class Promise(StrEnum):
    """What is promised of the books, and may turn out not to hold."""

    ENTRY = "entry"
    """An entry sums to zero in each currency."""
    BALANCE = "balance"
    """A card holds what it began with and its postings say."""
    OWED = "owed"
    """What a batch owes, to holders and to its firm, is what its cards hold that can still be spent."""
    EXPIRED = "expired"
    """What stands as expired is what lapsed cards would get back, and nobody else's."""
    SETTLED = "settled"
    """A settlement comes to what was posted for it, on the account that the firm chose."""
    ON_TOP = "on_top"
    """What holders paid on top is what was received."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that does not add up: what a card or a batch says, and what its postings say."""

    name: str
    """A card by its serial number, a batch by its number, or whatever else is concerned."""
    says: Money
    posted: Money
    promise: Promise = Promise.BALANCE
    card_id: int | None = None
    """Of a single card."""


def differences(reader: Reader) -> Iterator[Difference]:
    """Yield whatever of cards does not keep a `Promise`: cards, batches, settlements.

    Reads all cards a few times; nothing is the only good answer.
    """
    yield from _of_cards(reader)
    yield from _of_batches(reader)
    yield from _of_expired(reader)
    yield from _of_settlements(reader)


def _of_cards(reader: Reader) -> Iterator[Difference]:
    spent = ledger.spent_by_card()
    begins_with = case((Batch.is_replacement, 0), else_=Batch.face_minor)
    posted = begins_with - func.coalesce(spent.c.spent_minor, 0)
    off = (
        select(Card.id, Card.serial, Card.balance_minor, posted, Batch.currency)
        .join(Batch, Batch.id == Card.batch_id)
        .outerjoin(spent, spent.c.card_id == Card.id)
        .where(Card.balance_minor != posted)
        .order_by(Card.serial)
    )
    for card_id, serial, balance, owed, currency in _rows(reader, off):
        yield _difference(Promise.BALANCE, f"card {printed(serial)}", balance, owed, currency=currency, card_id=card_id)


def _of_batches(reader: Reader) -> Iterator[Difference]:
    """What a batch's opened cards hold is owed to holders, and what the others hold to the firm."""
    for account, are_open in ((Account.OUTSTANDING, True), (Account.PENDING, False)):
        opened = Card.activated_at.is_not(None) if are_open else Card.activated_at.is_(None)
        held = (
            select(Card.batch_id, func.sum(Card.balance_minor).label("held_minor"))
            .where(Card.state.not_in(_ENDED), opened, _is_issued(are_open=are_open))
            .group_by(Card.batch_id)
            .subquery("held")
        )
        owed = (
            select(Posting.batch_id, (-func.sum(Posting.amount_minor)).label("owed_minor"))
            .where(Posting.account == account)
            .group_by(Posting.batch_id)
            .subquery("owed")
        )
        says, posted = func.coalesce(held.c.held_minor, 0), func.coalesce(owed.c.owed_minor, 0)
        off = (
            select(Batch.id, says, posted, Batch.currency)
            .outerjoin(held, held.c.batch_id == Batch.id)
            .outerjoin(owed, owed.c.batch_id == Batch.id)
            .where(says != posted)
            .order_by(Batch.id)
        )
        for batch_id, held_minor, owed_minor, currency in _rows(reader, off):
            yield _difference(
                Promise.OWED, f"batch {batch_number(batch_id)}", held_minor, owed_minor, currency=currency
            )


def _of_expired(reader: Reader) -> Iterator[Difference]:
    """Only a lapsed card has something to get back, and each lapsed card has."""
    back = (
        select(Posting.card_id, (-func.sum(Posting.amount_minor)).label("back_minor"))
        .where(Posting.account == Account.EXPIRED, Posting.card_id.is_not(None))
        .group_by(Posting.card_id)
        .subquery("back")
    )
    booked_out = func.coalesce(back.c.back_minor, 0)
    # What comes back to a lapsed card may let it be open for a moment, until it is booked out again.
    may_have = Card.state.in_([CardState.LAPSED, CardState.ACTIVE, CardState.BLOCKED])
    off = (
        select(Card.id, Card.serial, Card.balance_minor, booked_out, Batch.currency)
        .join(Batch, Batch.id == Card.batch_id)
        .outerjoin(back, back.c.card_id == Card.id)
        .where(
            or_(
                and_(Card.state == CardState.LAPSED, booked_out <= 0),
                and_(~may_have, booked_out != 0),
                booked_out < 0,
            )
        )
        .order_by(Card.serial)
    )
    for card_id, serial, balance, posted, currency in _rows(reader, off):
        yield _difference(
            Promise.EXPIRED, f"card {printed(serial)}", balance, posted, currency=currency, card_id=card_id
        )


def _of_settlements(reader: Reader) -> Iterator[Difference]:
    """Both sides in one sum: what settlements say, and what was posted for them where their firm chose."""
    off = _both_sides().subquery("both")
    says, posted = func.sum(off.c.says), func.sum(off.c.posted)
    by_settlement = (
        select(off.c.settlement_id, off.c.account, func.max(off.c.currency), says, posted)
        .group_by(off.c.settlement_id, off.c.account)
        .having(says != posted)
        .order_by(off.c.settlement_id)
    )
    for settlement_id, _account, currency, says_minor, posted_minor in _rows(reader, by_settlement):
        yield _difference(Promise.SETTLED, f"settlement {settlement_id}", says_minor, posted_minor, currency=currency)


def _both_sides() -> Any:
    chosen = case({choice: literal(str(account)) for choice, account in SETTLED_ON.items()}, value=Settlement.choice)
    said = select(
        Settlement.id.label("settlement_id"),
        chosen.label("account"),
        Settlement.currency.label("currency"),
        Settlement.amount_minor.label("says"),
        literal(0).label("posted"),
    )
    posted = select(
        Posting.subject_id, cast(Posting.account, String), Posting.currency, literal(0), -Posting.amount_minor
    ).where(Posting.kind == EntryKind.SETTLE, Posting.account != Account.EXPIRED)
    return union_all(said, posted)


def _difference(
    promise: Promise, name: str, says: int, posted: int, *, currency: str, card_id: int | None = None
) -> Difference:
    return Difference(name, Money(int(says), currency), Money(int(posted), currency), promise, card_id)


def _rows(reader: Reader, statement: Executable) -> Iterator[Any]:
    yield from reader.execute(statement.execution_options(yield_per=AT_ONCE))


def _is_issued(*, are_open: bool) -> ColumnElement[bool]:
    """Say that a card counts: while its batch is being made nothing is posted yet."""
    if are_open:
        return true()
    made = select(Batch.id).where(Batch.state != BatchState.DRAWN_UP)
    return Card.batch_id.in_(made)
