"""Nominating through a campaign's link, without a login. It shows a form, and nothing of anybody on the list."""

from __future__ import annotations

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from giftshop import accounts
from giftshop.campaigns import nominating, queries
from giftshop.campaigns.forms import LinkForm
from giftshop.campaigns.links import NominationLink
from giftshop.campaigns.models import Campaign
from giftshop.campaigns.views.blueprint import bp
from giftshop.campaigns.views.common import terms, today
from giftshop.campaigns.views.nominating import nomination_in, offer_groups
from giftshop.kernel import clock
from giftshop.kernel.actor import VISITOR
from giftshop.kernel.errors import Refused
from giftshop.web import allow, anyone, current_shop, reader, transact
from giftshop.web.forms import typed

THANKED = "nominated"
"""In the session: the name that was just handed in, for the page that says thank you."""


@bp.get("/n/<secret>")
@allow(anyone)
def by_link(secret: str) -> ResponseReturnValue:
    """The campaign's form."""
    campaign = _linked(secret)
    return _page(campaign, _form(campaign), thanked=session.pop(THANKED, None))


@bp.post("/n/<secret>")
@allow(anyone)
def nominate_by_link(secret: str) -> ResponseReturnValue:
    """Somebody handed in: so many from one network, and no more."""
    campaign = _linked(secret)
    form = _form(campaign)
    network = accounts.network_of(request.remote_addr)
    transact(nominating.book_try, network, at=clock.now())
    nominating.refuse_too_many(reader(), network, at=clock.now())
    if form.validate():
        try:
            transact(
                nominating.nominate_by_link,
                campaign.id,
                campaign.firm_id,
                nomination_in(form, nominator=typed(form.nominator).strip()),
                is_declared=bool(form.declared.data),
                terms=terms(),
                by=VISITOR,
                at=clock.now(),
            )
            session[THANKED] = typed(form.name).strip()
            return redirect(url_for("campaigns.by_link", secret=secret), 303)
        except Refused as refusal:
            form.refuse(refusal)
    return _page(campaign, form)


def _linked(secret: str) -> Campaign:
    """Return the campaign of a link. Raises LinkNotThere; a forged one asks the database nothing."""
    link = NominationLink.read(secret, current_shop().settings.link_key)
    return queries.campaign_of_link(reader(), link, today=today())


def _form(campaign: Campaign) -> LinkForm:
    form = LinkForm()
    offer_groups(form, campaign)
    return form


def _page(campaign: Campaign, form: LinkForm, *, thanked: str | None = None) -> ResponseReturnValue:
    firm = accounts.firm(reader(), campaign.firm_id)
    shown = render_template("campaigns/by_link.html", campaign=campaign, firm=firm, form=form, thanked=thanked)
    return shown, 422 if form.has_errors else 200
