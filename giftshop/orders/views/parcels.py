"""The parcels of gift sets as their firm and the staff see them, and the greeting cards as production prints them."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime
from flask_babel import gettext as _

from giftshop import tabular
from giftshop.kernel import clock
from giftshop.kernel.role import StaffRole
from giftshop.orders import documents, making, parcels, queries
from giftshop.orders.models import Order
from giftshop.orders.parcels import Told
from giftshop.orders.presenting import PARCEL_WORDS
from giftshop.orders.views.blueprint import bp
from giftshop.orders.views.orders import office, pdf
from giftshop.web import actor, allow, members, reader, staff, transact

makers = staff(StaffRole.PRODUCTION)
CSV_PAGE = 500


@bp.get("/orders/<number>/parcels")
@allow(members(), office)
def order_parcels(number: str) -> ResponseReturnValue:
    """Every parcel of an order: for whom, and how far. No address: the firm's people need none to ask about one."""
    order = queries.order_of(reader(), number, actor().firm_id)
    page = parcels.parcels_page(reader(), order.id, after=request.args.get("after"))
    return render_template(
        "orders/parcels.html",
        order=order,
        page=page,
        parcels=parcels.told(reader(), order, page.rows),
        counts=parcels.counts_of(reader(), order.id),
    )


@bp.get("/orders/<number>/parcels.csv")
@allow(members(), office)
def parcels_csv(number: str) -> ResponseReturnValue:
    """The same as a table."""
    order = queries.order_of(reader(), number, actor().firm_id)
    headings = [
        _("No."),
        _("Recipient"),
        _("Sets"),
        _("Parcel"),
        _("State"),
        _("Left on"),
        _("Delivered"),
        _("Came back"),
    ]
    rows = [
        [
            told.parcel.position,
            told.name,
            told.parcel.quantity,
            told.shipment.number if told.shipment else "",
            _(PARCEL_WORDS[told.state]),
            *(
                format_datetime(moment, "short") if moment else ""
                for moment in (told.parcel.dispatched_at, told.parcel.delivered_at, told.parcel.returned_at)
            ),
        ]
        for told in _every_parcel(order)
    ]
    return Response(
        tabular.write_csv(headings, rows),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="parcels-{order.number}.csv"'},
    )


@bp.get("/desk/orders/<number>/greeting-cards.pdf")
@allow(makers, office)
def greeting_cards(number: str) -> ResponseReturnValue:
    """The greeting cards of an order, one a page, to be printed."""
    order = queries.order_of(reader(), number, None)
    return pdf(documents.greeting_cards(reader(), order), f"greeting-cards-{order.number}.pdf")


@bp.post("/desk/orders/<number>/make")
@allow(office)
def make_now(number: str) -> ResponseReturnValue:
    """Goods that were wanting have come: go on now, not in an hour."""
    order = queries.order_of(reader(), number, None)
    transact(making.try_again, order.id, at=clock.now())
    flash(_("The shelf is looked through again. Load the page in a moment."), "success")
    return redirect(url_for("orders.desk_order", number=number))


def _every_parcel(order: Order) -> Iterator[Told]:
    after: str | None = None
    while True:
        page = parcels.parcels_page(reader(), order.id, after=after, size=CSV_PAGE)
        yield from parcels.told(reader(), order, page.rows)
        if page.next is None:
            return
        after = page.next
