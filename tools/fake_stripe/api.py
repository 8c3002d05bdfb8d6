"""The part of Stripe's API that the site uses, the page to pay on, and switches for tests."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug import Request, Response
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.utils import redirect

from tools.fake_stripe import objects
from tools.fake_stripe.answers import as_json, nested
from tools.fake_stripe.courier import Courier
from tools.fake_stripe.faults import Faults
from tools.fake_stripe.ledger import Ledger, Refusal
from tools.fake_stripe.objects import Thing
from tools.fake_stripe.page import page

ROUTES = Map(
    [
        Rule("/v1/checkout/sessions", endpoint="open", methods=["POST"]),
        Rule("/v1/checkout/sessions/<thing>", endpoint="session", methods=["GET"]),
        Rule("/v1/checkout/sessions/<thing>/expire", endpoint="expire", methods=["POST"]),
        Rule("/v1/refunds", endpoint="refund", methods=["POST"]),
        Rule("/v1/refunds", endpoint="refunds", methods=["GET"]),
        Rule("/c/pay/<thing>", endpoint="pay", methods=["GET", "POST"]),
        Rule("/_control/<thing>", endpoint="control", methods=["GET", "POST"]),
        Rule("/healthz", endpoint="health", methods=["GET"]),
    ]
)


class FakeStripe:
    """The WSGI application."""

    def __init__(self, key: str, ledger: Ledger, courier: Courier) -> None:
        self.key, self.ledger, self.courier, self.faults = key, ledger, courier, Faults()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        request = Request(environ)
        try:
            endpoint, values = ROUTES.bind_to_environ(environ).match()
            response = self._answer(endpoint, request, **values)
        except Refusal as refusal:
            response = as_json(refusal.body, refusal.status)
        except HTTPException as error:
            response = as_json(objects.error(f"Unrecognized request URL ({request.path})"), error.code or 400)
        return response(environ, start_response)

    def _answer(self, endpoint: str, request: Request, thing: str = "") -> Response:
        if endpoint == "health":
            return Response("ok")
        if endpoint == "pay":
            return self._pay(request, thing)
        if not hmac.compare_digest(request.headers.get("Authorization", ""), f"Bearer {self.key}"):
            return as_json(objects.error("Invalid API Key provided"), 401)
        if endpoint == "control":
            return as_json(self._control(thing, request.get_json(silent=True) or {}))
        return self.faults.around(request.environ, lambda: self._api(endpoint, request, thing))

    def _api(self, endpoint: str, request: Request, thing: str) -> Response:
        params = nested(request.form.items(multi=True) if request.method == "POST" else request.args.items(multi=True))
        calls: dict[str, Callable[[], Thing]] = {
            "open": lambda: self.ledger.open_session(params),
            "session": lambda: self.ledger.session(thing),
            "expire": lambda: self.ledger.expire(thing),
            "refund": lambda: self.ledger.refund(params),
            "refunds": lambda: self._list(self.ledger.refunds_of(params.get("payment_intent", ""))),
        }
        key = request.headers.get("Idempotency-Key", "") if request.method == "POST" else ""
        if not key:
            return as_json(calls[endpoint]())
        with self.ledger.lock:  # two at a time under one key: the second gets what the first was answered
            return self._once(key, f"{request.path} {json.dumps(params, sort_keys=True)}", calls[endpoint])

    def _once(self, key: str, asked: str, call: Callable[[], Thing]) -> Response:
        fingerprint = hashlib.sha256(asked.encode()).hexdigest()
        known = self.ledger.answered(key)
        if known is not None:
            if known["fingerprint"] != fingerprint:
                text = (
                    "Keys for idempotent requests can only be used with the same parameters they were first used with."
                )
                return as_json(objects.error(text, kind="idempotency_error"), 400)
            response = as_json(known["body"], known["status"])
            response.headers["Idempotent-Replayed"] = "true"
            return response
        try:
            body, status = call(), 200
        except Refusal as refusal:
            body, status = refusal.body, refusal.status
        self.ledger.remember(key, {"fingerprint": fingerprint, "body": body, "status": status})
        return as_json(body, status)

    def _pay(self, request: Request, session_id: str) -> Response:
        session = self.ledger.session(session_id)
        is_declined = False
        if request.method == "POST" and session["status"] == "open":
            number = "".join(filter(str.isdigit, request.form.get("number", "")))
            try:
                paid = self.ledger.pay(session_id, number)
                return redirect(paid["success_url"].replace("{CHECKOUT_SESSION_ID}", session_id), 303)
            except Refusal as refusal:
                is_declined = refusal.status == 402
                session = self.ledger.session(session_id)
        params = self.ledger.kept["params"][session_id]
        about = params["line_items"]["0"]["price_data"]["product_data"]["name"]
        return Response(page(session | {"about": about}, is_declined=is_declined), mimetype="text/html")

    def _control(self, what: str, wish: Thing) -> Thing:
        """What a test may do or know besides."""
        doing: dict[str, Callable[[], Any]] = {
            "faults": lambda: self.faults.set(wish),
            "caused": lambda: self.faults.caused,
            "hold": lambda: setattr(self.courier, "is_held", bool(wish.get("held"))),
            "pay": lambda: self.ledger.pay(wish["session"], wish.get("number", "4242424242424242")),
            "expire": lambda: self.ledger.expire(wish["session"]),
            "dispute": lambda: self.ledger.dispute(wish["intent"]),
            "close_dispute": lambda: self.ledger.close_dispute(wish["dispute"], wish["status"]),
            "everything": lambda: {name: list(each.values()) for name, each in self.ledger.kept.items()},
        }
        if what not in doing:
            raise Refusal(f"No such switch: {what}", status=404)
        return {"result": doing[what]()}

    def _list(self, found: list[Thing]) -> Thing:
        return {"object": "list", "data": found, "has_more": False, "url": "/v1/refunds"}
