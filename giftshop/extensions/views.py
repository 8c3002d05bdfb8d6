"""The firm's pages of giving more time, and finance's of fees that go back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import accounts, cards, listing, payments
from giftshop.cards import Programme
from giftshop.db import Reader
from giftshop.extensions import queries, service
from giftshop.extensions.errors import FeeChanged, NothingToExtend
from giftshop.extensions.forms import ExtensionForm, GivenBackForm
from giftshop.extensions.models import Extension
from giftshop.extensions.rules import LONGEST, ExtensionState
from giftshop.extensions.service import Estimate
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.kernel.locale import N_
from giftshop.kernel.role import MemberRole, StaffRole
from giftshop.web import Form, actor, allow, current_shop, members, reader, say, staff, transact_once
from giftshop.web.filters import money_number

bp = Blueprint("extensions", __name__)

BUYERS: Final = (MemberRole.BUYER, MemberRole.ADMINISTRATOR)
READERS: Final = (*BUYERS, MemberRole.APPROVER, MemberRole.FINANCE)
DESK: Final = (StaffRole.FINANCE, StaffRole.SALES, StaffRole.ADMINISTRATOR)
STATE_WORDS: Final = {
    ExtensionState.AWAITING_PAYMENT: N_("To be paid"),
    ExtensionState.DONE: N_("In force"),
    ExtensionState.LEFT_OVER: N_("To be paid back"),
    ExtensionState.CANCELLED: N_("Cancelled"),
}


@bp.get("/programmes/<int:programme_id>/extend")
@allow(members(*READERS))
def start(programme_id: int) -> ResponseReturnValue:
    """Until when, for how many cards, and what it costs; and earlier ones."""
    return _start_page(cards.programme_of(reader(), _firm_id(), programme_id), ExtensionForm(formdata=None))


@bp.post("/programmes/<int:programme_id>/extend")
@allow(members(*BUYERS))
def ask(programme_id: int) -> ResponseReturnValue:
    """Extend it, at once or when it is paid."""
    programme, form = cards.programme_of(reader(), _firm_id(), programme_id), ExtensionForm()
    if not form.validate():
        return _start_page(programme, form)
    try:
        number = transact_once(
            form.once(),
            service.ask,
            programme.firm_id,
            programme_id,
            form.day,
            seen_minor=form.seen,
            fee_minor=_fee_minor(),
            by=actor(),
            at=clock.now(),
        )
    except Refused as refusal:
        form.refuse(refusal)
        if isinstance(refusal, FeeChanged):
            form.seen_minor.data = None
        return _start_page(programme, form)
    return redirect(url_for("extensions.show", number=number), 303)


@bp.get("/extensions/<number>")
@allow(members(*READERS))
def show(number: str) -> ResponseReturnValue:
    """One extension: what to pay and how, or that it is in force."""
    return _page(queries.extension_of(reader(), number, _firm_id()), GivenBackForm())


@bp.post("/extensions/<number>/cancel")
@allow(members(*BUYERS))
def cancel(number: str) -> ResponseReturnValue:
    """Give it up before it is paid."""
    extension = queries.extension_of(reader(), number, _firm_id())
    try:
        transact_once(Form().once(), service.cancel, extension.id, by=actor(), at=clock.now())
        flash(_("Cancelled. There is nothing to pay."), "success")
    except Refused as refusal:
        flash(say(refusal), "error")
    return redirect(url_for("extensions.show", number=number), 303)


@bp.post("/extensions/<number>/pay-by-card")
@allow(members(MemberRole.BUYER, MemberRole.FINANCE))
def pay_by_card(number: str) -> ResponseReturnValue:
    """Go to the page where a card is charged; a second tap goes to the same."""
    extension = queries.extension_of(reader(), number, _firm_id())
    here = url_for("extensions.show", number=extension.number)
    payment = payments.payment_of(reader(), payments.Payable(queries.KIND, extension.id))
    if payment is None:
        return redirect(here, 303)
    try:
        return redirect(payments.pay_by_card(payment.id, return_to=here, cancel_to=here, by=actor()), 303)
    except Refused as refusal:
        flash(say(refusal), "error")
        return redirect(here, 303)


def _cells(reader: Reader, found: Sequence[Extension]) -> Iterator[Sequence[object]]:
    firms = accounts.firms_by_id(reader, {each.firm_id for each in found})
    for each in found:
        yield [
            each.number,
            firms[each.firm_id].name,
            each.until,
            each.quantity,
            money_number(each.total),
            each.currency,
            _(STATE_WORDS[each.state]),
        ]


EXTENSIONS: Final = listing.Export(
    (N_("Number"), N_("Firm"), N_("New last day"), N_("Cards"), N_("Total"), N_("Currency"), N_("State")), _cells
)


@bp.get("/desk/extensions")
@allow(staff(*DESK))
def desk() -> ResponseReturnValue:
    """Every firm's extensions, with those whose fee goes back."""
    found = listing.show(queries.extensions_list(reader(), STATE_WORDS))
    if file := found.file(EXTENSIONS):
        return file
    firms = accounts.firms_by_id(reader(), {each.firm_id for each in found.rows})
    return render_template("extensions/desk.html", found=found, firms=firms, state_words=STATE_WORDS)


@bp.get("/desk/extensions/<number>")
@allow(staff(*DESK))
def desk_extension(number: str) -> ResponseReturnValue:
    """One extension, as staff see it."""
    return _page(queries.extension_of(reader(), number, None), GivenBackForm())


@bp.post("/desk/extensions/<number>/given-back")
@allow(staff(StaffRole.FINANCE))
def given_back(number: str) -> ResponseReturnValue:
    """Finance paid the fee back."""
    extension, form = queries.extension_of(reader(), number, None), GivenBackForm()
    if not form.validate():
        return _page(extension, form)
    try:
        note = form.note.data or ""
        transact_once(form.once(), service.mark_given_back, extension.id, note, by=actor(), at=clock.now())
    except Refused as refusal:
        form.refuse(refusal)
        return _page(extension, form)
    return redirect(url_for("extensions.desk_extension", number=number), 303)


def _firm_id() -> int:
    firm_id = actor().firm_id
    assert firm_id is not None, "the guard lets in members only, and a member has a firm"  # noqa: S101
    return firm_id


def _fee_minor() -> int:
    return current_shop().settings.market.cards.extension_fee_minor


def _estimate(programme: Programme) -> Estimate | None:
    try:
        return service.estimate(reader(), programme.firm_id, programme.id, fee_minor=_fee_minor(), at=clock.now())
    except NothingToExtend:
        return None


def _start_page(programme: Programme, form: ExtensionForm) -> ResponseReturnValue:
    today = clock.local_day(clock.now(), programme.time_zone)
    found = _estimate(programme)
    if found and not form.seen_minor.data:
        form.seen_minor.data = str(found.total.amount_minor)
    page = render_template(
        "extensions/start.html",
        programme=programme,
        form=form,
        estimate=found,
        first_day=max(programme.valid_until or today, today) + timedelta(days=1),
        last_day=today + LONGEST,
        extensions=queries.extensions_of(reader(), programme.id),
        may_buy=actor().has(*BUYERS),
        state_words=STATE_WORDS,
    )
    return page, 422 if form.has_errors else 200


def _page(extension: Extension, form: GivenBackForm) -> ResponseReturnValue:
    page = render_template(
        "extensions/show.html",
        extension=extension,
        form=form,
        programme=cards.programme(reader(), extension.programme_id),
        firm=accounts.firm(reader(), extension.firm_id),
        state_words=STATE_WORDS,
        may_cancel=actor().has(*BUYERS),
        may_pay=actor().has(MemberRole.BUYER, MemberRole.FINANCE),
        may_settle=actor().has(StaffRole.FINANCE),
        bank_account=current_shop().settings.bank_account,
        **_money(extension),
    )
    return page, 422 if form.has_errors else 200


def _money(extension: Extension) -> dict[str, Any]:
    payment = payments.last_payment_of(reader(), payments.Payable(queries.KIND, extension.id))
    why_not = payments.why_no_card(payment) if payment else None
    return {
        "payment": payment,
        "offers_card": payment is not None and payments.offers_card(payment),
        "why_no_card": _(payments.NO_CARD_WORDS[why_not]) if why_not and payments.NO_CARD_WORDS[why_not] else "",
    }
