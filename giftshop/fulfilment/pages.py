"""The page of one shipment, which several views show again when something typed on it was refused."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask_babel import gettext as _

from giftshop import accounts, catalogue
from giftshop.fulfilment import carriers, presenting, queries
from giftshop.fulfilment.forms import CarrierForm, ResendForm, ScanForm, StopForm
from giftshop.fulfilment.models import Carrier, Shipment
from giftshop.fulfilment.rules import ShipmentState, Step, is_allowed
from giftshop.kernel import clock
from giftshop.web import actor, localized, reader


def shipment_page(number: str, *, alarm: str = "", **forms: Any) -> str:
    """Return the page of a shipment; `forms` replace the empty ones by those that were refused.

    `alarm` is what is wrong with the last scan: shown in red and heard.
    """
    shipment = queries.shipment_by_number(reader(), number)
    known = carriers.all_carriers(reader(), with_retired=True)
    people = accounts.users_by_id(reader(), {who for who in (shipment.claimed_by, shipment.packed_by) if who})
    events = queries.history_of(reader(), shipment.id)
    lines = queries.lines_by_shipment(reader(), [shipment.id])[shipment.id]
    is_mine = shipment.state is ShipmentState.PACKING and shipment.claimed_by == actor().id
    words = {
        "shipment": shipment,
        "lines": lines,
        "items": catalogue.items_by_id(reader(), {line.item_id for line in lines if line.item_id}),
        "is_complete": all(line.is_confirmed for line in lines),
        "is_mine": is_mine,
        "is_free": shipment.claimed_until is None or shipment.claimed_until <= clock.now(),
        "firm": accounts.firm(reader(), shipment.firm_id),
        "carrier": next((carrier for carrier in known if carrier.id == shipment.carrier_id), None),
        "supplier": catalogue.suppliers_by_id(reader(), {shipment.supplier_id} if shipment.supplier_id else {}).get(
            shipment.supplier_id or 0
        ),
        "people": people,
        "events": presenting.shown_history(reader(), events, known),
        "can_undo": presenting.can_undo(events),
        "can": {
            step.value: is_allowed(step, shipment.state, has_left=shipment.has_left, sender=shipment.sender)
            for step in Step
        },
        "next_words": presenting.next_words(shipment),
        "alarm": alarm,
        "scan_form": ScanForm(formdata=None, at=shipment.number),
        "stop_form": StopForm(formdata=None),
        "resend_form": ResendForm(formdata=None, promised_on=presenting.today()),
        "carrier_form": carrier_form(shipment, known),
    }
    return render_template("fulfilment/shipment.html", **(words | forms))


def carrier_form(shipment: Shipment, known: Any, **kwargs: Any) -> CarrierForm:
    """Return the form of carrier and number, filled with what is written down."""
    kwargs = kwargs or {"formdata": None}
    current = next((carrier.code for carrier in known if carrier.id == shipment.carrier_id), "")
    form = CarrierForm(carrier=current, tracking_number=shipment.tracking_number or "", **kwargs)
    form.carrier.choices = carrier_choices([carrier for carrier in known if carrier.is_active])
    return form


def carrier_choices(known: list[Carrier]) -> list[tuple[str, str]]:
    """Return what a list of carriers offers."""
    return [("", _("Choose…")), *((carrier.code, f"{localized(carrier.names)} ({carrier.code})") for carrier in known)]
