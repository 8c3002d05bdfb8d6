"""A batch at the desk: its life so far, opened by range and by a second person, stopped."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from giftshop import accounts
from giftshop.cards import activating, queries, stops
from giftshop.cards.desk import queries as desk
from giftshop.cards.desk.blueprint import (
    administrators,
    bp,
    carried_out,
    lookers,
    openers,
    rights,
)
from giftshop.cards.desk.forms import RangeForm, StopForm, lift_forms
from giftshop.cards.models import Batch, batch_number
from giftshop.cards.rules import BatchState, StopScope
from giftshop.cards.words import BATCH_WORDS
from giftshop.db import Transaction
from giftshop.kernel import clock
from giftshop.web import Form, actor, allow, reader


@bp.get("/desk/batches/<int:batch_id>")
@allow(lookers)
def batch(batch_id: int) -> ResponseReturnValue:
    """One batch: its life so far, and what can be done with it now."""
    return _batch(batch_id)


@bp.post("/desk/batches/<int:batch_id>/open")
@allow(openers)
def open_range(batch_id: int) -> ResponseReturnValue:
    """Open the cards of a range of serial numbers to their holders."""
    form = RangeForm(within="range")

    def do(tx: Transaction) -> str:
        opened = activating.activate_range(tx, batch_id, *form.serials, by=actor(), at=clock.now())
        return str(ngettext("%(num)s card is open.", "%(num)s cards are open.", opened))

    return carried_out(form, do, url_for("card_desk.batch", batch_id=batch_id)) or _batch(batch_id, range_form=form)


@bp.post("/desk/batches/<int:batch_id>/agree")
@allow(openers)
def agree(batch_id: int) -> ResponseReturnValue:
    """Open a large batch, as the second person."""
    here = url_for("card_desk.batch", batch_id=batch_id)

    def do(tx: Transaction) -> str:
        activating.agree(tx, batch_id, by=actor(), at=clock.now())
        return str(_("The cards of batch %(number)s can be redeemed from now on.", number=str(batch_number(batch_id))))

    return carried_out(Form(), do, here) or redirect(here, 303)


@bp.post("/desk/batches/<int:batch_id>/stop")
@allow(administrators)
def stop_batch(batch_id: int) -> ResponseReturnValue:
    """Stop every card of a batch."""
    form = StopForm(within="stop")

    def do(tx: Transaction) -> str:
        stops.stop(tx, StopScope.BATCH, batch_id, reason=form.reason.data or "", by=actor(), at=clock.now())
        return str(_("Stopped. Nothing can be redeemed until this is lifted."))

    return carried_out(form, do, url_for("card_desk.batch", batch_id=batch_id)) or _batch(batch_id, stop_form=form)


def _batch(
    batch_id: int, *, range_form: RangeForm | None = None, stop_form: StopForm | None = None
) -> ResponseReturnValue:
    found = queries.batch(reader(), batch_id)
    programme = queries.programme(reader(), found.programme_id)
    range_form = range_form or RangeForm(formdata=None, within="range")
    stop_form = stop_form or StopForm(formdata=None, within="stop")
    batch_stop = stops.stop_on(reader(), StopScope.BATCH, batch_id)
    opened = desk.opened_count(reader(), batch_id)
    return render_template(
        "cards/desk/batch.html",
        batch=found,
        programme=programme,
        firm=accounts.firm(reader(), programme.firm_id),
        bounds=desk.serial_bounds(reader(), batch_id),
        opened=opened,
        may_range=found.state in {BatchState.SHIPPED, BatchState.ACTIVE} and opened < found.quantity,
        may_agree=_waits_for_second(found) and found.received_by != actor().id,
        received_by=accounts.users_by_id(reader(), {found.received_by} if found.received_by else set()),
        batch_words=BATCH_WORDS,
        batch_stop=batch_stop,
        lift_forms=lift_forms([batch_stop] if batch_stop else []),
        range_form=range_form,
        stop_form=stop_form,
        **rights(),
    ), 422 if range_form.has_errors or stop_form.has_errors else 200


def _waits_for_second(batch: Batch) -> bool:
    return batch.state is BatchState.SHIPPED and batch.received_by is not None
