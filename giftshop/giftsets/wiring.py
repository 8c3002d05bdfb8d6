"""Puts gift sets onto the app."""

from __future__ import annotations

from giftshop.giftsets.views import bp
from giftshop.kernel.locale import N_
from giftshop.kernel.role import MemberRole
from giftshop.web import GiftShop, MenuItem


def init_app(app: GiftShop) -> None:
    """Add the pages on which firms put sets together."""
    app.register_blueprint(bp)
    hint = N_("Put gifts, packaging, your logo and a greeting card together, and see what it costs.")
    app.menu.append(MenuItem(N_("Gift sets"), "giftsets.index", frozenset(MemberRole), 12, "packages", hint))
