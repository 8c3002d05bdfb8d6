"""Puts the stock onto the app."""

from __future__ import annotations

from giftshop.kernel.locale import N_
from giftshop.kernel.role import StaffRole
from giftshop.stock.views import bp
from giftshop.web import GiftShop, MenuItem

MENU = MenuItem(
    N_("Stock"),
    "stock.index",
    frozenset({StaffRole.FULFILMENT, StaffRole.SALES}),
    15,
    "packages",
    N_("See what runs low, receive goods, and correct what was counted."),
)


def init_app(app: GiftShop) -> None:
    """Add the pages of the stock."""
    app.register_blueprint(bp)
    app.menu.append(MENU)
