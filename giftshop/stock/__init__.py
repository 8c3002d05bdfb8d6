"""Stock: what is on the shelf and what is promised; never below zero, whoever comes at once.

What its supplier sends needs no stock and is never reserved: it is there while it is on offer.
A purpose (a shipment, say) reserves, and later releases, consumes, or hands on what it holds.
"""

from giftshop.stock.errors import AlreadyReserved, NotHeld, OutOfStock
from giftshop.stock.queries import UNLIMITED, Level, at_hand, available, levels, pictures_there
from giftshop.stock.service import Purpose, consume, correct, hand_on, put_back, receive, release, reserve

__all__ = [
    "UNLIMITED",
    "AlreadyReserved",
    "Level",
    "NotHeld",
    "OutOfStock",
    "Purpose",
    "at_hand",
    "available",
    "consume",
    "correct",
    "hand_on",
    "levels",
    "pictures_there",
    "put_back",
    "receive",
    "release",
    "reserve",
]
