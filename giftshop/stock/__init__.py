"""Stock: what is on the shelf and what is promised; never below zero, whoever comes at once.

A purpose (a shipment, say) reserves, and later releases, consumes, or hands on what it holds.
"""

from giftshop.stock.errors import AlreadyReserved, NotHeld, OutOfStock
from giftshop.stock.queries import Level, available, levels
from giftshop.stock.service import Purpose, consume, correct, hand_on, put_back, receive, release, reserve

__all__ = [
    "AlreadyReserved",
    "Level",
    "NotHeld",
    "OutOfStock",
    "Purpose",
    "available",
    "consume",
    "correct",
    "hand_on",
    "levels",
    "put_back",
    "receive",
    "release",
    "reserve",
]
