"""The shop window: the page that visitors see first, collections of gifts, the search, a page for each gift.

It keeps nothing of its own: what is shown is the catalogue's, and what is chosen becomes a gift set.
"""

from giftshop.shop.queries import Shelf, Shown, budgets, newest, price_range, shelf, similar, window
from giftshop.shop.rules import Band, Looking, Sort, band_of, bands_of

__all__ = [
    "Band",
    "Looking",
    "Shelf",
    "Shown",
    "Sort",
    "band_of",
    "bands_of",
    "budgets",
    "newest",
    "price_range",
    "shelf",
    "similar",
    "window",
]
