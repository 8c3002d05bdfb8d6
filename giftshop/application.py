"""The application factory: a list of what is set up, and of the features."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Final

from giftshop.config import Mode, Settings
from giftshop.schema import refuse_another_mode
from giftshop.web import GiftShop
from giftshop.web.logs import configure

ROOT: Final = Path(__file__).resolve().parent.parent

FEATURES: Final = (
    "giftshop.web",
    "giftshop.schema",
    "giftshop.notifications",
    "giftshop.accounts",
    "giftshop.catalogue",
    "giftshop.stock",
    "giftshop.branding",
    "giftshop.giftsets",
    "giftshop.payments",
    "giftshop.cards",
    "giftshop.fulfilment",
    "giftshop.production",
    "giftshop.orders",
    "giftshop.redemption",
    "giftshop.desks",
    "giftshop.demo",
)
"""Packages whose `wiring.init_app(app)` puts them onto the app, in the order of the layers."""


def create_app(settings: Settings | None = None) -> GiftShop:
    """Return a ready application with `settings`, or with those of the environment."""
    settings = settings or Settings.from_environ(os.environ)
    if settings.mode is not Mode.TEST:
        configure(readable=settings.is_demo)
    app = GiftShop.build(settings, str(ROOT))
    app.testing = settings.mode is Mode.TEST
    for wiring in import_features():
        wiring.init_app(app)
    return app


def open_shop() -> GiftShop:
    """Return the application of the environment, for people to use. Refuses a database made for another mode."""
    app = create_app()
    refuse_another_mode(app.database, app.settings.mode)
    return app


def import_features() -> list[ModuleType]:
    """Return the wiring of every feature, importing its tables with it."""
    return [import_module(f"{feature}.wiring") for feature in FEATURES]
