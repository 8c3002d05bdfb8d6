"""The entrance of e-cards: a personal link opens what a printed card's code opens.

Mail scanners follow links, and some press buttons. So the page behind a link changes nothing, its button opens a visit
and notes that, and only the last yes of choosing redeems: whatever a scanner does, the link opens the gift afterwards.
"""

from __future__ import annotations

from typing import Final

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from giftshop import cards, ecards
from giftshop.cards import TooManyGuesses
from giftshop.ecards import LinkNotValid, Opened
from giftshop.kernel import clock
from giftshop.redemption import visit
from giftshop.redemption.blueprint import bp
from giftshop.redemption.presenting import brand_of
from giftshop.redemption.visit import holder_of
from giftshop.web import Form, allow, anyone, current_shop, reader, say, transact

NOT_FOR_CACHES: Final = {"Cache-Control": "no-store"}


@bp.get("/e/<secret>")
@allow(anyone)
def ecard(secret: str) -> ResponseReturnValue:
    """Who sends it, and a button. Opens nothing yet."""
    found = _behind(secret)
    return found if not isinstance(found, Opened) else _envelope(found, secret)


@bp.post("/e/<secret>")
@allow(anyone)
def open_ecard(secret: str) -> ResponseReturnValue:
    """The button: the gift opens in this browser."""
    found = _behind(secret)
    return found if not isinstance(found, Opened) else _let_in(found)


def _behind(secret: str) -> Opened | ResponseReturnValue:
    """Return what a link opens, or the one answer for every link that opens nothing, which is counted as a guess."""
    address, at = request.remote_addr or "", clock.now()
    try:
        cards.refuse_if_guessing(reader(), address, at=at)
        return ecards.behind(reader(), secret, current_shop().settings.link_key, at=at)
    except TooManyGuesses as refusal:
        return render_template("redemption/too_many.html", words=say(refusal)), 429
    except LinkNotValid:
        transact(cards.count_wrong, address, at=at)
        return render_template("redemption/link_not_valid.html"), 404


def _envelope(found: Opened, secret: str) -> ResponseReturnValue:
    card = found.card
    page = render_template(
        "redemption/envelope.html", card=card, brand=brand_of(reader(), card), form=Form(), secret=secret
    )
    return page, 200, NOT_FOR_CACHES


def _let_in(found: Opened) -> ResponseReturnValue:
    card_id = found.card.id
    transact(ecards.note_opened, card_id, by=holder_of(card_id), at=clock.now())
    visit.begin_by_link(card_id)
    return redirect(url_for("redemption.gift"), 303)
