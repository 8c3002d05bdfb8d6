"""What pages call the states of money."""

from __future__ import annotations

from typing import Final

from giftshop.kernel.locale import N_
from giftshop.payments.queries import PaymentView
from giftshop.payments.rules import (
    CheckoutState,
    DisputeState,
    PaymentMethod,
    PaymentState,
    RefundReason,
    RefundState,
)

STATE_WORDS: Final = {
    PaymentState.EXPECTED: N_("Expected"),
    PaymentState.SETTLED: N_("Received"),
    PaymentState.REVERSED: N_("Given back"),
    PaymentState.CANCELLED: N_("Cancelled"),
}
VIEW_WORDS: Final = {
    PaymentView.EXPECTED: STATE_WORDS[PaymentState.EXPECTED],
    PaymentView.SETTLED: STATE_WORDS[PaymentState.SETTLED],
    PaymentView.REVERSED: STATE_WORDS[PaymentState.REVERSED],
    PaymentView.CANCELLED: STATE_WORDS[PaymentState.CANCELLED],
    PaymentView.TROUBLED: N_("Needs attention"),
}
METHOD_WORDS: Final = {PaymentMethod.TRANSFER: N_("Bank transfer"), PaymentMethod.CARD: N_("Bank card")}
CHECKOUT_WORDS: Final = {
    CheckoutState.WANTED: N_("Being opened"),
    CheckoutState.OPEN: N_("Page open"),
    CheckoutState.PAID: N_("Paid"),
    CheckoutState.EXPIRED: N_("Ended without money"),
    CheckoutState.MISMATCHED: N_("Not what we asked for"),
    CheckoutState.CLEARED: N_("Cleared up"),
}
REFUND_WORDS: Final = {
    RefundState.WANTED: N_("Refund decided"),
    RefundState.SENT: N_("With the bank"),
    RefundState.DONE: N_("Refunded"),
    RefundState.FAILED: N_("Failed"),
    RefundState.BY_HAND: N_("Paid back by bank transfer"),
}
REASON_WORDS: Final = {
    RefundReason.TOO_LATE: N_("It came after the payment was cancelled"),
    RefundReason.PAID_TWICE: N_("The sum had come already"),
    RefundReason.ASKED: N_("Given back by finance"),
}
DISPUTE_WORDS: Final = {
    DisputeState.OPEN: N_("The payer's bank asks for this money back"),
    DisputeState.WON: N_("The payer's bank asked for this money back; it stays with us"),
    DisputeState.LOST: N_("The payer's bank took this money back"),
}
