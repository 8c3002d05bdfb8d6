"""What the cards of an order say and how they look: one page that saves itself, with the proof beside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import branding, catalogue
from giftshop.cards import Unredeemed
from giftshop.kernel import clock
from giftshop.kernel.errors import Missing, Refused
from giftshop.kernel.festivals import Coming
from giftshop.kernel.locale import DEFAULT_LOCALE, LOCALES
from giftshop.orders import designs, documents, drafts, occasions, pictures, queries, sets
from giftshop.orders.forms import BrandForm
from giftshop.orders.models import Order
from giftshop.orders.pictures import THUMBNAIL_DPI
from giftshop.orders.rules import OrderKind, Step, earliest_end, expires
from giftshop.orders.views.blueprint import bp
from giftshop.orders.views.steps import buyers, draft, go_on, market, own_firm, page, today
from giftshop.paper import Lettering
from giftshop.web import actor, allow, current_shop, reader, transact
from giftshop.web.languages import localized


@bp.route("/orders/<number>/brand", methods=["GET", "POST"])
@allow(buyers)
def brand(number: str) -> ResponseReturnValue:
    """What the card says, its design and colour, and the logo on it."""
    order = draft(number)
    form = BrandForm(obj=order, keep_logo=order.logo_id is not None or request.method == "GET")
    has_card = queries.filled(reader(), order).has_card
    if not has_card:
        form.headline.validators, form.greeting.validators = (), ()
    if request.method == "POST" and "festival" in request.form:
        return _choose_festival(order, form, has_card=has_card)
    if request.method == "POST" and request.form.get("fill"):
        return _fill(order, form, form.occasion.data)
    _offer_looks(form, order)
    _offer_ends(form, order)
    if form.validate_on_submit():
        try:
            _save_brand(order, form)
            documents.refuse_unprintable_words(reader(), draft(number))
            return go_on(order, Step.BRAND)
        except Refused as refusal:
            refusal.field = refusal.field or "logo"
            form.refuse(refusal)
    return _brand_page(order, form, has_card=has_card)


@bp.post("/orders/<number>/brand/autosave")
@allow(buyers)
def autosave_brand(number: str) -> ResponseReturnValue:
    """Keep what is being typed; the form itself checks it later."""
    order = draft(number)
    transact(drafts.brand, order.id, own_firm(), _so_far(order, BrandForm()))
    return "", 204


@bp.get("/orders/<number>/designs/<key>.png")
@allow(buyers)
def design_picture(number: str, key: str) -> ResponseReturnValue:
    """How a draft's card would look in one of the designs that it may have."""
    order = draft(number)
    design = next((each for each in designs.offered(order.kind) if each.key == key), None)
    if design is None:
        raise Missing
    shot = replace(documents.proof_shot(reader(), order), design=design, dpi=THUMBNAIL_DPI)
    answer = Response(mimetype="image/png")
    answer.set_etag(shot.digest)
    answer.cache_control.private, answer.cache_control.no_cache = True, True
    if shot.digest not in request.if_none_match:
        answer.set_data(pictures.thumbnail(shot))
    return answer.make_conditional(request)


def _brand_page(order: Order, form: BrandForm, *, has_card: bool) -> ResponseReturnValue:
    logo = branding.logo(reader(), own_firm(), order.logo_id) if order.logo_id else None
    offered = designs.offered(order.kind)
    festival = occasions.festival_of(reader(), order, today())
    if festival is not None and request.method == "GET":
        form.occasion.data = occasions.OCCASIONS[festival.festival.tag].value
    return page(
        order,
        Step.BRAND,
        "brand.html",
        form=form,
        logo=logo,
        latest=None if logo else branding.usual_logo(reader(), own_firm()),
        logos=_logos(order),
        designs=offered,
        design=designs.shown(order),
        most_sides=max(design.sides for design in offered),
        shade=branding.shade_of(order.accent),
        earliest_end=earliest_end(today(), market()) if order.kind is OrderKind.SHOPPING_CARD else None,
        has_card=has_card,
        festivals=occasions.festivals_for(order, today()),
        festival=festival,
        today=today(),
    )


def _choose_festival(order: Order, form: BrandForm, *, has_card: bool) -> ResponseReturnValue:
    """Put the greeting for a festival into the card; gift sets are to be there on its day. Too late: nothing of it."""
    coming = occasions.festivals_for(order, today())
    chosen = next((each for each in coming if each.festival.tag == request.form["festival"]), None)
    if chosen is None or chosen.is_too_late(today()):
        return _fill(order, form, "")
    if order.kind is OrderKind.GIFT_SET:
        _arrive_for(order, chosen)
    return _fill(order, form, occasions.OCCASIONS[chosen.festival.tag].value if has_card else "")


def _arrive_for(order: Order, festival: Coming) -> None:
    """Ask for a draft's sets by the festival, unless its buyer lets none leave before."""
    if order.not_before is not None and order.not_before > festival.on:
        return
    transact(
        sets.dispatch_window,
        order.id,
        own_firm(),
        not_before=order.not_before,
        arrives_by=clock.end_of_day(festival.on, current_shop().settings.time_zone),
        is_surprise=order.is_surprise,
    )


def _fill(order: Order, form: BrandForm, occasion: str | None) -> ResponseReturnValue:
    """Put the firm's greeting for an occasion into the card, keep all else that was typed, and show the page again."""
    words = _so_far(order, form)
    is_filled = occasion in set(branding.Occasion)
    if is_filled:
        said = branding.greetings_of(reader(), own_firm())
        greeting = said[branding.Occasion(occasion or ""), words.card_locale]
        words = replace(words, headline=greeting.headline, greeting=greeting.message)
    transact(drafts.brand, order.id, own_firm(), words)
    return redirect(url_for("orders.brand", number=order.number, _anchor="headline" if is_filled else "festivals"))


def _words(form: BrandForm) -> drafts.Brand:
    lettering = form.lettering.data if "lettering" in form else None
    return drafts.Brand(
        sender_name=(form.sender_name.data or "").strip()[:60],
        headline=(form.headline.data or "").strip()[:24],
        card_locale=form.card_locale.data if form.card_locale.data in LOCALES else DEFAULT_LOCALE,
        greeting=(form.greeting.data or "").replace("\r\n", "\n").strip()[:200],
        contact_line=(form.contact_line.data or "").strip()[:80],
        valid_until=form.valid_until.data if "valid_until" in form else None,
        is_surprise=bool(form.is_surprise.data),
        unredeemed=_choice_in(form),
        fallback_item_id=(form.fallback.data or None) if "fallback" in form else None,
        design=form.design.data if "design" in form else None,
        accent=form.accent.data if "accent" in form else None,
        lettering=Lettering(lettering) if lettering in set(Lettering) else None,
    )


def _so_far(order: Order, form: BrandForm) -> drafts.Brand:
    """Return what is typed, without what the form itself would refuse."""
    words = _words(form)
    is_offered = words.design in {design.key for design in designs.offered(order.kind)}
    accent = branding.colour_in(words.accent or "")
    return replace(words, design=words.design if is_offered else None, accent=accent)


def _choice_in(form: BrandForm) -> Unredeemed:
    chosen = form.unredeemed.data if "unredeemed" in form else None
    return Unredeemed(chosen) if chosen in set(Unredeemed) else Unredeemed.KEEP


def _offer_looks(form: BrandForm, order: Order) -> None:
    """Ask for the design where there is a card, for the colour where recipients see one, and which logo of several."""
    is_printed = designs.has_printed_card(reader(), order)
    if is_printed:
        form.design.choices = [(each.key, _(each.title)) for each in designs.offered(order.kind)]
    else:
        del form.design, form.lettering
    if not is_printed and not order.is_digital:
        del form.accent
    logos = _logos(order)
    if len(logos) > 1:
        form.which_logo.choices = [(logo.id, str(logo.id)) for logo in logos]
        if request.method == "GET":
            form.which_logo.data = order.logo_id or logos[0].id
    else:
        del form.which_logo


def _offer_ends(form: BrandForm, order: Order) -> None:
    """Ask for a last day where there is one."""
    is_value = order.kind is OrderKind.SHOPPING_CARD
    has_end = order.kind is OrderKind.GIFT_BOOK or (is_value and expires(order.holder, market()))
    if not has_end:
        del form.valid_until
    _offer_endings(form, order, has_end=has_end)
    if has_end and request.method == "GET" and order.valid_until is None:
        form.valid_until.data = _usual_end(order)


def _offer_endings(form: BrandForm, order: Order, *, has_end: bool) -> None:
    """Ask what becomes of what is not redeemed in time only where it can end, and offer the gifts of the book."""
    is_value = order.kind is OrderKind.SHOPPING_CARD
    if not has_end or (is_value and not market().breakage_is_final):
        del form.unredeemed
    if order.kind is not OrderKind.GIFT_BOOK or order.edition_id is None:
        del form.fallback
        return
    gifts = catalogue.items_of(reader(), order.edition_id)
    form.fallback.choices = [(0, _("Nothing")), *((gift.id, localized(gift.names)) for gift in gifts)]
    if request.method == "GET":
        form.fallback.data = order.fallback_item_id or 0


def _usual_end(order: Order) -> date:
    """The last day that is offered first: a year for a gift; for a card as the market has it, and time to get there."""
    if order.kind is OrderKind.GIFT_BOOK:
        return today() + timedelta(days=365)
    return earliest_end(today() + timedelta(days=90), market())


def _logos(order: Order) -> list[branding.Logo]:
    return list(branding.logos_of(reader(), own_firm(), keeping=[order.logo_id] if order.logo_id else []))


def _save_brand(order: Order, form: BrandForm) -> None:
    transact(drafts.brand, order.id, own_firm(), _words(form))
    if form.logo.data:
        artwork = branding.redraw(form.logo.data.read())  # takes its time, so the database does not wait for it
        saved = transact(branding.save_logo, own_firm(), artwork, by=actor(), at=clock.now())
        transact(drafts.set_logo, order.id, own_firm(), saved.id)
        return
    wanted = (form.which_logo.data or None) if "which_logo" in form else order.logo_id
    if not form.keep_logo.data:
        wanted = None
    elif wanted is None and (usual := branding.usual_logo(reader(), own_firm())):
        wanted = usual.id
    if wanted != order.logo_id:
        transact(drafts.set_logo, order.id, own_firm(), wanted)
