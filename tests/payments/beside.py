"""The stand-in for Stripe as a program beside a test: what the test asks of it, and the post that it carries."""

from __future__ import annotations

import json
import secrets
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from giftshop.config import StripeAccount
from tests.processes import ROOT
from tools.fake_stripe.courier import signed
from tools.services import Service, Services, free_port

WEBHOOK = "/stripe/webhook"
News = dict[str, Any]


@dataclass(frozen=True)
class StripeBeside:
    """A running stand-in."""

    account: StripeAccount

    def control(self, switch: str, **wish: Any) -> Any:
        """Ask for something that only a test may ask for."""
        request = urllib.request.Request(
            f"{self.account.api_base}/_control/{switch}",
            json.dumps(wish).encode(),
            {"Authorization": f"Bearer {self.account.secret_key}", "Content-Type": "application/json"},
        )
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with direct.open(request, timeout=30) as answer:
            return json.loads(answer.read())["result"]

    def pay(self, url: str, number: str = "4242424242424242") -> News:
        """Let somebody pay on the page at `url`. Returns the session."""
        paid: News = self.control("pay", session=session_in(url), number=number)
        return paid

    def everything(self, table: str) -> list[News]:
        """All of a kind that it knows, oldest first: sessions, charges, refunds, events."""
        found: list[News] = self.control("everything")[table]
        return found

    def news_of(self, url: str) -> list[News]:
        """The events about the session of a page to pay on, and what was paid there, in their order."""
        session_id = session_in(url)
        intents = {each["payment_intent"] for each in self.everything("sessions") if each["id"] == session_id} - {None}
        return [
            event
            for event in self.everything("events")
            if event["data"]["object"]["id"] == session_id or event["data"]["object"].get("payment_intent") in intents
        ]

    def post(self, client: FlaskClient, event: News, *, at: int | None = None, secret: str = "") -> TestResponse:
        """Carry an event to the site, signed now and rightly unless told otherwise."""
        return post_raw(client, json.dumps(event).encode(), at=at, secret=secret or self.account.webhook_secret)


def post_raw(client: FlaskClient, body: bytes, *, secret: str, at: int | None = None) -> TestResponse:
    """Send a body to the webhook as somebody with `secret` would. No token of ours, no session."""
    signature = signed(body, secret, at or int(time.time()))
    headers = {"Stripe-Signature": signature, "Content-Type": "application/json; charset=utf-8"}
    return client.open(WEBHOOK, method="POST", data=body, headers=headers)


def session_in(url: str) -> str:
    """The session that a page to pay on belongs to."""
    return url.rpartition("/")[2]


@contextmanager
def stripe_beside(folder: Path, webhook: str = "") -> Iterator[StripeBeside]:
    """Run the stand-in for the length of a `with` block."""
    port = free_port()
    account = StripeAccount(
        f"sk_test_{secrets.token_hex(12)}", f"whsec_{secrets.token_hex(12)}", f"http://127.0.0.1:{port}"
    )
    environ = {
        "PYTHONPATH": str(ROOT),
        "STRIPE_SECRET_KEY": account.secret_key,
        "STRIPE_WEBHOOK_SECRET": account.webhook_secret,
    }
    command = [sys.executable, "-m", "tools.fake_stripe", "--port", str(port), "--webhook", webhook]
    service = Service("fake Stripe", command, folder / "stripe.log")
    with Services([service], environ).running() as services:
        services.wait_until_healthy(f"{account.api_base}/healthz", seconds=60)
        yield StripeBeside(account)
