"""Items, as staff keep them."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop.catalogue import queries, service, suppliers
from giftshop.catalogue.collection_forms import CollectionForm
from giftshop.catalogue.craft_forms import PackagingForm
from giftshop.catalogue.exporting import ITEMS
from giftshop.catalogue.forms import ItemForm, item_facts_in, item_form
from giftshop.catalogue.models import Item, Supplier
from giftshop.catalogue.pictures import keep_picture, redeveloped
from giftshop.catalogue.rules import DRAWING, ItemState, is_stored
from giftshop.catalogue.views.blueprint import KEEPERS, bp
from giftshop.catalogue.words import ITEM_STATES
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.listing import show
from giftshop.web import actor, allow, current_shop, localized, offer_undo, reader, transact


@bp.get("/desk/items")
@allow(KEEPERS)
def items() -> ResponseReturnValue:
    """Items by state, searched by SKU, name and tag."""
    text = request.args.get("state", "")
    state = ItemState(text) if text in set(ItemState) else None
    found = show(queries.items_list(reader(), state, _supplier_names()), state=state)
    if file := found.file(ITEMS):
        return file
    counts = queries.counts_by_state(reader())
    views = [(_("All"), found.at(), sum(counts.values()), state is None)]
    views += [
        (_(words), found.at(state=each), counts.get(each, 0), each is state) for each, words in ITEM_STATES.items()
    ]
    return render_template("catalogue/items.html", found=found, state=state, views=views, states=ITEM_STATES)


@bp.route("/desk/items/new", methods=["GET", "POST"])
@allow(KEEPERS)
def new_item() -> ResponseReturnValue:
    """Write a new item."""
    currency = current_shop().settings.currency
    form = item_form(currency, _suppliers())
    if is_sound(form):
        try:
            item = transact(service.draw_up_item, item_facts_in(form, currency), by=actor(), at=clock.now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("%(sku)s is saved as a draft. Put it on offer when it is complete.", sku=item.sku), "success")
            return redirect(url_for("catalogue.item", item_id=item.id))
    return _shown(form, None)


@bp.route("/desk/items/<int:item_id>", methods=["GET", "POST"])
@allow(KEEPERS)
def item(item_id: int) -> ResponseReturnValue:
    """One item, and the form that changes it."""
    known = queries.item(reader(), item_id)
    form = item_form(known.currency, _suppliers(), known)
    if is_sound(form):
        try:
            facts = item_facts_in(form, known.currency)
            transact(service.change_item, item_id, facts, by=actor(), at=clock.now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The changes are saved."), "success")
            return redirect(url_for("catalogue.item", item_id=item_id))
    return _shown(form, known)


@bp.post("/desk/items/<int:item_id>/offer")
@allow(KEEPERS)
def offer_item(item_id: int) -> ResponseReturnValue:
    """Let an item go into gift books."""
    try:
        transact(service.offer_item, item_id, by=actor(), at=clock.now())
    except Refused as refusal:
        known = queries.item(reader(), item_id)
        form = item_form(known.currency, _suppliers(), known)
        form.refuse(refusal)
        return _shown(form, known)
    flash(_("It is on offer and can go into gift books."), "success")
    return redirect(url_for("catalogue.item", item_id=item_id))


@bp.post("/desk/items/<int:item_id>/withdraw")
@allow(KEEPERS)
def withdraw_item(item_id: int) -> ResponseReturnValue:
    """Let an item go into no new gift book."""
    was_on_offer = queries.item(reader(), item_id).state is ItemState.ON_OFFER
    transact(service.withdraw_item, item_id, by=actor(), at=clock.now())
    said = _("It goes into no new gift book. Printed books still give it while stock lasts.")
    if was_on_offer:
        offer_undo(said, "catalogue.withdraw_item", item_id, back=url_for("catalogue.item", item_id=item_id))
    else:
        flash(said, "success")
    return redirect(url_for("catalogue.item", item_id=item_id))


def _supplier_names() -> dict[str, str]:
    return {str(supplier.id): localized(supplier.names) for supplier in _suppliers()}


def _suppliers() -> Sequence[Supplier]:
    return suppliers.all_suppliers(reader(), with_retired=True)


def is_sound(form: ItemForm | CollectionForm) -> bool:
    """Whether a form was sent and can be taken.

    An uploaded picture is kept at once and remembered in the form, so that it is not lost when the rest is refused.
    """
    is_sound = form.validate_on_submit()
    if form.is_submitted():
        try:
            develop(form)
        except Refused as refusal:
            form.refuse(refusal)
            return False
    return bool(is_sound)


def develop(form: ItemForm | PackagingForm | CollectionForm) -> None:
    """Keep an uploaded picture, or forget one that the form made up. Raises a refusal at the field."""
    if form.photograph.data:
        form.picture.data = transact(keep_picture, redeveloped(form.photograph.data.read()))
    elif not _is_known(form.picture.data or ""):
        form.picture.data = ""


def _is_known(picture: str) -> bool:
    """Whether the form names a picture there is: it could have been made by hand."""
    if is_stored(picture):
        return queries.picture(reader(), picture) is not None
    return DRAWING.fullmatch(picture) is not None and len(picture) <= 60


def _shown(form: ItemForm, item: Item | None) -> ResponseReturnValue:
    template = "catalogue/item.html" if item else "catalogue/new_item.html"
    page = render_template(template, form=form, item=item, states=ITEM_STATES)
    return page, 422 if form.has_errors else 200
