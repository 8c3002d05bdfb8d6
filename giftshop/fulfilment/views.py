"""The queue, and the scan box that stands on every page of the bench."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import accounts
from giftshop.db import Transaction
from giftshop.fulfilment import carriers, packing, presenting, queries
from giftshop.fulfilment.asking import Asked
from giftshop.fulfilment.blueprint import bench, bp, onlookers
from giftshop.fulfilment.forms import ScanForm
from giftshop.fulfilment.models import Shipment
from giftshop.fulfilment.pages import shipment_page
from giftshop.fulfilment.rules import BULK_LIMIT, ShipmentState
from giftshop.kernel import clock
from giftshop.kernel.actor import Actor
from giftshop.kernel.errors import Refused
from giftshop.web import actor, allow, reader, say, shown_count, transact, transact_once

bp.context_processor(presenting.page_words)


@bp.get("")
@allow(onlookers)
def queue() -> ResponseReturnValue:
    """What is to be done, by promised date."""
    return queue_page(ScanForm(formdata=None))


@bp.post("/scan")
@allow(bench)
def scan() -> ResponseReturnValue:
    """Whatever was held under the scanner: a parcel, or a thing that goes into the one on the table."""
    form = ScanForm()
    text = (form.code.data or "").strip()
    here = queries.shipment_scanned(reader(), form.at.data) if form.at.data else None
    if here and (not text or _is_same(here, text)):
        return _close(here)
    found = queries.shipment_scanned(reader(), text)
    if found:
        return _open(found)
    if here and here.state is ShipmentState.PACKING:
        return _put_in(here, form, text)
    flash(_("No shipment has the number “%(text)s”.", text=text[:40]) if text else _("Scan something first."), "error")
    return redirect(_page_of(here) if here else url_for("fulfilment.queue"))


def queue_page(scan_form: ScanForm) -> ResponseReturnValue:
    """Return the page of the queue that the address bar asks for."""
    known = carriers.all_carriers(reader(), with_retired=True)
    asked = Asked.read(request.args, known)
    page = queries.queue_page(reader(), asked.wanted(actor()), asked.cursor)
    counts = queries.bounded_counts(reader(), {name: presenting.view_filter(name) for name in presenting.VIEWS})
    views: list[tuple[str, str, str | None, bool]] = [
        (_(words), url_for("fulfilment.queue", view=name), shown_count(counts[name]), asked.view == name)
        for name, words in presenting.VIEWS.items()
    ]
    views += [
        (_(words), url_for("fulfilment.queue", view=name), None, asked.view == name)
        for name, words in presenting.DONE_VIEWS.items()
    ]
    firms = accounts.all_firms(reader())
    return render_template(
        "fulfilment/queue.html",
        asked=asked,
        page=page,
        views=views,
        firms=firms,
        firm_names={firm.id: firm.name for firm in firms},
        all_carriers=known,
        scan_form=scan_form,
        bulk_limit=BULK_LIMIT,
        **presenting.queue_words(reader(), page.rows, known),
    )


def _is_same(here: Shipment, text: str) -> bool:
    found = queries.shipment_scanned(reader(), text)
    return found is not None and found.id == here.id and here.state is ShipmentState.PACKING


def _open(found: Shipment) -> ResponseReturnValue:
    """Show a parcel, taken for packing if it can be; if not, the page says who has it or who packed it."""
    if found.state in {ShipmentState.WAITING, ShipmentState.PACKING, ShipmentState.HELD, ShipmentState.PACKED}:
        try:
            transact(packing.claim, found.id, by=actor(), at=clock.now())
        except Refused as refusal:
            flash(say(refusal), "info" if found.state is ShipmentState.PACKED else "error")
    return redirect(_page_of(found))


def _put_in(here: Shipment, form: ScanForm, text: str) -> ResponseReturnValue:
    """Confirm what was scanned. A wrong thing stops, in red."""
    try:
        done = transact_once(form.once(), _scanned, here.id, text, form.count.data or 1, by=actor())
    except Refused as refusal:
        g.shown_at = _page_of(here)
        return shipment_page(here.number, alarm=say(refusal)), 422
    if done == "complete":
        flash(_("All of it is in. Press Enter to close the parcel."), "success")
    return redirect(_page_of(here))


def _close(here: Shipment) -> ResponseReturnValue:
    """Enter in the empty box, or the parcel's own number once more, closes it."""
    try:
        transact(packing.pack, here.id, by=actor(), at=clock.now())
    except Refused as refusal:
        flash(say(refusal), "error")
    else:
        flash(_("%(number)s is packed.", number=here.number), "success")
    return redirect(_page_of(here))


def _scanned(tx: Transaction, shipment_id: int, text: str, count: int, *, by: Actor) -> str:
    confirmed = packing.scan(tx, shipment_id, text, count, by=by, at=clock.now())
    return "complete" if confirmed.is_complete else "more"


def _page_of(shipment: Shipment) -> str:
    return url_for("fulfilment.show", number=shipment.number)
