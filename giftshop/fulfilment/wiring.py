"""Puts the bench onto the app: its clock for held shipments."""

from __future__ import annotations

from giftshop.fulfilment import jobs
from giftshop.web import GiftShop


def init_app(app: GiftShop) -> None:
    """Register what the bench does by itself."""
    jobs.init_app(app)
