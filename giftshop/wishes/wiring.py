"""Puts favourites, lists and comparisons onto the app."""

from __future__ import annotations

from giftshop.kernel.locale import N_
from giftshop.kernel.role import MemberRole
from giftshop.web import GiftShop, Inverse, MenuItem
from giftshop.wishes import kept, privacy, service, showing
from giftshop.wishes.views import bp
from giftshop.wishes.views.blueprint import firm


def init_app(app: GiftShop) -> None:
    """Add the pages, and let every template ask `wishes` what is a favourite."""
    app.register_blueprint(bp)
    app.before_request(showing.carry_over)
    app.after_request(kept.remember)
    app.jinja_env.globals["wishes"] = showing.OnPage()
    app.inverses["wishes.take_out"] = Inverse(service.put_back, (firm,), N_("The gift is on the list again."))
    app.inverses["wishes.drop"] = Inverse(service.bring_back, (firm,), N_("The list is back as it was."))
    app.erasers += privacy.erasers(app.settings.retention)
    hint = N_("Keep gifts while you decide, compare them, and show a list to whoever decides with you.")
    app.menu.append(MenuItem(N_("Favourites and lists"), "wishes.index", frozenset(MemberRole), 13, "heart", hint))
