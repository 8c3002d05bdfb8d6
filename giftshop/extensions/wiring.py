"""Puts extensions onto the app."""

from __future__ import annotations

from flask_babel import ngettext

from giftshop import cards
from giftshop.extensions import queries, service
from giftshop.extensions.views import DESK, READERS, bp
from giftshop.kernel.locale import N_
from giftshop.kernel.role import StaffRole
from giftshop.payments import PaymentReversed, PaymentSettled
from giftshop.web import GiftShop, MenuItem, Waiting, shown_count


def init_app(app: GiftShop) -> None:
    """Add the pages, and what is heard of the money."""
    app.register_blueprint(bp)
    app.events.subscribe(PaymentSettled, service.settle)
    app.events.subscribe(PaymentReversed, service.undo)
    cards.add_programme_page(app, MenuItem(N_("More time"), "extensions.start", frozenset(READERS), icon="calendar"))
    hint = N_("What firms have extended, and fees that are to be paid back.")
    app.menu.append(MenuItem(N_("Extensions"), "extensions.desk", frozenset(DESK), 43, "calendar", hint))
    finance = frozenset({StaffRole.FINANCE})
    app.waiting.append(
        Waiting(finance, lambda reader, _person: queries.left_over_count(reader), _words, "extensions.desk")
    )


def _words(count: int) -> str:
    return str(
        ngettext(
            "%(count)s extension has a fee to give back",
            "%(count)s extensions have a fee to give back",
            count,
            count=shown_count(count),
        )
    )
