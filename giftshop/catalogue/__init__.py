"""The catalogue: items that can be given, who sends them, and editions of gift books that offer them at a price tier.

An edition on offer may be printed, so its gifts are fixed; closing it stops new orders, and the printed books
stay valid with the same gifts when the next edition appears.
"""

from giftshop.catalogue.addresses import picture_url
from giftshop.catalogue.errors import NoSuchEdition, NoSuchItem, NoSuchSupplier
from giftshop.catalogue.models import Edition, Item, Supplier
from giftshop.catalogue.queries import (
    edition,
    edition_by_code,
    editions_by_id,
    editions_on_offer,
    item,
    items_at_hand,
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
from giftshop.catalogue.suppliers import (
    SupplierFacts,
    add_supplier,
    all_suppliers,
    supplier_by_code,
    suppliers_by_id,
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
    "NoSuchSupplier",
    "Supplier",
    "SupplierFacts",
    "add_gift",
    "add_supplier",
    "all_suppliers",
    "close_edition",
    "draw_up_edition",
    "draw_up_item",
    "draw_up_next_edition",
    "edition",
    "edition_by_code",
    "editions_by_id",
    "editions_on_offer",
    "item",
    "items_at_hand",
    "items_by_id",
    "items_by_sku",
    "items_of",
    "items_of_editions",
    "items_on_offer",
    "items_page",
    "offer_edition",
    "offer_item",
    "picture_url",
    "supplier_by_code",
    "suppliers_by_id",
    "withdraw_item",
]
