"""Stripe, as we need it: open, look at and close a page to pay on; give money back. Never inside a transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, Literal, TypeVar

import requests
import stripe
import structlog

from giftshop.config import STRIPE_API, StripeAccount
from giftshop.kernel.money import Money
from giftshop.payments.errors import CardsAway
from giftshop.payments.rules import SeenRefund, SeenSession

Answer = TypeVar("Answer")
log = structlog.get_logger()
PAGE_SECONDS: Final = 4.0
"""How long somebody's page waits for Stripe."""
JOB_SECONDS: Final = 10.0
JOB_RETRIES: Final = 2
_LOCALES: Final[dict[str, Literal["en", "zh"]]] = {"en": "en", "zh_Hans": "zh"}


class StripeRefuses(Exception):
    """Stripe understood and will not: asking again the same way helps nothing. `code` is its word for why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Opening:
    """What a page to pay on is opened with. Sent again under the same key, it opens none besides."""

    key: str
    reference: str
    about: str
    amount: Money
    locale: str
    success_url: str
    cancel_url: str
    expires_at: datetime


class StripeDesk:
    """One account at Stripe. Raises CardsAway where it does not answer in time, StripeRefuses where it says no."""

    def __init__(self, account: StripeAccount, *, seconds: float, retries: int) -> None:
        """Take the account, how long one call may take, and how often the library tries again by itself."""
        session = requests.Session()
        session.trust_env = account.api_base == STRIPE_API  # a proxy of this machine's is no way to this machine
        self._client = stripe.StripeClient(
            account.secret_key,
            base_addresses={"api": account.api_base},
            max_network_retries=retries,
            http_client=stripe.RequestsClient(timeout=seconds, session=session),
        )

    def open(self, opening: Opening) -> SeenSession:
        """Open a page to pay on."""
        amount = opening.amount
        params: stripe.params.checkout.SessionCreateParams = {
            "mode": "payment",
            "allowed_payment_method_types": ["card"],
            "client_reference_id": opening.key,
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {
                        "currency": amount.currency.lower(),
                        "unit_amount": amount.amount_minor,
                        "product_data": {"name": opening.about},
                    },
                }
            ],
            "metadata": {"payment": opening.reference},
            "payment_intent_data": {
                "description": f"{opening.about} · {opening.reference}",
                "metadata": {"payment": opening.reference},
            },
            "expires_at": int(opening.expires_at.timestamp()),
            "success_url": opening.success_url,
            "cancel_url": opening.cancel_url,
            "locale": _LOCALES[opening.locale],
        }
        options: stripe.RequestOptions = {"idempotency_key": f"open-{opening.key}"}
        return SeenSession.read(self._ask(lambda: self._client.v1.checkout.sessions.create(params, options)))

    def look_at(self, session_id: str) -> SeenSession:
        """Look at a page to pay on."""
        return SeenSession.read(self._ask(lambda: self._client.v1.checkout.sessions.retrieve(session_id)))

    def close(self, session_id: str) -> SeenSession:
        """Close a page to pay on; one that was paid or closed before is returned as it is."""
        try:
            return SeenSession.read(self._ask(lambda: self._client.v1.checkout.sessions.expire(session_id)))
        except StripeRefuses:
            return self.look_at(session_id)

    def give_back(self, intent: str, amount: Money, key: str) -> SeenRefund:
        """Give back what came by `intent`. Sent again under the same key, it goes back once."""
        params: stripe.params.RefundCreateParams = {
            "payment_intent": intent,
            "amount": amount.amount_minor,
            "metadata": {"refund": key},
        }
        options: stripe.RequestOptions = {"idempotency_key": f"refund-{key}"}
        return SeenRefund.read(self._ask(lambda: self._client.v1.refunds.create(params, options)))

    def refund_with(self, intent: str, key: str) -> SeenRefund | None:
        """Return the refund that we called `key`, or None: what was asked for long ago, or what came of it since."""
        found = self._ask(lambda: self._client.v1.refunds.list({"payment_intent": intent, "limit": 100}))
        seen = (SeenRefund.read(each) for each in found["data"])
        return next((refund for refund in seen if refund.key == key), None)

    def _ask(self, call: Callable[[], Any]) -> dict[str, Any]:
        try:
            answer: dict[str, Any] = call().to_dict()
        except (stripe.InvalidRequestError, stripe.CardError) as error:
            raise StripeRefuses(error.code or "invalid_request") from error
        except stripe.StripeError as error:
            log.warning("stripe away", error=type(error).__name__, status=error.http_status)
            raise CardsAway from error
        return answer


@lru_cache(maxsize=4)
def desk_for_pages(account: StripeAccount) -> StripeDesk:
    """Return the desk for pages: one short try."""
    return StripeDesk(account, seconds=PAGE_SECONDS, retries=0)


@lru_cache(maxsize=4)
def desk_for_jobs(account: StripeAccount) -> StripeDesk:
    """Return the desk for jobs, which may wait and try again."""
    return StripeDesk(account, seconds=JOB_SECONDS, retries=JOB_RETRIES)
