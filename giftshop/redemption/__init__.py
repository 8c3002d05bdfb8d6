"""Redemption: the recipient's way in. A code, a gift chosen, an address, a parcel followed to the door.

Owns who chose what with which card, drafts of that, the phones that protect valuable cards, tracking links, reports of
problems and thank-yous. The card is
cards' and is spent by `cards.claim`; the parcel and its address are fulfilment's. Nobody signs in here: a code opens
a visit of half an hour in one browser, a tracking link opens a page that changes nothing.
"""

from giftshop.redemption.afterwards import report, thank
from giftshop.redemption.basket import BasketForm, basket_form, wanted_of
from giftshop.redemption.binding import reseal_phones
from giftshop.redemption.binding import unbind as unbind_phone
from giftshop.redemption.drafts import basket_in, draft_of, keep_basket, keep_gift, keep_receiver, receiver_in
from giftshop.redemption.entries import TYPO_WORDS
from giftshop.redemption.errors import (
    BasketEmpty,
    DayOutOfReach,
    DraftChanged,
    JustTaken,
    NotAmongTheGifts,
    NotRedeemed,
    NotTheLastDigits,
)
from giftshop.redemption.forms import PROBLEM_WORDS, ConfirmForm, DeliveryForm, GiftForm, ProblemForm, ProofForm
from giftshop.redemption.models import Draft, Problem, Redemption
from giftshop.redemption.on_the_phone import open_problems_of, parcels_of, redemptions_sent_in, send_link_again
from giftshop.redemption.presenting import VISIT_WORDS, gift_words, masked_rows, may_change, receiver_rows
from giftshop.redemption.purchases import buy, change_basket
from giftshop.redemption.purchases import cancel as cancel_purchase
from giftshop.redemption.queries import (
    Gift,
    declined_cards,
    goods_of,
    items_chosen,
    nth_redemption_of,
    redemption_of,
    redemptions_by_card,
    redemptions_of,
)
from giftshop.redemption.queries import lines_of as lines_of_visits
from giftshop.redemption.rules import (
    LONGEST_NOTE,
    LONGEST_WAIT,
    MOST_OF_ONE,
    ProblemKind,
    RedemptionState,
    UnbindReason,
    Wanted,
    cost_of,
    leaves_on,
)
from giftshop.redemption.sending import check_day
from giftshop.redemption.service import choose_again, confirm, decline, prove, redeem, send_elsewhere

__all__ = [
    "LONGEST_NOTE",
    "LONGEST_WAIT",
    "MOST_OF_ONE",
    "PROBLEM_WORDS",
    "TYPO_WORDS",
    "VISIT_WORDS",
    "BasketEmpty",
    "BasketForm",
    "ConfirmForm",
    "DayOutOfReach",
    "DeliveryForm",
    "Draft",
    "DraftChanged",
    "Gift",
    "GiftForm",
    "JustTaken",
    "NotAmongTheGifts",
    "NotRedeemed",
    "NotTheLastDigits",
    "Problem",
    "ProblemForm",
    "ProblemKind",
    "ProofForm",
    "Redemption",
    "RedemptionState",
    "UnbindReason",
    "Wanted",
    "basket_form",
    "basket_in",
    "buy",
    "cancel_purchase",
    "change_basket",
    "check_day",
    "choose_again",
    "confirm",
    "cost_of",
    "decline",
    "declined_cards",
    "draft_of",
    "gift_words",
    "goods_of",
    "items_chosen",
    "keep_basket",
    "keep_gift",
    "keep_receiver",
    "leaves_on",
    "lines_of_visits",
    "masked_rows",
    "may_change",
    "nth_redemption_of",
    "open_problems_of",
    "parcels_of",
    "prove",
    "receiver_in",
    "receiver_rows",
    "redeem",
    "redemption_of",
    "redemptions_by_card",
    "redemptions_of",
    "redemptions_sent_in",
    "report",
    "reseal_phones",
    "send_elsewhere",
    "send_link_again",
    "thank",
    "unbind_phone",
    "wanted_of",
]
