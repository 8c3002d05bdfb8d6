"""The entrance of e-cards: a personal link opens what a printed card's code opens.

Mail scanners follow links, and some press buttons. So the page behind a link changes nothing, its button opens a visit
and notes that, and only the last yes of choosing redeems: whatever a scanner does, the link opens the gift afterwards.
"""

from __future__ import annotations

from typing import Final

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from giftshop import cards, ecards
from giftshop.cards import TooManyGuesses
from giftshop.db import Transaction
from giftshop.ecards import LinkNotValid, Opened
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.onetime import CodeJustSent
from giftshop.redemption import visit
from giftshop.redemption.blueprint import bp
from giftshop.redemption.forms import OneTimeForm
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
    if not isinstance(found, Opened):
        return found
    if not _is_asked(found):
        return _let_in(found)
    _send_code(found)
    return redirect(url_for("redemption.ecard_code", secret=secret), 303)


@bp.get("/e/<secret>/code")
@allow(anyone)
def ecard_code(secret: str) -> ResponseReturnValue:
    """Where the one-time code of an e-card of value is typed in."""
    found = _behind(secret)
    return found if not isinstance(found, Opened) else _code_page(found, secret, OneTimeForm())


@bp.post("/e/<secret>/code")
@allow(anyone)
def prove_ecard(secret: str) -> ResponseReturnValue:
    """The code: whoever has the link and the mailbox, or the phone, is let in."""
    found = _behind(secret)
    if not isinstance(found, Opened):
        return found
    form = OneTimeForm()
    if form.validate():
        try:
            if transact(_is_code, found, form.code.data or ""):
                return _let_in(found)
            form.refuse(ecards.NotTheCode(field="code"))
        except Refused as refusal:
            form.refuse(refusal)
    return _code_page(found, secret, form)


def _is_asked(found: Opened) -> bool:
    """Whether a code is wanted first: of value, and not opened in this browser a moment ago."""
    here = visit.current()
    is_inside = here is not None and here.card_id == found.card.id
    return not is_inside and ecards.needs_code(found, above_minor=current_shop().settings.ecard_code_above_minor)


def _send_code(found: Opened) -> None:
    """Send a code. One that was sent a moment ago is good still, so that a second tap sends no second one."""
    key, by = current_shop().settings.link_key, holder_of(found.card.id)
    try:
        transact(ecards.send_code, found, key=key, by=by, at=clock.now())
    except CodeJustSent:
        return
    except Refused as refusal:
        flash(say(refusal), "error")


def _is_code(tx: Transaction, found: Opened, typed: str) -> bool:
    key, by = current_shop().settings.link_key, holder_of(found.card.id)
    return ecards.is_code(tx, found, typed, key=key, by=by, at=clock.now())


def _code_page(found: Opened, secret: str, form: OneTimeForm) -> ResponseReturnValue:
    page = render_template(
        "redemption/ecard_code.html",
        card=found.card,
        brand=brand_of(reader(), found.card),
        form=form,
        again=Form(),
        secret=secret,
        to=ecards.masked_address(found),
    )
    return page, 422 if form.has_errors else 200, NOT_FOR_CACHES


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
