"""Puts alarms onto the app."""

from __future__ import annotations

from giftshop.alarms import models
from giftshop.web import GiftShop

TABLES = (models.Alarm,)
"""Known to the database from here on; the list of alarms is a page of the desks."""


def init_app(_app: GiftShop) -> None:
    """Do nothing more: any room raises alarms by calling the command."""
