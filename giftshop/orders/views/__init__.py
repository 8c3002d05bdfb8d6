"""The pages of orders: drawing one up, the list of its people, and looking at it."""

from giftshop.orders.views import drafting, lists, orders, values
from giftshop.orders.views.blueprint import bp

__all__ = ["bp", "drafting", "lists", "orders", "values"]
