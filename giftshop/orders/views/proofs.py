"""The proof on the pages of an order: drawn as it is looked at, approved, or sent back with a comment."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import production
from giftshop.kernel import clock
from giftshop.kernel.errors import Missing, Refused
from giftshop.kernel.role import MemberRole, StaffRole
from giftshop.orders import designs, proofing, queries
from giftshop.orders.forms import ChangesForm
from giftshop.orders.models import Order
from giftshop.orders.presenting import imprint
from giftshop.orders.rules import Lack, OrderState
from giftshop.orders.views.blueprint import bp
from giftshop.orders.views.steps import own_firm
from giftshop.production import ProofShown
from giftshop.web import actor, allow, current_shop, members, reader, say, staff, transact

deciders = members(MemberRole.BUYER, MemberRole.APPROVER)
callers = staff(StaffRole.SALES, StaffRole.FINANCE, StaffRole.ADMINISTRATOR)
ON_THE_CARD: Final = frozenset({Lack.GREETING, Lack.SENDER, Lack.VALIDITY, Lack.FACE})
"""What a card cannot be without, so that there is nothing to look at before."""


@dataclass(frozen=True, slots=True)
class OnPage:
    """What a page shows of an order's proof: the proof, or why there is none."""

    shown: ProofShown | None = None
    refusal: str = ""

    @property
    def changes(self) -> ChangesForm:
        """The form to ask for changes of the proof that is shown."""
        return ChangesForm(formdata=None, seen_proof=self.shown.proof.seen if self.shown else "")


def proof_of_draft(order: Order, lacking: Collection[Lack]) -> OnPage:
    """Return the proof of a draft as it is now, drawn and kept as a version if nobody has looked at it like this."""
    if ON_THE_CARD & set(lacking) or not designs.has_printed_card(reader(), order):
        return OnPage()
    subject = (queries.KIND, order.id)
    last = production.latest_proof(reader(), subject)
    try:
        if last is None or last.content_hash != proofing.content_of(reader(), order, imprint()):
            drawn = proofing.draw(reader(), order, imprint())
            if drawn is not None:
                house, at = imprint(), clock.now()
                transact(proofing.keep_shown, order.id, order.firm_id, drawn, house, by=actor(), at=at)
    except Refused as refusal:
        return OnPage(refusal=say(refusal))
    return _shown(order)


def proof_of_order(order: Order) -> OnPage:
    """Return the version that counts of a placed order, if there is one."""
    return _shown(order)


def _shown(order: Order) -> OnPage:
    with current_shop().database.reading() as fresh:  # it may have been kept since this request began to read
        last = production.latest_proof(fresh, (queries.KIND, order.id))
        return OnPage(production.proof_shown(fresh, last) if last else None)


@bp.post("/orders/<number>/proof/approve")
@allow(deciders)
def approve_proof(number: str) -> ResponseReturnValue:
    """A firm's yes to the proof it saw."""
    order = queries.order_of(reader(), number, own_firm())
    try:
        seen = request.form.get("seen_proof", "")
        transact(proofing.approve_shown, order.id, own_firm(), seen, imprint(), by=actor(), at=clock.now())
        flash(_("The proof is approved. Just this is printed, and nothing else."), "success")
    except Refused as refusal:
        flash(say(refusal), "error")
    return _back(order)


@bp.post("/orders/<number>/proof/changes")
@allow(deciders)
def ask_for_changes(number: str) -> ResponseReturnValue:
    """What a firm wants changed."""
    order = queries.order_of(reader(), number, own_firm())
    form = ChangesForm()
    try:
        if not form.validate():
            raise production.CommentMissing
        subject, seen, comment = (queries.KIND, order.id), form.seen_proof.data or "", form.comment.data or ""
        transact(production.ask_for_changes, subject, own_firm(), seen, comment, by=actor(), at=clock.now())
        flash(_("We have your comment and answer beside the proof. Words and logo you can change yourself."), "success")
    except Refused as refusal:
        flash(say(refusal), "error")
    return _back(order)


@bp.post("/desk/orders/<number>/proof")
@allow(callers)
def renew_proof(number: str) -> ResponseReturnValue:
    """Draw the greeting card of gift sets as it would be printed now, and ask the firm to approve it. Raises Missing.

    The cards of programmes have theirs renewed at their print run.
    """
    order = queries.order_of(reader(), number, None)
    if not needs_new_proof(order):
        raise Missing
    try:
        drawn = proofing.draw(reader(), order, imprint())
        if drawn is not None:
            subject, at = (queries.KIND, order.id), clock.now()
            transact(production.renew_proof, subject, order.firm_id, drawn, about=order.number, by=actor(), at=at)
        flash(_("The firm was asked to approve the card as it would be printed now."), "success")
    except Refused as refusal:
        flash(say(refusal), "error")
    return redirect(url_for("orders.desk_order", number=number))


def needs_new_proof(order: Order) -> bool:
    """Whether the cards of paid gift sets would not be printed, since they changed after they were approved."""
    if order.gift_set_id is None or order.state is not OrderState.PAID:
        return False
    content = proofing.content_of(reader(), order, imprint())
    try:
        if content:
            production.refuse_unapproved(reader(), (queries.KIND, order.id), content)
    except production.ProofChanged:
        return True
    except production.ProofMissing:
        return False
    return False


def _back(order: Order) -> ResponseReturnValue:
    page = "orders.review" if order.state is OrderState.DRAFT else "orders.show"
    return redirect(url_for(page, number=order.number, _anchor="proof"))
