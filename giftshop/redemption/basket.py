"""What a shopping card is spent on: how many of which product, within what it holds."""

from __future__ import annotations

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import NumberRange, Optional

from giftshop import cards
from giftshop.cards import HeldCard, Standing
from giftshop.fulfilment import AlreadyPacking
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.kernel.money import Money
from giftshop.redemption import drafts, joining, purchases, queries, visit
from giftshop.redemption.errors import BasketEmpty
from giftshop.redemption.joining import CardCodeForm
from giftshop.redemption.models import Redemption
from giftshop.redemption.presenting import brand_of
from giftshop.redemption.queries import Gift
from giftshop.redemption.rules import MOST_OF_ONE, Wanted, cost_of
from giftshop.redemption.sharing import Together
from giftshop.redemption.way import Way
from giftshop.web import WholeNumberField, current_shop, is_switching, reader, transact, transact_once


class BasketForm(CardCodeForm):
    """How many of each product, and the code of a further card; `basket_form` adds a field for each product."""

    item_ids: tuple[int, ...] = ()

    @property
    def basket(self) -> dict[int, int]:
        """How many of which item; what is not wanted is left out."""
        counts = {item_id: self[f"item-{item_id}"].data or 0 for item_id in self.item_ids}
        return {item_id: count for item_id, count in counts.items() if count > 0}


def basket_form(goods: list[Gift], basket: dict[int, int] | None = None) -> BasketForm:
    """Return the form of these products, filled with what is chosen so far."""
    fits = NumberRange(0, MOST_OF_ONE, _l("At most %(max)s of one thing.") % {"max": MOST_OF_ONE})

    class Bound(BasketForm):
        item_ids = tuple(gift.item.id for gift in goods)

    for gift in goods:
        setattr(Bound, f"item-{gift.item.id}", WholeNumberField(_l("How many"), [Optional(), fits]))
    return Bound(data={f"item-{item_id}": count for item_id, count in (basket or {}).items()})


def wanted_of(card: HeldCard, goods: list[Gift], basket: dict[int, int]) -> list[Wanted]:
    """Return a basket at today's prices, as it is shown."""
    currency = card.balance.currency
    return [
        Wanted(gift.item.id, basket[gift.item.id], Money(gift.item.price_minor, currency))
        for gift in goods
        if basket.get(gift.item.id)
    ]


def show(way: Way, form: BasketForm, goods: list[Gift], status: int | None = None) -> ResponseReturnValue:
    """Return the page of the products, with what the card holds, or several together."""
    together, cost = joining.here(way), Money.zero(way.card.balance.currency)
    page = render_template(
        "redemption/basket.html",
        form=form,
        way=way,
        card=way.card,
        brand=brand_of(reader(), way.card),
        goods=[gift for gift in goods if gift.is_there or way.basket.get(gift.item.id)],
        holds=_within_reach(way.redemption) if way.redemption else together.holds,
        rows=joining.rows(way, together, cost),
        may_add=way.redemption is None and len(way.further) < joining.MANY,
        most=MOST_OF_ONE,
        pays_on_top=way.redemption is None and pays_on_top(way.card, together.holds),
    )
    return page, status or (422 if form.has_errors else 200)


def choose(way: Way) -> ResponseReturnValue:
    """Keep the basket and go on, or send another one than before. A code that is typed in adds its card first."""
    goods = queries.goods_of(reader(), way.card)
    form = basket_form(goods, way.basket)
    if is_switching():
        form.code.data = ""  # a code is cash, and is not sent back
    if not form.validate():
        return show(way, form, goods)
    if way.redemption is None and ("add" in request.form or "remove" in request.form or form.code.data):
        return _change_cards(way, form, goods)
    try:
        if way.redemption:
            return _change(way, form, way.redemption)
        _refuse_beyond_reach(way, goods, form.basket)
        key = transact(drafts.keep_basket, way.card.id, form.basket, key=way.visit.draft_key, at=clock.now())
    except Refused as refusal:
        refusal.field = f"item-{refusal.facts['item_id']}" if "item_id" in refusal.facts else None
        form.refuse(refusal)
        return show(way, form, goods)
    visit.go_on(way.visit, draft_key=key)
    has_receiver = way.draft is not None and way.draft.receiver is not None
    return redirect(way.url("redemption.check" if has_receiver else "redemption.address"), 303)


def _change_cards(way: Way, form: BasketForm, goods: list[Gift]) -> ResponseReturnValue:
    """Add the card whose code was typed in, or take one out, and show the basket as it was typed in beside it."""
    if "remove" in request.form:
        joining.leave(way, form.basket)
    else:
        status = joining.join(way, form, form.basket)
        if form.has_errors:
            return show(way, form, goods, status)
    return redirect(way.url("redemption.choice"), 303)


def _within_reach(redemption: Redemption) -> Money:
    """Return what another choice may cost: what this one did, and what the cards that paid for it still hold."""
    ids = [card_id for card_id, _given in queries.shares_of(reader(), [redemption])[redemption.id]]
    held = cards.held_cards(reader(), ids, at=clock.now())
    took = Money(redemption.value_minor or 0, held[redemption.card_id].balance.currency)
    return sum((card.balance for card in held.values() if card.standing is Standing.OPEN), took)


def _refuse_beyond_reach(way: Way, goods: list[Gift], basket: dict[int, int]) -> None:
    """Say at once what the confirmation would refuse. Raises BasketEmpty, NotEnoughLeft."""
    if not basket:
        raise BasketEmpty
    refuse_too_dear(joining.here(way, basket), wanted_of(way.card, goods, basket))


def refuse_too_dear(together: Together, bill: list[Wanted]) -> None:
    """Raise NotEnoughLeft for a basket beyond what cards hold, where nothing can be paid on top."""
    if not pays_on_top(together.opened, together.holds):
        together.refuse_too_dear(cost_of(bill, together.holds.currency))


def pays_on_top(card: HeldCard, holds: Money | None = None) -> bool:
    """Whether the holder may choose something dearer: the programme allows it, and this site takes payments by card.

    `holds`: what the card holds, with those that pay along.
    """
    has_value = bool(card.balance if holds is None else holds)
    return card.allows_difference and has_value and current_shop().settings.stripe is not None


def missing(holds: Money, bill: list[Wanted]) -> Money:
    """Return what a basket costs beyond what its cards hold; nothing when it is enough."""
    cost = cost_of(bill, holds.currency)
    return cost - holds if holds < cost else Money.zero(holds.currency)


def _change(way: Way, form: BasketForm, redemption: Redemption) -> ResponseReturnValue:
    try:
        transact_once(
            form.once(), purchases.change_basket, redemption.id, form.basket, by=way.visit.actor, at=clock.now()
        )
        flash(_("Changed. This is what we send you now."), "success")
    except AlreadyPacking:
        pass  # its own page says so
    return redirect(way.end, 303)
