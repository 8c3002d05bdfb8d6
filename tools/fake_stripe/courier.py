"""Carries news to the site: signed, and again when it is not taken, as Stripe does, only sooner."""

from __future__ import annotations

import hashlib
import hmac
import json
import queue
import threading
import time
import urllib.error
import urllib.request

from tools.fake_stripe.objects import Thing

RETRY_SECONDS = (1, 2, 4, 8, 15, 30, 60, 60, 60)


def signed(body: bytes, secret: str, at: int) -> str:
    """The Stripe-Signature of a body: HMAC-SHA256 over its time and itself."""
    mac = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={mac}"


class Courier:
    """Delivers events to one address, in the order they happened as long as all goes well."""

    def __init__(self, url: str, secret: str) -> None:
        self.url, self.secret = url, secret
        self.is_held = False
        """A test may hold the post back, and carry it itself."""
        self._due: queue.PriorityQueue[tuple[float, int, str, bytes]] = queue.PriorityQueue()
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        threading.Thread(target=self._carry, daemon=True).start()

    def post(self, event: Thing) -> None:
        """Promise to deliver an event."""
        if self.url and not self.is_held:
            self._due.put((time.time(), 0, event["id"], json.dumps(event).encode()))

    def _carry(self) -> None:
        while True:
            at, tries, event_id, body = self._due.get()
            if at > time.time():
                self._due.put((at, tries, event_id, body))
                time.sleep(0.05)
            elif not self._is_taken(body) and tries < len(RETRY_SECONDS):
                self._due.put((time.time() + RETRY_SECONDS[tries], tries + 1, event_id, body))

    def _is_taken(self, body: bytes) -> bool:
        headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Stripe/1.0 (not Stripe)"}
        headers["Stripe-Signature"] = signed(body, self.secret, int(time.time()))
        request = urllib.request.Request(self.url, body, headers)  # noqa: S310 -- where we were told to
        try:
            with self._opener.open(request, timeout=10) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False
