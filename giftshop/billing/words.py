"""What papers about money are called, and what moved an account: msgids, marked for translation."""

from __future__ import annotations

from typing import Final

from giftshop.billing.rules import BillKind
from giftshop.kernel.locale import N_
from giftshop.payments import EntryKind, PaymentMethod

KIND_WORDS: Final = {
    BillKind.INVOICE: N_("Commercial invoice"),
    BillKind.CREDIT_NOTE: N_("Credit note"),
    BillKind.RECEIPT: N_("Receipt"),
    BillKind.REFUND_RECEIPT: N_("Refund receipt"),
}
"""商业发票, and not 发票: that word is the tax system's own."""
KINDS_WORDS: Final = {
    BillKind.INVOICE: N_("Invoices"),
    BillKind.CREDIT_NOTE: N_("Credit notes"),
    BillKind.RECEIPT: N_("Receipts"),
    BillKind.REFUND_RECEIPT: N_("Refund receipts"),
}
CAME_WORDS: Final = {PaymentMethod.TRANSFER: N_("by bank transfer"), PaymentMethod.CARD: N_("by bank card")}
ENTRY_WORDS: Final = {
    EntryKind.ASKED: N_("Ordered"),
    EntryKind.PAID: N_("Paid"),
    EntryKind.PAID_AGAIN: N_("Overpayment"),
    EntryKind.UNDONE: N_("Order cancelled, credited"),
    EntryKind.GIVEN_BACK: N_("Paid back to you"),
    EntryKind.TAKEN_BACK: N_("Taken back by your bank"),
}
