"""Putting a set together: one page that saves itself, with its picture and its total beside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import branding, catalogue
from giftshop.giftsets import queries, service
from giftshop.giftsets.forms import WORDS, BuilderForm, LogoForm, builder_form, wishes_in
from giftshop.giftsets.models import GiftSet
from giftshop.giftsets.rules import MAX_OF_ONE, MAX_TEXT, Charge, ChargeKind, Contents, Rates
from giftshop.giftsets.views.blueprint import bp, buyers, own_firm, own_set
from giftshop.kernel import clock
from giftshop.kernel.errors import DomainError, Missing, Refused
from giftshop.kernel.locale import N_
from giftshop.kernel.money import Money
from giftshop.web import actor, allow, current_shop, members, reader, say, transact
from giftshop.web.filters import money

CHARGE_WORDS: Mapping[ChargeKind, str] = {
    ChargeKind.ITEMS: "%(words)s",
    ChargeKind.PACKAGING: "%(words)s",
    ChargeKind.SETUP: N_("Setting up: %(words)s"),
    ChargeKind.DECORATION: "%(words)s",
    ChargeKind.CARD: N_("Greeting cards"),
    ChargeKind.PARCELS: N_("Delivery, a parcel for each"),
}


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
            transact(service.arrange, gift_set_id, own_firm(), wishes_in(form, request.form))
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
        except Refused as refusal:
            form.refuse(refusal)
    return _page(own_set(gift_set_id), form, LogoForm(formdata=None))


@bp.post("/gift-sets/<int:gift_set_id>/save")
@allow(buyers)
def autosave(gift_set_id: int) -> ResponseReturnValue:
    """Keep what is chosen while it is being chosen; answers with the total as it now is."""
    form = builder_form(own_set(gift_set_id))
    transact(service.arrange, gift_set_id, own_firm(), wishes_in(form, request.form))
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


def charge_words(charge: Charge, words: str) -> str:
    """Return what a line of the total is for; `words` are the charge's own, in the current language."""
    return str(_(CHARGE_WORDS[charge.kind]) % {"words": words})


def charge_why(charge: Charge) -> str:
    """Return how a line's amount comes about."""
    return f"{money(charge.unit)} × {charge.quantity}" if charge.quantity > 1 else ""


def _move_item(gift_set_id: int) -> None:
    for name, command in (("add", service.put_in), ("remove", service.take_out)):
        chosen = request.form.get(name, "")
        if chosen.isascii() and chosen.isdecimal() and len(chosen) < 13:
            try:
                transact(command, gift_set_id, own_firm(), int(chosen))
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
    charges = contents.charges(found.planned, parcels=found.planned, rates=Rates())
    refusals = contents.refusals(found.planned, parcel_limit_g=current_shop().settings.parcel_limit_g)
    return {
        "gift_set": found,
        "contents": contents,
        "charges": charges,
        "total": sum((charge.amount for charge in charges), Money.zero(found.currency)),
        "problems": _said(refusals),
        "charge_words": charge_words,
        "charge_why": charge_why,
        "rates": Rates(),
    }


def _said(refusals: Sequence[DomainError]) -> dict[str, list[str]]:
    """Return what is wrong, by the part of the page where it is put right."""
    said: dict[str, list[str]] = defaultdict(list)
    for refusal in refusals:
        said[refusal.field or "items"].append(say(refusal))
    return dict(said)
