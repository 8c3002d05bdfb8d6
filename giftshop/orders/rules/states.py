"""What an order is for, and how far it has come."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from giftshop.kernel.money import Money
from giftshop.kernel.numbering import Numbering

NUMBERS: Final = Numbering("O")


class OrderKind(StrEnum):
    """What a firm buys."""

    GIFT_BOOK = "gift_book"
    """Gift books (礼品册): whoever holds one picks one gift."""
    SHOPPING_CARD = "shopping_card"
    """Shopping cards (购物卡): a face value to spend on a choice of products that the firm selected."""
    GIFT_SET = "gift_set"
    """Gift sets (礼品套装): goods with packaging, decorations and a card, sent to people's doors or to the firm."""


class OrderState(StrEnum):
    """How far an order has come. What follows issuing is told by its batch; of gift sets, by its parcels."""

    DRAFT = "draft"
    """Kept, and changed freely by the firm."""
    AWAITING_APPROVAL = "awaiting_approval"
    """Placed above the buyer's limit; an approver decides."""
    AWAITING_PAYMENT = "awaiting_payment"
    """Placed; the firm was told what to pay."""
    PAID = "paid"
    """The money is here; what was ordered is being made."""
    ISSUED = "issued"
    """Serial numbers and codes exist; printing and dispatch follow."""
    MADE = "made"
    """Everything of its gift sets is decorated and printed; its parcels are at the bench."""
    SENT = "sent"
    """Every parcel of its gift sets is with a carrier."""
    CANCELLED = "cancelled"
    """Given up before payment."""


def needs_approval(total: Money, limit_minor: int | None) -> bool:
    """Whether an order is above what its buyer may place alone; no limit means none is needed."""
    return limit_minor is not None and total.amount_minor > limit_minor
