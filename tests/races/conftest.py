"""Gift books, for those who run for the same card or the same gift."""

from tests.redemption.conftest import book, card

__all__ = ["book", "card"]
