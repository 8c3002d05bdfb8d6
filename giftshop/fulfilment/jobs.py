"""The clock of the bench: held shipments open on the morning of their day."""

from __future__ import annotations

from datetime import date, timedelta

from giftshop.db import Transaction
from giftshop.fulfilment.events import ShipmentHeld
from giftshop.fulfilment.service import open_due
from giftshop.jobs import JobRun, enqueue
from giftshop.kernel import clock
from giftshop.web import GiftShop

OPEN = "fulfilment.open"


def init_app(app: GiftShop) -> None:
    """Open held shipments by the calendar of the operator."""
    zone = app.settings.time_zone

    def remember(tx: Transaction, event: ShipmentHeld) -> None:
        """Promise to open what is held until a day when that day begins; at once if it has begun.

        The job is one for all shipments of a day. It runs some minutes into the day: a shipment asked for just before
        midnight is committed by then.
        """
        dawn = clock.end_of_day(event.day - timedelta(days=1), zone)
        key = f"{OPEN}:{event.day}" if dawn > clock.now() else None
        enqueue(tx, OPEN, {"day": event.day.isoformat()}, key=key, at=dawn + timedelta(minutes=5) if key else None)

    app.events.subscribe(ShipmentHeld, remember)
    app.jobs.register(OPEN, open_held)


def open_held(run: JobRun) -> None:
    """Open every shipment that is held until this day or an earlier one."""
    day = date.fromisoformat(run.payload["day"])
    while run.transact(open_due, day, at=run.at):
        pass
