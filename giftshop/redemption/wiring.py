"""Puts the recipient's way in onto the app."""

from __future__ import annotations

from giftshop.kernel.locale import N_
from giftshop.redemption import choosing, following, jobs, saying, views
from giftshop.redemption.blueprint import bp
from giftshop.web import GiftShop, MenuItem

PAGES = (views, choosing, following, saying)
"""Each hangs its routes on the blueprint when it is imported."""


def init_app(app: GiftShop) -> None:
    """Register pages and jobs; the hotline finds what recipients report."""
    app.register_blueprint(bp)
    jobs.init_app(app)
    app.menu.append(MenuItem(N_("Problems"), "redemption.problems", frozenset(saying.HELPERS), 65, "alert-triangle"))
