"""Orders that are placed, and money that comes for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pypdfium2
import pytest

from giftshop import billing, catalogue, orders, payments
from giftshop.billing import Bill
from giftshop.db import Database
from giftshop.kernel import clock
from tests.orders.conftest import TODAY, draft, edition, place
from tests.people import People

__all__ = ["edition"]


def text_of(pdf: bytes) -> str:
    """What stands on a PDF, page after page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


class Counter:
    """A firm that orders and pays, and what it is given for it."""

    def __init__(self, database: Database, people: People, edition: catalogue.Edition) -> None:
        self.database, self.people, self.edition = database, people, edition

    def places(self, quantity: int = 30) -> int:
        """Place an order of so many books at ¥200, each with a card at ¥3. Returns its id."""
        order_id = self.database.transact(draft, self.people, self.edition.id, quantity=quantity)
        total = 20_300 * quantity + (2_000 if quantity < 50 else 0)
        self.database.transact(place, self.people, order_id, total)
        return order_id

    def payment(self, order_id: int) -> payments.Payment:
        with self.database.reading() as reader:
            found = payments.payment_of(reader, payments.Payable(orders.KIND, order_id))
        assert found is not None
        return found

    def pays(self, order_id: int) -> None:
        payment, at = self.payment(order_id), clock.now()
        self.database.transact(
            payments.mark_received,
            payment.id,
            payment.amount_minor,
            date(2026, 7, 31),
            "",
            today=TODAY,
            by=self.people.staff.finance.actor,
            at=at,
        )

    def bills(self, order_id: int) -> Sequence[Bill]:
        with self.database.reading() as reader:
            return billing.bills_about(reader, orders.KIND, order_id)

    def number(self, order_id: int) -> str:
        with self.database.reading() as reader:
            return orders.order_by_id(reader, order_id).number


@pytest.fixture
def counter(database: Database, people: People, edition: catalogue.Edition) -> Counter:
    return Counter(database, people, edition)
