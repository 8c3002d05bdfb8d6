"""The way through: one gift, an address, a look over everything, yes. And the same pages again to change a choice."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from giftshop import fulfilment
from giftshop.cards import AlreadyClaimed, CardBlocked, CardExpired, CardNotActive, HeldCard, Standing
from giftshop.fulfilment import AlreadyPacking, Shipment
from giftshop.kernel import clock
from giftshop.kernel.clock import local_day
from giftshop.kernel.errors import Refused
from giftshop.redemption import drafts, queries, service, visit
from giftshop.redemption.blueprint import bp
from giftshop.redemption.errors import JustTaken, NotAmongTheGifts
from giftshop.redemption.forms import ConfirmForm, DeliveryForm, GiftForm
from giftshop.redemption.models import Draft, Redemption
from giftshop.redemption.presenting import brand_of, choices, may_change, receiver_rows
from giftshop.redemption.queries import Gift
from giftshop.redemption.rules import LONGEST_WAIT
from giftshop.redemption.visit import Visit
from giftshop.web import allow, anyone, current_locale, reader, say, transact, transact_once


@dataclass(frozen=True, slots=True)
class Way:
    """Who is choosing: somebody on the way to a first choice, or (with `redemption`) to another one."""

    visit: Visit
    card: HeldCard
    draft: Draft | None
    redemption: Redemption | None
    shipment: Shipment | None

    @property
    def item_id(self) -> int | None:
        """The gift chosen so far."""
        if self.redemption:
            return self.redemption.item_id
        return self.draft.item_id if self.draft else None


@bp.get("/r/gift/choice")
@allow(anyone)
def choice() -> ResponseReturnValue:
    """The gifts still to be had, large."""
    way = _way()
    if isinstance(way, Response):
        return way
    gifts = queries.gifts_of(reader(), way.card.edition_id)
    form = GiftForm(data={"gift": str(way.item_id or "")})
    taken = _gone(gifts, request.args.get("taken", ""))
    if taken:
        form.gift.data = None
        form.refuse(JustTaken(field="gift", gift=taken.item.names))
    return _choice_page(way, form, gifts)


@bp.post("/r/gift/choice")
@allow(anyone)
def choose() -> ResponseReturnValue:
    """Note the gift and go on, or send another one than before."""
    way = _way()
    if isinstance(way, Response):
        return way
    form, gifts = GiftForm(), queries.gifts_of(reader(), way.card.edition_id)
    try:
        chosen = _one_of(gifts, form.item_id, held=way.redemption.item_id if way.redemption else None)
        if way.redemption:
            return _choose_again(way, form, way.redemption.id)
        key = transact(drafts.keep_gift, way.card.id, chosen.item.id, key=way.visit.draft_key, at=clock.now())
    except Refused as refusal:
        form.refuse(refusal)
        return _choice_page(way, form, gifts)
    visit.go_on(way.visit, draft_key=key)
    return redirect(url_for("redemption.check" if way.draft and way.draft.receiver else "redemption.address"), 303)


@bp.route("/r/gift/address", methods=["GET", "POST"])
@allow(anyone)
def address() -> ResponseReturnValue:
    """Who gets it, where, and not before when."""
    way = _way()
    if isinstance(way, Response):
        return way
    form = DeliveryForm(data=_known_delivery(way))
    if form.to.form.asks_for_more or not form.is_submitted():
        return _address_page(way, form)
    if not form.validate():
        return _address_page(way, form)
    try:
        if way.redemption:
            return _send_elsewhere(way, form, way.redemption.id)
        service.check_day(form.not_before.data, today=local_day(clock.now(), way.card.time_zone))
    except Refused as refusal:
        form.refuse(refusal)
        return _address_page(way, form)
    key = transact(
        drafts.keep_receiver,
        way.card.id,
        form.to.form.receiver,
        not_before=form.not_before.data,
        email=form.email.data or None,
        key=way.visit.draft_key,
        at=clock.now(),
    )
    visit.go_on(way.visit, draft_key=key)
    return redirect(url_for("redemption.check" if way.item_id else "redemption.choice"), 303)


@bp.get("/r/gift/check")
@allow(anyone)
def check() -> ResponseReturnValue:
    """Everything once more, before it counts."""
    way = _way()
    if isinstance(way, Response):
        return way
    if way.redemption:
        return redirect(url_for("redemption.gift"))
    if missing := _missing_step(way.draft):
        return redirect(url_for(missing))
    gifts = queries.gifts_of(reader(), way.card.edition_id)
    chosen = next((gift for gift in gifts if gift.item.id == way.item_id), None)
    if chosen is None or not chosen.is_there:
        return redirect(url_for("redemption.choice", taken=way.item_id))
    form = ConfirmForm(data={"seen": way.draft.revision if way.draft else None})
    rows = receiver_rows(receiver) if way.draft and (receiver := drafts.receiver_in(way.draft)) else {}
    return render_template(
        "redemption/check.html",
        form=form,
        card=way.card,
        brand=brand_of(reader(), way.card),
        gift=chosen.item,
        draft=way.draft,
        receiver=rows,
    )


@bp.post("/r/gift/check")
@allow(anyone)
def confirm() -> ResponseReturnValue:
    """The one place where a card is redeemed. Sent twice, it is redeemed once and both see the same number."""
    here, form = visit.required(), ConfirmForm()
    draft = drafts.draft_of(reader(), here.draft_key, here.card_id)
    receiver = drafts.receiver_in(draft) if draft else None
    if draft is None or receiver is None or draft.item_id is None:
        return redirect(url_for("redemption.gift"), 303)
    if form.seen.data != str(draft.revision):
        flash(_("You changed something in another window. Please check once more."))
        return redirect(url_for("redemption.check"), 303)
    try:
        transact_once(
            form.once(),
            service.redeem,
            here.card_id,
            draft.item_id,
            receiver,
            not_before=draft.not_before,
            email=draft.email,
            locale=current_locale(),
            draft_key=draft.key,
            by=here.actor,
            at=clock.now(),
        )
    except (JustTaken, NotAmongTheGifts):
        return redirect(url_for("redemption.choice", taken=draft.item_id), 303)
    except (AlreadyClaimed, CardExpired, CardBlocked, CardNotActive):
        pass  # the card's own page says which
    except Refused as refusal:  # its earliest day passed while the page was open
        flash(say(refusal), "error")
        return redirect(url_for("redemption.address"), 303)
    return redirect(url_for("redemption.gift"), 303)


def _way() -> Way | Response:
    """Return who is choosing, or where to send somebody who has nothing to choose here."""
    here, card = visit.opened()
    to_the_card = redirect(url_for("redemption.gift"), 303)
    if card.standing is Standing.OPEN:
        return Way(here, card, drafts.draft_of(reader(), here.draft_key, card.id), None, None)
    redemption = queries.redemption_of(reader(), card.id)
    if card.standing is not Standing.CLAIMED or redemption is None or not here.knows(redemption):
        return to_the_card
    shipment = fulfilment.shipment_by_source(reader(), redemption.source)
    if shipment is None or not may_change(shipment):
        return to_the_card
    return Way(here, card, None, redemption, shipment)


def _choose_again(way: Way, form: GiftForm, redemption_id: int) -> ResponseReturnValue:
    try:
        transact_once(
            form.once(), service.choose_again, redemption_id, form.item_id, by=way.visit.actor, at=clock.now()
        )
        flash(_("Changed. This is what we send you now."), "success")
    except AlreadyPacking:
        pass  # the card's page says so
    return redirect(url_for("redemption.gift"), 303)


def _send_elsewhere(way: Way, form: DeliveryForm, redemption_id: int) -> ResponseReturnValue:
    try:
        transact_once(
            form.once(),
            service.send_elsewhere,
            redemption_id,
            form.to.form.receiver,
            email=form.email.data or None,
            by=way.visit.actor,
            at=clock.now(),
        )
        flash(_("Changed. This is where we send it now."), "success")
    except AlreadyPacking:
        pass  # the card's page says so
    return redirect(url_for("redemption.gift"), 303)


def _one_of(gifts: list[Gift], item_id: int, *, held: int | None) -> Gift:
    """Return the gift of this item, if it is among them and there, or the one that is held already."""
    for gift in gifts:
        if gift.item.id == item_id:
            if gift.is_there or item_id == held:
                return gift
            raise JustTaken(field="gift", gift=gift.item.names)
    raise NotAmongTheGifts(field="gift")


def _gone(gifts: list[Gift], item_id: str) -> Gift | None:
    return next((gift for gift in gifts if str(gift.item.id) == item_id and not gift.is_there), None)


def _missing_step(draft: Draft | None) -> str | None:
    if draft is None or draft.item_id is None:
        return "redemption.choice"
    return None if draft.receiver else "redemption.address"


def _known_delivery(way: Way) -> dict[str, object]:
    if way.redemption and way.shipment:
        return {"to": way.shipment.receiver, "email": way.redemption.email}
    if way.draft is None:
        return {}
    return {"to": drafts.receiver_in(way.draft), "not_before": way.draft.not_before, "email": way.draft.email}


def _choice_page(way: Way, form: GiftForm, gifts: list[Gift]) -> ResponseReturnValue:
    held = way.redemption.item_id if way.redemption else None
    page = render_template(
        "redemption/choice.html",
        form=form,
        card=way.card,
        brand=brand_of(reader(), way.card),
        goods=choices(gifts, also=held),
        is_change=way.redemption is not None,
        has_address=bool(way.draft and way.draft.receiver),
    )
    return page, 422 if form.has_errors else 200


def _address_page(way: Way, form: DeliveryForm) -> ResponseReturnValue:
    today = local_day(clock.now(), way.card.time_zone)
    page = render_template(
        "redemption/address.html",
        form=form,
        card=way.card,
        brand=brand_of(reader(), way.card),
        today=today,
        last_day=today + LONGEST_WAIT,
        is_change=way.redemption is not None,
    )
    return page, 422 if form.has_errors else 200
