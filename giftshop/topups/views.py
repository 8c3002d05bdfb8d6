"""The firm's pages of topping cards up, and finance's of what is left over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import accounts, cards, listing, payments
from giftshop.cards import Programme
from giftshop.db import Reader
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.kernel.locale import N_
from giftshop.kernel.market import StoredValueRules
from giftshop.kernel.money import Money
from giftshop.kernel.role import MemberRole, StaffRole
from giftshop.topups import queries, service
from giftshop.topups.forms import GivenBackForm, PickForm, PlaceForm, pick_form
from giftshop.topups.models import TopUp
from giftshop.topups.rules import CardOutcome, TopUpState
from giftshop.topups.service import Pick, Wanted
from giftshop.web import Form, actor, allow, current_shop, members, reader, say, staff, transact_once
from giftshop.web.filters import money_number

bp = Blueprint("topups", __name__)

BUYERS: Final = (MemberRole.BUYER, MemberRole.ADMINISTRATOR)
READERS: Final = (*BUYERS, MemberRole.APPROVER, MemberRole.FINANCE)
DESK: Final = (StaffRole.FINANCE, StaffRole.SALES, StaffRole.ADMINISTRATOR)

STATE_WORDS: Final = {
    TopUpState.AWAITING_PAYMENT: N_("To be paid"),
    TopUpState.PAID: N_("Being put on the cards"),
    TopUpState.DONE: N_("On the cards"),
    TopUpState.CANCELLED: N_("Cancelled"),
}
OUTCOME_WORDS: Final = {
    CardOutcome.WAITING: N_("Not yet"),
    CardOutcome.TOPPED_UP: N_("Topped up"),
    CardOutcome.REFUSED: N_("Could not take it"),
}


@bp.get("/programmes/<int:programme_id>/top-up")
@allow(members(*READERS))
def start(programme_id: int) -> ResponseReturnValue:
    """How much more on which cards; and what was topped up before."""
    programme = cards.programme_of(reader(), _firm_id(), programme_id)
    asked = request.args if request.args.get("each") else None
    return _start_page(programme, pick_form(_currency(), formdata=asked))


@bp.post("/programmes/<int:programme_id>/top-up")
@allow(members(*BUYERS))
def look(programme_id: int) -> ResponseReturnValue:
    """Look at what it comes to: which cards, what each gets, the total."""
    programme = cards.programme_of(reader(), _firm_id(), programme_id)
    form = pick_form(_currency())
    if not form.validate():
        return _start_page(programme, form)
    try:
        return _review_page(programme, form, _pick(programme, form), PlaceForm(formdata=None))
    except Refused as refusal:
        form.refuse(refusal)
        return _start_page(programme, form)


@bp.post("/programmes/<int:programme_id>/top-ups")
@allow(members(*BUYERS))
def place(programme_id: int) -> ResponseReturnValue:
    """Order it, at the total that was shown."""
    programme = cards.programme_of(reader(), _firm_id(), programme_id)
    chosen, form = pick_form(_currency()), PlaceForm()
    if not chosen.validate():
        return _start_page(programme, chosen)
    try:
        number = transact_once(
            form.once(),
            service.place,
            programme.firm_id,
            _wanted(programme, chosen),
            seen_total_minor=form.seen,
            agent_name=form.agent_name.data or "",
            agent_document=form.agent_document.data or "",
            market=_market(),
            by=actor(),
            at=clock.now(),
        )
    except Refused as refusal:
        return _look_again(programme, chosen, form, refusal)
    return redirect(url_for("topups.show", number=number), 303)


@bp.get("/top-ups/<number>")
@allow(members(*READERS))
def show(number: str) -> ResponseReturnValue:
    """One top-up: what to pay and how, or which cards have it."""
    return _page(queries.top_up_of(reader(), number, _firm_id()), GivenBackForm())


@bp.post("/top-ups/<number>/cancel")
@allow(members(*BUYERS))
def cancel(number: str) -> ResponseReturnValue:
    """Give it up before it is paid."""
    top_up = queries.top_up_of(reader(), number, _firm_id())
    try:
        transact_once(Form().once(), service.cancel, top_up.id, by=actor(), at=clock.now())
        flash(_("Cancelled. There is nothing to pay."), "success")
    except Refused as refusal:
        flash(say(refusal), "error")
    return redirect(url_for("topups.show", number=number), 303)


@bp.post("/top-ups/<number>/pay-by-card")
@allow(members(MemberRole.BUYER, MemberRole.FINANCE))
def pay_by_card(number: str) -> ResponseReturnValue:
    """Go to the page where a card is charged; a second tap goes to the same."""
    top_up = queries.top_up_of(reader(), number, _firm_id())
    here = url_for("topups.show", number=top_up.number)
    payment = payments.payment_of(reader(), payments.Payable(queries.KIND, top_up.id))
    if payment is None:
        return redirect(here, 303)
    try:
        return redirect(payments.pay_by_card(payment.id, return_to=here, cancel_to=here, by=actor()), 303)
    except Refused as refusal:
        flash(say(refusal), "error")
        return redirect(here, 303)


def _cells(reader: Reader, found: Sequence[TopUp]) -> Iterator[Sequence[object]]:
    firms = accounts.firms_by_id(reader, {each.firm_id for each in found})
    for each in found:
        yield [
            each.number,
            firms[each.firm_id].name,
            each.quantity,
            money_number(each.total),
            money_number(each.to_give_back) if each.has_money_left else None,
            each.currency,
            _(STATE_WORDS[each.state]),
            each.placed_at,
        ]


TOP_UPS: Final = listing.Export(
    (N_("Number"), N_("Firm"), N_("Cards"), N_("Total"), N_("To pay back"), N_("Currency"), N_("State"), N_("Placed")),
    _cells,
)


@bp.get("/desk/top-ups")
@allow(staff(*DESK))
def desk() -> ResponseReturnValue:
    """Every firm's top-ups, with what is to be paid back of them."""
    found = listing.show(queries.top_ups_list(reader(), STATE_WORDS))
    if file := found.file(TOP_UPS):
        return file
    firms = accounts.firms_by_id(reader(), {each.firm_id for each in found.rows})
    return render_template("topups/desk.html", found=found, firms=firms, state_words=STATE_WORDS)


@bp.get("/desk/top-ups/<number>")
@allow(staff(*DESK))
def desk_top_up(number: str) -> ResponseReturnValue:
    """One top-up, as staff see it."""
    return _page(queries.top_up_of(reader(), number, None), GivenBackForm())


@bp.post("/desk/top-ups/<number>/given-back")
@allow(staff(StaffRole.FINANCE))
def given_back(number: str) -> ResponseReturnValue:
    """Finance paid back what no card could take."""
    top_up = queries.top_up_of(reader(), number, None)
    form = GivenBackForm()
    if not form.validate():
        return _page(top_up, form)
    try:
        note = form.note.data or ""
        transact_once(form.once(), service.mark_given_back, top_up.id, note, by=actor(), at=clock.now())
    except Refused as refusal:
        form.refuse(refusal)
        return _page(top_up, form)
    return redirect(url_for("topups.desk_top_up", number=number), 303)


def _firm_id() -> int:
    firm_id = actor().firm_id
    assert firm_id is not None, "the guard lets in members only, and a member has a firm"  # noqa: S101
    return firm_id


def _currency() -> str:
    return accounts.firm(reader(), _firm_id()).currency


def _market() -> StoredValueRules:
    return current_shop().settings.market.stored_value


def _wanted(programme: Programme, form: PickForm) -> Wanted:
    first, last = form.range
    return Wanted(programme.id, Money(form["each"].data or 0, _currency()), first, last)


def _pick(programme: Programme, form: PickForm) -> Pick:
    return service.pick(reader(), programme.firm_id, _wanted(programme, form), market=_market(), at=clock.now())


def _start_page(programme: Programme, form: PickForm) -> ResponseReturnValue:
    page = render_template(
        "topups/start.html",
        programme=programme,
        form=form,
        top_ups=queries.top_ups_of(reader(), programme.id),
        may_buy=actor().has(*BUYERS),
        state_words=STATE_WORDS,
        cap=Money(_market().bearer_cap_minor, _currency()),
    )
    return page, 422 if form.has_errors else 200


def _review_page(
    programme: Programme, chosen: PickForm, found: Pick, form: PlaceForm, status: int = 200
) -> ResponseReturnValue:
    form.seen_total_minor.data = str(found.total.amount_minor)
    page = render_template("topups/review.html", programme=programme, chosen=chosen, pick=found, form=form)
    return page, status


def _look_again(programme: Programme, chosen: PickForm, form: PlaceForm, refusal: Refused) -> ResponseReturnValue:
    """Show what it comes to now, and why it was not done."""
    try:
        found = _pick(programme, chosen)
    except Refused as why:
        chosen.refuse(why)
        return _start_page(programme, chosen)
    form.refuse(refusal)
    return _review_page(programme, chosen, found, form, 422)


def _page(top_up: TopUp, form: GivenBackForm) -> ResponseReturnValue:
    listed = queries.cards_in(reader(), top_up.id, CardOutcome.REFUSED) or queries.cards_in(reader(), top_up.id)
    page = render_template(
        "topups/show.html",
        top_up=top_up,
        form=form,
        programme=cards.programme(reader(), top_up.programme_id),
        firm=accounts.firm(reader(), top_up.firm_id),
        listed=listed,
        serials=cards.serials_by_id(reader(), [card_id for card_id, _outcome in listed]),
        state_words=STATE_WORDS,
        outcome_words=OUTCOME_WORDS,
        may_cancel=actor().has(*BUYERS),
        may_pay=actor().has(MemberRole.BUYER, MemberRole.FINANCE),
        may_settle=actor().has(StaffRole.FINANCE),
        bank_account=current_shop().settings.bank_account,
        **_money(top_up),
    )
    return page, 422 if form.has_errors else 200


def _money(top_up: TopUp) -> dict[str, Any]:
    payment = payments.last_payment_of(reader(), payments.Payable(queries.KIND, top_up.id))
    why_not = payments.why_no_card(payment) if payment else None
    return {
        "payment": payment,
        "offers_card": payment is not None and payments.offers_card(payment),
        "why_no_card": _(payments.NO_CARD_WORDS[why_not]) if why_not and payments.NO_CARD_WORDS[why_not] else "",
    }
