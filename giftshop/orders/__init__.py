"""Orders: what a firm draws up, has approved, pays for, and has issued as gift books."""

from giftshop.orders.drafts import (
    Brand,
    Destination,
    accept_upload,
    brand,
    choose,
    keep_upload,
    send_to,
    set_logo,
    start,
)
from giftshop.orders.lists import COLUMNS as LIST_COLUMNS
from giftshop.orders.lists import CellTooLong, person_in
from giftshop.orders.models import Order, OrderRecipient
from giftshop.orders.queries import KIND, lines_for, order_by_id, order_of, orders_page, recipients_of
from giftshop.orders.rules import OrderState, Tariff, total_of
from giftshop.orders.service import (
    OrderCancelled,
    OrderDecided,
    OrderPlaced,
    approve,
    cancel,
    place,
    send_back,
)

__all__ = [
    "KIND",
    "LIST_COLUMNS",
    "Brand",
    "CellTooLong",
    "Destination",
    "Order",
    "OrderCancelled",
    "OrderDecided",
    "OrderPlaced",
    "OrderRecipient",
    "OrderState",
    "Tariff",
    "accept_upload",
    "approve",
    "brand",
    "cancel",
    "choose",
    "keep_upload",
    "lines_for",
    "order_by_id",
    "order_of",
    "orders_page",
    "person_in",
    "place",
    "recipients_of",
    "send_back",
    "send_to",
    "set_logo",
    "start",
    "total_of",
]
