"""Gifts to wish for, and a buyer's browser."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from giftshop.db import Database
from tests.giftsets.making import Shelf, fill_shelf
from tests.people import People, sign_in


@pytest.fixture
def shelf(database: Database, people: People) -> Shelf:
    """Tea, a thermos and mooncakes, with decorations."""
    return fill_shelf(database, people)


@pytest.fixture
def buyer(client: FlaskClient, people: People) -> FlaskClient:
    """Lantern's buyer, signed in."""
    sign_in(client, people.lantern.buyer)
    return client
