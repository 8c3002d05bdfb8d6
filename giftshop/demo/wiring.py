"""Puts the demonstration's commands onto the app, in demonstration mode only."""

from __future__ import annotations

from giftshop.demo.cli import demo
from giftshop.web import GiftShop


def init_app(app: GiftShop) -> None:
    """Add `flask demo`; in any other mode there is no such command."""
    if app.settings.is_demo:
        app.cli.add_command(demo)
