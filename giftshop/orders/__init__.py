"""Orders: what a firm draws up, has approved, pays for, and has issued: gift books, shopping cards, gift sets."""

from giftshop.orders.drafts import (
    Brand,
    Destination,
    accept_upload,
    brand,
    choose,
    keep_upload,
    send_to,
    send_when,
    set_logo,
    start,
)
from giftshop.orders.lists import COLUMNS as LIST_COLUMNS
from giftshop.orders.lists import CellTooLong, person_in
from giftshop.orders.models import Order, OrderRecipient
from giftshop.orders.offers import Offer, goods_of, offer_of
from giftshop.orders.papers import PaperLine, lines_on_paper
from giftshop.orders.parcels import Parcel, parcels_of
from giftshop.orders.proofing import Imprint
from giftshop.orders.proofing import draw as draw_proof
from giftshop.orders.proofing import keep_shown as keep_proof
from giftshop.orders.queries import KIND, lines_for, order_by_id, order_of, orders_page, recipients_of
from giftshop.orders.rules import (
    Delivery,
    Holder,
    InvoiceKind,
    OrderKind,
    OrderState,
    ParcelState,
    Tariff,
    is_identity_number,
    is_transfer_only,
    needs_approval,
    total_of,
)
from giftshop.orders.rules.value import needs_real_name as asks_for_real_name
from giftshop.orders.service import OrderCancelled, OrderDecided, OrderPlaced, approve, cancel, place, send_back
from giftshop.orders.sets import add_branch, choose_set, dispatch_window, drop_branch, start_set
from giftshop.orders.values import Value, set_value, start_cards
from giftshop.orders.views.papers import add_paper

__all__ = [
    "KIND",
    "LIST_COLUMNS",
    "Brand",
    "CellTooLong",
    "Delivery",
    "Destination",
    "Holder",
    "Imprint",
    "InvoiceKind",
    "Offer",
    "Order",
    "OrderCancelled",
    "OrderDecided",
    "OrderKind",
    "OrderPlaced",
    "OrderRecipient",
    "OrderState",
    "PaperLine",
    "Parcel",
    "ParcelState",
    "Tariff",
    "Value",
    "accept_upload",
    "add_branch",
    "add_paper",
    "approve",
    "asks_for_real_name",
    "brand",
    "cancel",
    "choose",
    "choose_set",
    "dispatch_window",
    "draw_proof",
    "drop_branch",
    "goods_of",
    "is_identity_number",
    "is_transfer_only",
    "keep_proof",
    "keep_upload",
    "lines_for",
    "lines_on_paper",
    "needs_approval",
    "offer_of",
    "order_by_id",
    "order_of",
    "orders_page",
    "parcels_of",
    "person_in",
    "place",
    "recipients_of",
    "send_back",
    "send_to",
    "send_when",
    "set_logo",
    "set_value",
    "start",
    "start_cards",
    "start_set",
    "total_of",
]
