"""The states and kinds of the catalogue in words."""

from __future__ import annotations

from giftshop.catalogue.rules import CollectionKind, DecorationKind, EditionState, ItemState, PackagingKind
from giftshop.kernel.locale import N_

ITEM_STATES = {
    ItemState.DRAFT: N_("Draft"),
    ItemState.ON_OFFER: N_("On offer"),
    ItemState.WITHDRAWN: N_("Withdrawn"),
}
EDITION_STATES = {
    EditionState.DRAWN_UP: N_("Being drawn up"),
    EditionState.ON_OFFER: N_("On offer"),
    EditionState.CLOSED: N_("Discontinued"),
}
PACKAGING_KINDS = {
    PackagingKind.BOX: N_("Box"),
    PackagingKind.BAG: N_("Gift bag"),
    PackagingKind.WRAPPING: N_("Wrapping"),
}
DECORATION_KINDS = {
    DecorationKind.SILK_SCREEN: N_("Silk-screen"),
    DecorationKind.STICKER: N_("Sticker"),
    DecorationKind.BAG_PRINT: N_("Gift bag print"),
    DecorationKind.ENGRAVING: N_("Laser engraving"),
}
COLLECTION_KINDS = {
    CollectionKind.OCCASION: N_("By occasion"),
    CollectionKind.RECIPIENT: N_("By recipient"),
    CollectionKind.SORT: N_("By kind of gift"),
}
