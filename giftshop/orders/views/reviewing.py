"""The last step of drawing up an order: the proof, every line of the total, and Place."""

from __future__ import annotations

from collections.abc import Sequence

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from giftshop import accounts, branding
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.orders import designs, documents, mailing, occasions, queries, service
from giftshop.orders.forms import PlaceForm
from giftshop.orders.models import Order
from giftshop.orders.offers import goods_of, offer_of
from giftshop.orders.presenting import imprint, receiver_of, tariff
from giftshop.orders.rules import (
    FIRST_STEP,
    Lack,
    OrderKind,
    OrderState,
    Step,
    is_transfer_only,
    lacks,
    step_of,
    total_of,
    value_of,
)
from giftshop.orders.views.blueprint import bp
from giftshop.orders.views.delivering import branches_shown, wrong_with
from giftshop.orders.views.proofs import proof_of_draft
from giftshop.orders.views.steps import buyers, market, own_firm, page, today
from giftshop.web import actor, allow, reader, say, transact_once


@bp.route("/orders/<number>/review", methods=["GET", "POST"])
@allow(buyers)
def review(number: str) -> ResponseReturnValue:
    """The proof, every line of the total, and Place."""
    order = queries.order_of(reader(), number, own_firm())
    if order.state is not OrderState.DRAFT:  # a second tap, or the browser's way back
        return redirect(url_for("orders.show", number=number))
    form = PlaceForm()
    if form.validate_on_submit():
        try:
            _place(order, form)
            return redirect(url_for("orders.show", number=number))
        except Refused as refusal:
            form.refuse(refusal)
    return _last_page(order, form)


def _place(order: Order, form: PlaceForm) -> None:
    """Place the order as its buyer saw it."""
    documents.refuse_unprintable(reader(), order)
    transact_once(
        form.once(),
        service.place,
        order.id,
        own_firm(),
        seen_total_minor=_seen_total(form),
        seen_proof=form.seen_proof.data or "",
        imprint=imprint(),
        tariff=tariff(),
        market=market(),
        today=today(),
        by=actor(),
        at=clock.now(),
    )


def _seen_total(form: PlaceForm) -> int:
    """Return the total that was on the page, in minor units; -1, which no order comes to, for what no page sends."""
    seen = form.seen_total_minor.data or ""
    return int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 16 else -1


def _last_page(order: Order, form: PlaceForm) -> ResponseReturnValue:
    """Return the page, whose form remembers the total and the proof that are on it."""
    lines = queries.lines_for(reader(), order, tariff())
    total = total_of(lines, order.currency)
    filled = queries.filled(reader(), order)
    lacking = lacks(filled, today=today(), market=market())
    proof = proof_of_draft(order, lacking)
    form.seen_total_minor.data = str(total.amount_minor)
    form.seen_proof.data = proof.shown.proof.seen if proof.shown else ""
    return page(
        order,
        Step.REVIEW,
        "review.html",
        form=form,
        proof=proof,
        total=total,
        has_card=filled.has_card,
        lacking=_ways_to_mend(order, lacking),
        limit=accounts.users_by_id(reader(), [actor().id or 0])[actor().id or 0].order_limit_minor,
        is_transfer_only=is_transfer_only(value_of(lines), market()),
        **_facts(order),
    )


def _facts(order: Order) -> dict[str, object]:
    """What the page says of an order whatever it comes to: what it is for, how it looks, when and where it goes."""
    return {
        "offer": offer_of(reader(), order),
        "goods": goods_of(reader(), order) if order.kind is not OrderKind.GIFT_BOOK else [],
        "design": designs.shown(order),
        "letter": mailing.letter(reader(), order) if order.is_digital else None,
        "logo": branding.logo(reader(), own_firm(), order.logo_id) if order.logo_id else None,
        "wrong": [say(each) for each in wrong_with(reader(), order)],
        "receiver": receiver_of(order),
        "branches": branches_shown(order),
        "first_step": FIRST_STEP[order.kind],
        "festival": occasions.festival_of(reader(), order, today()),
        "today": today(),
    }


def _ways_to_mend(order: Order, lacking: Sequence[Lack]) -> list[tuple[Lack, str]]:
    """Return what is lacking, each with the address of the step that asks for it."""
    steps = [step_of(lack, order.kind, has_list=order.has_list) for lack in lacking]
    return [(lack, url_for(f"orders.{step}", number=order.number)) for lack, step in zip(lacking, steps, strict=True)]
