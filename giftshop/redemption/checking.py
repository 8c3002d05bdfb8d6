"""The last look before it counts, where a further card can still be added, or taken out again."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from giftshop.redemption import choosing, joining
from giftshop.redemption.blueprint import bp
from giftshop.redemption.joining import CardCodeForm
from giftshop.redemption.way import find
from giftshop.web import allow, anyone


@bp.post("/r/gift/cards")
@allow(anyone)
def pay_together() -> ResponseReturnValue:
    """Add a card by its code, or take one out: what each gives is shown anew."""
    way = find(None)
    if isinstance(way, Response):
        return way
    if not way.card.is_value:
        return redirect(url_for("redemption.gift"), 303)
    form = CardCodeForm()
    if "remove" in request.form:
        joining.leave(way)
    else:
        status = joining.join(way, form)
        if form.has_errors:
            return choosing.check_page(way, form, status)
    return redirect(url_for("redemption.check"), 303)
