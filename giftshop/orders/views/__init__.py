"""The pages of orders, step by step and at the desk."""

from giftshop.orders.views import (
    card,
    delivering,
    drafting,
    lists,
    orders,
    papers,
    parcels,
    proofs,
    sets,
    values,
)
from giftshop.orders.views.blueprint import bp

__all__ = [
    "bp",
    "card",
    "delivering",
    "drafting",
    "lists",
    "orders",
    "papers",
    "parcels",
    "proofs",
    "sets",
    "values",
]
