"""What the stand-in knows: sessions, charges, refunds, disputes, and the news that follows from each."""

from __future__ import annotations

import copy
import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tools.fake_stripe import objects
from tools.fake_stripe.objects import Thing

MOST_MINOR = 99_999_999
SHORTEST, LONGEST = 30 * 60 - 60, 24 * 3600 + 60
"""Seconds that a session may be open for; Stripe's own limits, a minute more generous than it says."""
KNOWN_PARAMETERS = {
    "allowed_payment_method_types",
    "cancel_url",
    "client_reference_id",
    "expires_at",
    "line_items",
    "locale",
    "metadata",
    "mode",
    "payment_intent_data",
    "success_url",
}
DECLINED = "4000000000000002"
DISPUTED = "4000000000000259"
REFUND_PENDING = "4000000000007726"
REFUND_FAILS = "4000000000005126"
NUMBERS = {"4242424242424242", DECLINED, DISPUTED, REFUND_PENDING, REFUND_FAILS}
"""Stripe's published test numbers that mean something here."""


class Refusal(Exception):
    """The answer is an error, with a status."""

    def __init__(self, message: str, *, status: int = 400, code: str | None = None) -> None:
        super().__init__(message)
        self.status, self.body = status, objects.error(message, code=code)


class Ledger:
    """Everything that happened, behind one lock; kept in a file when one is given."""

    def __init__(self, address: str, tell: Callable[[Thing], None], file: Path | None = None) -> None:
        self.address, self.tell, self.file = address, tell, file
        self.lock = threading.RLock()
        self.kept: dict[str, dict[str, Any]] = {
            name: {} for name in ("sessions", "params", "intents", "charges", "refunds", "disputes", "events", "keys")
        }
        if file and file.exists():
            self.kept |= json.loads(file.read_text())

    def open_session(self, params: Thing) -> Thing:
        """Open a page to pay on."""
        now = int(time.time())
        if unknown := params.keys() - KNOWN_PARAMETERS:
            raise Refusal(f"Received unknown parameters: {', '.join(sorted(unknown))}", code="parameter_unknown")
        try:
            made = objects.session(params, now)
        except (KeyError, TypeError, ValueError) as error:
            raise Refusal(f"Missing or malformed parameter: {error}", code="parameter_missing") from error
        if params.get("mode") != "payment":
            raise Refusal("Only mode=payment is known here.", code="parameter_invalid")
        if not 0 < made["amount_total"] <= MOST_MINOR:
            raise Refusal("Amount must be positive and no more than 999,999.99", code="amount_too_large")
        if not SHORTEST <= made["expires_at"] - now <= LONGEST:
            raise Refusal("The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout creation.")
        with self.lock:
            self.kept["sessions"][made["id"]] = made
            self.kept["params"][made["id"]] = params
        return self.session(made["id"])

    def session(self, session_id: str) -> Thing:
        """A session as it is shown; past its time it is expired."""
        with self.lock:
            found = self._get("sessions", session_id, "checkout.session")
            if found["status"] == "open" and found["expires_at"] <= time.time():
                self._end(found)
            shown = copy.deepcopy(found)
        shown["url"] = f"{self.address}/c/pay/{session_id}" if shown["status"] == "open" else None
        return shown

    def expire(self, session_id: str) -> Thing:
        """Close a page to pay on."""
        with self.lock:
            found = self._get("sessions", session_id, "checkout.session")
            if found["status"] != "open":
                raise Refusal(
                    f"Only Checkout Sessions with a status in ['open'] can be expired. This one is {found['status']}."
                )
            self._end(found)
        return self.session(session_id)

    def expire_what_is_due(self) -> None:
        """Close every page whose time is over."""
        with self.lock:
            due = [each["id"] for each in self.kept["sessions"].values() if each["status"] == "open"]
        for session_id in due:
            self.session(session_id)

    def pay(self, session_id: str, number: str) -> Thing:
        """Charge a test card for a session. Raises Refusal when it is declined, or the page had closed."""
        now = int(time.time())
        with self.lock:
            found = self._get("sessions", session_id, "checkout.session")
            if self.session(session_id)["status"] != "open":
                raise Refusal("This Checkout Session is no longer open.", code="session_closed")
            if number not in NUMBERS or number == DECLINED:
                raise Refusal("Your card was declined.", status=402, code="card_declined")
            paid = objects.intent(found, self.kept["params"][session_id], now)
            charged = objects.charge(paid, number, now)
            paid["latest_charge"] = charged["id"]
            self.kept["intents"][paid["id"]] = paid
            self.kept["charges"][charged["id"]] = charged | {"number": number}
            found |= {"status": "complete", "payment_status": "paid", "payment_intent": paid["id"]}
            self._news("checkout.session.completed", self.session(session_id))
            if number == DISPUTED:
                self.dispute(paid["id"])
        return self.session(session_id)

    def refund(self, params: Thing) -> Thing:
        """Give a charge back, whole or in part, never more than it was."""
        now = int(time.time())
        with self.lock:
            charged = self._charge_of(params.get("payment_intent", ""))
            left = charged["amount"] - charged["amount_refunded"]
            amount = int(params.get("amount", left))
            if charged["disputed"]:
                raise Refusal("Charge has been charged back; cannot issue a refund.", code="charge_disputed")
            if not left:
                raise Refusal("Charge has already been refunded.", code="charge_already_refunded")
            if not 0 < amount <= left:
                raise Refusal(f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})")
            is_slow = charged["number"] in {REFUND_PENDING, REFUND_FAILS}
            status = "pending" if is_slow else "succeeded"
            made = objects.refund(charged, amount, params.get("metadata", {}), status, now)
            charged["amount_refunded"] += amount
            charged["refunded"] = charged["amount_refunded"] == charged["amount"]
            self.kept["refunds"][made["id"]] = made
            self._news("refund.created", made)
            self._news("charge.refunded", _shown(charged))
            if is_slow:
                self._finish_refund(made, charged)
            return copy.deepcopy(made | {"status": status})

    def refunds_of(self, intent_id: str) -> list[Thing]:
        """The refunds of a PaymentIntent, newest first."""
        with self.lock:
            found = [each for each in self.kept["refunds"].values() if each["payment_intent"] == intent_id]
            return copy.deepcopy(found[::-1])

    def dispute(self, intent_id: str) -> Thing:
        """Let the payer's bank ask for a charge back."""
        with self.lock:
            charged = self._charge_of(intent_id)
            made = objects.dispute(charged, int(time.time()))
            charged["disputed"] = True
            self.kept["disputes"][made["id"]] = made
            self._news("charge.dispute.created", made)
            return copy.deepcopy(made)

    def close_dispute(self, dispute_id: str, status: str) -> Thing:
        """Let a dispute end: won or lost."""
        with self.lock:
            found = self._get("disputes", dispute_id, "dispute")
            found["status"] = status
            if status == "won":
                self.kept["charges"][found["charge"]]["disputed"] = False
            self._news("charge.dispute.closed", found)
            return copy.deepcopy(found)

    def answered(self, key: str) -> Thing | None:
        """What was answered under an idempotency key."""
        with self.lock:
            found: Thing | None = self.kept["keys"].get(key)
            return found

    def remember(self, key: str, answer: Thing) -> None:
        """Answer the same from now on to whoever sends this idempotency key."""
        with self.lock:
            self.kept["keys"][key] = answer
            self.save()

    def save(self) -> None:
        """Write everything into the file, if there is one."""
        if self.file is None:
            return
        with self.lock:
            draft = self.file.with_suffix(".new")
            draft.write_text(json.dumps(self.kept))
            draft.replace(self.file)

    def _finish_refund(self, made: Thing, charged: Thing) -> None:
        """What happens to a slow refund days later, which here is at once."""
        if charged["number"] == REFUND_FAILS:
            made |= {"status": "failed", "failure_reason": "lost_or_stolen_card"}
            charged["amount_refunded"] -= made["amount"]
            charged["refunded"] = False
            self._news("refund.failed", made)
        else:
            made["status"] = "succeeded"
            self._news("refund.updated", made)

    def _end(self, found: Thing) -> None:
        found["status"] = "expired"
        self._news("checkout.session.expired", found)

    def _news(self, kind: str, about: Thing) -> None:
        told = objects.event(kind, copy.deepcopy(about), int(time.time()))
        self.kept["events"][told["id"]] = told
        self.save()
        self.tell(told)

    def _charge_of(self, intent_id: str) -> Thing:
        paid = self._get("intents", intent_id, "payment_intent")
        return self._get("charges", paid["latest_charge"], "charge")

    def _get(self, table: str, thing_id: str, kind: str) -> Thing:
        found: Thing | None = self.kept[table].get(thing_id)
        if found is None:
            raise Refusal(f"No such {kind}: '{thing_id}'", status=404, code="resource_missing")
        return found


def _shown(charged: Thing) -> Thing:
    return {name: value for name, value in charged.items() if name != "number"}
