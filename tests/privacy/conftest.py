"""What the recipient's tests have: a book, cards, somebody with a browser."""

from tests.redemption.conftest import book, card, recipient

__all__ = ["book", "card", "recipient"]
