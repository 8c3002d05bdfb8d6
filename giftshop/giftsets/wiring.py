"""Puts gift sets onto the app."""

from __future__ import annotations

from giftshop.giftsets import service
from giftshop.giftsets.views import bp
from giftshop.giftsets.views.blueprint import buyers
from giftshop.kernel.locale import N_
from giftshop.kernel.role import MemberRole
from giftshop.web import GiftShop, Inverse, MenuItem


def init_app(app: GiftShop) -> None:
    """Add the pages on which firms put sets together."""
    app.register_blueprint(bp)
    hint = N_("Put gifts, packaging, your logo and a greeting card together, and see what it costs.")
    app.menu.append(MenuItem(N_("Gift sets"), "giftsets.index", frozenset(MemberRole), 12, "packages", hint))
    app.inverses["giftsets.discard"] = Inverse(service.restore, (buyers,), N_("The set is on the shelf again."))
