"""Puts the shop onto the app."""

from __future__ import annotations

from giftshop.kernel.locale import N_
from giftshop.kernel.role import MemberRole
from giftshop.shop.views import bp, front
from giftshop.web import GiftShop, MenuItem

MENU = MenuItem(
    N_("Shop"),
    "shop.index",
    frozenset(MemberRole),
    9,
    "gift",
    N_("Look through all gifts by occasion, budget and recipient, and put them into your sets."),
)


def init_app(app: GiftShop) -> None:
    """Add the shop's pages, and be what visitors see first."""
    app.register_blueprint(bp)
    app.menu.append(MENU)
    app.front = front
