"""Where recipients say that something is wrong, or thank you; and where those who should, read it."""

from __future__ import annotations

from typing import Final

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import cards, fulfilment
from giftshop.cards import HeldCard
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.kernel.role import MemberRole, StaffRole
from giftshop.redemption import afterwards, queries, visit
from giftshop.redemption.blueprint import bp
from giftshop.redemption.following import linked
from giftshop.redemption.forms import PROBLEM_WORDS, ProblemForm, ThanksForm
from giftshop.redemption.models import Redemption
from giftshop.redemption.presenting import brand_of
from giftshop.redemption.rules import SOURCE, ProblemKind
from giftshop.redemption.visit import holder_of
from giftshop.web import Form, actor, allow, anyone, members, offer_undo, reader, staff, transact_once

HELPERS: Final = (StaffRole.HOTLINE, StaffRole.FULFILMENT)
READERS: Final = (MemberRole.BUYER, MemberRole.APPROVER, MemberRole.ADMINISTRATOR)


@bp.route("/r/gift/problem", methods=["GET", "POST"])
@bp.route("/t/<secret>/problem", methods=["GET", "POST"])
@allow(anyone)
def problem(secret: str | None = None) -> ResponseReturnValue:
    """Report a problem, by the code or by the tracking link."""
    card, _redemption = _told_by(secret)
    form = ProblemForm()
    if form.validate_on_submit():
        try:
            kind, note = ProblemKind(form.kind.data), form.note.data or ""
            transact_once(form.once(), afterwards.report, card.id, kind, note, by=holder_of(card.id), at=clock.now())
            flash(_("Thank you for telling us. The hotline reads it and calls you back if need be."), "success")
            return redirect(_back(secret), 303)
        except Refused as refusal:
            form.refuse(refusal)
    page = render_template(
        "redemption/problem.html", form=form, card=card, brand=brand_of(reader(), card), back=_back(secret)
    )
    return page, 422 if form.has_errors else 200


@bp.route("/r/gift/thanks", methods=["GET", "POST"])
@bp.route("/t/<secret>/thanks", methods=["GET", "POST"])
@allow(anyone)
def thanks(secret: str | None = None) -> ResponseReturnValue:
    """A word to the sender, for whoever wants to write one."""
    card, redemption = _told_by(secret)
    if redemption is None:
        return redirect(_back(secret))
    form = ThanksForm(data={"signed": card.name or ""} if secret is None else None)  # a link shows nobody's name
    if form.validate_on_submit():
        try:
            said = (form.words.data or "", form.signed.data or "")
            transact_once(form.once(), afterwards.thank, redemption.id, *said, by=holder_of(card.id), at=clock.now())
            flash(_("Your words are on their way to %(sender)s.", sender=card.sender_name), "success")
            return redirect(_back(secret), 303)
        except Refused as refusal:
            form.refuse(refusal)
    page = render_template(
        "redemption/thanks.html", form=form, card=card, brand=brand_of(reader(), card), back=_back(secret)
    )
    return page, 422 if form.has_errors else 200


@bp.get("/desk/problems")
@allow(staff(*HELPERS))
def problems() -> ResponseReturnValue:
    """What recipients report, the newest first."""
    are_closed = request.args.get("state") == "closed"
    page = queries.problems_page(reader(), are_closed=are_closed, after=request.args.get("after"))
    card_ids = [each.card_id for each in page.rows]
    return render_template(
        "redemption/problems.html",
        page=page,
        serials=cards.serials_by_id(reader(), card_ids),
        numbers=_shipment_numbers(card_ids),
        kind_words=PROBLEM_WORDS,
        are_closed=are_closed,
        form=Form(),
    )


@bp.post("/desk/problems/<int:problem_id>/closed")
@allow(staff(*HELPERS))
def close_problem(problem_id: int) -> ResponseReturnValue:
    """Somebody has seen to it."""
    transact_once(Form().once(), afterwards.close, problem_id, by=actor(), at=clock.now())
    back = url_for("redemption.problems")
    offer_undo(_("The report is closed."), "redemption.close_problem", problem_id, back=back)
    return redirect(back, 303)


@bp.get("/programmes/<int:programme_id>/thanks")
@allow(members(*READERS))
def thank_yous(programme_id: int) -> ResponseReturnValue:
    """What recipients of a programme told its firm: how many declined, and words, with names only where they signed."""
    programme = cards.programme_of(reader(), actor().firm_id or 0, programme_id)
    page = queries.thank_yous_of(reader(), programme.id, after=request.args.get("after"))
    declined = queries.declined_count(reader(), programme.id)
    return render_template("redemption/thank_yous.html", programme=programme, page=page, declined=declined)


def _told_by(secret: str | None) -> tuple[HeldCard, Redemption | None]:
    """Return the card and redemption of whoever writes: by link, or by the code entered in this browser."""
    if secret is not None:
        return linked(secret)
    _here, card = visit.opened()
    return card, queries.redemption_of(reader(), card.id)


def _writing_page(template: str, form: Form, card: HeldCard, back: str) -> ResponseReturnValue:
    page = render_template(template, form=form, card=card, brand=brand_of(reader(), card), back=back)
    return page, 422 if form.has_errors else 200


def _back(secret: str | None) -> str:
    return url_for("redemption.follow", secret=secret) if secret else url_for("redemption.gift")


def _shipment_numbers(card_ids: list[int]) -> dict[int, str]:
    """Return the number of each card's shipment, by card."""
    redemptions = queries.redemptions_by_card(reader(), card_ids)
    shipments = fulfilment.shipments_by_source(reader(), SOURCE, [each.id for each in redemptions.values()])
    return {
        card_id: shipments[redemption.id].number
        for card_id, redemption in redemptions.items()
        if redemption.id in shipments
    }
