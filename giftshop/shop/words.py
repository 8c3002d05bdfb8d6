"""The shop's orders and price bands in words."""

from __future__ import annotations

from flask_babel import gettext as _

from giftshop.kernel.locale import N_
from giftshop.shop.rules import Band, Sort
from giftshop.web.filters import money

SORTS = {
    Sort.BEST: N_("Best match"),
    Sort.NEW: N_("Newest"),
    Sort.CHEAP: N_("Price, low to high"),
    Sort.DEAR: N_("Price, high to low"),
}


def band_words(band: Band) -> str:
    """Return a price band as a person says it."""
    if band.above is None and band.most is not None:
        return str(_("Up to %(price)s", price=whole(money(band.most))))
    if band.above is not None and band.most is None:
        return str(_("Above %(price)s", price=whole(money(band.above))))
    if band.above is None or band.most is None:
        return str(_("Any price"))
    return str(_("%(low)s to %(high)s", low=whole(money(band.above)), high=whole(money(band.most))))


def whole(amount: str) -> str:
    """Return an amount without its minor units when it has none: the edge of a band is a round figure."""
    return amount.removesuffix(".00")
