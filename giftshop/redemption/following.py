"""Where a gift is: for whoever chose it, for whoever has the code, for whoever has the tracking link."""

from __future__ import annotations

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from giftshop import cards, fulfilment
from giftshop.addresses import can_receive_texts
from giftshop.cards import HeldCard
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.kernel.money import Money
from giftshop.redemption import queries, service, visit
from giftshop.redemption.blueprint import bp
from giftshop.redemption.errors import LinkNotThere, NotRedeemed, NotTheLastDigits
from giftshop.redemption.forms import ProofForm
from giftshop.redemption.links import TrackingLink
from giftshop.redemption.models import Redemption
from giftshop.redemption.presenting import brand_of, gift_words, masked_rows, may_change, receiver_rows, stops
from giftshop.redemption.rules import RedemptionState
from giftshop.redemption.visit import Visit, holder_of
from giftshop.web import allow, anyone, current_shop, reader, transact
from giftshop.web.forms import new_request_key


@bp.get("/t/<secret>")
@allow(anyone)
def follow(secret: str) -> ResponseReturnValue:
    """The page behind a tracking link: shows, and changes nothing."""
    card, redemption = linked(secret)
    here = visit.current()
    own_visit = here if here and here.card_id == card.id else Visit(card.id)
    return page(card, redemption, own_visit, ProofForm(), secret=secret)


@bp.post("/t/<secret>")
@allow(anyone)
def prove_by_link(secret: str) -> ResponseReturnValue:
    """The last digits of the phone: who knows them may change the gift in a visit of their own."""
    card, redemption = linked(secret)
    return _prove(card, redemption, Visit(card.id), secret=secret)


@bp.post("/r/gift/proof")
@bp.post("/r/gift/orders/<int:nth>/proof")
@allow(anyone)
def prove(nth: int = 1) -> ResponseReturnValue:
    """The same for somebody who has the code."""
    here, card = visit.opened()
    redemption = queries.nth_redemption_of(reader(), card.id, nth)
    if redemption is None:
        return redirect(url_for("redemption.gift"), 303)
    return _prove(card, redemption, here)


def page_in_visit(here: Visit, card: HeldCard) -> ResponseReturnValue:
    """Return the page of a card that was redeemed, to a browser that its code was entered in."""
    redemption = queries.redemption_of(reader(), card.id)
    if redemption is None:
        raise NotRedeemed
    return page(card, redemption, here, ProofForm())


def linked(secret: str) -> tuple[HeldCard, Redemption]:
    """Return the card and the redemption that a tracking link is of. Raises LinkNotThere; a forged one asks nothing."""
    link = TrackingLink.read(secret, current_shop().settings.link_key)
    card = cards.held_card_by_public_id(reader(), link.public_id, at=clock.now()) if link else None
    redemption = queries.nth_redemption_of(reader(), card.id, link.nth) if card and link else None
    if card is None or link is None or redemption is None or redemption.link_version != link.version:
        raise LinkNotThere
    return card, redemption


def page(
    card: HeldCard, redemption: Redemption, here: Visit, form: ProofForm, *, secret: str | None = None
) -> ResponseReturnValue:
    """Return the page of a gift on its way, in full to those who gave the address, else masked."""
    shipment = fulfilment.shipment_by_source(reader(), redemption.source)
    if shipment is None:
        raise NotRedeemed
    facts = fulfilment.tracking_facts(reader(), shipment.id)
    chosen = queries.items_chosen(reader(), redemption)
    is_known = here.knows(redemption)
    shown = render_template(
        "redemption/following.html",
        form=form,
        card=card,
        brand=brand_of(reader(), card),
        gift=chosen[0][0],
        chosen=chosen,
        gift_words=gift_words(chosen),
        nth=redemption.nth if card.is_value else None,
        took=Money(redemption.value_minor or 0, card.balance.currency) if card.is_value else None,
        on_top=Money(redemption.difference_minor, card.balance.currency),
        is_cancelled=redemption.state is RedemptionState.CANCELLED,
        back=url_for("redemption.gift") if card.is_value and secret is None else None,
        request_key=new_request_key(),
        facts=facts,
        stops=stops(redemption.redeemed_at, gift_words(chosen), shipment, facts),
        receiver=receiver_rows(shipment.receiver) if is_known else masked_rows(shipment.receiver),
        is_known=is_known,
        is_fresh=is_known and not here.has_proved(redemption) and facts.packed_at is None,
        may_change=may_change(shipment),
        gets_texts=facts.may_be_told and can_receive_texts(shipment.receiver_phone),
        email=redemption.email if is_known else None,
        has_thanked=queries.thank_you_of(reader(), redemption.id) is not None,
        link=_link_of(card, redemption) if is_known else None,
        secret=secret,
    )
    return shown, 422 if form.has_errors else 200


def back_to(card: HeldCard, redemption: Redemption) -> str:
    """Return where somebody who has the code sees this redemption."""
    return url_for("redemption.order", nth=redemption.nth) if card.is_value else url_for("redemption.gift")


def _link_of(card: HeldCard, redemption: Redemption) -> str:
    settings = current_shop().settings
    return TrackingLink(card.public_id, redemption.link_version, redemption.nth).url(
        settings.public_url, settings.link_key
    )


def _prove(card: HeldCard, redemption: Redemption, here: Visit, *, secret: str | None = None) -> ResponseReturnValue:
    form = ProofForm()
    g.shown_at = url_for("redemption.follow", secret=secret) if secret else back_to(card, redemption)
    if form.validate_on_submit():
        try:
            typed = form.last_digits.data or ""
            if transact(service.prove, redemption.id, typed, by=holder_of(card.id), at=clock.now()):
                visit.begin(card.id, proved=redemption.id)
                return redirect(back_to(card, redemption), 303)
            form.refuse(NotTheLastDigits(field="last_digits"))
        except Refused as refusal:
            form.refuse(refusal)
    return page(card, redemption, here, form, secret=secret)
