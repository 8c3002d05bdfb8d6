"""From the contradictions to the result: read them, answer or mend them, close the decision, order, look."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from giftshop import accounts
from giftshop.campaigns import deciding, figures, queries
from giftshop.campaigns.contradictions import contradictions_of
from giftshop.campaigns.forms import AnswerForm
from giftshop.campaigns.report import Report
from giftshop.campaigns.views.blueprint import bp
from giftshop.campaigns.views.common import (
    overseers,
    own,
    own_firm,
    page,
    planners,
    supplier,
    today,
    zone,
)
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.web import Form, actor, allow, current_shop, reader, say, transact, transact_once
from giftshop.web.forms import typed


@bp.get("/campaigns/<int:campaign_id>/contradictions")
@allow(overseers)
def contradictions(campaign_id: int) -> ResponseReturnValue:
    """What does not fit together in the plan, with its figures."""
    return _contradictions(campaign_id, AnswerForm())


@bp.post("/campaigns/<int:campaign_id>/contradictions")
@allow(planners)
def answer(campaign_id: int) -> ResponseReturnValue:
    """A tick, and a word why one of them is all right."""
    form = AnswerForm()
    own(campaign_id)
    if form.validate():
        try:
            transact(
                deciding.answer,
                campaign_id,
                own_firm(),
                typed(form.key)[:80],
                typed(form.word),
                today=today(),
                by=actor(),
                at=clock.now(),
            )
            return redirect(url_for("campaigns.contradictions", campaign_id=campaign_id))
        except Refused as refusal:
            form.refuse(refusal)
    return _contradictions(campaign_id, form)


@bp.post("/campaigns/<int:campaign_id>/close")
@allow(planners)
def close(campaign_id: int) -> ResponseReturnValue:
    """Close the decision."""
    own(campaign_id)
    try:
        transact(deciding.close_decision, campaign_id, own_firm(), today=today(), by=actor(), at=clock.now())
    except Refused as refusal:
        flash(say(refusal), "error")
        return redirect(url_for("campaigns.contradictions", campaign_id=campaign_id))
    flash(_("The decision is closed. The orders can be drawn up."), "success")
    return redirect(url_for("campaigns.budget", campaign_id=campaign_id))


@bp.post("/campaigns/<int:campaign_id>/reopen")
@allow(planners)
def reopen(campaign_id: int) -> ResponseReturnValue:
    """Take the decision back before anything is ordered."""
    own(campaign_id)
    transact(deciding.reopen, campaign_id, own_firm(), by=actor(), at=clock.now())
    flash(_("The decision is open again."), "success")
    return redirect(url_for("campaigns.show", campaign_id=campaign_id))


@bp.post("/campaigns/<int:campaign_id>/order")
@allow(planners)
def order(campaign_id: int) -> ResponseReturnValue:
    """Have the orders drawn up, once."""
    own(campaign_id)
    try:
        drawn_up = transact_once(
            Form().once(),
            deciding.order,
            campaign_id,
            own_firm(),
            supplier(),
            rules=current_shop().settings.market.gifts,
            today=today(),
            zone=zone(),
            by=actor(),
            at=clock.now(),
        )
    except Refused as refusal:
        flash(say(refusal), "error")
        return redirect(url_for("campaigns.budget", campaign_id=campaign_id))
    words = ngettext(
        "%(num)s order is drawn up. Your buyer finds it under Orders, looks at the card, and places it.",
        "%(num)s orders are drawn up. Your buyer finds them under Orders, looks at the cards, and places them.",
        drawn_up,
    )
    flash(words, "success")
    return redirect(url_for("campaigns.result", campaign_id=campaign_id))


@bp.get("/campaigns/<int:campaign_id>/budget")
@allow(overseers)
def budget(campaign_id: int) -> ResponseReturnValue:
    """What it comes to, by grade and group, every line explained."""
    campaign = own(campaign_id)
    unanswered = len(figures.open_contradictions(reader(), campaign, today=today()))
    waiting = queries.waiting_in(reader(), campaign_id)
    return page(campaign, "budget.html", report=_report(campaign_id), unanswered=unanswered, waiting=waiting)


@bp.get("/campaigns/<int:campaign_id>/result")
@allow(overseers)
def result(campaign_id: int) -> ResponseReturnValue:
    """What came of it: printed, dispatched, delivered, late, and what it cost."""
    campaign = own(campaign_id)
    return page(
        campaign,
        "result.html",
        report=_report(campaign_id),
        grades=queries.grades_of(reader(), campaign_id),
        drawn=queries.orders_by_grade(reader(), campaign_id),
        ends_at=campaign.window.ends_at(zone()),
    )


def _report(campaign_id: int) -> Report:
    return figures.report_of(reader(), own(campaign_id), supplier(), zone=zone(), at=clock.now())


def _contradictions(campaign_id: int, form: AnswerForm) -> ResponseReturnValue:
    campaign = own(campaign_id)
    found = contradictions_of(figures.plan_of(reader(), campaign, today=today()))
    answers = figures.answers_of(reader(), campaign_id)
    return page(
        campaign,
        "contradictions.html",
        form=form,
        found=found,
        answers=answers,
        users=accounts.users_by_id(reader(), {each.by for each in answers.values()}),
        unanswered=sum(not (each.is_answerable and each.key in answers) for each in found),
        waiting=queries.waiting_in(reader(), campaign_id),
        answering=typed(form.key),
    )
