"""Where a gift is: for whoever chose it, for whoever has the code, for whoever has the tracking link."""

from __future__ import annotations

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from giftshop import cards, catalogue, fulfilment
from giftshop.addresses import can_receive_texts
from giftshop.cards import HeldCard
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.redemption import queries, service, visit
from giftshop.redemption.blueprint import bp
from giftshop.redemption.errors import LinkNotThere, NotRedeemed, NotTheLastDigits
from giftshop.redemption.forms import ProofForm
from giftshop.redemption.links import TrackingLink
from giftshop.redemption.models import Redemption
from giftshop.redemption.presenting import brand_of, masked_rows, may_change, receiver_rows, stops
from giftshop.redemption.visit import Visit, holder_of
from giftshop.web import allow, anyone, current_shop, reader, transact


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
@allow(anyone)
def prove() -> ResponseReturnValue:
    """The same for somebody who has the code."""
    here, card = visit.opened()
    redemption = queries.redemption_of(reader(), card.id)
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
    redemption = queries.redemption_of(reader(), card.id) if card else None
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
    gift = catalogue.item(reader(), redemption.item_id)
    is_known = here.knows(redemption)
    shown = render_template(
        "redemption/following.html",
        form=form,
        card=card,
        brand=brand_of(reader(), card),
        gift=gift,
        facts=facts,
        stops=stops(redemption.redeemed_at, gift, shipment, facts),
        receiver=receiver_rows(shipment.receiver) if is_known else masked_rows(shipment.receiver),
        is_known=is_known,
        is_fresh=is_known and not here.has_proved and facts.packed_at is None,
        may_change=may_change(shipment),
        gets_texts=facts.may_be_told and can_receive_texts(shipment.receiver_phone),
        email=redemption.email if is_known else None,
        has_thanked=queries.thank_you_of(reader(), redemption.id) is not None,
        link=_link_of(card, redemption) if is_known else None,
        secret=secret,
    )
    return shown, 422 if form.has_errors else 200


def _link_of(card: HeldCard, redemption: Redemption) -> str:
    settings = current_shop().settings
    return TrackingLink(card.public_id, redemption.link_version).url(settings.public_url, settings.link_key)


def _prove(card: HeldCard, redemption: Redemption, here: Visit, *, secret: str | None = None) -> ResponseReturnValue:
    form = ProofForm()
    g.shown_at = url_for("redemption.follow", secret=secret) if secret else url_for("redemption.gift")
    if form.validate_on_submit():
        try:
            typed = form.last_digits.data or ""
            if transact(service.prove, redemption.id, typed, by=holder_of(card.id), at=clock.now()):
                visit.begin(card.id, has_proved=True)
                return redirect(url_for("redemption.gift"), 303)
            form.refuse(NotTheLastDigits(field="last_digits"))
        except Refused as refusal:
            form.refuse(refusal)
    return page(card, redemption, here, form, secret=secret)
