"""Stock: what is on the shelf and what is promised; never below zero, whoever comes at once.

A purpose (a shipment, say) reserves, and later either releases or consumes what it holds.
"""

from giftshop.stock.errors import AlreadyReserved, OutOfStock
from giftshop.stock.queries import Level, available, levels
from giftshop.stock.service import Purpose, consume, correct, put_back, receive, release, reserve

__all__ = [
    "AlreadyReserved",
    "Level",
    "OutOfStock",
    "Purpose",
    "available",
    "consume",
    "correct",
    "levels",
    "put_back",
    "receive",
    "release",
    "reserve",
]
