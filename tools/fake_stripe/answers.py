"""Between HTTP and things: parameters as Stripe's library writes them, answers as it reads them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from werkzeug import Response

from tools.fake_stripe.objects import Thing

_PART = re.compile(r"[^\[\]]+")


def nested(pairs: Iterable[tuple[str, str]]) -> Thing:
    """Read `line_items[0][price_data][currency]=cny` into dictionaries; a list is a dictionary by "0", "1", …"""
    made: Thing = {}
    for name, value in pairs:
        *path, last = _PART.findall(name) or [name]
        place = made
        for part in path:
            place = place.setdefault(part, {})
        place[last] = value
    return made


def as_json(thing: Thing, status: int = 200) -> Response:
    """An answer."""
    return Response(json.dumps(thing), status, mimetype="application/json", headers={"Request-Id": "req_not_stripe"})
