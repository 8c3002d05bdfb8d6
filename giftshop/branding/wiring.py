"""Puts logos and brand kits onto the app."""

from __future__ import annotations

from giftshop.branding import kit_views, service
from giftshop.branding.pages import logo_url, logo_warnings
from giftshop.branding.privacy import erasers
from giftshop.branding.views import bp
from giftshop.kernel.locale import N_
from giftshop.kernel.role import MemberRole
from giftshop.web import GiftShop, Inverse, MenuItem, members

PAGES = (kit_views,)
"""Modules whose routes stand on the blueprint by being imported."""


def init_app(app: GiftShop) -> None:
    """Serve logos and the brand kit, and let every template write `logo_url(logo)` and `logo_warnings(logo)`."""
    app.register_blueprint(bp)
    app.erasers += erasers(app.settings.retention)
    app.jinja_env.globals.update(logo_url=logo_url, logo_warnings=logo_warnings)
    hint = N_("Logos, your colour, lettering, and what your cards say for each occasion.")
    app.menu.append(MenuItem(N_("Brand"), "branding.kit", frozenset(MemberRole), 14, "paint", hint))
    buyers = (members(MemberRole.BUYER),)
    app.inverses["branding.retire_logo"] = Inverse(service.restore_logo, buyers, N_("The logo is there again."))
