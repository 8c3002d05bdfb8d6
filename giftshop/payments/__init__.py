"""Payments: what is expected for a payable, by which means, and whether it came.

Knows nothing of orders: a payable is a kind and an id, with the words to show beside it.
"""

from giftshop.payments.errors import AlreadySettled, AmountDiffers, PaymentCancelled
from giftshop.payments.models import Payment, PaymentState
from giftshop.payments.queries import payment_of, payments_page
from giftshop.payments.rules import Payable
from giftshop.payments.service import PaymentSettled, cancel, expect, mark_received

__all__ = [
    "AlreadySettled",
    "AmountDiffers",
    "Payable",
    "Payment",
    "PaymentCancelled",
    "PaymentSettled",
    "PaymentState",
    "cancel",
    "expect",
    "mark_received",
    "payment_of",
    "payments_page",
]
