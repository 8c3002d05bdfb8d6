"""Reads of papers about money. Every one of a firm goes through the firm."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_, select

from giftshop import accounts
from giftshop.billing.models import Bill, BillLine
from giftshop.billing.rules import BillKind, BillNumber
from giftshop.db import Reader
from giftshop.kernel.errors import Missing
from giftshop.kernel.locale import N_
from giftshop.listing import Choice, Column, Days, Listing, Words
from giftshop.paging import Page, keyset_page


def bill_of(reader: Reader, number: str, firm_id: int | None) -> Bill:
    """Return a paper by its number; of `firm_id` only, unless None (staff). Raises Missing."""
    wanted = BillNumber.read(number)
    if wanted is None:
        raise Missing
    numbered = (Bill.kind == wanted.kind, Bill.year == wanted.year, Bill.sequence == wanted.sequence)
    found = reader.scalar(select(Bill).where(*numbered))
    if found is None or (firm_id is not None and found.firm_id != firm_id):
        raise Missing
    return found


def bills_page(
    reader: Reader, *, firm_id: int | None, kind: BillKind | None = None, wanted: str = "", after: str | None = None
) -> Page[Bill]:
    """Return papers, newest first: a firm's, or everybody's for staff.

    `wanted` is a paper's number, an order's or a payment's, or part of a firm's name.
    """
    statement = select(Bill)
    if firm_id is not None:
        statement = statement.where(Bill.firm_id == firm_id)
    if kind is not None:
        statement = statement.where(Bill.kind == kind)
    if wanted:
        statement = statement.where(_matching(wanted))
    return keyset_page(reader, statement, Bill.id, after=after)


def bills_list(reader: Reader, *, firm_id: int | None, kind: BillKind | None) -> Listing[Bill]:
    """Return the list of papers, newest first: a firm's, or everybody's for staff."""
    statement = select(Bill) if firm_id is None else select(Bill).where(Bill.firm_id == firm_id)
    firms = {str(each.id): each.name for each in accounts.all_firms(reader)} if firm_id is None else {}
    is_desk = firm_id is None
    search = N_("Number, order or firm") if is_desk else N_("Number or order")
    by_firm = Choice("of", N_("Firm"), firms, lambda firm: Bill.firm_id == int(firm), are_names=True)
    return Listing(
        "papers",
        statement if kind is None else statement.where(Bill.kind == kind),
        Bill.id,
        columns=(
            Column("number", N_("Number")),
            Column("kind", N_("What it is")),
            *([Column("firm", N_("Firm"))] if is_desk else []),
            Column("about", N_("What for")),
            Column("date", N_("Date"), by=Bill.id, falls=True),  # issued one after another: their ids tell the date
            Column("amount", N_("Amount"), "number", by=Bill.total_minor, falls=True),
        ),
        fields=(
            Words(search, _matching, hint="INV-…"),
            *([by_firm] if is_desk else []),
            Days("issued", N_("Date"), Bill.issued_on),
        ),
        first="-date",
    )


def bills_about(reader: Reader, kind: str, payable_id: int) -> Sequence[Bill]:
    """Return the papers of one thing that was sold, in the order they were issued."""
    of_it = (Bill.payable_kind == kind, Bill.payable_id == payable_id)
    return reader.scalars(select(Bill).where(*of_it).order_by(Bill.id)).all()


def lines_of(reader: Reader, bill_id: int) -> Sequence[BillLine]:
    """Return the lines of a paper."""
    return reader.scalars(select(BillLine).where(BillLine.bill_id == bill_id).order_by(BillLine.position)).all()


def invoice_behind(reader: Reader, bill: Bill) -> Bill | None:
    """Return the invoice that a credit note or receipt is about."""
    return reader.get(Bill, bill.corrects_id) if bill.corrects_id else None


def undone_by_hand(reader: Reader, firm_id: int) -> Sequence[Bill]:
    """Return credit notes and refund receipts for parts that finance paid back, which no payment tells of."""
    kinds = Bill.kind.in_([BillKind.CREDIT_NOTE, BillKind.REFUND_RECEIPT])
    told = or_(Bill.source.like("payment/%"), Bill.source.like("refund/%"))
    return reader.scalars(select(Bill).where(Bill.firm_id == firm_id, kinds, ~told).order_by(Bill.id)).all()


def _matching(wanted: str) -> ColumnElement[bool]:
    number = BillNumber.read(wanted)
    if number is not None:
        return and_(Bill.kind == number.kind, Bill.year == number.year, Bill.sequence == number.sequence)
    exact = wanted.strip().upper()
    return or_(
        Bill.about == exact,
        Bill.reference == exact,
        Bill.firm_name.icontains(wanted.strip(), autoescape=True),
        Bill.title.icontains(wanted.strip(), autoescape=True),
    )
