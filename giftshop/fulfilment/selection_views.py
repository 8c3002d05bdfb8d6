"""Many shipments at once: what was done, what was left out, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from functools import partial

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from giftshop.fulfilment import carrier_csv, carriers, handing_over, packing, presenting, printing, queries, taking_back
from giftshop.fulfilment.asking import Asked
from giftshop.fulfilment.blueprint import bench, bp
from giftshop.fulfilment.carrier_csv import Encoding
from giftshop.fulfilment.errors import NothingSelected, NothingToExport
from giftshop.fulfilment.models import Carrier
from giftshop.fulfilment.rules import BULK_LIMIT, MANIFEST_NUMBERS, NUMBERS, Paper
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.web import Form, actor, allow, current_locale, offer_undo, reader, say, transact, transact_once

Bulk = Callable[[list[int], Asked], ResponseReturnValue]
NAMED_IN_A_REASON = 5
"""Shipments that a line about what was left out names; of more it says how many."""


@bp.post("/selection")
@allow(bench)
def act_on_selection() -> ResponseReturnValue:
    """Do what was chosen with the ticked shipments, or with all that match."""
    asked = Asked.read(request.form, carriers.all_carriers(reader(), with_retired=True))
    action = ACTIONS.get(request.form.get("action", ""))
    try:
        ids = _selected(asked)
        if action:
            return action(ids, asked)
    except Refused as refusal:
        flash(say(refusal), "error")
    return redirect(asked.url())


def _selected(asked: Asked) -> list[int]:
    """Return the ids that were ticked, or the first that match, never more than one person can handle in one go."""
    if request.form.get("everything") == "yes":
        ids = queries.matching_ids(reader(), asked.wanted(actor()), limit=BULK_LIMIT)
    else:
        ticked = (text for text in request.form.getlist("shipment") if text.isascii() and text.isdigit())
        wanted = list(dict.fromkeys(int(text) for text in ticked if len(text) < 19))[:BULK_LIMIT]
        known = queries.shipments_by_id(reader(), wanted)
        ids = [shipment_id for shipment_id in wanted if shipment_id in known]
    if not ids:
        raise NothingSelected
    return ids


def _each(
    ids: Collection[int], command: Callable[..., object], said: Callable[[int], str], undone_by: str, back: str
) -> None:
    """Do `command` to each, one transaction a shipment: one that is refused does not hold up the others.

    What was done can be taken back together by the inverse `undone_by`, which leads `back`.
    """
    done, left_out = [], defaultdict(list)
    for shipment_id in ids:
        try:
            transact(command, shipment_id, by=actor(), at=clock.now())
            done.append(shipment_id)
        except Refused as refusal:
            left_out[say(refusal)].append(shipment_id)
    if 0 < len(done) <= taking_back.MOST:
        offer_undo(said(len(done)), undone_by, taking_back.named(reader(), done, undone_by), back=back)
    elif done:
        flash(said(len(done)), "success")
    for why, whom in left_out.items():
        _tell_left_out(why, whom)


def _tell_left_out(why: str, ids: Collection[int]) -> None:
    named = ", ".join(NUMBERS.of(shipment_id) for shipment_id in list(ids)[:NAMED_IN_A_REASON])
    more = len(ids) - NAMED_IN_A_REASON
    whom = _("%(named)s and %(more)s more", named=named, more=more) if more > 0 else named
    flash(_("Left out: %(whom)s. %(why)s", whom=whom, why=why), "info")


def _claim(ids: list[int], asked: Asked) -> ResponseReturnValue:
    said = partial(ngettext, "%(num)s parcel is yours.", "%(num)s parcels are yours.")
    _each(ids, packing.claim, said, "fulfilment.claim", asked.url())
    return redirect(url_for("fulfilment.queue", view="mine"))


def _release(ids: list[int], asked: Asked) -> ResponseReturnValue:
    _each(
        ids,
        packing.release,
        lambda done: ngettext("%(num)s parcel is back in the queue.", "%(num)s parcels are back in the queue.", done),
        "fulfilment.release",
        asked.url(),
    )
    return redirect(asked.url())


def _assign(ids: list[int], asked: Asked) -> ResponseReturnValue:
    carrier = _chosen_carrier()
    _each(
        ids,
        partial(carriers.assign, carrier_id=carrier.id),
        lambda done: ngettext("%(num)s parcel goes with this carrier.", "%(num)s parcels go with this carrier.", done),
        "fulfilment.step",
        asked.url(),
    )
    return redirect(asked.url())


def _deliver(ids: list[int], asked: Asked) -> ResponseReturnValue:
    _each(
        ids,
        handing_over.deliver,
        lambda done: ngettext("%(num)s parcel is delivered.", "%(num)s parcels are delivered.", done),
        "fulfilment.step",
        asked.url(),
    )
    return redirect(asked.url())


def _print(papers: set[Paper], ids: list[int], asked: Asked) -> ResponseReturnValue:
    printout_id = transact_once(Form().once(), printing.print_papers, ids, papers, by=actor(), at=clock.now())
    return redirect(url_for("fulfilment.printout", printout_id=printout_id))


def _draw_up(ids: list[int], asked: Asked) -> ResponseReturnValue:
    leaving = transact(handing_over.draw_up, ids, by=actor(), at=clock.now())
    flash(
        ngettext("%(num)s parcel is on a manifest.", "%(num)s parcels are on manifests.", len(leaving.taken)),
        "success",
    )
    left = [shipment_id for shipment_id in ids if shipment_id not in leaving.taken]
    if left:
        _tell_left_out(
            _("They are not packed, have no carrier or tracking number, or are on a manifest already."), left
        )
    if len(leaving.manifests) > 1:
        return redirect(url_for("fulfilment.manifests"))
    return redirect(url_for("fulfilment.manifest", number=MANIFEST_NUMBERS.of(leaving.manifests[0])))


def _export(ids: list[int], asked: Asked) -> ResponseReturnValue:
    """Give the carrier's file, unless something in it is longer than the carrier can hold."""
    carrier = _chosen_carrier()
    found = queries.shipments_by_id(reader(), ids)
    going = [found[shipment_id] for shipment_id in ids if shipment_id in found]
    going = [shipment for shipment in going if shipment.carrier_id == carrier.id and shipment.supplier_id is None]
    if not going:
        raise NothingToExport(carrier=carrier.code)
    lines = queries.lines_by_shipment(reader(), [shipment.id for shipment in going])
    too_long = carrier_csv.too_long_for(carrier, going, lines, current_locale())
    if too_long:
        page = render_template("fulfilment/too_long.html", carrier=carrier, too_long=too_long, asked=asked)
        return page, 422
    encoding = Encoding.GB18030 if request.form.get("encoding") == Encoding.GB18030 else Encoding.UTF8
    headings = [_(heading) for heading in carrier_csv.HEADINGS]
    answer = make_response(carrier_csv.carrier_file(headings, going, lines, current_locale(), encoding))
    answer.mimetype = "text/csv"
    answer.mimetype_params["charset"] = encoding.value
    answer.headers["Content-Disposition"] = f'attachment; filename="{carrier.code}-{presenting.today()}.csv"'
    return answer


def _chosen_carrier() -> Carrier:
    return carriers.carrier_by_code(reader(), request.form.get("with_carrier", ""))


ACTIONS: dict[str, Bulk] = {
    "claim": _claim,
    "release": _release,
    "assign": _assign,
    "deliver": _deliver,
    "print_slips": partial(_print, {Paper.PICK_LIST, Paper.SLIP}),
    "print_labels": partial(_print, {Paper.LABEL}),
    "print_all": partial(_print, {Paper.PICK_LIST, Paper.SLIP, Paper.LABEL}),
    "draw_up": _draw_up,
    "export": _export,
}
