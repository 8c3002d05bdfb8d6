"""Billing: numbered papers about money (invoices, credit notes, receipts), and what a firm's account comes to.

Owns the papers as they were issued and the counters of their numbers. Hears that money came or went back, and writes
what was sold as it was called and priced that day. Stands above orders, top-ups and extensions, which do not know it.
"""

from giftshop.billing.models import Bill, BillLine
from giftshop.billing.queries import bill_of, bills_about, bills_page, lines_of
from giftshop.billing.rules import BillKind, BillNumber

__all__ = [
    "Bill",
    "BillKind",
    "BillLine",
    "BillNumber",
    "bill_of",
    "bills_about",
    "bills_page",
    "lines_of",
]
