"""Erasing a campaign's people once it is over."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from giftshop.campaigns import erasing
from giftshop.campaigns.views.blueprint import bp
from giftshop.campaigns.views.common import own_firm, zone
from giftshop.kernel import clock
from giftshop.kernel.errors import Refused
from giftshop.kernel.role import MemberRole
from giftshop.web import actor, allow, members, say, transact


@bp.post("/campaigns/<int:campaign_id>/erase")
@allow(members(MemberRole.PLANNING, MemberRole.ADMINISTRATOR))
def erase(campaign_id: int) -> ResponseReturnValue:
    """Erase who its people were; its figures stand."""
    try:
        transact(erasing.erase, campaign_id, own_firm(), zone=zone(), by=actor(), at=clock.now())
        flash(_("The people of this campaign are erased. Its figures remain."), "success")
    except Refused as refusal:
        flash(say(refusal), "error")
    return redirect(url_for("campaigns.show", campaign_id=campaign_id))
