"""Puts payments onto the app."""

from __future__ import annotations

from giftshop.kernel.locale import N_
from giftshop.kernel.role import StaffRole
from giftshop.payments.views import bp
from giftshop.web import GiftShop, MenuItem


def init_app(app: GiftShop) -> None:
    """Add the desk of finance."""
    app.register_blueprint(bp)
    app.menu.append(MenuItem(N_("Payments"), "payments.index", frozenset({StaffRole.FINANCE}), 30, "receipt"))
