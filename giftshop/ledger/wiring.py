"""The ledger has tables, and no page of its own."""

from __future__ import annotations

import giftshop.ledger.models  # noqa: F401  -- declares the table
from giftshop.web import GiftShop


def init_app(_app: GiftShop) -> None:
    """Nothing to add."""
