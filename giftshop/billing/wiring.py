"""Puts papers about money onto the app."""

from __future__ import annotations

from functools import partial

from giftshop import orders
from giftshop.billing import cli, issuing
from giftshop.billing.samples import samples
from giftshop.billing.views import DESK, FIRM, bp
from giftshop.kernel.locale import N_
from giftshop.payments import MoneyPaidBack, PaymentReversed, PaymentSettled
from giftshop.web import GiftShop, MenuItem


def init_app(app: GiftShop) -> None:
    """Add the pages, and have papers issued in the transaction that moves the money."""
    settings = app.settings
    house = issuing.House(
        settings.site_name,
        settings.legal_name,
        settings.legal_footer,
        settings.hotline,
        settings.public_url,
        settings.time_zone,
    )
    app.register_blueprint(bp)
    app.sample_papers |= samples(house)
    app.cli.add_command(cli.commands(house))
    app.events.subscribe(PaymentSettled, partial(issuing.note_settled, house=house))
    app.events.subscribe(PaymentReversed, partial(issuing.note_reversed, house=house))
    app.events.subscribe(MoneyPaidBack, partial(issuing.note_paid_back, house=house))
    firm, desk = frozenset(FIRM), frozenset(DESK)
    for roles in (firm, desk):
        orders.add_paper(app, MenuItem(N_("Invoice and receipts"), "billing.of_order", roles, icon="receipt"))
    hint = N_("Invoices, receipts and statements of account.")
    app.menu.append(MenuItem(N_("Invoices and receipts"), "billing.index", firm, 44, "receipt", hint))
    hint = N_("Invoices and receipts of all firms, and their statements of account.")
    app.menu.append(MenuItem(N_("Invoices and receipts"), "billing.desk", desk, 44, "receipt", hint))
