"""Papers about money with made-up facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from giftshop.billing.issuing import House
from giftshop.billing.models import Bill, BillLine
from giftshop.billing.papers import printed_bill
from giftshop.billing.rules import BillKind
from giftshop.orders import InvoiceKind
from giftshop.payments import PaymentMethod

DAY = date(2026, 9, 1)


def samples(house: House) -> Mapping[str, Callable[[], bytes]]:
    """Return them by what each is."""
    return {f"money-{kind.value.replace('_', '-')}": partial(_bill, kind, house) for kind in BillKind}


def _bill(kind: BillKind, house: House) -> bytes:
    line = BillLine(
        words={"en": "Gift books", "zh_Hans": "礼品册"},
        detail={},
        invoice=InvoiceKind.ORDINARY,
        unit_minor=20_000,
        currency="CNY",
        quantity=120,
    )
    is_invoice = kind is BillKind.INVOICE
    return printed_bill(_issued(kind, house), [line], None if is_invoice else _issued(BillKind.INVOICE, house))


def _issued(kind: BillKind, house: House) -> Bill:
    return Bill(
        kind=kind,
        year=DAY.year,
        sequence=1,
        payable_kind="order",
        about="O-0000-000-000",
        reference="P000001-7",
        issuer=house.issuer,
        firm_name="Harbour & Lane",
        title="Harbour & Lane",
        tax_number="",
        currency="CNY",
        total_minor=2_400_000,
        method=PaymentMethod.TRANSFER,
        paid_on=DAY,
        issued_on=DAY,
    )
