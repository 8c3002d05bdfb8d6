"""Gift books, for those who run for the same card, the same gift or the same button."""

from tests.orders.conftest import edition
from tests.redemption.conftest import book, card

__all__ = ["book", "card", "edition"]
