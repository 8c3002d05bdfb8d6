"""The application factory: a list of what is set up, and of the features."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from itertools import pairwise
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
    "giftshop.tabular",
    "giftshop.notifications",
    "giftshop.alarms",
    "giftshop.onetime",
    "giftshop.accounts",
    "giftshop.ledger",
    "giftshop.catalogue",
    "giftshop.stock",
    "giftshop.branding",
    "giftshop.giftsets",
    "giftshop.shop",
    "giftshop.wishes",
    "giftshop.payments",
    "giftshop.cards",
    "giftshop.fulfilment",
    "giftshop.production",
    "giftshop.ecards",
    "giftshop.orders",
    "giftshop.redemption",
    "giftshop.campaigns",
    "giftshop.extensions",
    "giftshop.topups",
    "giftshop.hotline",
    "giftshop.liability",
    "giftshop.billing",
    "giftshop.brochures",
    "giftshop.desks",
    "giftshop.safekeeping",
    "giftshop.privacy",
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
    app.anew = create_app
    for wiring in import_features():
        wiring.init_app(app)
    return app


def open_shop() -> GiftShop:
    """Return the application of the environment, for people to use. Refuses a database made for another mode.

    `flask … demo …` is the demonstration without being told so; where the environment says another mode, that holds.
    """
    told = {"GIFTSHOP_MODE": Mode.DEMO.value} if is_demo_command(sys.argv) else {}
    app = create_app(Settings.from_environ({**told, **os.environ}))
    refuse_another_mode(app.database, app.settings.mode)
    return app


def is_demo_command(argv: Sequence[str]) -> bool:
    """Whether a command line (program first) is Flask's with a command of the demonstration: `flask … demo …`."""
    program, *words = argv or [""]
    if Path(program).stem not in {"flask", "__main__"}:
        return False
    commands = [word for before, word in pairwise(["", *words]) if before not in {"--app", "-A", "-e", "--env-file"}]
    return next((word for word in commands if not word.startswith("-")), "") == "demo"


def import_features() -> list[ModuleType]:
    """Return the wiring of every feature, importing its tables with it."""
    return [import_module(f"{feature}.wiring") for feature in FEATURES]
