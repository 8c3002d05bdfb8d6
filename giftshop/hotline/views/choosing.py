"""With the caller on the line: what, for whom, where; read back; yes. And the same to change what was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from giftshop import cards, redemption
from giftshop.addresses import can_receive_texts
from giftshop.cards import HeldCard, Standing
from giftshop.hotline import service
from giftshop.hotline.errors import CodeNotHeard, NothingToChoose, NotTheirs
from giftshop.hotline.models import Call
from giftshop.hotline.readback import Noted, script
from giftshop.hotline.service import Choice
from giftshop.hotline.views.blueprint import bp
from giftshop.hotline.views.common import agents, gift_said, own_call, send_back, visit_of
from giftshop.kernel import clock
from giftshop.kernel.clock import local_day
from giftshop.kernel.errors import Refused
from giftshop.redemption import (
    MOST_OF_ONE,
    BasketForm,
    ConfirmForm,
    DeliveryForm,
    Draft,
    Gift,
    GiftForm,
    JustTaken,
    NotAmongTheGifts,
    Redemption,
    basket_form,
)
from giftshop.web import actor, allow, current_shop, in_locale, reader, say, transact, transact_once


@dataclass(frozen=True, slots=True)
class Table:
    """What lies before an agent who chooses with a caller."""

    call: Call
    card: HeldCard
    goods: Sequence[Gift]
    draft: Draft | None

    @property
    def item_id(self) -> int | None:
        """The gift of a book chosen so far."""
        return self.draft.item_id if self.draft else None

    def what(self) -> GiftForm | BasketForm:
        """Return the form of the goods, as they are chosen so far."""
        if self.card.is_value:
            return basket_form(list(self.goods), redemption.basket_in(self.draft))
        return GiftForm(data={"gift": str(self.item_id or "")})

    def where(self) -> DeliveryForm:
        """Return the form of the address, as it is noted so far."""
        if self.draft is None:
            return DeliveryForm()
        known = {"not_before": self.draft.not_before, "email": self.draft.email}
        return DeliveryForm(data={"to": redemption.receiver_in(self.draft), **known})


@bp.route("/desk/hotline/calls/<int:call_id>/choice", methods=["GET", "POST"])
@allow(agents)
def choose(call_id: int) -> ResponseReturnValue:
    """Gift and address on one page, for the keyboard; then it is read back."""
    table = _table(own_call(call_id))
    what, where = table.what(), table.where()
    if where.to.form.asks_for_more or not where.is_submitted():
        return _choosing_page(table, what, where)
    is_whole = what.validate()
    if not where.validate() or not is_whole:
        return _choosing_page(table, what, where)
    choice = Choice(
        where.to.form.receiver,
        item_id=what.item_id if isinstance(what, GiftForm) else None,
        basket=what.basket if isinstance(what, BasketForm) else None,
        not_before=where.not_before.data,
        email=where.email.data or None,
    )
    try:
        transact(service.note_choice, call_id, choice, by=actor(), at=clock.now())
    except Refused as refusal:
        (where if refusal.field == "not_before" else what).refuse(refusal)
        return _choosing_page(table, what, where)
    return redirect(url_for("hotline.check", call_id=call_id), 303)


@bp.get("/desk/hotline/calls/<int:call_id>/check")
@allow(agents)
def check(call_id: int) -> ResponseReturnValue:
    """What to read to the caller before it counts, and the button that makes it count."""
    table = _table(own_call(call_id))
    noted = _noted_in(table)
    if noted is None or table.draft is None:
        return redirect(url_for("hotline.choose", call_id=call_id))
    return render_template(
        "hotline/check.html",
        call=table.call,
        card=table.card,
        sentences=script(noted, table.call.locale),
        noted=noted,
        form=ConfirmForm(data={"seen": table.draft.revision}),
    )


@bp.post("/desk/hotline/calls/<int:call_id>/check")
@allow(agents)
def confirm(call_id: int) -> ResponseReturnValue:
    """The caller said yes. Sent twice, it is redeemed once."""
    own_call(call_id)
    form = ConfirmForm()
    try:
        nth = transact_once(form.once(), service.confirm, call_id, revision=form.revision, by=actor(), at=clock.now())
    except Refused as refusal:
        flash(say(refusal), "error")
        wants_other = isinstance(refusal, JustTaken | NotAmongTheGifts | cards.NotEnoughLeft)
        return redirect(url_for("hotline.choose" if wants_other else "hotline.call", call_id=call_id), 303)
    return redirect(url_for("hotline.order", call_id=call_id, nth=nth), 303)


@bp.get("/desk/hotline/calls/<int:call_id>/orders/<int:nth>")
@allow(agents)
def order(call_id: int, nth: int) -> ResponseReturnValue:
    """What to read to the caller once it counts: the same once more, with its number."""
    call = own_call(call_id)
    visit = visit_of(call, nth)
    if visit.shipment is None or not call.knows(visit.redemption):
        send_back(call, NotTheirs())
    held = cards.held_card(reader(), visit.redemption.card_id, at=clock.now())
    noted = Noted(
        agent=actor().name,
        site=current_shop().settings.site_name,
        sender=held.sender_name,
        gift=gift_said(call, visit),
        receiver=visit.shipment.receiver,
        leaves_on=visit.shipment.promised_on,
        not_before=visit.shipment.not_before,
        email=visit.redemption.email,
        numbers=_numbers(visit.redemption),
        gets_texts=can_receive_texts(visit.shipment.receiver_phone),
        is_surprise=visit.shipment.is_surprise,
    )
    return render_template(
        "hotline/order.html",
        call=call,
        card=held,
        visit=visit,
        sentences=script(noted, call.locale),
        numbers=noted.numbers,
    )


def _table(call: Call) -> Table:
    """Return what lies before the agent, or send them back to be told why there is nothing to choose."""
    if call.card_id is None or not call.may_spend(at=clock.now()):
        send_back(call, CodeNotHeard())
    card = cards.held_card(reader(), call.card_id, at=clock.now())
    if card.standing is not Standing.OPEN:
        send_back(call, NothingToChoose())
    draft = redemption.draft_of(reader(), call.draft_key, card.id)
    return Table(call, card, redemption.goods_of(reader(), card), draft)


def _choosing_page(table: Table, what: GiftForm | BasketForm, where: DeliveryForm) -> ResponseReturnValue:
    today = local_day(clock.now(), table.card.time_zone)
    page = render_template(
        "hotline/choosing.html",
        call=table.call,
        card=table.card,
        goods=table.goods,
        what=what,
        where=where,
        today=today,
        last_day=today + redemption.LONGEST_WAIT,
        most=MOST_OF_ONE,
        holds=table.card.balance,
    )
    return page, 422 if what.has_errors or where.has_errors else 200


def _noted_in(table: Table) -> Noted | None:
    """Return what the draft says, to be read back; None when something is missing or gone."""
    draft, card = table.draft, table.card
    receiver = redemption.receiver_in(draft) if draft else None
    wanted = redemption.basket_in(draft) if card.is_value else {table.item_id or 0: 1}
    chosen = [(gift.item, wanted[gift.item.id]) for gift in table.goods if gift.left >= wanted.get(gift.item.id, 0) > 0]
    if draft is None or receiver is None or not chosen or len(chosen) < len(wanted):
        return None
    cost = redemption.cost_of(redemption.wanted_of(card, list(table.goods), wanted), card.balance.currency)
    with in_locale(table.call.locale):
        gift = redemption.gift_words(chosen)
    return Noted(
        agent=actor().name,
        site=current_shop().settings.site_name,
        sender=card.sender_name,
        gift=gift,
        receiver=receiver,
        leaves_on=redemption.leaves_on(local_day(clock.now(), card.time_zone), draft.not_before),
        not_before=draft.not_before,
        cost=cost if card.is_value else None,
        left=card.balance - cost if card.is_value and not card.balance < cost else None,
        email=draft.email,
        is_surprise=card.is_surprise,
    )


def _numbers(made: Redemption) -> list[str]:
    """Return the numbers of the parcels that were asked for together, by their senders."""
    alike = [
        each
        for each in redemption.redemptions_of(reader(), made.card_id)
        if each.id == made.id or (made.draft_key and each.draft_key == made.draft_key)
    ]
    parcels = redemption.parcels_of(reader(), alike)
    return [parcels[each.id].number for each in reversed(alike) if each.id in parcels]
