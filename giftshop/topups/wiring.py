"""Puts top-ups onto the app."""

from __future__ import annotations

from flask_babel import ngettext

from giftshop import cards
from giftshop.kernel.locale import N_
from giftshop.kernel.role import StaffRole
from giftshop.notifications import add_samples
from giftshop.payments import PaymentDisputed, PaymentReversed, PaymentSettled
from giftshop.topups import jobs, queries, service
from giftshop.topups.samples import samples
from giftshop.topups.views import DESK, READERS, bp
from giftshop.web import GiftShop, MenuItem, Waiting, shown_count


def init_app(app: GiftShop) -> None:
    """Add the pages, the job that fills cards, and what is heard of the money."""
    add_samples(app, "topups", samples())
    app.register_blueprint(bp)
    app.jobs.register(service.FILL, jobs.put_on_cards)
    app.jobs.register(service.TELL, jobs.tell)
    app.jobs.register(jobs.STOP, jobs.stop)
    app.events.subscribe(PaymentSettled, service.settle)
    app.events.subscribe(PaymentReversed, service.undo)
    app.events.subscribe(PaymentDisputed, jobs.note_dispute)
    cards.add_value_page(app, MenuItem(N_("Top up cards"), "topups.start", frozenset(READERS), icon="plus"))
    hint = N_("What firms have put on cards afterwards, and what is to be paid back of it.")
    app.menu.append(MenuItem(N_("Top-ups"), "topups.desk", frozenset(DESK), 42, "gift-card", hint))
    finance = frozenset({StaffRole.FINANCE})
    app.waiting.append(
        Waiting(finance, lambda reader, _person: queries.to_give_back_count(reader), _words, "topups.desk")
    )


def _words(count: int) -> str:
    return str(
        ngettext(
            "%(count)s top-up has money to give back",
            "%(count)s top-ups have money to give back",
            count,
            count=shown_count(count),
        )
    )
