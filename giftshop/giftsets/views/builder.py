"""Putting a set together: one page that saves itself, with its picture and its total beside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal
from flask_babel import gettext as _

from giftshop import branding, catalogue
from giftshop.giftsets import queries, service
from giftshop.giftsets.errors import SetChanged
from giftshop.giftsets.forms import WORDS, BuilderForm, LogoForm, builder_form, seen_version, wishes_in
from giftshop.giftsets.models import GiftSet
from giftshop.giftsets.rules import MAX_OF_ONE, MAX_TEXT, Charge, ChargeKind, Contents, Rates
from giftshop.giftsets.service import Hand
from giftshop.giftsets.totals import Row, total_of
from giftshop.giftsets.views.blueprint import bp, buyers, own_firm, own_set
from giftshop.kernel import clock
from giftshop.kernel.errors import DomainError, Missing, Refused
from giftshop.web import actor, allow, current_shop, members, reader, say, transact
from giftshop.web.filters import money


@bp.get("/gift-sets/<int:gift_set_id>")
@allow(members())
def build(gift_set_id: int) -> ResponseReturnValue:
    """The set, to be changed by buyers while it was not ordered."""
    found = own_set(gift_set_id)
    return _page(found, builder_form(found), LogoForm(formdata=None))


@bp.post("/gift-sets/<int:gift_set_id>")
@allow(buyers)
def save(gift_set_id: int) -> ResponseReturnValue:
    """Keep everything that was chosen; with a button of an item, put it in or take it out besides."""
    found = own_set(gift_set_id)
    form = builder_form(found)
    if form.validate():
        try:
            transact(service.arrange, gift_set_id, own_firm(), wishes_in(form, request.form), _hand(form))
            _move_item(gift_set_id)
            anchor = "add" if request.form.get("add") else "items" if request.form.get("remove") else None
            looking = _looking_at()
            return redirect(
                url_for(
                    "giftsets.build",
                    gift_set_id=gift_set_id,
                    tag=looking.get("tag"),
                    q=looking.get("q"),
                    _anchor=anchor,
                )
            )
        except SetChanged as refusal:
            flash(say(refusal) + " " + _("This is the set as it is now."), "error")
            return redirect(url_for("giftsets.build", gift_set_id=gift_set_id))
        except Refused as refusal:
            form.refuse(refusal)
    return _page(own_set(gift_set_id), form, LogoForm(formdata=None))


@bp.post("/gift-sets/<int:gift_set_id>/save")
@allow(buyers)
def autosave(gift_set_id: int) -> ResponseReturnValue:
    """Keep what is chosen while it is being chosen; answers with the total as it now is, or with why it was not."""
    form = builder_form(own_set(gift_set_id))
    try:
        transact(service.arrange, gift_set_id, own_firm(), wishes_in(form, request.form), _hand(form))
    except Refused as refusal:
        is_late = isinstance(refusal, SetChanged)
        answer = render_template("giftsets/_refused.html", said=say(refusal), is_late=is_late, gift_set_id=gift_set_id)
        return answer, 409 if is_late else 422
    found = own_set(gift_set_id)
    return render_template("giftsets/_total.html", **_totals(found, queries.contents_of(reader(), gift_set_id)))


@bp.post("/gift-sets/<int:gift_set_id>/logo")
@allow(buyers)
def add_logo(gift_set_id: int) -> ResponseReturnValue:
    """Another logo of the firm, to choose for a decoration."""
    found, form = own_set(gift_set_id), LogoForm()
    if form.validate_on_submit():
        try:
            artwork = branding.redraw(form.logo.data.read())  # takes its time, so the database does not wait for it
            transact(branding.save_logo, own_firm(), artwork, by=actor(), at=clock.now())
            return redirect(url_for("giftsets.build", gift_set_id=gift_set_id, _anchor="decorations"))
        except Refused as refusal:
            form.refuse(refusal)
    return _page(found, builder_form(found), form)


def row_why(row: Row) -> str:
    """Return how a line's amount comes about: unit × quantity, and what is asked only once."""
    return " + ".join(_charge_why(charge) for charge in row.charges)


def _charge_why(charge: Charge) -> str:
    if charge.kind is ChargeKind.SETUP:
        return str(_("%(setup)s once, to set it up", setup=money(charge.unit)))
    return f"{money(charge.unit)} × {format_decimal(charge.quantity)}"


def _hand(form: BuilderForm) -> Hand:
    return Hand(actor(), clock.now(), seen_version(form))


def _move_item(gift_set_id: int) -> None:
    for name, command in (("add", service.put_in), ("remove", service.take_out)):
        chosen = request.form.get(name, "")
        if chosen.isascii() and chosen.isdecimal() and len(chosen) < 13:
            try:
                transact(command, gift_set_id, own_firm(), int(chosen), Hand(actor(), clock.now()))
            except Missing as gone:
                raise Refused from gone


def _looking_at() -> dict[str, str]:
    return {name: request.args[name][:100] for name in ("tag", "q") if request.args.get(name)}


def _page(found: GiftSet, form: BuilderForm, logo_form: LogoForm) -> ResponseReturnValue:
    contents = queries.contents_of(reader(), found.id)
    looking = _looking_at()
    packagings = catalogue.packagings(reader(), found.currency)
    inside = {part.item_id: part for part in contents.parts}
    offered = catalogue.places_on(reader(), inside.keys(), [each.id for each in packagings])
    page = render_template(
        "giftsets/build.html",
        form=form,
        logo_form=logo_form,
        has_errors=form.has_errors or logo_form.has_errors,
        items=catalogue.items_by_id(reader(), inside.keys()),
        packagings=packagings,
        places=_grouped(offered),
        chosen={craft.place_id: craft for craft in contents.crafts},
        logos=branding.logos_of(
            reader(), own_firm(), keeping=[craft.logo_id for craft in contents.crafts if craft.logo_id]
        ),
        latest=branding.usual_logo(reader(), own_firm()),
        tags=catalogue.tags_on_offer(reader(), found.currency),
        to_add=catalogue.items_to_choose(
            reader(), found.currency, tag=looking.get("tag", ""), wanted=looking.get("q", "")
        ),
        looking=looking,
        limits={"of_one": MAX_OF_ONE, "text": MAX_TEXT},
        words_instead=WORDS,
        **_totals(found, contents),
    )
    return page, 422 if form.has_errors or logo_form.has_errors else 200


def _grouped(offered: Sequence[catalogue.DecorationPlace]) -> dict[tuple[str, int], list[catalogue.DecorationPlace]]:
    """Return what can be ordered by the thing it is put onto: ("item", 3), ("packaging", 1)."""
    groups: dict[tuple[str, int], list[catalogue.DecorationPlace]] = defaultdict(list)
    for each in offered:
        place = each.place
        groups[("item", place.item_id) if place.item_id else ("packaging", place.packaging_id or 0)].append(each)
    return dict(groups)


def _totals(found: GiftSet, contents: Contents) -> dict[str, object]:
    refusals = contents.refusals(found.planned, parcel_limit_g=current_shop().settings.parcel_limit_g)
    return {
        "gift_set": found,
        "contents": contents,
        "total": total_of(contents, found.planned, rates=Rates(), budget_minor=found.budget_minor),
        "problems": _said(refusals),
        "row_why": row_why,
        "rates": Rates(),
    }


def _said(refusals: Sequence[DomainError]) -> dict[str, list[str]]:
    """Return what is wrong, by the part of the page where it is put right."""
    said: dict[str, list[str]] = defaultdict(list)
    for refusal in refusals:
        said[refusal.field or "items"].append(say(refusal))
    return dict(said)
