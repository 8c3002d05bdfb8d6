"""Commands on top-ups: place one, give it up, put it on the cards once it is paid, settle what is left over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from giftshop import accounts, audit, cards, jobs, payments
from giftshop.cards import CannotTopUp, Programme, ProgrammeKind
from giftshop.db import Reader, Transaction
from giftshop.kernel.actor import Actor
from giftshop.kernel.market import StoredValueRules
from giftshop.kernel.money import Money
from giftshop.orders import Holder, asks_for_real_name, is_identity_number, is_transfer_only, needs_approval
from giftshop.topups.errors import (
    AboveLimit,
    AmountNeeded,
    NoStoredValue,
    NoteNeeded,
    NothingToReturn,
    NothingToTopUp,
    NotWaiting,
    OnTheCards,
    PickChanged,
    RealNameNeeded,
    TooManyCards,
)
from giftshop.topups.models import TopUp, TopUpCard
from giftshop.topups.queries import KIND, has_money_left
from giftshop.topups.rules import AT_ONCE, MOST_CARDS, NUMBERS, CardOutcome, TopUpState, cap_of

FILL = "topups.fill"
"""The job that puts a paid top-up on its cards."""
TELL = "topups.tell"
"""The job that writes to its buyer that it is done."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a firm asks for: so much more on each open card of a programme, or of a range of serial numbers."""

    programme_id: int
    each: Money
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Pick:
    """Which cards that would be just now, and what they would cost."""

    wanted: Wanted
    most_minor: Mapping[int, int]
    """What each card that can take it may hold at most, by its id."""
    left_out: int
    """Cards chosen that cannot take it."""
    needs_real_name: bool
    transfer_only: bool

    @property
    def total(self) -> Money:
        """What they cost together."""
        return self.wanted.each * len(self.most_minor)


def pick(reader: Reader, firm_id: int, wanted: Wanted, *, market: StoredValueRules, at: datetime) -> Pick:
    """Return which cards a top-up would be for, and what it would cost.

    Raises ProgrammeNotThere for another firm's programme, NoStoredValue, AmountNeeded, NothingToTopUp, TooManyCards.
    """
    programme = cards.programme_of(reader, firm_id, wanted.programme_id)
    _refuse_kind(reader, programme)
    if wanted.each.amount_minor <= 0:
        raise AmountNeeded(field="each")
    chosen = cards.open_cards(reader, programme.id, first=wanted.first, last=wanted.last, at=at, limit=MOST_CARDS + 1)
    if len(chosen) > MOST_CARDS:
        raise TooManyCards(field="last", most=MOST_CARDS)
    fits = {}
    for card in chosen:
        cap = cap_of(programme.valid_until, market, bears_name=card.bears_name)
        if card.balance.currency == wanted.each.currency and (card.balance + wanted.each).amount_minor <= cap:
            fits[card.id] = cap
    if not fits:
        raise NothingToTopUp(field="each")
    value = wanted.each.amount_minor * len(fits)
    names_all = all(card.bears_name for card in chosen)
    holder = Holder.NAMED if names_all and programme.valid_until is None else Holder.BEARER
    return Pick(
        wanted,
        fits,
        left_out=len(chosen) - len(fits),
        needs_real_name=asks_for_real_name(holder, value, market),
        transfer_only=is_transfer_only(value, market),
    )


def place(
    tx: Transaction,
    firm_id: int,
    wanted: Wanted,
    *,
    seen_total_minor: int,
    agent_name: str = "",
    agent_document: str = "",
    market: StoredValueRules,
    by: Actor,
    at: datetime,
) -> str:
    """Order a top-up at the total that its buyer was shown: it waits for the money. Returns its number.

    Raises what `pick` raises, PickChanged, AboveLimit, RealNameNeeded.
    """
    found = pick(tx, firm_id, wanted, market=market, at=at)
    if found.total.amount_minor != seen_total_minor:
        raise PickChanged(seen=Money(seen_total_minor, wanted.each.currency), current=found.total)
    buyer_id = by.id or 0
    limit = accounts.users_by_id(tx, [buyer_id])[buyer_id].order_limit_minor
    if limit is not None and needs_approval(found.total, limit):
        raise AboveLimit(total=found.total, limit=Money(limit, wanted.each.currency))
    if found.needs_real_name and not (agent_name.strip() and is_identity_number(agent_document)):
        raise RealNameNeeded(field="agent_document")
    top_up = TopUp(
        firm_id=firm_id,
        programme_id=wanted.programme_id,
        buyer_id=buyer_id,
        each_minor=wanted.each.amount_minor,
        currency=wanted.each.currency,
        quantity=len(found.most_minor),
        agent_name=agent_name.strip() if found.needs_real_name else "",
        agent_document=agent_document if found.needs_real_name else "",
        placed_at=at,
    )
    tx.add(top_up)
    tx.flush()
    rows = sorted(found.most_minor.items())
    tx.load(TopUpCard, ("card_id", "most_minor"), rows, same={"top_up_id": top_up.id, "outcome": CardOutcome.WAITING})
    payments.expect(
        tx,
        payments.Payable(KIND, top_up.id),
        found.total,
        firm_id=firm_id,
        payer=accounts.firm(tx, firm_id).name,
        about=top_up.number,
        transfer_only=found.transfer_only,
        by=by,
        at=at,
    )
    audit.record(tx, "topups.place", (KIND, top_up.id), by=by, at=at, total_minor=found.total.amount_minor)
    return top_up.number


def cancel(tx: Transaction, top_up_id: int, *, by: Actor, at: datetime) -> int:
    """Give a top-up up before it is paid. Returns its id. Raises NotWaiting, payments.AlreadySettled."""
    waiting = (TopUp.id == top_up_id, TopUp.state == TopUpState.AWAITING_PAYMENT)
    if not tx.change(update(TopUp).where(*waiting).values(state=TopUpState.CANCELLED)):
        raise NotWaiting(number=NUMBERS.of(top_up_id))
    payments.cancel(tx, payments.Payable(KIND, top_up_id), by=by, at=at)
    audit.record(tx, "topups.cancel", (KIND, top_up_id), by=by, at=at)
    return top_up_id


def settle(tx: Transaction, news: payments.PaymentSettled) -> None:
    """Subscriber: the money for a top-up is here, so a job puts it on the cards."""
    if news.payable.kind != KIND:
        return
    waiting = (TopUp.id == news.payable.id, TopUp.state == TopUpState.AWAITING_PAYMENT)
    if not tx.change(update(TopUp).where(*waiting).values(state=TopUpState.PAID, paid_at=news.at)):
        raise NotWaiting(number=NUMBERS.of(news.payable.id))  # its payment is cancelled with it: undo, keep no money
    audit.record(tx, "topups.settle", (KIND, news.payable.id), by=news.by, at=news.at)
    jobs.enqueue(tx, FILL, {"top_up_id": news.payable.id}, key=f"{FILL}:{news.payable.id}")


def undo(tx: Transaction, news: payments.PaymentReversed) -> None:
    """Subscriber: the money of a top-up goes back whole: only where no card took any of it. Raises OnTheCards."""
    if news.payable.kind != KIND:
        return
    untouched = (TopUp.id == news.payable.id, TopUp.state == TopUpState.DONE, TopUp.refused == TopUp.quantity)
    if not tx.change(update(TopUp).where(*untouched).values(state=TopUpState.CANCELLED)):
        raise OnTheCards(number=NUMBERS.of(news.payable.id))
    audit.record(tx, "topups.undo", (KIND, news.payable.id), by=news.by, at=news.at)


def fill(tx: Transaction, top_up_id: int, *, by: Actor, at: datetime) -> bool:
    """Put a paid top-up on its next cards; a card that cannot take it any more is noted. False: none is left.

    Each card's row says whether it has its share, in the transaction that gives it: run again, it goes on.
    """
    top_up = tx.get_one(TopUp, top_up_id, populate_existing=True, with_for_update=True)
    if top_up.state is not TopUpState.PAID:
        return False
    waiting = select(TopUpCard).where(TopUpCard.top_up_id == top_up_id, TopUpCard.outcome == CardOutcome.WAITING)
    rows = tx.scalars(waiting.order_by(TopUpCard.card_id).limit(AT_ONCE)).all()
    for row in rows:
        most = Money(row.most_minor, top_up.currency)
        try:
            cards.top_up(tx, row.card_id, top_up.each, most=most, subject=(KIND, top_up_id), by=by, at=at)
        except CannotTopUp:
            row.outcome = CardOutcome.REFUSED
        else:
            row.outcome = CardOutcome.TOPPED_UP
    tx.flush()
    if not rows:
        _finish(tx, top_up, by=by, at=at)
    return bool(rows)


def mark_given_back(tx: Transaction, top_up_id: int, note: str, *, by: Actor, at: datetime) -> int:
    """Note that finance paid back what no card could take. Returns its id. Raises NoteNeeded, NothingToReturn."""
    if not note.strip():
        raise NoteNeeded(field="note")
    open_ = (TopUp.id == top_up_id, *has_money_left())
    values = {"given_back_at": at, "given_back_by": by.user_id, "given_back_note": note.strip()}
    if not tx.change(update(TopUp).where(*open_).values(values)):
        raise NothingToReturn(number=NUMBERS.of(top_up_id))
    audit.record(tx, "topups.mark_given_back", (KIND, top_up_id), by=by, at=at)
    how = payments.PaymentMethod.TRANSFER
    amount, payable = tx.get_one(TopUp, top_up_id).to_give_back, payments.Payable(KIND, top_up_id)
    tx.publish(payments.MoneyPaidBack(payable, amount, f"{KIND}/{top_up_id}", how, by, at, undoes_sale=True))
    return top_up_id


def _finish(tx: Transaction, top_up: TopUp, *, by: Actor, at: datetime) -> None:
    refused = select(func.count()).where(TopUpCard.top_up_id == top_up.id, TopUpCard.outcome == CardOutcome.REFUSED)
    top_up.refused = tx.scalar(refused) or 0
    top_up.state, top_up.done_at = TopUpState.DONE, at
    tx.flush()
    audit.record(tx, "topups.finish", (KIND, top_up.id), by=by, at=at, refused=top_up.refused)
    jobs.enqueue(tx, TELL, {"top_up_id": top_up.id}, key=f"{TELL}:{top_up.id}")


def _refuse_kind(reader: Reader, programme: Programme) -> None:
    firm = accounts.firm(reader, programme.firm_id)
    if programme.kind is not ProgrammeKind.STORED_VALUE or not accounts.may_buy_stored_value(firm.kind):
        raise NoStoredValue
