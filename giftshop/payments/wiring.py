"""Puts payments onto the app."""

from __future__ import annotations

from flask_babel import ngettext

from giftshop.db import Reader
from giftshop.kernel.actor import Actor
from giftshop.kernel.locale import N_
from giftshop.kernel.role import StaffRole
from giftshop.payments import queries
from giftshop.payments.views import bp
from giftshop.web import GiftShop, MenuItem, Waiting, shown_count


def init_app(app: GiftShop) -> None:
    """Add the desk of finance."""
    app.register_blueprint(bp)
    finance = frozenset({StaffRole.FINANCE})
    hint = N_("Find a transfer by its reference, and mark it as received.")
    app.menu.append(MenuItem(N_("Payments"), "payments.index", finance, 30, "receipt", hint))
    app.waiting.append(Waiting(finance, _expected, _expected_words, "payments.index", icon="receipt"))


def _expected(reader: Reader, _person: Actor) -> int:
    return queries.expected_count(reader)


def _expected_words(count: int) -> str:
    words = ngettext(
        "%(count)s transfer is expected", "%(count)s transfers are expected", count, count=shown_count(count)
    )
    return str(words)
