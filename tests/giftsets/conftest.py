"""A shelf with goods, packaging and decorations."""

from __future__ import annotations

import pytest

from giftshop.db import Database
from tests.giftsets.making import Shelf, draw_up, fill_shelf
from tests.people import People


@pytest.fixture
def shelf(database: Database, people: People) -> Shelf:
    """Goods, a bag, two decorations, and the rule of mooncakes."""
    return fill_shelf(database, people)


@pytest.fixture
def set_id(database: Database, people: People, shelf: Shelf) -> int:
    """Lantern's set of tea and two engraved cups in a printed bag."""
    return database.transact(draw_up, people, shelf)
