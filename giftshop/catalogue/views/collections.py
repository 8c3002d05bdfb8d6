"""The collections of the shop, as staff keep them."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop.catalogue import collecting as room
from giftshop.catalogue.collection_forms import CollectionForm, collection_facts_in, collection_form
from giftshop.catalogue.models import Collection
from giftshop.catalogue.views.blueprint import KEEPERS, bp
from giftshop.catalogue.views.items import is_sound
from giftshop.catalogue.words import COLLECTION_KINDS
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.web import actor, allow, current_shop, reader, transact


@bp.get("/desk/collections")
@allow(KEEPERS)
def collections() -> ResponseReturnValue:
    """Every collection in the order of the shop, and how many gifts it shows."""
    return render_template(
        "catalogue/collections.html",
        collections=room.collections(reader()),
        counts=room.gifts_in_collections(reader(), current_shop().settings.currency),
        kinds=COLLECTION_KINDS,
    )


@bp.route("/desk/collections/new", methods=["GET", "POST"])
@allow(KEEPERS)
def new_collection() -> ResponseReturnValue:
    """Show a tag as a collection."""
    form = collection_form()
    if is_sound(form):
        try:
            transact(room.add_collection, collection_facts_in(form), by=actor(), at=clock.now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The shop shows it as soon as an item on offer has its tag."), "success")
            return redirect(url_for("catalogue.collections"))
    return _shown(form, None)


@bp.route("/desk/collections/<tag>", methods=["GET", "POST"])
@allow(KEEPERS)
def collection(tag: str) -> ResponseReturnValue:
    """One collection, and the form that changes it."""
    known = room.collection(reader(), tag)
    form = collection_form(known)
    if is_sound(form):
        try:
            transact(room.change_collection, known.id, collection_facts_in(form), by=actor(), at=clock.now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The changes are saved."), "success")
            return redirect(url_for("catalogue.collections"))
    return _shown(form, known)


@bp.post("/desk/collections/<tag>/drop")
@allow(KEEPERS)
def drop_collection(tag: str) -> ResponseReturnValue:
    """Take it out of the shop."""
    known = room.collection(reader(), tag)
    transact(room.drop_collection, known.id, by=actor(), at=clock.now())
    flash(_("It is out of the shop. Its gifts keep their tag."), "success")
    return redirect(url_for("catalogue.collections"))


def _shown(form: CollectionForm, known: Collection | None) -> ResponseReturnValue:
    page = render_template("catalogue/collection.html", form=form, collection=known)
    return page, 422 if form.has_errors else 200
