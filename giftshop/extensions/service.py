"""Commands on extensions: ask for one, give it up, extend once it is paid, settle what is left over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import update

from giftshop import accounts, audit, cards, payments
from giftshop.cards import CannotExtend
from giftshop.db import Reader, Transaction
from giftshop.extensions.errors import (
    BeyondLimit,
    FeeChanged,
    HowNeeded,
    InForce,
    NotAwaited,
    NothingLeftOver,
    NothingToExtend,
    TooFar,
)
from giftshop.extensions.models import Extension
from giftshop.extensions.queries import KIND
from giftshop.extensions.rules import LONGEST, NUMBERS, ExtensionState, is_in_reach
from giftshop.kernel.actor import Actor
from giftshop.kernel.clock import local_day
from giftshop.kernel.money import Money


@dataclass(frozen=True, slots=True)
class Estimate:
    """What extending a programme would come to just now."""

    quantity: int
    fee: Money
    """For each card."""

    @property
    def total(self) -> Money:
        """What it costs."""
        return self.fee * self.quantity


def estimate(reader: Reader, firm_id: int, programme_id: int, *, fee_minor: int, at: datetime) -> Estimate:
    """Return how many cards an extension would be for, and what it would cost.

    Raises ProgrammeNotThere for another firm's programme, NothingToExtend.
    """
    programme = cards.programme_of(reader, firm_id, programme_id)
    quantity, currency = cards.worth_something(reader, programme_id)
    if programme.valid_until is None or not quantity:
        raise NothingToExtend(field="until")
    return Estimate(quantity, Money(fee_minor, currency))


def ask(
    tx: Transaction,
    firm_id: int,
    programme_id: int,
    until: date,
    *,
    seen_minor: int,
    fee_minor: int,
    by: Actor,
    at: datetime,
) -> str:
    """Extend a programme through `until`: at once where it is free, else when the fee is paid. Returns its number.

    `seen_minor` is the total that its buyer was shown. Raises what `estimate` raises, TooFar, FeeChanged, BeyondLimit.
    """
    found = estimate(tx, firm_id, programme_id, fee_minor=fee_minor, at=at)
    programme = cards.programme_of(tx, firm_id, programme_id)
    today, now_until = local_day(at, programme.time_zone), programme.valid_until or date.max
    if not is_in_reach(until, now_until=now_until, today=today):
        first = max(now_until, today) + timedelta(days=1)
        raise TooFar(field="until", first=first, last=today + LONGEST)
    if found.total.amount_minor != seen_minor:
        raise FeeChanged(seen=Money(seen_minor, found.fee.currency), current=found.total)
    _refuse_beyond_limit(tx, found.total, by)
    extension = _write(tx, firm_id, programme_id, until, found, by=by, at=at)
    if extension.state is ExtensionState.DONE:
        cards.extend_programme(tx, programme_id, until, reason=extension.number, by=by, at=at)
    else:
        payments.expect(
            tx,
            payments.Payable(KIND, extension.id),
            found.total,
            firm_id=firm_id,
            payer=accounts.firm(tx, firm_id).name,
            about=extension.number,
            transfer_only=False,
            by=by,
            at=at,
        )
    audit.record(tx, "extensions.ask", (KIND, extension.id), by=by, at=at, total_minor=found.total.amount_minor)
    return extension.number


def cancel(tx: Transaction, extension_id: int, *, by: Actor, at: datetime) -> int:
    """Give an extension up before it is paid. Returns its id. Raises NotAwaited, payments.AlreadySettled."""
    _move_on(tx, extension_id, ExtensionState.CANCELLED)
    payments.cancel(tx, payments.Payable(KIND, extension_id), by=by, at=at)
    audit.record(tx, "extensions.cancel", (KIND, extension_id), by=by, at=at)
    return extension_id


def settle(tx: Transaction, news: payments.PaymentSettled) -> None:
    """Subscriber: the fee is here, so the cards are good for longer; if none can be any more, it goes back."""
    if news.payable.kind != KIND:
        return
    extension = tx.get_one(Extension, news.payable.id, with_for_update=True, populate_existing=True)
    state = ExtensionState.DONE
    try:
        with tx.begin_nested():
            cards.extend_programme(
                tx, extension.programme_id, extension.until, reason=extension.number, by=news.by, at=news.at
            )
    except CannotExtend:
        state = ExtensionState.LEFT_OVER
    _move_on(tx, extension.id, state, done_at=news.at)
    audit.record(tx, "extensions.settle", (KIND, extension.id), by=news.by, at=news.at, became=state)


def undo(tx: Transaction, news: payments.PaymentReversed) -> None:
    """Subscriber: the fee goes back: only where nothing was extended for it. Raises InForce."""
    if news.payable.kind != KIND:
        return
    left_over = (Extension.id == news.payable.id, Extension.state == ExtensionState.LEFT_OVER)
    if not tx.change(update(Extension).where(*left_over).values(state=ExtensionState.CANCELLED)):
        raise InForce(number=NUMBERS.of(news.payable.id))
    audit.record(tx, "extensions.undo", (KIND, news.payable.id), by=news.by, at=news.at)


def mark_given_back(tx: Transaction, extension_id: int, note: str, *, by: Actor, at: datetime) -> int:
    """Note that finance paid the fee back. Returns its id. Raises HowNeeded, NothingLeftOver."""
    if not note.strip():
        raise HowNeeded(field="note")
    left_over = (Extension.id == extension_id, Extension.state == ExtensionState.LEFT_OVER)
    given = {"given_back_at": at, "given_back_by": by.user_id, "given_back_note": note.strip()}
    if not tx.change(update(Extension).where(*left_over).values(state=ExtensionState.CANCELLED, **given)):
        raise NothingLeftOver(number=NUMBERS.of(extension_id))
    audit.record(tx, "extensions.mark_given_back", (KIND, extension_id), by=by, at=at)
    how = payments.PaymentMethod.TRANSFER
    total, payable = tx.get_one(Extension, extension_id).total, payments.Payable(KIND, extension_id)
    tx.publish(payments.MoneyPaidBack(payable, total, f"{KIND}/{extension_id}", how, by, at, undoes_sale=True))
    return extension_id


def _move_on(tx: Transaction, extension_id: int, state: ExtensionState, **values: Any) -> None:
    awaited = (Extension.id == extension_id, Extension.state == ExtensionState.AWAITING_PAYMENT)
    if not tx.change(update(Extension).where(*awaited).values(state=state, **values)):
        raise NotAwaited(number=NUMBERS.of(extension_id))


def _refuse_beyond_limit(tx: Transaction, total: Money, by: Actor) -> None:
    limit = accounts.users_by_id(tx, [by.id or 0])[by.id or 0].order_limit_minor
    if limit is not None and total.amount_minor > limit:
        raise BeyondLimit(total=total, limit=Money(limit, total.currency))


def _write(
    tx: Transaction, firm_id: int, programme_id: int, until: date, found: Estimate, *, by: Actor, at: datetime
) -> Extension:
    is_free = not found.total
    extension = Extension(
        firm_id=firm_id,
        programme_id=programme_id,
        buyer_id=by.id,
        state=ExtensionState.DONE if is_free else ExtensionState.AWAITING_PAYMENT,
        until=until,
        fee_minor=found.fee.amount_minor,
        currency=found.fee.currency,
        quantity=found.quantity,
        asked_at=at,
        done_at=at if is_free else None,
    )
    tx.add(extension)
    tx.flush()
    return extension
