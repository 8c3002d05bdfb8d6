"""The states of the catalogue in words."""

from __future__ import annotations

from giftshop.catalogue.rules import EditionState, ItemState
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
