"""Puts brochures onto the app."""

from __future__ import annotations

from giftshop import orders
from giftshop.brochures import samples
from giftshop.brochures.views import DESK, FIRM, bp
from giftshop.kernel.locale import N_
from giftshop.web import GiftShop, MenuItem


def init_app(app: GiftShop) -> None:
    """Add the pages, and let each order's page lead to its brochure."""
    app.register_blueprint(bp)
    app.sample_papers["brochure"] = samples.brochure
    firm, desk = frozenset(FIRM), frozenset(DESK)
    for roles in (firm, desk):
        orders.add_paper(app, MenuItem(N_("Brochure"), "brochures.for_order", roles, icon="photo"))
    hint = N_("Gifts on paper, for the people who decide.")
    app.menu.append(MenuItem(N_("Brochures"), "brochures.index", firm, 18, "photo", hint))
    app.menu.append(MenuItem(N_("Brochures"), "brochures.desk", desk, 18, "photo", hint))
