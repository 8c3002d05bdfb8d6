"""Payments: what is expected for a payable, by which means, whether it came, and whether it went back.

Knows nothing of orders: a payable is a kind and an id, with the words to show beside it. Money comes by bank transfer,
which finance marks as received, or by card through Stripe: any room's page asks `offers_card`, and redirects to
`pay_by_card`. Publishes PaymentSettled, PaymentReversed, PaymentRefunded, MoneyPaidBack, CheckoutExpired and
PaymentDisputed.
"""

from giftshop.payments.entries import Entry, EntryKind, entries_of, settled_payments
from giftshop.payments.errors import (
    AlreadySettled,
    AmountDiffers,
    CardNotOffered,
    CardsAway,
    CheckoutOver,
    NotRefundable,
    PaymentCancelled,
    RefundReasonMissing,
)
from giftshop.payments.events import (
    CheckoutExpired,
    MoneyPaidBack,
    PaymentDisputed,
    PaymentRefunded,
    PaymentReversed,
    PaymentSettled,
)
from giftshop.payments.models import Checkout, Dispute, Payment, Refund
from giftshop.payments.paying import NO_CARD_WORDS, offers_card, pay_by_card, why_no_card
from giftshop.payments.queries import (
    is_being_paid,
    is_frozen,
    last_payment_of,
    payment_of,
    payments_list,
    refunds_of,
)
from giftshop.payments.refunds import give_back
from giftshop.payments.rules import (
    CheckoutState,
    DisputeState,
    NoCard,
    Payable,
    PaymentMethod,
    PaymentState,
    RefundReason,
    RefundState,
)
from giftshop.payments.service import cancel, expect, mark_received
from giftshop.payments.words import REFUND_WORDS

__all__ = [
    "NO_CARD_WORDS",
    "REFUND_WORDS",
    "AlreadySettled",
    "AmountDiffers",
    "CardNotOffered",
    "CardsAway",
    "Checkout",
    "CheckoutExpired",
    "CheckoutOver",
    "CheckoutState",
    "Dispute",
    "DisputeState",
    "Entry",
    "EntryKind",
    "MoneyPaidBack",
    "NoCard",
    "NotRefundable",
    "Payable",
    "Payment",
    "PaymentCancelled",
    "PaymentDisputed",
    "PaymentMethod",
    "PaymentRefunded",
    "PaymentReversed",
    "PaymentSettled",
    "PaymentState",
    "Refund",
    "RefundReason",
    "RefundReasonMissing",
    "RefundState",
    "cancel",
    "entries_of",
    "expect",
    "give_back",
    "is_being_paid",
    "is_frozen",
    "last_payment_of",
    "mark_received",
    "offers_card",
    "pay_by_card",
    "payment_of",
    "payments_list",
    "refunds_of",
    "settled_payments",
    "why_no_card",
]
