"""Editions of gift books, as staff keep them."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop.catalogue import queries, service
from giftshop.catalogue.exporting import EDITIONS
from giftshop.catalogue.forms import edition_facts_in, edition_form
from giftshop.catalogue.rules import EditionState
from giftshop.catalogue.views.blueprint import KEEPERS, bp
from giftshop.catalogue.words import EDITION_STATES, ITEM_STATES
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.listing import show
from giftshop.web import actor, allow, current_shop, offer_undo, reader, say, transact


@bp.get("/desk/editions")
@allow(KEEPERS)
def editions() -> ResponseReturnValue:
    """Every edition, the newest first."""
    found = show(queries.editions_list(EDITION_STATES))
    if file := found.file(EDITIONS):
        return file
    gifts = queries.items_of_editions(reader(), [edition.id for edition in found.rows])
    return render_template("catalogue/editions.html", found=found, gifts=gifts, states=EDITION_STATES)


@bp.route("/desk/editions/new", methods=["GET", "POST"])
@allow(KEEPERS)
def new_edition() -> ResponseReturnValue:
    """Begin a gift book."""
    currency = current_shop().settings.currency
    form = edition_form(currency)
    if form.validate_on_submit():
        try:
            edition = transact(service.draw_up_edition, edition_facts_in(form, currency), by=actor(), at=clock.now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for("catalogue.edition", edition_id=edition.id))
    page = render_template("catalogue/new_edition.html", form=form, follows=None)
    return page, 422 if form.has_errors else 200


@bp.route("/desk/editions/<int:edition_id>/next", methods=["GET", "POST"])
@allow(KEEPERS)
def next_edition(edition_id: int) -> ResponseReturnValue:
    """Begin the edition that follows this one, with its gifts."""
    previous = queries.edition(reader(), edition_id)
    form = edition_form(previous.currency, follows=previous)
    if form.validate_on_submit():
        facts = edition_facts_in(form, previous.currency)
        try:
            edition = transact(service.draw_up_next_edition, edition_id, facts, by=actor(), at=clock.now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The next edition begins with the gifts of the last that are still on offer."), "success")
            return redirect(url_for("catalogue.edition", edition_id=edition.id))
    page = render_template("catalogue/new_edition.html", form=form, follows=previous)
    return page, 422 if form.has_errors else 200


@bp.route("/desk/editions/<int:edition_id>", methods=["GET", "POST"])
@allow(KEEPERS)
def edition(edition_id: int) -> ResponseReturnValue:
    """One edition: its facts, its gifts, and what may be added while it is being drawn up."""
    known = queries.edition(reader(), edition_id)
    form = edition_form(known.currency, known)
    if form.validate_on_submit():
        facts = edition_facts_in(form, known.currency)
        try:
            transact(service.change_edition, edition_id, facts, by=actor(), at=clock.now())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            flash(_("The changes are saved."), "success")
            return redirect(url_for("catalogue.edition", edition_id=edition_id))
    is_open = known.state is EditionState.DRAWN_UP
    wanted = request.args.get("q", "").strip()[:100]
    page = render_template(
        "catalogue/edition.html",
        form=form,
        edition=known,
        gifts=queries.items_of(reader(), edition_id),
        is_open=is_open,
        wanted=wanted,
        to_add=queries.items_to_add(reader(), edition_id, wanted=wanted) if is_open else [],
        states=EDITION_STATES,
        item_states=ITEM_STATES,
    )
    return page, 422 if form.has_errors else 200


@bp.post("/desk/editions/<int:edition_id>/gifts/<int:item_id>/<any(add, remove, earlier, later):what>")
@allow(KEEPERS)
def arrange(edition_id: int, item_id: int, what: str) -> ResponseReturnValue:
    """Add a gift, take it out, or move it by one place; a refusal is said above the book."""
    try:
        match what:
            case "add":
                transact(service.add_gift, edition_id, item_id, by=actor(), at=clock.now())
            case "remove":
                transact(service.remove_gift, edition_id, item_id, by=actor(), at=clock.now())
            case _:
                steps = -1 if what == "earlier" else 1
                transact(service.move_gift, edition_id, item_id, steps, by=actor(), at=clock.now())
    except Refused as refusal:
        flash(say(refusal), "error")
    anchor = "add" if what == "add" else f"gift-{item_id}" if what != "remove" else "gifts"
    wanted = request.args.get("q", "")[:100] or None
    return redirect(url_for("catalogue.edition", edition_id=edition_id, q=wanted, _anchor=anchor))


@bp.post("/desk/editions/<int:edition_id>/offer")
@allow(KEEPERS)
def offer_edition(edition_id: int) -> ResponseReturnValue:
    """Let a book be ordered."""
    try:
        transact(service.offer_edition, edition_id, by=actor(), at=clock.now())
        flash(_("The book is on offer. Its gifts are fixed from now on."), "success")
    except Refused as refusal:
        flash(say(refusal), "error")
    return redirect(url_for("catalogue.edition", edition_id=edition_id))


@bp.post("/desk/editions/<int:edition_id>/close")
@allow(KEEPERS)
def close_edition(edition_id: int) -> ResponseReturnValue:
    """Take no new orders for a book."""
    try:
        transact(service.close_edition, edition_id, by=actor(), at=clock.now())
        said = _("The book takes no new orders. Those that are printed stay valid.")
        back = url_for("catalogue.edition", edition_id=edition_id)
        offer_undo(said, "catalogue.close_edition", edition_id, back=back)
    except Refused as refusal:
        flash(say(refusal), "error")
    return redirect(url_for("catalogue.edition", edition_id=edition_id))
