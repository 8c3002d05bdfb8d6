"""Redemption: the recipient's way in. A code, a gift chosen, an address, a parcel followed to the door.

Owns who chose what with which card, drafts of that, the phones that protect valuable cards, tracking links, reports of
problems and thank-yous. The card is
cards' and is spent by `cards.claim`; the parcel and its address are fulfilment's. Nobody signs in here: a code opens
a visit of half an hour in one browser, a tracking link opens a page that changes nothing.
"""

from giftshop.redemption.afterwards import report, thank
from giftshop.redemption.binding import reseal_phones
from giftshop.redemption.binding import unbind as unbind_phone
from giftshop.redemption.errors import BasketEmpty, DayOutOfReach, JustTaken, NotAmongTheGifts
from giftshop.redemption.models import Redemption
from giftshop.redemption.purchases import buy, change_basket
from giftshop.redemption.purchases import cancel as cancel_purchase
from giftshop.redemption.queries import declined_cards, redemption_of, redemptions_by_card
from giftshop.redemption.rules import ProblemKind, UnbindReason
from giftshop.redemption.service import choose_again, decline, redeem, send_elsewhere

__all__ = [
    "BasketEmpty",
    "DayOutOfReach",
    "JustTaken",
    "NotAmongTheGifts",
    "ProblemKind",
    "Redemption",
    "UnbindReason",
    "buy",
    "cancel_purchase",
    "change_basket",
    "choose_again",
    "decline",
    "declined_cards",
    "redeem",
    "redemption_of",
    "redemptions_by_card",
    "report",
    "reseal_phones",
    "send_elsewhere",
    "thank",
    "unbind_phone",
]
