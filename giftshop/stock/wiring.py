"""Puts the stock onto the app."""

from __future__ import annotations

from giftshop.stock import models  # noqa: F401  -- declares the tables
from giftshop.web import GiftShop


def init_app(app: GiftShop) -> None:
    """Nothing yet but the tables."""
