"""Nominating by a page, and looking at who was nominated."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from giftshop import accounts
from giftshop.campaigns import nominating, queries
from giftshop.campaigns.forms import NominateForm
from giftshop.campaigns.models import Campaign
from giftshop.campaigns.nominating import Nomination
from giftshop.campaigns.presenting import NOMINEE_WORDS
from giftshop.campaigns.rules import Influence, NomineeState
from giftshop.campaigns.views.blueprint import bp
from giftshop.campaigns.views.common import SEE_ALL, involved, nominators, own, own_firm, page, terms
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.kernel.market import Counterparty
from giftshop.web import actor, allow, reader, transact
from giftshop.web.forms import typed


@bp.route("/campaigns/<int:campaign_id>/nominate", methods=["GET", "POST"])
@allow(nominators)
def nominate(campaign_id: int) -> ResponseReturnValue:
    """The campaign's form, for somebody with a login."""
    campaign = own(campaign_id)
    form = NominateForm()
    offer_groups(form, campaign)
    if form.validate_on_submit():
        try:
            transact(
                nominating.nominate,
                campaign_id,
                own_firm(),
                nomination_in(form),
                is_declared=bool(form.declared.data),
                terms=terms(),
                by=actor(),
                at=clock.now(),
            )
            flash(_("%(name)s is nominated, and waits for the service manager.", name=form.name.data), "success")
            return redirect(url_for("campaigns.nominate", campaign_id=campaign_id))
        except Refused as refusal:
            form.refuse(refusal)
    return page(campaign, "nominate.html", form=form)


@bp.get("/campaigns/<int:campaign_id>/people")
@allow(involved)
def people(campaign_id: int) -> ResponseReturnValue:
    """Who was nominated, and what each reviewer said: everybody's for reviewers, one's own for a nominator."""
    campaign = own(campaign_id)
    asked = request.args.get("state")
    state = NomineeState(asked) if asked in set(NomineeState) else None
    sees_all = actor().has(*SEE_ALL)
    found = queries.entries_page(
        reader(),
        campaign_id,
        state=state,
        nominated_by=None if sees_all else actor().id,
        after=request.args.get("after"),
    )
    reviews = queries.reviews_by_nominee(reader(), [entry.nominee.id for entry in found.rows])
    ids = {review.by for said in reviews.values() for review in said}
    ids |= {entry.nominee.nominated_by for entry in found.rows if entry.nominee.nominated_by}
    return page(
        campaign,
        "people.html",
        page=found,
        state=state,
        views=_views(campaign_id, state, sees_all=sees_all),
        reviews=reviews,
        users=accounts.users_by_id(reader(), ids),
        groups={group.id: group for group in queries.groups_of(reader(), campaign_id)},
        grades={grade.id: grade for grade in queries.grades_of(reader(), campaign_id)},
    )


def _views(campaign_id: int, state: NomineeState | None, *, sees_all: bool) -> list[tuple[str, str, int | None, bool]]:
    """Return a view for all, and one for each state; with counts for whoever sees everybody."""
    counts = queries.counts_by_state(reader(), campaign_id) if sees_all else None
    shown: list[tuple[NomineeState | None, str]] = [(None, _("All"))]
    shown += [(each, _(words)) for each, words in NOMINEE_WORDS.items()]
    return [
        (
            words,
            url_for("campaigns.people", campaign_id=campaign_id, state=each),
            None if counts is None else counts.get(each, 0) if each else sum(counts.values()),
            each is state,
        )
        for each, words in shown
    ]


def offer_groups(form: NominateForm, campaign: Campaign) -> None:
    """Let a form choose among the campaign's groups."""
    groups = queries.groups_of(reader(), campaign.id)
    form.group.choices = [
        SelectChoice("", _("Choose …")),
        *(SelectChoice(str(group.id), group.name) for group in groups),
    ]


def nomination_in(form: NominateForm, *, nominator: str = "") -> Nomination:
    """Return what was filled in. The kind of client is what the chosen group is called."""
    return Nomination(
        group_id=int(form.group.data),
        kind="",
        name=typed(form.name).strip(),
        address=typed(form.address).strip(),
        phone=typed(form.phone).strip(),
        organisation=typed(form.organisation).strip(),
        counterparty=Counterparty(form.counterparty.data),
        influence=Influence(form.influence.data),
        reason=typed(form.reason).strip(),
        nominator=nominator,
    )
