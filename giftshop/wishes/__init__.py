"""Wishes: gifts that people keep while they decide. Favourites of a person, lists of a firm, what readers of a list
say, and gifts side by side.

A list is its firm's; whoever has its link reads it without an account, and says yes or rather not.
"""

from giftshop.wishes.favourites import favourites_of, keep
from giftshop.wishes.models import Favourite, WishLink, WishList
from giftshop.wishes.queries import lists_of
from giftshop.wishes.rules import Verdict
from giftshop.wishes.service import Placed, Wanted, arrange, draw_up, put_in
from giftshop.wishes.sharing import Said, Showing, answer, share

__all__ = [
    "Favourite",
    "Placed",
    "Said",
    "Showing",
    "Verdict",
    "Wanted",
    "WishLink",
    "WishList",
    "answer",
    "arrange",
    "draw_up",
    "favourites_of",
    "keep",
    "lists_of",
    "put_in",
    "share",
]
