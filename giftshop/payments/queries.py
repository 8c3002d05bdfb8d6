"""What was paid and what is still expected."""

from __future__ import annotations

from sqlalchemy import func, or_, select

from giftshop.db import Reader
from giftshop.paging import Page, bounded_count, keyset_page
from giftshop.payments.models import Payment, PaymentState
from giftshop.payments.rules import NUMBERS, Payable


def payment_of(reader: Reader, payable: Payable) -> Payment | None:
    """Return the payment that is expected or was received for `payable`."""
    return reader.scalar(
        select(Payment).where(
            Payment.payable_kind == payable.kind,
            Payment.payable_id == payable.id,
            Payment.state != PaymentState.CANCELLED,
        )
    )


def payments_page(reader: Reader, *, state: PaymentState, wanted: str, after: str | None) -> Page[Payment]:
    """Return payments in `state`, newest first; `wanted` is a reference, an order number or part of a name."""
    statement = select(Payment).where(Payment.state == state)
    if wanted:
        by_number = NUMBERS.id_in(wanted)
        like = f"%{_literal(wanted)}%"
        statement = statement.where(
            or_(
                Payment.id == by_number,
                func.lower(Payment.payer).like(func.lower(like), escape="\\"),
                Payment.about == wanted.upper(),
            )
        )
    return keyset_page(reader, statement, Payment.id, after=after)


def expected_count(reader: Reader) -> int:
    """Return how many payments are expected, counted as far as a page needs it."""
    return bounded_count(reader, select(Payment.id).where(Payment.state == PaymentState.EXPECTED))


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
