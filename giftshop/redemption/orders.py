"""What was chosen with a shopping card, visit by visit: each followed, changed or given up by itself."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop.cards import HeldCard
from giftshop.fulfilment import AlreadyPacking
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.redemption import following, purchases, queries, visit
from giftshop.redemption.blueprint import bp
from giftshop.redemption.errors import NotRedeemed
from giftshop.redemption.forms import ProofForm
from giftshop.redemption.models import Redemption
from giftshop.redemption.visit import Visit
from giftshop.web import Form, allow, anyone, reader, say, transact_once


@bp.get("/r/gift/orders/<int:nth>")
@allow(anyone)
def order(nth: int) -> ResponseReturnValue:
    """One visit: what was chosen, and how far it is."""
    here, card, redemption = _opened(nth)
    return following.page(card, redemption, here, ProofForm())


@bp.post("/r/gift/orders/<int:nth>/cancel")
@allow(anyone)
def cancel(nth: int) -> ResponseReturnValue:
    """Give it up before packing: its value is back on the card."""
    here, _card, redemption = _opened(nth)
    if not here.knows(redemption):
        return redirect(url_for("redemption.order", nth=nth), 303)
    try:
        transact_once(Form().once(), purchases.cancel, redemption.id, by=here.actor, at=clock.now())
        flash(_("Cancelled. What it cost is back on your card."), "success")
    except AlreadyPacking:
        pass  # its own page says so
    except Refused as refusal:
        flash(say(refusal), "error")
    return redirect(url_for("redemption.order", nth=nth), 303)


def _opened(nth: int) -> tuple[Visit, HeldCard, Redemption]:
    here, card = visit.opened()
    redemption = queries.nth_redemption_of(reader(), card.id, nth) if card.is_value else None
    if redemption is None:
        raise NotRedeemed
    return here, card, redemption
