"""Puts payments onto the app."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial

from flask import url_for
from flask_babel import ngettext

from giftshop.db import Reader
from giftshop.jobs import JobRun
from giftshop.kernel.actor import Actor
from giftshop.kernel.locale import N_
from giftshop.kernel.role import StaffRole
from giftshop.payments import card_views, inbox, jobs, queries, refunds, service
from giftshop.payments.desk import StripeDesk, desk_for_jobs
from giftshop.payments.models import Payment
from giftshop.payments.queries import PaymentView
from giftshop.payments.views import bp
from giftshop.web import FEW, GiftShop, MenuItem, Piece, Place, Waiting, shown_count
from giftshop.web.filters import money


def init_app(app: GiftShop) -> None:
    """Add the desk of finance, the way to pay by card, and the jobs that talk with Stripe."""
    app.register_blueprint(bp)
    app.register_blueprint(card_views.bp)
    app.extensions["csrf"].exempt(card_views.webhook)  # signed by Stripe, and the only form without a token of ours
    _add_jobs(app)
    finance = frozenset({StaffRole.FINANCE})
    hint = N_("Find a transfer by its reference, mark it as received, and see what was paid by card.")
    app.menu.append(MenuItem(N_("Payments"), "payments.index", finance, 30, "receipt", hint))
    app.waiting.append(
        Waiting(
            finance,
            _of_all(queries.expected_count),
            _expected,
            "payments.index",
            icon="receipt",
            first=_first(PaymentView.EXPECTED),
        )
    )
    app.places["payment"] = Place("payments.show", _by_id)
    look = {"state": PaymentView.TROUBLED.value}
    app.waiting.append(
        Waiting(
            finance,
            _of_all(queries.troubled_count),
            _troubled,
            "payments.index",
            look,
            icon="alert-triangle",
            is_pressing=True,
            first=_first(PaymentView.TROUBLED),
        )
    )


def _add_jobs(app: GiftShop) -> None:
    settings = app.settings

    def desk() -> StripeDesk:
        if settings.stripe is None:
            raise RuntimeError("card payments were begun with an account that is no longer set up")
        return desk_for_jobs(settings.stripe)

    def send_refund(run: JobRun) -> None:
        jobs.send_refund(run, desk=desk)

    app.jobs.register(service.LOOK, partial(jobs.look, desk=desk, time_zone=settings.time_zone))
    app.jobs.register(refunds.SEND, send_refund)
    app.jobs.register(inbox.WORK, partial(jobs.take_event, time_zone=settings.time_zone))
    app.rounds.append(jobs.reconcile)


def _piece(payment: Payment) -> Piece:
    where = url_for("payments.show", reference=payment.reference)
    about = " · ".join(filter(None, (payment.payer, money(payment.amount))))
    return Piece(payment.reference, where, about, payment.created_at)


def _first(view: PaymentView) -> Callable[[Reader, Actor], Sequence[Piece]]:
    return lambda reader, _person: [_piece(each) for each in queries.oldest_in_view(reader, view, limit=FEW)]


def _by_id(reader: Reader, ids: Collection[int]) -> dict[int, Piece]:
    return {key: _piece(payment) for key, payment in queries.payments_by_id(reader, ids).items()}


def _of_all(count: Callable[[Reader], int]) -> Callable[[Reader, Actor], int]:
    return lambda reader, _person: count(reader)


def _expected(count: int) -> str:
    words = ngettext(
        "%(count)s transfer is expected", "%(count)s transfers are expected", count, count=shown_count(count)
    )
    return str(words)


def _troubled(count: int) -> str:
    words = ngettext(
        "%(count)s card payment to check", "%(count)s card payments to check", count, count=shown_count(count)
    )
    return str(words)
