"""The hotline takes a phone off a card: its holder has another one, or wants it deleted."""

from __future__ import annotations

from typing import Final

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import AnyOf

from giftshop import cards
from giftshop.cards import Card, CardNotThere
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.kernel.role import StaffRole
from giftshop.redemption import binding
from giftshop.redemption.blueprint import bp
from giftshop.redemption.rules import UnbindReason
from giftshop.web import Form, actor, allow, reader, staff, transact_once

UNBINDERS: Final = (StaffRole.HOTLINE, StaffRole.ADMINISTRATOR)
REASON_WORDS: Final = {
    UnbindReason.NEW_NUMBER: _l("The holder has another number, or lost the phone"),
    UnbindReason.NOT_THE_HOLDER: _l("Somebody else bound theirs"),
    UnbindReason.GIVEN_AWAY: _l("The card was given to somebody else"),
    UnbindReason.ERASURE: _l("The holder asks us to delete the number"),
}


class UnbindForm(Form):
    """Why a phone is taken off."""

    reason = RadioField(
        _l("Why?"),
        [AnyOf(list(UnbindReason), message=_l("Choose why."))],
        validate_choice=False,
        choices=[(reason.value, words) for reason, words in REASON_WORDS.items()],
    )


@bp.get("/desk/card-phones")
@allow(staff(*UNBINDERS))
def card_phone() -> ResponseReturnValue:
    """Whether a card, found by its serial number, is protected by a phone. The number is not shown."""
    return _page(UnbindForm(formdata=None), (request.args.get("q") or "").strip()[:100])


@bp.post("/desk/card-phones/<int:card_id>/unbind")
@allow(staff(*UNBINDERS))
def unbind_phone(card_id: int) -> ResponseReturnValue:
    """Take the phone off, and delete it."""
    form, serial = UnbindForm(), cards.serials_by_id(reader(), [card_id]).get(card_id)
    if serial is None:
        raise CardNotThere
    if form.validate():
        try:
            reason = UnbindReason(form.reason.data)
            transact_once(form.once(), binding.unbind, card_id, reason=reason, by=actor(), at=clock.now())
            flash(
                _("The phone is off the card, and deleted. The next time it is spent, it asks for one again."),
                "success",
            )
            return redirect(url_for("redemption.card_phone", q=serial), 303)
        except Refused as refusal:
            form.refuse(refusal)
    return _page(form, serial)


def _page(form: UnbindForm, wanted: str) -> ResponseReturnValue:
    card = _card_called(wanted) if wanted else None
    page = render_template(
        "redemption/card_phone.html",
        form=form,
        wanted=wanted,
        card=card,
        serial=cards.serials_by_id(reader(), [card.id])[card.id] if card else None,
        bound_at=binding.bound_since(reader(), card.id) if card else None,
    )
    return page, 422 if form.has_errors else 200


def _card_called(serial: str) -> Card | None:
    try:
        return cards.card_with_serial(reader(), serial)
    except CardNotThere:
        return None
