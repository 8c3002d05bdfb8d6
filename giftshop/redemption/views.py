"""The entrance: a code is typed or scanned, and the gift opens."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from giftshop import cards, fulfilment
from giftshop.cards import HeldCard, Standing, TooManyGuesses
from giftshop.kernel import clock
from giftshop.kernel.codes import Typo
from giftshop.redemption import following, queries, service, visit
from giftshop.redemption.basket import pays_on_top
from giftshop.redemption.blueprint import bp
from giftshop.redemption.drafts import basket_in, draft_of
from giftshop.redemption.forms import TYPO_WORDS, CodeForm
from giftshop.redemption.presenting import VISIT_WORDS, brand_of, choices, gift_words, until_words
from giftshop.redemption.rules import SOURCE
from giftshop.redemption.visit import Visit
from giftshop.web import Form, allow, anyone, current_shop, reader, say, transact


@bp.get("/r")
@allow(anyone)
def enter() -> ResponseReturnValue:
    """Where a code is typed, or brought along behind the # of a QR code's address."""
    return render_template("redemption/enter.html", form=CodeForm(), is_open=visit.current() is not None)


@bp.post("/r")
@allow(anyone)
def open_gift() -> ResponseReturnValue:
    """Look the code up, remember its card, and show it. Changes nothing but the count of wrong codes."""
    form = CodeForm()
    address, at = request.remote_addr or "", clock.now()
    try:
        found = cards.card_by_code(
            reader(), form.code.data or "", keyring=current_shop().settings.keyring, address=address, at=at
        )
    except TooManyGuesses as refusal:
        return render_template("redemption/too_many.html", words=say(refusal)), 429
    if isinstance(found, Typo):
        form.code.errors = [gettext(TYPO_WORDS[found])]
        return render_template("redemption/enter.html", form=form, is_open=False), 422
    if found is None:
        transact(cards.count_wrong, address, at=at)
        return redirect(url_for("redemption.not_open"), 303)
    visit.begin(found.id)
    return redirect(url_for("redemption.gift"), 303)


@bp.get("/r/not-open")
@allow(anyone)
def not_open() -> ResponseReturnValue:
    """The one answer for a code that no card has and for a card that is not active yet."""
    return render_template("redemption/not_open.html"), 404


@bp.get("/r/gift")
@allow(anyone)
def gift() -> ResponseReturnValue:
    """The card as it stands: a gift to open, one to follow, or why there is none."""
    here, card = visit.opened()
    if card.is_value and card.standing in {Standing.OPEN, Standing.EXPIRED}:
        return _purse(here, card)
    if card.standing is Standing.OPEN:
        return _letter(here, card)
    if card.standing is Standing.CLAIMED:
        return following.page_in_visit(here, card)
    return render_template("redemption/no_gift.html", card=card, brand=brand_of(reader(), card))


@bp.post("/r/gift/decline")
@allow(anyone)
def decline() -> ResponseReturnValue:
    """No, thank you: noted, and reversible until the card's last day."""
    here = visit.required()
    transact(service.decline, here.card_id, by=here.actor, at=clock.now())
    return redirect(url_for("redemption.gift"), 303)


def _purse(here: Visit, card: HeldCard) -> ResponseReturnValue:
    """Return the page of a shopping card: what it holds, and what it was spent on so far."""
    at = clock.now()
    visits = queries.redemptions_of(reader(), card.id)
    shipments = fulfilment.shipments_by_source(reader(), SOURCE, [each.id for each in visits])
    goods = [gift for gift in queries.goods_of(reader(), card) if gift.is_there]
    return render_template(
        "redemption/purse.html",
        card=card,
        brand=brand_of(reader(), card),
        until=until_words(card, at=at),
        is_open=card.standing is Standing.OPEN,
        goods=goods,
        is_spent=not pays_on_top(card) and not any(gift.item.price <= card.balance for gift in goods),
        visits=visits,
        shipments=shipments,
        state_words=VISIT_WORDS,
        chosen={key: gift_words(each) for key, each in queries.chosen_in(reader(), visits).items()},
        has_declined=queries.has_declined(reader(), card.id),
        has_begun=bool(basket_in(draft_of(reader(), here.draft_key, card.id))),
        decline_form=Form(),
    )


def _letter(here: Visit, card: HeldCard) -> ResponseReturnValue:
    at = clock.now()
    return render_template(
        "redemption/letter.html",
        card=card,
        brand=brand_of(reader(), card),
        until=until_words(card, at=at),
        goods=choices(queries.goods_of(reader(), card)),
        has_declined=queries.has_declined(reader(), card.id),
        has_begun=draft_of(reader(), here.draft_key, card.id) is not None,
        decline_form=Form(),
    )
