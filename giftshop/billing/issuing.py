"""Issue papers about money: in the transaction that moves it, each once, with the next number of its year.

The number is taken by one conditional UPDATE of the year's counter, which the next one waits for: a transaction that
is undone gives its number back, so that there is neither a gap nor the same number twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select, update

from giftshop import audit, payments
from giftshop.billing.models import Bill, BillCounter, BillLine
from giftshop.billing.queries import lines_of
from giftshop.billing.rules import BillKind
from giftshop.billing.sales import Sale, in_every_language, sale_of
from giftshop.db import Transaction
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM, Actor
from giftshop.kernel.money import Money
from giftshop.orders import InvoiceKind, PaperLine
from giftshop.payments import Payment, PaymentMethod

CATCH_UP_AT_ONCE = 100
"""Payments looked at in one transaction."""


@dataclass(frozen=True, slots=True)
class House:
    """Who issues: what stands at the head and the foot of every paper, and the zone whose calendar dates it."""

    site_name: str
    legal_name: str
    legal_footer: str
    hotline: str
    public_url: str
    time_zone: str

    @property
    def issuer(self) -> dict[str, str]:
        """Who it is, as papers keep it."""
        names = ("site_name", "legal_name", "legal_footer", "hotline", "public_url")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One paper that is to be issued."""

    kind: BillKind
    payment: Payment
    sale: Sale
    amount: Money
    source: str
    """What it is issued for, once of each kind."""
    method: PaymentMethod
    paid_on: date
    lines: Sequence[PaperLine | BillLine] = ()


def note_settled(tx: Transaction, news: payments.PaymentSettled, *, house: House) -> None:
    """Subscriber: money came for something that a firm bought, so there is an invoice and a receipt."""
    payment = payments.payment_of(tx, news.payable)
    if payment is not None:
        tx.refresh(payment)  # settled by a statement past the row that was loaded
        bill_payment(tx, payment, house=house, by=news.by, at=news.at)


def note_reversed(tx: Transaction, news: payments.PaymentReversed, *, house: House) -> None:
    """Subscriber: what was sold is undone, so its invoice is corrected, whole and line by line."""
    payment, sale = payments.payment_of(tx, news.payable), sale_of(tx, news.payable)
    invoice = _invoice_of(tx, payment)
    if payment is None or sale is None or invoice is None:
        return
    day = clock.local_day(news.at, house.time_zone)
    note = Wanted(
        BillKind.CREDIT_NOTE,
        payment,
        sale,
        news.amount,
        invoice.source,
        payment.method,
        day,
        lines_of(tx, invoice.id),
    )
    issue(tx, note, house=house, by=news.by, at=news.at)


def note_paid_back(tx: Transaction, news: payments.MoneyPaidBack, *, house: House) -> None:
    """Subscriber: money went back, so there is a receipt for that; a credit note, too, where a part is undone by it."""
    payment, sale = payments.last_payment_of(tx, news.payable), sale_of(tx, news.payable)
    if payment is None or sale is None:
        return
    day = clock.local_day(news.at, house.time_zone)
    if news.undoes_sale and _invoice_of(tx, payment) is not None:
        kind = next((line.invoice for line in sale.lines), InvoiceKind.ORDINARY)
        undone = [PaperLine(in_every_language(_what_is_undone), {}, news.amount, 1, kind)]
        by_hand = PaymentMethod.TRANSFER
        note = Wanted(BillKind.CREDIT_NOTE, payment, sale, news.amount, news.source, by_hand, day, undone)
        issue(tx, note, house=house, by=news.by, at=news.at)
    receipt = Wanted(BillKind.REFUND_RECEIPT, payment, sale, news.amount, news.source, news.method, day)
    issue(tx, receipt, house=house, by=news.by, at=news.at)


def bill_payment(tx: Transaction, payment: Payment, *, house: House, by: Actor, at: datetime) -> bool:
    """Issue the invoice and the receipt of a settled payment; False when no firm bought anything by it."""
    sale = sale_of(tx, payment.payable)
    if sale is None:
        return False
    paid_on = payment.received_on or clock.local_day(payment.settled_at or at, house.time_zone)
    told = (payment, sale, payment.amount, f"payment/{payment.id}", payment.method, paid_on)
    issue(tx, Wanted(BillKind.INVOICE, *told, sale.lines), house=house, by=by, at=at)
    issue(tx, Wanted(BillKind.RECEIPT, *told), house=house, by=by, at=at)
    return True


def issue(tx: Transaction, wanted: Wanted, *, house: House, by: Actor, at: datetime) -> None:
    """Issue a paper under the next number of its kind and year, unless it was issued before.

    Two that issue the same at once: the second is refused by the constraint, and its whole transaction with it.
    """
    if tx.scalar(select(Bill.id).where(Bill.kind == wanted.kind, Bill.source == wanted.source)):
        return
    payment, sale, on = wanted.payment, wanted.sale, clock.local_day(at, house.time_zone)
    invoice = _invoice_of(tx, payment) if wanted.kind is not BillKind.INVOICE else None
    bill = Bill(
        kind=wanted.kind,
        year=on.year,
        sequence=_next(tx, wanted.kind, on.year),
        source=wanted.source,
        firm_id=sale.firm_id,
        payable_kind=payment.payable_kind,
        payable_id=payment.payable_id,
        about=payment.about,
        reference=payment.reference,
        corrects_id=invoice.id if invoice else None,
        issuer=house.issuer,
        firm_name=sale.firm_name,
        title=invoice.title if invoice else sale.title,
        tax_number=invoice.tax_number if invoice else sale.tax_number,
        currency=wanted.amount.currency,
        total_minor=wanted.amount.amount_minor,
        method=wanted.method,
        paid_on=wanted.paid_on,
        issued_on=on,
        issued_at=at,
    )
    tx.add(bill)
    tx.flush()
    for place, line in enumerate(wanted.lines, start=1):
        tx.add(_written(bill.id, place, line))
    amount = {"amount_minor": wanted.amount.amount_minor}
    audit.record(tx, "billing.issue", ("bill", bill.id), by=by, at=at, kind=wanted.kind, **amount)


def catch_up(tx: Transaction, after: int, *, house: House, at: datetime) -> int | None:
    """Issue what payments settled before there were papers lack. Returns where to go on, None at the end.

    They are dated and numbered today: a number that is given is never moved.
    """
    found = payments.settled_payments(tx, after=after, limit=CATCH_UP_AT_ONCE)
    for payment in found:
        bill_payment(tx, payment, house=house, by=SYSTEM, at=at)
    return found[-1].id if found else None


def _next(tx: Transaction, kind: BillKind, year: int) -> int:
    """Take the next number. Whoever comes at the same moment waits here until this transaction has ended."""
    tx.add_new(BillCounter, kind=kind, year=year, last=0)
    counted = (
        update(BillCounter)
        .where(BillCounter.kind == kind, BillCounter.year == year)
        .values(last=BillCounter.last + 1)
        .returning(BillCounter.last)
    )
    return int(tx.execute(counted, execution_options={"synchronize_session": False}).scalar_one())


def _invoice_of(tx: Transaction, payment: Payment | None) -> Bill | None:
    if payment is None:
        return None
    return tx.scalar(select(Bill).where(Bill.kind == BillKind.INVOICE, Bill.source == f"payment/{payment.id}"))


def _written(bill_id: int, place: int, line: PaperLine | BillLine) -> BillLine:
    return BillLine(
        bill_id=bill_id,
        position=place,
        words=dict(line.words),
        detail=dict(line.detail),
        invoice=line.invoice,
        unit_minor=line.unit.amount_minor,
        currency=line.unit.currency,
        quantity=line.quantity,
    )


def _what_is_undone() -> str:
    return str(_("What could not be delivered, paid back"))
