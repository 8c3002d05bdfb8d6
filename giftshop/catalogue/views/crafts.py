"""What gift sets are made with, as staff keep it: packaging, decorations and their places, rules of parcels."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop.catalogue import craft_queries, crafts, queries
from giftshop.catalogue.craft_forms import (
    DecorationForm,
    PackagingForm,
    PlaceForm,
    RuleForm,
    decoration_facts_in,
    decoration_form,
    packaging_facts_in,
    packaging_form,
)
from giftshop.catalogue.errors import NoSuchItem
from giftshop.catalogue.models import Decoration, Packaging
from giftshop.catalogue.views.blueprint import KEEPERS, bp
from giftshop.catalogue.views.items import develop
from giftshop.catalogue.words import DECORATION_KINDS, PACKAGING_KINDS
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.web import actor, allow, current_shop, reader, transact
from giftshop.web.forms import typed


@bp.get("/desk/making")
@allow(KEEPERS)
def making() -> ResponseReturnValue:
    """Everything gift sets are made with, on one page."""
    return _overview(RuleForm())


@bp.post("/desk/making/rules")
@allow(KEEPERS)
def add_rule() -> ResponseReturnValue:
    """Say that two kinds of goods may not lie in one parcel."""
    form = RuleForm()
    if form.validate_on_submit():
        reasons = {"en": typed(form.reason_en), "zh_Hans": typed(form.reason_zh_Hans)}
        tags = typed(form.tag), typed(form.other_tag)
        try:
            transact(crafts.add_bundle_rule, *tags, reasons, by=actor(), at=clock.now())
            flash(_("Firms cannot put these into one set any more."), "success")
            return redirect(url_for("catalogue.making"))
        except Refused as refusal:
            form.refuse(refusal)
    return _overview(form)


@bp.post("/desk/making/rules/<int:rule_id>/drop")
@allow(KEEPERS)
def drop_rule(rule_id: int) -> ResponseReturnValue:
    """Forget a rule."""
    transact(crafts.drop_bundle_rule, rule_id, by=actor(), at=clock.now())
    return redirect(url_for("catalogue.making"))


@bp.route("/desk/packaging/new", methods=["GET", "POST"])
@allow(KEEPERS)
def new_packaging() -> ResponseReturnValue:
    """Take up a packaging."""
    form = packaging_form(_currency())
    if _is_sound(form):
        try:
            transact(crafts.add_packaging, packaging_facts_in(form, _currency()), by=actor(), at=clock.now())
            flash(_("Firms can choose it from now on."), "success")
            return redirect(url_for("catalogue.making"))
        except Refused as refusal:
            form.refuse(refusal)
    return _packaging_page(form, None)


@bp.route("/desk/packaging/<int:packaging_id>", methods=["GET", "POST"])
@allow(KEEPERS)
def packaging(packaging_id: int) -> ResponseReturnValue:
    """One packaging, and the form that changes it."""
    known = craft_queries.packaging(reader(), packaging_id)
    form = packaging_form(known.currency, known)
    if _is_sound(form):
        try:
            facts, is_active = packaging_facts_in(form, known.currency), bool(form.is_active.data)
            transact(crafts.change_packaging, packaging_id, facts, is_active=is_active, by=actor(), at=clock.now())
            flash(_("The changes are saved."), "success")
            return redirect(url_for("catalogue.making"))
        except Refused as refusal:
            form.refuse(refusal)
    return _packaging_page(form, known)


@bp.route("/desk/crafts/new", methods=["GET", "POST"])
@allow(KEEPERS)
def new_decoration() -> ResponseReturnValue:
    """Take up a decoration."""
    form = decoration_form(_currency())
    if form.validate_on_submit():
        try:
            facts = decoration_facts_in(form, _currency())
            decoration_id = transact(crafts.add_decoration, facts, by=actor(), at=clock.now())
            flash(_("Now say where it goes."), "success")
            return redirect(url_for("catalogue.decoration", decoration_id=decoration_id))
        except Refused as refusal:
            form.refuse(refusal)
    return _decoration_page(form, None, PlaceForm(formdata=None))


@bp.route("/desk/crafts/<int:decoration_id>", methods=["GET", "POST"])
@allow(KEEPERS)
def decoration(decoration_id: int) -> ResponseReturnValue:
    """One decoration, the form that changes it, and where it goes."""
    known = craft_queries.decoration(reader(), decoration_id)
    form = decoration_form(known.currency, known)
    if form.validate_on_submit():
        try:
            facts, is_active = decoration_facts_in(form, known.currency), bool(form.is_active.data)
            transact(crafts.change_decoration, decoration_id, facts, is_active=is_active, by=actor(), at=clock.now())
            flash(_("The changes are saved."), "success")
            return redirect(url_for("catalogue.decoration", decoration_id=decoration_id))
        except Refused as refusal:
            form.refuse(refusal)
    return _decoration_page(form, known, PlaceForm(formdata=None))


@bp.post("/desk/crafts/<int:decoration_id>/places")
@allow(KEEPERS)
def place_decoration(decoration_id: int) -> ResponseReturnValue:
    """Let it go onto an item or a packaging."""
    known, form = craft_queries.decoration(reader(), decoration_id), PlaceForm()
    if form.validate_on_submit():
        try:
            item_id, packaging_id = _thing(typed(form.on))
            transact(
                crafts.place_decoration,
                decoration_id,
                item_id=item_id,
                packaging_id=packaging_id,
                places={"en": typed(form.place_en), "zh_Hans": typed(form.place_zh_Hans)},
                width_mm=form.width_mm.data or 0,
                height_mm=form.height_mm.data or 0,
                by=actor(),
                at=clock.now(),
            )
            return redirect(url_for("catalogue.decoration", decoration_id=decoration_id, _anchor="places"))
        except Refused as refusal:
            form.refuse(refusal)
        except NoSuchItem as unknown:
            unknown.field = "on"
            form.refuse(unknown)
    return _decoration_page(decoration_form(known.currency, known, sent=False), known, form)


@bp.post("/desk/crafts/places/<int:place_id>/drop")
@allow(KEEPERS)
def drop_place(place_id: int) -> ResponseReturnValue:
    """Take no new orders for it there."""
    decoration_id = transact(crafts.drop_place, place_id, by=actor(), at=clock.now())
    return redirect(url_for("catalogue.decoration", decoration_id=decoration_id, _anchor="places"))


def _thing(code: str) -> tuple[int | None, int | None]:
    wanted = code.strip().upper()
    item = queries.items_by_sku(reader(), [wanted]).get(wanted)
    if item is not None:
        return item.id, None
    for each in craft_queries.packagings(reader()):
        if each.code == wanted:
            return None, each.id
    raise NoSuchItem


def _is_sound(form: PackagingForm) -> bool:
    is_sound = bool(form.validate_on_submit())
    if form.is_submitted():
        try:
            develop(form)
        except Refused as refusal:
            form.refuse(refusal)
            return False
    return is_sound


def _overview(form: RuleForm) -> ResponseReturnValue:
    page = render_template(
        "catalogue/making.html",
        form=form,
        packagings=craft_queries.packagings(reader()),
        decorations=craft_queries.decorations(reader()),
        rules=craft_queries.bundle_rules(reader()),
        packaging_kinds=PACKAGING_KINDS,
        decoration_kinds=DECORATION_KINDS,
        parcel_limit_g=current_shop().settings.parcel_limit_g,
    )
    return page, 422 if form.has_errors else 200


def _packaging_page(form: PackagingForm, known: Packaging | None) -> ResponseReturnValue:
    page = render_template("catalogue/packaging.html", form=form, packaging=known)
    return page, 422 if form.has_errors else 200


def _decoration_page(form: DecorationForm, known: Decoration | None, place_form: PlaceForm) -> ResponseReturnValue:
    places = craft_queries.places_of_decoration(reader(), known.id) if known else []
    page = render_template(
        "catalogue/decoration.html",
        form=form,
        decoration=known,
        place_form=place_form,
        has_errors=form.has_errors or place_form.has_errors,
        places=places,
        items=queries.items_by_id(reader(), {place.item_id for place in places if place.item_id}),
        packagings=craft_queries.packagings_by_id(
            reader(), {place.packaging_id for place in places if place.packaging_id}
        ),
    )
    return page, 422 if form.has_errors or place_form.has_errors else 200


def _currency() -> str:
    return current_shop().settings.currency
