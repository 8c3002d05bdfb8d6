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


@bp.get("/r/gift/along/<int:place>")
@allow(anyone)
def along(place: int) -> ResponseReturnValue:
    """A visit with another card that this one paid for as well: masked, until the phone is known."""
    here, card, redemption = _paid_along(place)
    return page(card, redemption, here, ProofForm(), place=place)


@bp.post("/r/gift/along/<int:place>")
@allow(anyone)
def prove_along(place: int) -> ResponseReturnValue:
    """The last digits of the phone, from somebody who has the code of a card that paid along."""
    here, card, redemption = _paid_along(place)
    return _prove(card, redemption, here, place=place)


def _paid_along(place: int) -> tuple[Visit, HeldCard, Redemption]:
    here, card = visit.opened()
    visits = queries.visits_paid_along(reader(), card.id) if card.is_value else ()
    if not 1 <= place <= len(visits):
        raise NotRedeemed
    return here, card, visits[place - 1]


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
    card: HeldCard,
    redemption: Redemption,
    here: Visit,
    form: ProofForm,
    *,
    secret: str | None = None,
    place: int | None = None,
) -> ResponseReturnValue:
    """Return the page of a gift on its way, in full to those who gave the address, else masked.

    `place`: which of the visits it is that the card paid for along with others. They are changed with the card that
    they were made with.
    """
    shipment = fulfilment.shipment_by_source(reader(), redemption.source)
    if shipment is None and place is not None:
        return _kept_for_another(card, redemption)
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
        along=place,
        gave=shares_rows(redemption, card),
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
        may_change=may_change(shipment) and (place is None or not is_known),
        gets_texts=facts.may_be_told and can_receive_texts(shipment.receiver_phone),
        email=redemption.email if is_known else None,
        has_thanked=queries.thank_you_of(reader(), redemption.id) is not None,
        link=_link_of(card, redemption) if is_known and place is None else None,
        secret=secret,
    )
    return shown, 422 if form.has_errors else 200


def shares_rows(redemption: Redemption, card: HeldCard) -> list[tuple[HeldCard, Money]]:
    """Return what each of several cards gave for a visit, in the order they were asked; nothing for one by itself."""
    if not card.is_value:
        return []
    gave = queries.shares_of(reader(), [redemption])[redemption.id]
    if [card_id for card_id, _given in gave] == [redemption.card_id]:
        return []
    held = cards.held_cards(reader(), [card_id for card_id, _given in gave], at=clock.now())
    currency = card.balance.currency
    return [(held[card_id], Money(given, currency)) for card_id, given in gave if card_id in held and given]


def _kept_for_another(card: HeldCard, redemption: Redemption) -> ResponseReturnValue:
    """What waits for its difference, or was given up before it was paid, to the holder of a card that paid along."""
    return render_template(
        "redemption/along.html",
        card=card,
        brand=brand_of(reader(), card),
        gift_words=gift_words(queries.items_chosen(reader(), redemption)),
        gave=shares_rows(redemption, card),
        waits=redemption.state is RedemptionState.AWAITING_PAYMENT,
    )


def back_to(card: HeldCard, redemption: Redemption) -> str:
    """Return where somebody who has the code sees this redemption."""
    return url_for("redemption.order", nth=redemption.nth) if card.is_value else url_for("redemption.gift")


def _link_of(card: HeldCard, redemption: Redemption) -> str:
    settings = current_shop().settings
    return TrackingLink(card.public_id, redemption.link_version, redemption.nth).url(
        settings.public_url, settings.link_key
    )


def _prove(
    card: HeldCard, redemption: Redemption, here: Visit, *, secret: str | None = None, place: int | None = None
) -> ResponseReturnValue:
    form = ProofForm()
    own = url_for("redemption.along", place=place) if place else back_to(card, redemption)
    g.shown_at = url_for("redemption.follow", secret=secret) if secret else own
    if form.validate_on_submit():
        try:
            typed = form.last_digits.data or ""
            if transact(service.prove, redemption.id, typed, by=holder_of(card.id), at=clock.now()):
                visit.begin(card.id, proved=redemption.id)
                return redirect(own, 303)
            form.refuse(NotTheLastDigits(field="last_digits"))
        except Refused as refusal:
            form.refuse(refusal)
    return page(card, redemption, here, form, secret=secret, place=place)
