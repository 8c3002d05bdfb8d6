"""Structured logs: one JSON object a line, with the request's id; never a body, a code or an address."""

from __future__ import annotations

import logging
import secrets
import sys
import time

import structlog
from flask import Response, g, request

from giftshop.db import without_details
from giftshop.web.app import GiftShop

log = structlog.get_logger()
UNKNOWN_LENGTH = 8
"""Characters of an unknown address that are logged: too few to guess the rest of a code from."""


def configure(*, readable: bool) -> None:
    """Write logs to standard error: JSON, or for people when `readable`."""
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(colors=False) if readable else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            leave_out_details,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def leave_out_details(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Processor: leave out the row that PostgreSQL refused and repeats, with whatever somebody typed."""
    if "exception" in event:
        event["exception"] = without_details(event["exception"])
    return event


def begin() -> None:
    """Start the clock and name the request."""
    g.began = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=secrets.token_hex(4))


def end(response: Response) -> Response:
    """One line a request. The path only: a query may hold what somebody typed."""
    if request.endpoint not in {"static", "web.healthz"} and "began" in g:
        took = round((time.perf_counter() - g.began) * 1000, 1)
        log.info("request", method=request.method, path=loggable_path(), status=response.status_code, ms=took)
    return response


def loggable_path() -> str:
    """Return the path of this request without the part that a route calls its `secret`: mailed links hold one.

    Of an address that is no page's only the beginning: people try theirs with a code behind it.
    """
    if request.url_rule is None:
        return f"{request.path[:UNKNOWN_LENGTH]}…"
    secret = (request.view_args or {}).get("secret")
    return request.path.replace(secret, "…") if secret else request.path


def init_app(app: GiftShop) -> None:
    """Log every request of `app`."""
    app.before_request(begin)
    app.after_request(end)
