"""The pages of orders: drawing one up, the list of its people, and looking at it."""

from giftshop.orders.views import delivering, drafting, lists, orders, papers, parcels, sets, values
from giftshop.orders.views.blueprint import bp

__all__ = ["bp", "delivering", "drafting", "lists", "orders", "papers", "parcels", "sets", "values"]
