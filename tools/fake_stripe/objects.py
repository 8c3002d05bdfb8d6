"""Stripe's objects as far as the site, or somebody who looks at them, needs them."""

from __future__ import annotations

import secrets
import string
from typing import Any

Thing = dict[str, Any]
API_VERSION = "2026-10-28.endive"
_LETTERS = string.ascii_letters + string.digits


def new_id(prefix: str) -> str:
    """Return an id such as Stripe makes them: `cs_test_…`."""
    return f"{prefix}_{''.join(secrets.choice(_LETTERS) for _ in range(24))}"


def session(params: Thing, now: int) -> Thing:
    """A Checkout Session that was just opened; its address is filled in when it is shown."""
    item = params["line_items"]["0"]
    price = item["price_data"]
    total = int(price["unit_amount"]) * int(item.get("quantity", 1))
    return {
        "id": new_id("cs_test"),
        "object": "checkout.session",
        "amount_subtotal": total,
        "amount_total": total,
        "cancel_url": params.get("cancel_url"),
        "client_reference_id": params.get("client_reference_id"),
        "created": now,
        "currency": price["currency"],
        "customer": None,
        "customer_details": None,
        "expires_at": int(params.get("expires_at", now + 86400)),
        "livemode": False,
        "locale": params.get("locale"),
        "metadata": params.get("metadata", {}),
        "mode": "payment",
        "payment_intent": None,
        "payment_method_types": ["card"],
        "payment_status": "unpaid",
        "status": "open",
        "success_url": params["success_url"],
        "url": None,
    }


def intent(opened: Thing, params: Thing, now: int) -> Thing:
    """A PaymentIntent that succeeded, for a session."""
    of_intent = params.get("payment_intent_data", {})
    return {
        "id": new_id("pi"),
        "object": "payment_intent",
        "amount": opened["amount_total"],
        "amount_received": opened["amount_total"],
        "canceled_at": None,
        "capture_method": "automatic",
        "created": now,
        "currency": opened["currency"],
        "description": of_intent.get("description"),
        "latest_charge": None,
        "livemode": False,
        "metadata": of_intent.get("metadata", {}),
        "payment_method_types": ["card"],
        "status": "succeeded",
    }


def charge(paid: Thing, number: str, now: int) -> Thing:
    """The charge of a PaymentIntent."""
    return {
        "id": new_id("ch"),
        "object": "charge",
        "amount": paid["amount"],
        "amount_captured": paid["amount"],
        "amount_refunded": 0,
        "captured": True,
        "created": now,
        "currency": paid["currency"],
        "description": paid["description"],
        "disputed": False,
        "livemode": False,
        "metadata": paid["metadata"],
        "paid": True,
        "payment_intent": paid["id"],
        "payment_method_details": {"type": "card", "card": {"brand": "visa", "last4": number[-4:]}},
        "refunded": False,
        "status": "succeeded",
    }


def refund(charged: Thing, amount: int, metadata: Thing, status: str, now: int) -> Thing:
    """A refund of a charge."""
    return {
        "id": new_id("re"),
        "object": "refund",
        "amount": amount,
        "charge": charged["id"],
        "created": now,
        "currency": charged["currency"],
        "metadata": metadata,
        "payment_intent": charged["payment_intent"],
        "reason": None,
        "status": status,
    }


def dispute(charged: Thing, now: int) -> Thing:
    """What a payer's bank begins when it asks for a charge back."""
    return {
        "id": new_id("dp"),
        "object": "dispute",
        "amount": charged["amount"],
        "charge": charged["id"],
        "created": now,
        "currency": charged["currency"],
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
        "payment_intent": charged["payment_intent"],
        "reason": "fraudulent",
        "status": "needs_response",
    }


def event(kind: str, about: Thing, now: int) -> Thing:
    """A piece of news, with what it is about as it is at this moment."""
    return {
        "id": new_id("evt"),
        "object": "event",
        "api_version": API_VERSION,
        "created": now,
        "data": {"object": about},
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": new_id("req"), "idempotency_key": None},
        "type": kind,
    }


def error(message: str, *, kind: str = "invalid_request_error", code: str | None = None) -> Thing:
    """What is answered instead of a thing."""
    return {"error": {"type": kind, "code": code, "message": message, "param": None}}
