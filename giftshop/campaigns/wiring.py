"""Puts campaigns onto the app, and says what they are supplied by."""

from __future__ import annotations

from giftshop.campaigns import erasing, privacy
from giftshop.campaigns.by_gift_set import ByGiftSet
from giftshop.campaigns.supply import supply_from
from giftshop.campaigns.views import bp
from giftshop.campaigns.views.common import SEE_ALL
from giftshop.campaigns.waiting import WAITING
from giftshop.kernel.locale import N_
from giftshop.kernel.role import MemberRole
from giftshop.web import GiftShop, MenuItem


def init_app(app: GiftShop) -> None:
    """Add the pages of campaigns; their gifts are gift sets until somebody supplies others."""
    app.register_blueprint(bp)
    app.erasers += privacy.erasers(app.settings.retention, zone=app.settings.time_zone)
    supply_from(app, ByGiftSet(parcel_limit_g=app.settings.parcel_limit_g))
    app.jobs.register(erasing.FORGET, erasing.forget)
    roles = frozenset({MemberRole.NOMINATOR, *SEE_ALL})
    hint = N_("From the first nomination to the last gift: reviews, budget, result.")
    app.menu.append(MenuItem(N_("Campaigns"), "campaigns.index", roles, 15, "gift", hint))
    app.waiting.extend(WAITING)
