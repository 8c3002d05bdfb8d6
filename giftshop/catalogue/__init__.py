"""The catalogue: items that can be given, and editions of gift books that offer them at a price tier.

An edition on offer may be printed, so its gifts are fixed; closing it stops new orders, and the printed books
stay valid with the same gifts when the next edition appears.
"""

from giftshop.catalogue.addresses import picture_url
from giftshop.catalogue.errors import NoSuchEdition, NoSuchItem
from giftshop.catalogue.models import Edition, Item
from giftshop.catalogue.queries import (
    edition,
    edition_by_code,
    editions_by_id,
    editions_on_offer,
    item,
    items_by_id,
    items_by_sku,
    items_of,
    items_of_editions,
    items_on_offer,
    items_page,
)
from giftshop.catalogue.rules import EditionFacts, EditionState, ItemFacts, ItemState
from giftshop.catalogue.service import (
    add_gift,
    close_edition,
    draw_up_edition,
    draw_up_item,
    draw_up_next_edition,
    offer_edition,
    offer_item,
    withdraw_item,
)

__all__ = [
    "Edition",
    "EditionFacts",
    "EditionState",
    "Item",
    "ItemFacts",
    "ItemState",
    "NoSuchEdition",
    "NoSuchItem",
    "add_gift",
    "close_edition",
    "draw_up_edition",
    "draw_up_item",
    "draw_up_next_edition",
    "edition",
    "edition_by_code",
    "editions_by_id",
    "editions_on_offer",
    "item",
    "items_by_id",
    "items_by_sku",
    "items_of",
    "items_of_editions",
    "items_on_offer",
    "items_page",
    "offer_edition",
    "offer_item",
    "picture_url",
    "withdraw_item",
]
