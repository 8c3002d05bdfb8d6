"""Planning's pages: the campaign itself, its groups, its grades, its link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from giftshop import accounts
from giftshop.campaigns import planning, queries
from giftshop.campaigns.forms import CampaignForm, GradeForm, GroupForm
from giftshop.campaigns.giving import Offer
from giftshop.campaigns.models import Campaign, Grade, Group
from giftshop.campaigns.planning import CampaignFacts, GradeFacts, GroupFacts
from giftshop.campaigns.rules import Handover, Window
from giftshop.campaigns.views.blueprint import bp
from giftshop.campaigns.views.common import own, own_firm, page, planners, supplier, today
from giftshop.kernel import clock
from giftshop.kernel.errors import Missing, Refused
from giftshop.kernel.lunar import LunarDay, year_to_come
from giftshop.kernel.money import Money
from giftshop.web import Form, actor, allow, localized, reader, transact
from giftshop.web.filters import money
from giftshop.web.forms import typed

FESTIVAL = {
    "listed_by": LunarDay(8, 8),
    "starts": LunarDay(8, 9),
    "last": LunarDay(8, 13),
    "last_hour": 18,
    "card_price": 300,
}
"""What a new campaign begins with: the days of Mid-Autumn and the price of a card, as in the plan."""


@bp.route("/campaigns/new", methods=["GET", "POST"])
@allow(planners)
def new() -> ResponseReturnValue:
    """Draw up a campaign."""
    year = year_to_come(LunarDay(8, 15), today())
    form = CampaignForm(data=FESTIVAL | {"year": year, "closes_on": LunarDay(8, 1).in_year(year), "is_surprise": True})
    if form.validate_on_submit():
        try:
            currency = accounts.firm(reader(), own_firm()).currency
            campaign_id = transact(
                planning.draw_up, own_firm(), _facts(form), currency=currency, by=actor(), at=clock.now()
            )
            flash(
                _("The campaign is drawn up. Say who is to be given what: its grades first, then its groups."),
                "success",
            )
            return redirect(url_for("campaigns.show", campaign_id=campaign_id))
        except Refused as refusal:
            form.refuse(refusal)
    return render_template("campaigns/plan.html", form=form, campaign=None), 422 if form.has_errors else 200


@bp.route("/campaigns/<int:campaign_id>/plan", methods=["GET", "POST"])
@allow(planners)
def plan(campaign_id: int) -> ResponseReturnValue:
    """Mend a campaign's window, words and dates."""
    campaign = own(campaign_id)
    form = CampaignForm(data=_as_typed(campaign))
    if form.validate_on_submit():
        try:
            transact(planning.change, campaign_id, own_firm(), _facts(form), by=actor(), at=clock.now())
            flash(_("The plan is saved."), "success")
            return redirect(url_for("campaigns.show", campaign_id=campaign_id))
        except Refused as refusal:
            form.refuse(refusal)
    return page(campaign, "plan.html", form=form)


@bp.route("/campaigns/<int:campaign_id>/grades/new", methods=["GET", "POST"], defaults={"grade_id": None})
@bp.route("/campaigns/<int:campaign_id>/grades/<int:grade_id>", methods=["GET", "POST"])
@allow(planners)
def grade(campaign_id: int, grade_id: int | None) -> ResponseReturnValue:
    """Add or mend a grade."""
    campaign = own(campaign_id)
    known = _one_of(queries.grades_of(reader(), campaign_id), grade_id)
    form = GradeForm(obj=known, price=known.price_minor if known else None)
    offers = list(supplier().offers(reader(), own_firm(), campaign.currency))
    form.gift.choices = [
        SelectChoice("", _("Not chosen yet")),
        *(SelectChoice(offer.gift, _offered(offer)) for offer in offers),
    ]
    if known and known.gift and known.gift not in {offer.gift for offer in offers}:
        form.gift.choices.append(SelectChoice(known.gift, known.gift))
    if form.validate_on_submit():
        facts = _grade_facts(form, offers, known)
        return _save(
            form,
            campaign,
            "grade.html",
            lambda: (
                transact(planning.add_grade, campaign_id, own_firm(), facts, by=actor(), at=clock.now())
                if known is None
                else transact(
                    planning.change_grade, campaign_id, own_firm(), known.id, facts, by=actor(), at=clock.now()
                )
            ),
            grade=known,
            offers=offers,
        )
    return page(campaign, "grade.html", form=form, grade=known, offers=offers)


@bp.post("/campaigns/<int:campaign_id>/grades/<int:grade_id>/drop")
@allow(planners)
def drop_grade(campaign_id: int, grade_id: int) -> ResponseReturnValue:
    """Take a grade out of the plan."""
    transact(planning.drop_grade, campaign_id, own_firm(), grade_id, by=actor(), at=clock.now())
    flash(_("The grade is taken out of the plan."), "success")
    return redirect(url_for("campaigns.show", campaign_id=campaign_id))


@bp.route("/campaigns/<int:campaign_id>/groups/new", methods=["GET", "POST"], defaults={"group_id": None})
@bp.route("/campaigns/<int:campaign_id>/groups/<int:group_id>", methods=["GET", "POST"])
@allow(planners)
def group(campaign_id: int, group_id: int | None) -> ResponseReturnValue:
    """Add or mend a group."""
    campaign = own(campaign_id)
    known = _one_of(queries.groups_of(reader(), campaign_id), group_id)
    form = GroupForm(data=_group_as_typed(known) if known else None)
    grades = queries.grades_of(reader(), campaign_id)
    form.grade.choices = [
        SelectChoice("", _("Not said yet")),
        *(SelectChoice(str(each.id), each.name) for each in grades),
    ]
    if form.validate_on_submit():
        facts = _group_facts(form)
        return _save(
            form,
            campaign,
            "group.html",
            lambda: (
                transact(planning.add_group, campaign_id, own_firm(), facts, by=actor(), at=clock.now())
                if known is None
                else transact(
                    planning.change_group, campaign_id, own_firm(), known.id, facts, by=actor(), at=clock.now()
                )
            ),
            group=known,
        )
    return page(campaign, "group.html", form=form, group=known)


@bp.post("/campaigns/<int:campaign_id>/groups/<int:group_id>/drop")
@allow(planners)
def drop_group(campaign_id: int, group_id: int) -> ResponseReturnValue:
    """Take a group out of the plan."""
    transact(planning.drop_group, campaign_id, own_firm(), group_id, by=actor(), at=clock.now())
    flash(_("The group is taken out of the plan."), "success")
    return redirect(url_for("campaigns.show", campaign_id=campaign_id))


@bp.post("/campaigns/<int:campaign_id>/link")
@allow(planners)
def share_link(campaign_id: int) -> ResponseReturnValue:
    """Let people without a login nominate."""
    transact(planning.share_link, campaign_id, own_firm(), by=actor(), at=clock.now())
    flash(_("The link works from now on. Send it to those who are to nominate."), "success")
    return redirect(url_for("campaigns.show", campaign_id=campaign_id))


@bp.post("/campaigns/<int:campaign_id>/link/revoke")
@allow(planners)
def revoke_link(campaign_id: int) -> ResponseReturnValue:
    """End every link that was shared."""
    transact(planning.revoke_link, campaign_id, own_firm(), by=actor(), at=clock.now())
    flash(_("The link no longer works."), "success")
    return redirect(url_for("campaigns.show", campaign_id=campaign_id))


def _save(
    form: Form, campaign: Campaign, template: str, save: Callable[[], object], **facts: Any
) -> ResponseReturnValue:
    try:
        save()
    except Refused as refusal:
        form.refuse(refusal)
        return page(campaign, template, form=form, **facts)
    flash(_("The plan is saved."), "success")
    return redirect(url_for("campaigns.show", campaign_id=campaign.id))


def _facts(form: CampaignForm) -> CampaignFacts:
    return CampaignFacts(
        name=typed(form.name).strip(),
        occasion=typed(form.occasion).strip(),
        window=Window(*(form[name].data for name in ("year", "listed_by", "starts", "last", "last_hour"))),
        closes_on=form["closes_on"].data,
        greeting=typed(form.greeting).replace("\r\n", "\n").strip(),
        card_price_minor=form["card_price"].data,
        is_surprise=bool(form.is_surprise.data),
        written_list_on=form.written_list_on.data,
        written_starts_on=form.written_starts_on.data,
        written_last_on=form.written_last_on.data,
    )


def _grade_facts(form: GradeForm, offers: list[Offer], known: Grade | None) -> GradeFacts:
    """Return a grade as typed. What is chosen has its own price; a typed one is for what is not chosen yet."""
    gift = form.gift.data or None
    offer = next((offer for offer in offers if offer.gift == gift), None)
    price = offer.price.amount_minor if offer else form.price.data
    if gift and offer is None and known:
        price = known.price_minor
    return GradeFacts(typed(form.name).strip(), form["budgeted"].data, price, gift)


def _group_facts(form: GroupForm) -> GroupFacts:
    return GroupFacts(
        name=typed(form.name).strip(),
        expected_firms=form["expected_firms"].data,
        expected_people=form["expected_people"].data,
        handover=Handover(form.handover.data),
        about=typed(form.about).strip(),
        asked_by=typed(form.asked_by).strip(),
        visits_from=form.visits_from.data,
        visits_until=form.visits_until.data,
        grade_id=int(form.grade.data) if form.grade.data else None,
    )


def _as_typed(campaign: Campaign) -> dict[str, Any]:
    window = campaign.window
    names = ("name", "year", "last_hour", "closes_on", "occasion", "greeting", "is_surprise")
    dates = ("written_list_on", "written_starts_on", "written_last_on")
    kept = {name: getattr(campaign, name) for name in names + dates}
    days = {"listed_by": window.listed_by, "starts": window.starts, "last": window.last}
    return kept | days | {"card_price": campaign.card_price_minor}


def _group_as_typed(group: Group) -> dict[str, Any]:
    names = ("name", "about", "asked_by", "expected_firms", "expected_people")
    days = {"visits_from": group.visits_from, "visits_until": group.visits_until}
    return (
        {name: getattr(group, name) for name in names}
        | {name: LunarDay.numbered(number) if number else None for name, number in days.items()}
        | {"grade": str(group.grade_id or ""), "handover": group.handover.value}
    )


def _offered(offer: Offer) -> str:
    return f"{localized(offer.names)} · {money(Money(offer.price.amount_minor, offer.price.currency))}"


def _one_of(rows: Any, wanted: int | None) -> Any:
    """Return the row with that id, or None for a new one. Raises Missing."""
    if wanted is None:
        return None
    found = next((row for row in rows if row.id == wanted), None)
    if found is None:
        raise Missing
    return found
