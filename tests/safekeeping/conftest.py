"""What the recipient's tests have: a book, cards, shopping cards."""

from __future__ import annotations

import pytest

from giftshop.safekeeping import Journal
from giftshop.web import GiftShop
from tests.redemption.conftest import Book, book, card
from tests.redemption.purses import Purses

__all__ = ["book", "card"]


@pytest.fixture
def purses(book: Book) -> Purses:
    return Purses(book)


@pytest.fixture
def journal(app: GiftShop) -> Journal:
    return Journal(app.settings.journal_folder)
