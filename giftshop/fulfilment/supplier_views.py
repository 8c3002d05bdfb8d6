"""What suppliers send: a list for each, given to them as a table, and written down as ordered."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from giftshop import accounts, catalogue
from giftshop.catalogue import Supplier
from giftshop.fulfilment import carriers, presenting, queries, supplier_csv, supplying
from giftshop.fulfilment.blueprint import bench, bp
from giftshop.fulfilment.carrier_csv import Encoding
from giftshop.fulfilment.errors import NothingSelected
from giftshop.fulfilment.models import Shipment
from giftshop.fulfilment.queries import Cursor
from giftshop.fulfilment.rules import BULK_LIMIT
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.web import Form, actor, allow, current_locale, reader, say, shown_count, transact_once

COUNTED_VIEWS = ("to_order", "ordered", "exception")
"""What the page of all suppliers counts for each."""
COUNTED_AT_ONCE = 100
"""Suppliers that one statement counts for: SQLite takes no more than 500 parts in one."""


@bp.get("/suppliers")
@allow(bench)
def suppliers() -> ResponseReturnValue:
    """Every supplier, with what waits for them."""
    known = catalogue.all_suppliers(reader(), with_retired=True)
    counts = _counts(known)
    shown = [one for one in known if one.is_active or any(counts[one.id].values())]
    return render_template("fulfilment/suppliers.html", suppliers=shown, counts=counts, shown_count=shown_count)


@bp.get("/suppliers/<code>")
@allow(bench)
def supplier(code: str) -> ResponseReturnValue:
    """One supplier's parcels, with their addresses."""
    found = catalogue.supplier_by_code(reader(), code)
    view = _view_in(request.args.get("view"))
    page = queries.queue_page(
        reader(),
        presenting.supplier_filter(view, found.id),
        Cursor.read(request.args.get("at")),
        size=BULK_LIMIT,
    )
    every = {name: presenting.supplier_filter(name, found.id) for name in presenting.SUPPLIER_VIEWS}
    counts = queries.bounded_counts(reader(), every)
    views = [
        (_(words), url_for("fulfilment.supplier", code=found.code, view=name), shown_count(counts[name]), name == view)
        for name, words in presenting.SUPPLIER_VIEWS.items()
    ]
    return render_template(
        "fulfilment/supplier.html",
        supplier=found,
        view=view,
        views=views,
        page=page,
        form=Form(formdata=None),
        page_url=lambda cursor: (
            url_for("fulfilment.supplier", code=found.code, view=view, at=str(cursor)) if cursor else None
        ),
        firm_names=_firm_names(page.rows),
        **presenting.queue_words(reader(), page.rows, carriers.all_carriers(reader(), with_retired=True)),
    )


@bp.post("/suppliers/<code>/selection")
@allow(bench)
def act_on_suppliers_parcels(code: str) -> ResponseReturnValue:
    """Give the ticked parcels as a table, or write down that they were ordered as the page showed them."""
    found = catalogue.supplier_by_code(reader(), code)
    view = _view_in(request.form.get("view"))
    here = url_for("fulfilment.supplier", code=found.code, view=view)
    g.shown_at = here
    try:
        seen = _ticked()
        if request.form.get("action") == "export":
            return _export(found, list(seen))
        if request.form.get("action") == "order":
            _order(found, seen)
    except Refused as refusal:
        flash(say(refusal), "error")
    return redirect(here)


def _order(found: Supplier, seen: dict[int, int]) -> None:
    done = transact_once(Form().once(), supplying.order_from_supplier, found.id, seen, by=actor(), at=clock.now())
    if done:
        flash(
            ngettext("%(num)s parcel is ordered.", "%(num)s parcels are ordered.", done),
            "success",
        )
    if left := len(seen) - done:
        flash(
            ngettext(
                "%(num)s parcel changed since this list was shown, and is not ordered. Download the list again.",
                "%(num)s parcels changed since this list was shown, and are not ordered. Download the list again.",
                left,
            ),
            "error",
        )


def _export(found: Supplier, ids: Sequence[int]) -> ResponseReturnValue:
    known = queries.shipments_by_id(reader(), ids)
    theirs = [known[one] for one in ids if one in known and known[one].supplier_id == found.id]
    if not theirs:
        raise NothingSelected
    lines = queries.lines_by_shipment(reader(), [shipment.id for shipment in theirs])
    encoding = Encoding.GB18030 if request.form.get("encoding") == Encoding.GB18030 else Encoding.UTF8
    headings = [_(heading) for heading in supplier_csv.HEADINGS]
    answer = make_response(supplier_csv.supplier_file(headings, theirs, lines, current_locale(), encoding))
    answer.mimetype = "text/csv"
    answer.mimetype_params["charset"] = encoding.value
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.code}-{presenting.today()}.csv"'
    return answer


def _ticked() -> dict[int, int]:
    """Return the ticked shipments with the revision that the page showed of each, no more than one list holds."""
    seen: dict[int, int] = {}
    for text in request.form.getlist("shipment")[:BULK_LIMIT]:
        shipment, _dot, revision = text.partition(".")
        if all(part.isascii() and part.isdigit() and len(part) < 19 for part in (shipment, revision)):
            seen[int(shipment)] = int(revision)
    if not seen:
        raise NothingSelected
    return seen


def _view_in(text: str | None) -> str:
    return text if text and text in presenting.SUPPLIER_VIEWS else "to_order"


def _counts(known: Sequence[Supplier]) -> dict[int, dict[str, int]]:
    counts: dict[int, dict[str, int]] = {}
    for start in range(0, len(known), COUNTED_AT_ONCE):
        ids = [one.id for one in known[start : start + COUNTED_AT_ONCE]]
        every = {f"{one}.{view}": presenting.supplier_filter(view, one) for one in ids for view in COUNTED_VIEWS}
        found = queries.bounded_counts(reader(), every)
        counts |= {one: {view: found[f"{one}.{view}"] for view in COUNTED_VIEWS} for one in ids}
    return counts


def _firm_names(rows: Sequence[Shipment]) -> dict[int, str]:
    return {firm.id: firm.name for firm in accounts.all_firms(reader())} if rows else {}
