"""Puts logos onto the app."""

from __future__ import annotations

from giftshop.branding.pages import logo_url, logo_warnings
from giftshop.branding.views import bp
from giftshop.web import GiftShop


def init_app(app: GiftShop) -> None:
    """Serve logos, and let every template write `logo_url(logo)` and `logo_warnings(logo)`."""
    app.register_blueprint(bp)
    app.jinja_env.globals.update(logo_url=logo_url, logo_warnings=logo_warnings)
