"""The pages of orders: drawing one up, the list of its people, its proof and papers, and looking at it."""

from giftshop.orders.views import (
    books,
    card,
    delivering,
    drafting,
    lists,
    orders,
    papers,
    parcels,
    proofs,
    reviewing,
    sets,
    values,
)
from giftshop.orders.views.blueprint import bp

__all__ = [
    "books",
    "bp",
    "card",
    "delivering",
    "drafting",
    "lists",
    "orders",
    "papers",
    "parcels",
    "proofs",
    "reviewing",
    "sets",
    "values",
]
