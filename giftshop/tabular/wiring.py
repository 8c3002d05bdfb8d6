"""Puts onto the app what uploaded files know of people."""

from __future__ import annotations

from giftshop.tabular import privacy
from giftshop.web import GiftShop


def init_app(app: GiftShop) -> None:
    """Add the eraser of files that wait to be taken."""
    app.erasers.append(privacy.eraser())
