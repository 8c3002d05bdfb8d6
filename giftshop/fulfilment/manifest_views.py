"""Hand-over manifests: drawn up, printed, signed, handed over whole."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from giftshop import accounts
from giftshop.fulfilment import carriers, handing_over, papers, queries
from giftshop.fulfilment.blueprint import bench, bp, onlookers
from giftshop.fulfilment.exporting import MANIFESTS
from giftshop.fulfilment.handing_over import ManifestMissing
from giftshop.fulfilment.models import Manifest
from giftshop.fulfilment.paper_views import pdf
from giftshop.fulfilment.presenting import MANIFEST_STATES
from giftshop.fulfilment.rules import MANIFEST_NUMBERS
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.listing import show
from giftshop.web import Form, actor, allow, localized, reader, say, transact, transact_once


@bp.get("/manifests")
@allow(onlookers)
def manifests() -> ResponseReturnValue:
    """Manifests, the newest first."""
    known = {carrier.id: carrier for carrier in carriers.all_carriers(reader(), with_retired=True)}
    names = {str(carrier.id): localized(carrier.names) for carrier in known.values()}
    found = show(handing_over.manifests_list(names, MANIFEST_STATES))
    if file := found.file(MANIFESTS):
        return file
    return render_template(
        "fulfilment/manifests.html",
        found=found,
        carriers=known,
        people=accounts.users_by_id(reader(), {row.drawn_up_by for row in found.rows}),
    )


@bp.get("/manifests/<number>")
@allow(onlookers)
def manifest(number: str) -> ResponseReturnValue:
    """One manifest and its parcels."""
    found = _manifest(number)
    parcels = handing_over.parcels_on(reader(), found.id)
    people = accounts.users_by_id(reader(), {who for who in (found.drawn_up_by, found.handed_over_by) if who})
    return render_template(
        "fulfilment/manifest.html",
        manifest=found,
        parcels=parcels,
        carrier=carriers.carrier_by_id(reader(), found.carrier_id),
        lines=queries.lines_by_shipment(reader(), [parcel.id for parcel in parcels]),
        people=people,
    )


@bp.get("/manifests/<number>.pdf")
@allow(bench)
def manifest_pdf(number: str) -> ResponseReturnValue:
    """The sheet to sign."""
    found = _manifest(number)
    carrier = carriers.carrier_by_id(reader(), found.carrier_id)
    return pdf(papers.manifest_pdf(reader(), found, carrier), f"{found.number}.pdf")


@bp.post("/manifests/<number>/hand-over")
@allow(bench)
def hand_over(number: str) -> ResponseReturnValue:
    """It is signed: all of it leaves."""
    found = _manifest(number)
    typed = request.form.get("parcels", "")
    count = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0
    try:
        gone = transact_once(Form().once(), handing_over.hand_over, found.id, count, by=actor(), at=clock.now())
        flash(ngettext("%(num)s parcel is handed over.", "%(num)s parcels are handed over.", gone), "success")
    except Refused as refusal:
        flash(say(refusal), "error")
    return redirect(url_for("fulfilment.manifest", number=found.number))


@bp.post("/manifests/<number>/discard")
@allow(bench)
def discard(number: str) -> ResponseReturnValue:
    """It was drawn up by mistake."""
    found = _manifest(number)
    try:
        transact(handing_over.discard, found.id, by=actor(), at=clock.now())
        flash(_("Manifest %(number)s is discarded; its parcels wait for another.", number=found.number), "success")
    except Refused as refusal:
        flash(say(refusal), "error")
    return redirect(url_for("fulfilment.manifest", number=found.number))


def _manifest(number: str) -> Manifest:
    manifest_id = MANIFEST_NUMBERS.id_in(number)
    if manifest_id is None:
        raise ManifestMissing
    return handing_over.manifest(reader(), manifest_id)
