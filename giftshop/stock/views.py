"""The stock, as packers and sales see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import accounts, catalogue
from giftshop.db import Reader
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.kernel.locale import N_
from giftshop.kernel.role import StaffRole
from giftshop.listing import Export, show
from giftshop.stock import queries, service
from giftshop.stock.forms import CountForm, ReceiveForm
from giftshop.stock.models import MovementKind
from giftshop.web import actor, allow, localized, reader, staff, transact_once
from giftshop.web.filters import shown
from giftshop.web.forms import typed

bp = Blueprint("stock", __name__)
KEEPERS = staff(StaffRole.FULFILMENT, StaffRole.SALES)


def _cells(_reader: Reader, rows: Sequence[queries.Shelved]) -> Iterator[Sequence[object]]:
    for row in rows:
        free = None if row.item.supplier_id else row.level.available
        yield [row.item.sku, localized(row.item.names), row.level.on_hand, row.level.reserved, free]


STOCK: Final = Export((N_("SKU"), N_("Gift"), N_("On the shelf"), N_("Reserved"), N_("Free")), _cells)
MOVEMENTS = {MovementKind.RECEIVED: N_("Came in"), MovementKind.CORRECTED: N_("Counted")}


@bp.get("/desk/stock")
@allow(KEEPERS)
def index() -> ResponseReturnValue:
    """What is on the shelf: the scarce first, or everything, or what a search finds."""
    shows_all = bool(request.args.get("q", "").strip()) or request.args.get("view") == "all"
    found = show(queries.stock_list(reader(), is_scarce=not shows_all), view="all" if shows_all else None)
    if file := found.file(STOCK):
        return file
    views = [
        (_("Running low"), url_for("stock.index"), queries.scarce_count(reader()), not shows_all),
        (_("All"), url_for("stock.index", view="all"), None, shows_all),
    ]
    return render_template("stock/index.html", found=found, views=views, shows_all=shows_all, low=queries.LOW)


@bp.get("/desk/stock/<int:item_id>")
@allow(KEEPERS)
def item(item_id: int) -> ResponseReturnValue:
    """One item's stock, what people changed, and the two forms."""
    return _page(item_id, ReceiveForm(formdata=None), CountForm(formdata=None))


@bp.post("/desk/stock/<int:item_id>/receive")
@allow(KEEPERS)
def receive(item_id: int) -> ResponseReturnValue:
    """Goods came in; the same form twice brings them once."""
    form = ReceiveForm()
    if form.validate():
        try:
            on_hand = transact_once(
                form.once(),
                service.receive,
                item_id,
                form.quantity.data or 0,
                typed(form.reason),
                by=actor(),
                at=clock.now(),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return _done(item_id, on_hand)
    return _page(item_id, form, CountForm(formdata=None)), 422


@bp.post("/desk/stock/<int:item_id>/correct")
@allow(KEEPERS)
def correct(item_id: int) -> ResponseReturnValue:
    """Somebody counted."""
    form = CountForm()
    if form.validate():
        try:
            on_hand = transact_once(
                form.once(),
                service.correct,
                item_id,
                form.counted.data or 0,
                typed(form.reason),
                seen=form.seen_on_hand,
                by=actor(),
                at=clock.now(),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return _done(item_id, on_hand)
    return _page(item_id, ReceiveForm(formdata=None), form), 422


def _done(item_id: int, on_hand: int) -> ResponseReturnValue:
    flash(_("There are now %(number)s on the shelf.", number=shown(on_hand)), "success")
    return redirect(url_for("stock.item", item_id=item_id))


def _page(item_id: int, receive_form: ReceiveForm, count_form: CountForm) -> str:
    known = catalogue.item(reader(), item_id)
    level = queries.levels(reader(), [item_id])[item_id]
    moves = queries.movements(reader(), item_id)
    count_form.seen.data = str(level.on_hand)
    return render_template(
        "stock/item.html",
        item=known,
        level=level,
        movements=moves,
        people=accounts.users_by_id(reader(), {move.by_id for move in moves if move.by_id}),
        words=MOVEMENTS,
        receive_form=receive_form,
        count_form=count_form,
        has_errors=receive_form.has_errors or count_form.has_errors,
    )
