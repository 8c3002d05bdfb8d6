"""Undo instead of "are you sure": an act is done at once, and what it said bears a button that takes it back.

A room registers, under a name, the command that takes an act back (`app.inverses`), and offers it as it tells of it:

    offer_undo(_("The logo is taken away."), "branding.retire_logo", firm_id, logo_id)

The button sends a signed token: what to call, with what, for whom, and where they were. It lives for TIME_TO_UNDO,
works for whoever did it and may still do it, and does its work once. What was built upon since, the command refuses.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from itsdangerous import BadData, SignatureExpired, URLSafeTimedSerializer

from giftshop.db import Transaction
from giftshop.kernel import clock
from giftshop.kernel.errors import Missing, NotAllowed, Refused
from giftshop.kernel.locale import N_
from giftshop.web.app import GiftShop, current_shop
from giftshop.web.filters import say
from giftshop.web.guard import actor, allow, signed_in
from giftshop.web.idempotency import Once
from giftshop.web.transactions import transact_once

bp = Blueprint("undo", __name__)
TIME_TO_UNDO: Final = timedelta(minutes=10)


class TooLateToUndo(Refused):
    """The button was pressed after its time."""

    message = N_("It is too late to undo that with one button.")


@dataclass(frozen=True, slots=True)
class _Offer:
    """What a token says."""

    name: str
    arguments: list[Any]
    back: str


def offer_undo(said: str, name: str, *arguments: int | str | list[Any], back: str = "/") -> None:
    """Tell of an act that was just done, beside a button that undoes it by the inverse `name` with `arguments`.

    `back` is the address of ours that the button leads to.
    """
    who = actor()
    mark = secrets.token_urlsafe(6)  # the same act, done and undone within a second, is offered to be undone anew
    token = _tokens().dumps([name, list(arguments), who.kind.value, who.id, back, mark])
    flash((said, token), "undo")  # type: ignore[arg-type]  # a session keeps pairs too


@bp.post("/undo")
@allow(signed_in)
def undo() -> ResponseReturnValue:
    """Take back what a flash has offered to take back."""
    token = request.form.get("token", "")
    try:
        offer = _read(token)
    except TooLateToUndo as late:
        flash(say(late), "error")
        return redirect("/")
    inverse = current_shop().inverses.get(offer.name)
    if inverse is None:  # offered by an older version of us
        raise Missing
    if not any(grant.admits(actor()) for grant in inverse.grants):
        raise NotAllowed
    try:
        mark = hashlib.sha256(token.encode()).hexdigest()
        transact_once(Once(f"undo/{mark}"[:64], mark), _take_back, inverse.command, offer.arguments)
        flash(gettext(inverse.said), "success")
    except (Missing, Refused) as refusal:
        flash(say(refusal), "error")
    return redirect(offer.back)


def init_app(app: GiftShop) -> None:
    """Add the one route."""
    app.register_blueprint(bp)


def _take_back(tx: Transaction, command: Callable[..., object], arguments: list[Any]) -> None:
    command(tx, *arguments, by=actor(), at=clock.now())


def _read(token: str) -> _Offer:
    """Return what was offered to whoever makes this request. Raises Missing, NotAllowed, TooLateToUndo."""
    try:
        name, arguments, kind, person, back, _mark = _tokens().loads(token, max_age=int(TIME_TO_UNDO.total_seconds()))
    except SignatureExpired:
        raise TooLateToUndo from None
    except BadData:
        raise Missing from None
    if (kind, person) != (actor().kind.value, actor().id):
        raise NotAllowed
    return _Offer(name, arguments, back)


def _tokens() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_shop().settings.secret_key, salt="undo")
