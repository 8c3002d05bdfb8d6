"""Gifts handed over on site, on the phone of whoever hands them over."""

from __future__ import annotations

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop import accounts
from giftshop.campaigns import queries, visiting
from giftshop.campaigns.forms import HandOverForm
from giftshop.campaigns.rules import Handover, NomineeState
from giftshop.campaigns.views.blueprint import bp
from giftshop.campaigns.views.common import involved, overseers, own, own_firm, page
from giftshop.kernel import clock
from giftshop.kernel.errors import Missing, Refused
from giftshop.web import actor, allow, reader, transact
from giftshop.web.forms import typed


@bp.get("/campaigns/<int:campaign_id>/visits")
@allow(involved)
def visits(campaign_id: int) -> ResponseReturnValue:
    """Who is handed a gift when they visit: those who have none yet first."""
    campaign = own(campaign_id)
    groups = {
        group.id: group for group in queries.groups_of(reader(), campaign_id) if group.handover is Handover.ON_SITE
    }
    entries = queries.accepted_entries(reader(), campaign_id, group_ids=list(groups))
    handed = queries.handovers_of(reader(), campaign_id)
    return page(
        campaign,
        "visits.html",
        groups=groups,
        waiting=[entry for entry in entries if entry.nominee.id not in handed],
        done=[entry for entry in entries if entry.nominee.id in handed],
        handed=handed,
        users=accounts.users_by_id(reader(), {each.handed_by for each in handed.values()}),
    )


@bp.route("/campaigns/<int:campaign_id>/visits/<int:nominee_id>", methods=["GET", "POST"])
@allow(involved)
def visit(campaign_id: int, nominee_id: int) -> ResponseReturnValue:
    """Hand one gift over: a name, a signature drawn with the finger where there are scripts."""
    campaign = own(campaign_id)
    entry = queries.entry_of(reader(), campaign_id, nominee_id)
    group = next(each for each in queries.groups_of(reader(), campaign_id) if each.id == entry.nominee.group_id)
    if group.handover is not Handover.ON_SITE or entry.nominee.state is not NomineeState.ACCEPTED:
        raise Missing
    form = HandOverForm(received_by=entry.name)
    if form.validate_on_submit():
        try:
            transact(
                visiting.hand_over,
                campaign_id,
                own_firm(),
                nominee_id,
                received_by=typed(form.received_by),
                signature=visiting.signature_in(typed(form.signature)),
                by=actor(),
                at=clock.now(),
            )
            flash(_("%(name)s has the gift.", name=entry.name), "success")
            return redirect(url_for("campaigns.visits", campaign_id=campaign_id))
        except Refused as refusal:
            form.refuse(refusal)
    form.signature.data = form.signature.raw_data = None
    handed = queries.handovers_of(reader(), campaign_id).get(nominee_id)
    return page(campaign, "visit.html", form=form, entry=entry, group=group, handed=handed)


@bp.get("/campaigns/<int:campaign_id>/visits/<int:nominee_id>/signature.png")
@allow(overseers)
def signature(campaign_id: int, nominee_id: int) -> ResponseReturnValue:
    """The signature of whoever took a gift."""
    own(campaign_id)
    handed = queries.handovers_of(reader(), campaign_id).get(nominee_id)
    if handed is None or handed.signature is None:
        raise Missing
    return Response(handed.signature, mimetype="image/png", headers={"Cache-Control": "private, no-store"})
