"""The stand-in for Stripe keeps to what Stripe publishes, and says what it is."""

from __future__ import annotations

import http.server
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import stripe

from tools.fake_stripe import courier as couriers
from tools.fake_stripe.courier import Courier
from tools.fake_stripe.ledger import Ledger, Refusal
from tools.fake_stripe.objects import Thing
from tools.fake_stripe.page import page

SECRET = "whsec_of_this_test"
OPENING: Thing = {
    "mode": "payment",
    "line_items": {"0": {"quantity": "1", "price_data": {"unit_amount": "8037000", "currency": "cny"}}},
    "success_url": "http://site.example/pay/key",
    "cancel_url": "http://site.example/orders/O-1",
    "locale": "zh",
}
KINDS = {
    "sessions": stripe.checkout.Session,
    "intents": stripe.PaymentIntent,
    "refunds": stripe.Refund,
    "disputes": stripe.Dispute,
    "events": stripe.Event,
}


@pytest.fixture
def told() -> list[Thing]:
    return []


@pytest.fixture
def ledger(told: list[Thing], tmp_path: Path) -> Ledger:
    return Ledger("http://127.0.0.1:1", told.append, tmp_path / "kept.json")


def test_its_objects_have_the_fields_of_stripes_own(ledger: Ledger) -> None:
    paid = ledger.pay(ledger.open_session(OPENING)["id"], "4242424242424242")
    ledger.refund({"payment_intent": paid["payment_intent"]})
    ledger.dispute(paid["payment_intent"])
    for table, kind in KINDS.items():
        for thing in ledger.kept[table].values():
            assert thing.keys() <= kind.__annotations__.keys(), table


def test_a_session_is_paid_once_or_expires_and_nothing_else_comes_after(ledger: Ledger, told: list[Thing]) -> None:
    paid, expired = (ledger.open_session(OPENING)["id"] for _ in range(2))
    ledger.pay(paid, "4242 4242".replace(" ", "") * 2)
    ledger.expire(expired)
    for session_id in (paid, expired):
        with pytest.raises(Refusal, match="no longer open"):
            ledger.pay(session_id, "4242424242424242")
        with pytest.raises(Refusal, match="can be expired"):
            ledger.expire(session_id)
    assert [event["type"] for event in told] == ["checkout.session.completed", "checkout.session.expired"]


def test_a_session_ends_by_itself_when_its_time_is_over(ledger: Ledger, told: list[Thing]) -> None:
    opened = ledger.open_session(OPENING)
    ledger.kept["sessions"][opened["id"]]["expires_at"] = int(time.time()) - 1
    ledger.expire_what_is_due()
    assert [event["type"] for event in told] == ["checkout.session.expired"]
    assert ledger.session(opened["id"])["url"] is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"line_items": {}},
        {"mode": "subscription"},
        {"expires_at": str(int(time.time()) + 60)},
        {"expires_at": str(int(time.time()) + 2 * 86400)},
        {"payment_method_types": {"0": "card"}},
        {"line_items": {"0": {"price_data": {"unit_amount": "100000000", "currency": "cny"}}}},
    ],
)
def test_what_stripe_refuses_it_refuses(ledger: Ledger, wrong: Thing) -> None:
    with pytest.raises(Refusal):
        ledger.open_session(OPENING | wrong)


def test_no_more_goes_back_than_came(ledger: Ledger) -> None:
    intent = ledger.pay(ledger.open_session(OPENING)["id"], "4242424242424242")["payment_intent"]
    with pytest.raises(Refusal, match="greater than unrefunded"):
        ledger.refund({"payment_intent": intent, "amount": "8037001"})
    ledger.refund({"payment_intent": intent})
    with pytest.raises(Refusal, match="already been refunded"):
        ledger.refund({"payment_intent": intent})


def test_it_remembers_over_a_restart(ledger: Ledger) -> None:
    paid = ledger.pay(ledger.open_session(OPENING)["id"], "4242424242424242")
    again = Ledger("http://127.0.0.1:1", lambda _event: None, ledger.file)
    assert again.refund({"payment_intent": paid["payment_intent"]})["status"] == "succeeded"


def test_its_page_says_in_both_languages_what_it_is_and_what_it_is_given_stays_words(ledger: Ledger) -> None:
    for locale in ("en", "zh"):
        session = ledger.open_session(OPENING | {"locale": locale}) | {"about": "<script>alert(1)</script>"}
        shown = page(session)
        assert "This is not Stripe. No money moves." in shown
        assert "这不是 Stripe，不会动用任何资金。" in shown
        assert "<script>" not in shown


class Deaf(http.server.BaseHTTPRequestHandler):
    """A site that takes nothing in the first two times."""

    heard: list[tuple[bytes, str]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.heard.append((body, self.headers["Stripe-Signature"]))
        self.send_response(200 if len(self.heard) > 2 else 503)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name
        pass


@pytest.fixture
def deaf_site() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Deaf) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_news_is_signed_as_the_library_expects_and_sent_until_it_is_taken(
    deaf_site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(couriers, "RETRY_SECONDS", (0.05, 0.05, 0.05))
    Courier(deaf_site, SECRET).post({"id": "evt_1", "object": "event", "type": "charge.refunded"})
    deadline = time.monotonic() + 30
    while len(Deaf.heard) < 3:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    body, signature = Deaf.heard[-1]
    assert stripe.Webhook.construct_event(body, signature, SECRET, 300)["id"] == "evt_1"
    assert {json.loads(each)["id"] for each, _ in Deaf.heard} == {"evt_1"}
