"""Which implementation of the port of `giving` a site has: put there by `wiring`, asked for by pages and commands."""

from __future__ import annotations

from typing import Final, cast

from giftshop.campaigns.giving import Giving
from giftshop.web import GiftShop

_KEPT_AS: Final = "campaigns.giving"


def supply_from(app: GiftShop, giving: Giving) -> None:
    """Let the campaigns of `app` be supplied by `giving`."""
    app.extensions[_KEPT_AS] = giving


def supplier_of(app: GiftShop) -> Giving:
    """Return what the campaigns of `app` are supplied by."""
    return cast(Giving, app.extensions[_KEPT_AS])
