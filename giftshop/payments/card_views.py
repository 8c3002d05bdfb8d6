"""Where Stripe's news comes in, and where payers come back to."""

from __future__ import annotations

from typing import Any, Final

import stripe
import structlog
from flask import Blueprint, abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from giftshop.kernel import clock
from giftshop.kernel.errors import Missing
from giftshop.payments import inbox
from giftshop.payments.models import Checkout, Payment
from giftshop.payments.paying import look_now
from giftshop.payments.rules import LIVE_CHECKOUTS, CheckoutState, PaymentState
from giftshop.web import allow, anyone, current_shop, reader, transact

bp = Blueprint("card_payments", __name__)
log = structlog.get_logger()
TOLERANCE_SECONDS: Final = 300
"""A webhook that was signed longer ago is stale: somebody may have kept it to send it again."""
MOST_BYTES: Final = 512 * 1024


@bp.post("/stripe/webhook")
@allow(anyone)
def webhook() -> ResponseReturnValue:
    """Verify the raw body, keep it under its event's id, promise the work, and answer."""
    account = current_shop().settings.stripe
    if account is None or not account.webhook_secret:
        abort(404)
    if (request.content_length or 0) > MOST_BYTES:
        abort(413)
    try:
        event: dict[str, Any] = stripe.Webhook.construct_event(
            request.get_data(), request.headers.get("Stripe-Signature", ""), account.webhook_secret, TOLERANCE_SECONDS
        ).to_dict()
    except (ValueError, stripe.SignatureVerificationError):
        log.warning("webhook refused")
        return "", 400
    subject = (event.get("data") or {}).get("object")
    if event.get("type") in inbox.WANTED_NEWS and isinstance(event.get("id"), str) and isinstance(subject, dict):
        transact(inbox.take_in, event["id"], event["type"], subject, at=clock.now())
    return "", 200


@bp.get("/pay/<secret>")
@allow(anyone)
def landing(secret: str) -> ResponseReturnValue:
    """Whoever comes back from the page to pay on: look at what Stripe knows, and go on where they began."""
    checkout = reader().scalar(select(Checkout).where(Checkout.key == secret))
    if checkout is None:
        raise Missing
    checkout = look_now(checkout)
    payment = reader().get_one(Payment, checkout.payment_id)
    if checkout.state is CheckoutState.PAID and payment.state is PaymentState.SETTLED:
        flash(_("Thank you. Your card payment has arrived."), "success")
    elif checkout.state is CheckoutState.PAID:
        flash(_("Nothing was to be paid any more. Your card payment goes back to your card, whole."), "info")
    elif checkout.state in LIVE_CHECKOUTS:
        flash(_("We are waiting for your card's bank to confirm. Please load this page again in a minute."), "info")
    else:
        flash(_("Your card was not charged: the page to pay on had closed."), "info")
        return redirect(checkout.cancel_to, 303)
    return redirect(checkout.return_to, 303)
