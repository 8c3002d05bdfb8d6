"""Puts firms, people and their coming in onto the app."""

from __future__ import annotations

from giftshop.accounts import sessions
from giftshop.web import GiftShop


def init_app(app: GiftShop) -> None:
    """Let the app know who makes a request."""
    sessions.init_app(app)
