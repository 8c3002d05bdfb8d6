"""What can go wrong between here and there, on demand."""

from __future__ import annotations

import random
import socket
import struct
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from werkzeug import Response

from tools.fake_stripe import objects
from tools.fake_stripe.answers import as_json

KINDS = ("timeout", "reset", "429", "500", "lost")
"""No answer in time and nothing done; cut off before; too many requests; an error; done, and the answer lost."""


class Faults:
    """Whether and how the next call goes wrong: a share of all calls, drawn from a seed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.set({})

    def set(self, wish: Mapping[str, Any]) -> None:
        """Begin anew: `kinds` of faults, their `share` of calls, a `seed`, and how long a call hangs."""
        with self._lock:
            self.kinds = [kind for kind in wish.get("kinds", []) if kind in KINDS]
            self.share = float(wish.get("share", 0.0))
            self.hang_seconds = float(wish.get("hang_seconds", 30.0))
            self._chance = random.Random(wish.get("seed", 0))  # noqa: S311 -- so that a run can be had again
            self.caused: dict[str, int] = dict.fromkeys(KINDS, 0)

    def around(self, environ: Mapping[str, Any], answer: Callable[[], Response]) -> Response:
        """Answer a call, or let it go wrong."""
        kind = self._drawn()
        if kind == "timeout":
            time.sleep(self.hang_seconds)
            return _cut(environ)
        if kind == "reset":
            return _cut(environ)
        if kind == "429":
            return _error(429, "Too many requests", "rate_limit_error")
        if kind == "500":
            return _error(500, "An error occurred with our connection", "api_error")
        response = answer()
        return _cut(environ) if kind == "lost" else response

    def _drawn(self) -> str | None:
        with self._lock:
            if not self.kinds or self._chance.random() >= self.share:
                return None
            kind: str = self._chance.choice(self.kinds)
            self.caused[kind] += 1
            return kind


def _error(status: int, message: str, kind: str) -> Response:
    return as_json(objects.error(message, kind=kind), status)


def _cut(environ: Mapping[str, Any]) -> Response:
    """Hang up without a word: the caller sees a connection reset."""
    connection: socket.socket = environ["werkzeug.socket"]
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.shutdown(socket.SHUT_RDWR)
    return Response(status=500)
