"""Gift sets: a firm's bundles of items with packaging, decorations and a greeting card, put together and priced.

A set is the firm's to change until it is ordered; then it is frozen, and a change makes a copy.
"""

from giftshop.giftsets.errors import NoSuchGiftSet, SetFrozen
from giftshop.giftsets.models import GiftSet
from giftshop.giftsets.queries import contents_by_id, contents_of, gift_set, gift_sets_by_id, latest_sets
from giftshop.giftsets.rules import (
    MAX_ITEMS,
    Charge,
    ChargeKind,
    Contents,
    Craft,
    Part,
    Rates,
    Wrap,
    fill_parcels,
    joined,
)
from giftshop.giftsets.service import (
    Artwork,
    Hand,
    Wishes,
    arrange,
    copy,
    discard,
    draw_up,
    freeze,
    put_in,
    restore,
    take_out,
)

__all__ = [
    "MAX_ITEMS",
    "Artwork",
    "Charge",
    "ChargeKind",
    "Contents",
    "Craft",
    "GiftSet",
    "Hand",
    "NoSuchGiftSet",
    "Part",
    "Rates",
    "SetFrozen",
    "Wishes",
    "Wrap",
    "arrange",
    "contents_by_id",
    "contents_of",
    "copy",
    "discard",
    "draw_up",
    "fill_parcels",
    "freeze",
    "gift_set",
    "gift_sets_by_id",
    "joined",
    "latest_sets",
    "put_in",
    "restore",
    "take_out",
]
