"""Paying by card, for any room's pages: what is offered and why not, and the way to the page to pay on."""

from __future__ import annotations

from typing import Final

from flask import url_for

from giftshop.config import StripeAccount
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM, Actor
from giftshop.kernel.locale import N_
from giftshop.payments import checkouts, jobs
from giftshop.payments.desk import Opening, StripeRefuses, desk_for_pages
from giftshop.payments.errors import CardNotOffered, CardsAway, CheckoutOver
from giftshop.payments.models import Checkout, Payment
from giftshop.payments.rules import LIVE_CHECKOUTS, MOST_BY_CARD_MINOR, CheckoutState, NoCard, PaymentState
from giftshop.web import current_locale, current_shop, reader, transact

NO_CARD_WORDS: Final = {
    NoCard.NOT_SET_UP: "",
    NoCard.TRANSFER_ONLY: N_(
        "The rules for gift cards in this market ask a firm to pay this sum by bank transfer, so a card is not offered."
    ),
    NoCard.TOO_LARGE: N_("This sum is more than one card payment may carry, so it goes by bank transfer."),
}
"""What a page says where a card is not offered. A site that takes none has nothing to say."""


def why_no_card(payment: Payment) -> NoCard | None:
    """Return why a payment cannot be made by card, or None: it can."""
    if current_shop().settings.stripe is None:
        return NoCard.NOT_SET_UP
    if payment.transfer_only:
        return NoCard.TRANSFER_ONLY
    return NoCard.TOO_LARGE if payment.amount_minor > MOST_BY_CARD_MINOR else None


def offers_card(payment: Payment) -> bool:
    """Whether a payment that is expected can be made by card."""
    return payment.state is PaymentState.EXPECTED and why_no_card(payment) is None


def pay_by_card(payment_id: int, *, return_to: str, cancel_to: str, by: Actor) -> str:
    """Return the address of the page where a payment is paid by card; a second tap gets the first one's.

    `return_to` and `cancel_to` are paths of ours: where who has paid goes on, and who has not. The view redirects
    there with 303. Waits for Stripe a few seconds at most. Raises CardNotOffered, CardsAway, CheckoutOver, Missing,
    AlreadySettled, PaymentCancelled.
    """
    account = _account(payment_id)
    checkout = transact(
        checkouts.begin,
        payment_id,
        return_to=_own(return_to),
        cancel_to=_own(cancel_to),
        locale=current_locale(),
        by=by,
        at=clock.now(),
    )
    if checkout.state is CheckoutState.OPEN and checkout.url:
        return checkout.url
    opening = _opening(checkout, reader().get_one(Payment, payment_id))
    try:
        seen = desk_for_pages(account).open(opening)
    except StripeRefuses as refusal:
        transact(checkouts.expire, checkout.id, by=SYSTEM, at=clock.now())
        raise CardsAway from refusal
    url = transact(checkouts.note_opened, checkout.id, seen, at=clock.now())
    if url is None:
        raise CheckoutOver
    return url


def look_now(checkout: Checkout) -> Checkout:
    """Look at Stripe for somebody who has just come back, and return the checkout as it is then.

    Where Stripe does not answer in the time that a page may wait, the job that looks later is left to it.
    """
    account = current_shop().settings.stripe
    if account is None or checkout.session_id is None or checkout.state not in LIVE_CHECKOUTS:
        return checkout
    try:
        seen = desk_for_pages(account).look_at(checkout.session_id)
    except (CardsAway, StripeRefuses):
        transact(jobs.look_soon, checkout.id)
    else:
        at = clock.now()
        today = clock.local_day(at, current_shop().settings.time_zone)
        transact(jobs.believe, checkout.id, seen, today=today, at=at)
    return reader().get_one(Checkout, checkout.id)


def _account(payment_id: int) -> StripeAccount:
    account = current_shop().settings.stripe
    if account is None:
        raise CardNotOffered(reference=reader().get_one(Payment, payment_id).reference)
    return account


def _opening(checkout: Checkout, payment: Payment) -> Opening:
    site = current_shop().settings.public_url
    return Opening(
        key=checkout.key,
        reference=payment.reference,
        about=payment.about,
        amount=payment.amount,
        locale=checkout.locale,
        success_url=site + url_for("card_payments.landing", secret=checkout.key),
        cancel_url=site + checkout.cancel_to,
        expires_at=checkout.expires_at,
    )


def _own(path: str) -> str:
    """Refuse an address that is not a path of ours: what is written here a browser is sent to."""
    if not path.startswith("/") or path.startswith("//") or "\\" in path:
        raise ValueError("a path of this site's is needed")
    return path
