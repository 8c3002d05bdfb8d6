"""The pages of orders: drawing one up, the list of its people, and looking at it."""

from giftshop.orders.views import card, delivering, drafting, lists, orders, parcels, sets, values
from giftshop.orders.views.blueprint import bp

__all__ = [
    "bp",
    "card",
    "delivering",
    "drafting",
    "lists",
    "orders",
    "parcels",
    "proofs",
    "sets",
    "values",
]
