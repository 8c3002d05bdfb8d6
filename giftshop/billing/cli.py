"""`flask --app app billing …`: papers of what was paid before there were any."""

from __future__ import annotations

from flask.cli import AppGroup

from giftshop.billing.issuing import House, catch_up
from giftshop.kernel import clock
from giftshop.web import current_shop


def commands(house: House) -> AppGroup:
    """Return the commands, for whoever has the machine."""
    billing = AppGroup("billing", help="Invoices and receipts.")

    @billing.command("catch-up")
    def _catch_up() -> None:
        """Issue the invoice and the receipt of every settled payment that has none. Repeating it does nothing more."""
        after: int | None = 0
        while after is not None:
            after = current_shop().database.transact(catch_up, after, house=house, at=clock.now())

    return billing
