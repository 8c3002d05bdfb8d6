"""What is done to one shipment, from taking it to "they have it"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop.fulfilment import carriers, handing_over, packing, printing, queries, service, taking_back, troubles
from giftshop.fulfilment.blueprint import bench, bp, onlookers
from giftshop.fulfilment.errors import ChangedMeanwhile
from giftshop.fulfilment.forms import ReceiverForm, ResendForm, StopForm
from giftshop.fulfilment.models import Shipment
from giftshop.fulfilment.pages import carrier_form, shipment_page
from giftshop.fulfilment.rules import Paper
from giftshop.fulfilment.supplying import order_from_supplier, sent_by_supplier
from giftshop.kernel import clock
from giftshop.kernel.errors import Missing, Refused
from giftshop.web import Form, actor, allow, offer_undo, reader, say, transact, transact_once


@bp.get("/shipments/<number>")
@allow(onlookers)
def show(number: str) -> ResponseReturnValue:
    """One shipment: what goes in, where it goes, how far it is, what to do next."""
    return shipment_page(number)


@bp.post("/shipments/<number>/claim")
@allow(bench)
def claim(number: str) -> ResponseReturnValue:
    """Take it for packing."""
    return _do(number, packing.claim, _("It is yours. Scan what goes in."))


@bp.post("/shipments/<number>/release")
@allow(bench)
def release(number: str) -> ResponseReturnValue:
    """Put it back into the queue."""
    return _do(number, packing.release, _("It is back in the queue."), undone_by="fulfilment.release")


@bp.post("/shipments/<number>/lines/<int:line_id>/tick")
@allow(bench)
def tick_off(number: str, line_id: int) -> ResponseReturnValue:
    """Confirm a whole line by hand."""
    return _do(number, packing.tick_off, "", line_id)


@bp.post("/shipments/<number>/pack")
@allow(bench)
def pack(number: str) -> ResponseReturnValue:
    """Close the parcel."""
    return _do(number, packing.pack, _("The parcel is packed."))


@bp.post("/shipments/<number>/carrier")
@allow(bench)
def assign(number: str) -> ResponseReturnValue:
    """Write down who takes it, under which number."""
    shipment = queries.shipment_by_number(reader(), number)
    known = carriers.all_carriers(reader(), with_retired=True)
    form = carrier_form(shipment, known, formdata=request.form)
    chosen = next((carrier.id for carrier in known if carrier.code == form.carrier.data), None)
    if form.validate():
        try:
            typed = form.tracking_number.data or ""
            transact(carriers.assign, shipment.id, carrier_id=chosen, tracking_number=typed, by=actor(), at=clock.now())
            flash(_("Recorded."), "success")
            return redirect(_page_of(shipment))
        except Refused as refusal:
            form.refuse(refusal)
    g.shown_at = _page_of(shipment)
    return shipment_page(number, carrier_form=form), 422


@bp.post("/shipments/<number>/stop")
@allow(bench)
def stop(number: str) -> ResponseReturnValue:
    """Put it into the exceptions lane."""
    shipment = queries.shipment_by_number(reader(), number)
    form = StopForm()
    if form.validate():
        try:
            transact(troubles.stop, shipment.id, form.chosen, form.note.data or "", by=actor(), at=clock.now())
            flash(_("%(number)s is stopped. Its page says what to do next.", number=shipment.number), "success")
            return redirect(_page_of(shipment))
        except Refused as refusal:
            form.refuse(refusal)
    g.shown_at = _page_of(shipment)
    return shipment_page(number, stop_form=form), 422


@bp.post("/shipments/<number>/resolve")
@allow(bench)
def resolve(number: str) -> ResponseReturnValue:
    """Let it go on."""
    packs_again = request.form.get("packs_again") == "yes"
    return _do(number, troubles.resolve, _("It goes on."), packs_again=packs_again)


@bp.post("/shipments/<number>/order")
@allow(bench)
def order_one(number: str) -> ResponseReturnValue:
    """Its supplier was told to send it as this page shows it."""
    shipment = queries.shipment_by_number(reader(), number)
    seen = {shipment.id: _revision_in_form()}
    try:
        done = transact_once(
            Form().once(), order_from_supplier, shipment.supplier_id or 0, seen, by=actor(), at=clock.now()
        )
        if not done:
            raise ChangedMeanwhile(number=shipment.number)
        flash(_("Marked as ordered. Nobody can change it any more."), "success")
    except Refused as refusal:
        flash(say(refusal), "error")
    return redirect(_page_of(shipment))


@bp.post("/shipments/<number>/sent")
@allow(bench)
def sent(number: str) -> ResponseReturnValue:
    """Its supplier gave it to the carrier."""
    return _do_once(number, sent_by_supplier, _("It is on its way."))


@bp.post("/shipments/<number>/deliver")
@allow(bench)
def deliver(number: str) -> ResponseReturnValue:
    """The receiver has it."""
    return _do_once(number, handing_over.deliver, _("Delivered."))


@bp.post("/shipments/<number>/take-back")
@allow(bench)
def take_back(number: str) -> ResponseReturnValue:
    """It came back."""
    sound = request.form.get("goods") == "sound"
    said = _("Checked in. The goods are on the shelf again.") if sound else _("Checked in. The goods are written off.")
    if queries.shipment_by_number(reader(), number).supplier_id is not None:
        sound, said = False, _("Checked in. The goods are with the supplier again.")
    return _do_once(number, troubles.take_back, said, goods_are_sound=sound)


@bp.post("/shipments/<number>/resend")
@allow(bench)
def resend(number: str) -> ResponseReturnValue:
    """Send it once more."""
    shipment = queries.shipment_by_number(reader(), number)
    form = ResendForm()
    if form.validate():
        try:
            transact(troubles.resend, shipment.id, form.day, by=actor(), at=clock.now())
            flash(_("It is in the queue again."), "success")
            return redirect(_page_of(shipment))
        except Refused as refusal:
            form.refuse(refusal)
    g.shown_at = _page_of(shipment)
    return shipment_page(number, resend_form=form), 422


@bp.post("/shipments/<number>/undo")
@allow(bench)
def undo(number: str) -> ResponseReturnValue:
    """Take back the last step."""
    return _do(number, troubles.undo, _("The last step is undone."), _revision_in_form())


@bp.post("/shipments/<number>/papers/<paper>")
@allow(bench)
def print_one(number: str, paper: str) -> ResponseReturnValue:
    """Print the slip or the label; a second one says DUPLICATE."""
    shipment = queries.shipment_by_number(reader(), number)
    if paper not in {Paper.SLIP, Paper.LABEL}:
        raise Missing
    try:
        printout = transact_once(
            Form().once(), printing.print_papers, [shipment.id], {Paper(paper)}, by=actor(), at=clock.now()
        )
    except Refused as refusal:
        flash(say(refusal), "error")
        return redirect(_page_of(shipment))
    return redirect(url_for("fulfilment.printout_pdf", printout_id=printout))


@bp.route("/shipments/<number>/receiver", methods=["GET", "POST"])
@allow(bench)
def readdress(number: str) -> ResponseReturnValue:
    """Mend the address, or send it to somebody else."""
    shipment = queries.shipment_by_number(reader(), number)
    form = ReceiverForm(data={"address": shipment.receiver})
    if request.method == "POST" and not form.asks_for_more and form.validate():
        try:
            transact(service.change_receiver, shipment.id, form.receiver, by=actor(), at=clock.now())
            if shipment.supplier_id is None:
                flash(_("It goes to the new address. Print its label anew."), "success")
            else:
                flash(_("It goes to the new address. Tell its supplier so by the list."), "success")
            return redirect(_page_of(shipment))
        except Refused as refusal:
            form.refuse(refusal)
    page = render_template("fulfilment/receiver.html", form=form, shipment=shipment)
    return page, 422 if form.has_errors else 200


def _do(
    number: str, command: Callable[..., object], said: str, *args: Any, undone_by: str = "", **kwargs: Any
) -> ResponseReturnValue:
    """Do one thing to a shipment and show it again, saying what was done or why not."""
    shipment = queries.shipment_by_number(reader(), number)
    try:
        transact(command, shipment.id, *args, by=actor(), at=clock.now(), **kwargs)
    except Refused as refusal:
        flash(say(refusal), "error")
    else:
        if undone_by:
            named = taking_back.named(reader(), [shipment.id], undone_by)
            offer_undo(said, undone_by, named, back=_page_of(shipment))
        elif said:
            flash(said, "success")
    return redirect(_page_of(shipment))


def _do_once(number: str, command: Callable[..., str], said: str, **kwargs: Any) -> ResponseReturnValue:
    """As `_do`, for what moves goods: the same form sent twice does it once."""
    shipment = queries.shipment_by_number(reader(), number)
    try:
        transact_once(Form().once(), command, shipment.id, by=actor(), at=clock.now(), **kwargs)
    except Refused as refusal:
        flash(say(refusal), "error")
    else:
        flash(said, "success")
    return redirect(_page_of(shipment))


def _revision_in_form() -> int:
    typed = request.form.get("revision", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _page_of(shipment: Shipment) -> str:
    return url_for("fulfilment.show", number=shipment.number)
