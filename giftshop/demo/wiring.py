"""Puts the demonstration's commands and its tour onto the app, in demonstration mode only."""

from __future__ import annotations

from giftshop.demo import tour
from giftshop.demo.cli import demo
from giftshop.web import GiftShop


def init_app(app: GiftShop) -> None:
    """Add `flask demo` and the tour; in any other mode there is no such command and no such address."""
    if app.settings.is_demo:
        app.cli.add_command(demo)
        app.register_blueprint(tour.bp)
        tour.on_pages(app)
