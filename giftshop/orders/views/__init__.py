"""The pages of orders: drawing one up, the list of its people, and looking at it."""

from giftshop.orders.views import books, delivering, drafting, lists, orders, parcels, sets, values
from giftshop.orders.views.blueprint import bp

__all__ = ["books", "bp", "delivering", "drafting", "lists", "orders", "parcels", "sets", "values"]
