"""Top-ups: a firm puts more on shopping cards that it gave. Paid for like an order, then put on card by card.

Owns which cards of a programme are to get how much, what became of each, and the money for those that could not take
it any more. The value is cards', posted by `cards.top_up`; the money is payments'. Stands above orders, whose rules of
the market hold here too.
"""

from giftshop.topups.errors import AboveLimit, NoStoredValue, NothingToTopUp, PickChanged
from giftshop.topups.models import TopUp, TopUpCard
from giftshop.topups.queries import KIND, top_up_by_id, top_up_of
from giftshop.topups.rules import CardOutcome, TopUpState
from giftshop.topups.service import Pick, cancel, mark_given_back, place

__all__ = [
    "KIND",
    "AboveLimit",
    "CardOutcome",
    "NoStoredValue",
    "NothingToTopUp",
    "Pick",
    "PickChanged",
    "TopUp",
    "TopUpCard",
    "TopUpState",
    "cancel",
    "mark_given_back",
    "place",
    "top_up_by_id",
    "top_up_of",
]
