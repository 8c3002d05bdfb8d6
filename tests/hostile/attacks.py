"""What somebody may send who means no good, or whose browser is broken."""

from __future__ import annotations

import io
import re
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from giftshop.web import GiftShop
from tests.hostile.typed import MARKUP
from tests.hostile.walking import Form, endpoint_of
from tests.hostile.world import CANARY, Surfer

TEXTS = (
    f"\"'><script>alert(1)</script>{MARKUP}",
    "长" * 10_000,
    "🎁\u202eevil\u200b\ufeff\u0301\U0010ffff\x0b\x1b\r\n\t",
    '=HYPERLINK("https://evil.example",1)',
    "a{}</style>;}</script><!--{% raw %}{#",
    "%(name)s %s {0} %% $1 \\",
    "' OR 1=1 --",
    "../../../../etc/passwd",
    "//evil.example/",
)
NUMBERS = ("-1", "0", str(2**63 - 1), str(2**63), "9" * 5000, "1e309", "NaN", "-Infinity", "１２", "0x10", "1_000", " ")
DAYS = ("0001-01-01", "9999-12-31", "2026-02-30", "10000-01-01", "-0001-01-01", "2026-W53-1", "25:61")
VALUES = (*TEXTS, *NUMBERS, *DAYS)
CURSORS = (f"9999-12-31.{2**63}", "-0001-01-01.1", "2026-01-01.٣", "12.5", "1" * 30)
PATH_TEXTS = (
    MARKUP,
    "长" * 3000,
    "%ED%A0%80%FF",
    "..%2F..%2Fetc",
    "%0d%0aSet-Cookie: evil=1",
    "O-0000-000-000",
    "0",
    "-1",
)
PATH_NUMBERS = ("0", "1", str(2**63 - 1), str(2**63), "9" * 400, "-1", "１２", "1e3", "1.0")
QUERY_NAMES = (
    "after",
    "at",
    "q",
    "state",
    "view",
    "shown",
    "by",
    "firm",
    "carrier",
    "lang",
    "next",
    "taken",
    "edition",
)
BODIES = (
    (b'{"a": ["\\ud800"]}', "application/json"),
    (b"", "application/x-www-form-urlencoded"),
    (b"a=%FF%FE&=&%&a=%ED%A0%80&" + b"x" * 100, "application/x-www-form-urlencoded"),
    (b"name=\xff\xfe", "application/x-www-form-urlencoded; charset=utf-7"),
    (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
    (b"nothing", "multipart/form-data"),
    (b"<?xml version='1.0'?>", "text/xml"),
)
FILES = {
    "empty.csv": b"",
    "cut.png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00",
    "cut.xlsx": b"PK\x03\x04" + b"\x00" * 40,
    "gbk.csv": "客户姓名,联系电话\n王".encode("gbk") + b"\xff\n",
    "evil.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script>',
    f"{MARKUP}.csv": f"客户姓名,联系电话\n{MARKUP},{MARKUP}\n=1+1,1\n".encode(),
}
RAN = re.compile(r"evil(?:>|&gt;|&#62;)49")


@dataclass
class Siege:
    """Sends requests and remembers what went wrong."""

    app: GiftShop
    faults: list[str] = field(default_factory=list)
    sent: int = 0

    def send(self, surfer: Surfer, method: str, url: str, **kwargs: Any) -> TestResponse | None:
        """Send one request; note a crash, markup that was not escaped, and a word that belongs to the other firm."""
        self.sent += 1
        call = surfer.client.post if method == "POST" else surfer.client.open
        verb: dict[str, Any] = {} if method == "POST" else {"method": method}
        try:
            response = call(url, buffered=True, **verb, **kwargs)
        except Exception as crash:
            self.note(surfer, method, url, f"{_last_of_ours(crash)} {type(crash).__name__}: {crash}", kwargs)
            return None
        if response.status_code >= 500:
            self.note(surfer, method, url, f"answered {response.status_code}", kwargs)
        self._look_at(surfer, method, url, response, kwargs)
        return response

    def _look_at(self, surfer: Surfer, method: str, url: str, response: TestResponse, sent: Any) -> None:
        if response.mimetype == "text/html":
            if "<i evil" in response.text or "<script>alert" in response.text:
                self.note(surfer, method, url, "markup was not escaped", sent)
            if RAN.search(response.text):
                self.note(surfer, method, url, "a template ran", sent)
        if surfer.is_of_lantern and is_of_harbour(response):
            self.note(surfer, method, url, "shows what is another firm's", sent)
        if (
            "evil" in response.headers.get("Set-Cookie", "")
            or urlsplit(response.location or "").netloc == "evil.example"
        ):
            self.note(surfer, method, url, f"leads elsewhere: {response.headers}", sent)

    def lift(self) -> None:
        """Fail with everything that went wrong."""
        assert not self.faults, "\n".join(self.faults)

    def note(self, surfer: Surfer, method: str, url: str, what: str, sent: Any) -> None:
        self.faults.append(f"{surfer.name}: {method} {url[:120]}: {what[:300]} <- {str(sent)[:300]}")


def is_of_harbour(response: TestResponse) -> bool:
    """Whether a word of the other firm is in an answer."""
    words = response.data.lower() if response.mimetype != "application/pdf" else b""
    words = words.replace(b"coral_harbour", b"").replace(b"coral harbour", b"")  # a time zone of that name
    return any(word in words for word in (CANARY.encode(), b"harbour", "海港".encode()))


def _last_of_ours(crash: Exception) -> str:
    frames = [frame for frame in traceback.extract_tb(crash.__traceback__) if "/giftshop/" in frame.filename]
    return f"{frames[-1].filename.rpartition('/giftshop/')[2]}:{frames[-1].lineno}" if frames else ""


def tampered(form: Form, turn: int, *, every: bool) -> Iterator[dict[str, Any]]:
    """What can be sent instead of what a form would send: each field alone, and all of them.

    `turn` says which values it is this form's turn to be sent, so that all forms together are sent all; `every`
    sends each field everything.
    """
    honest = form.sent()
    yield {}
    yield {name: [*values, *values, "x"] for name, values in honest.items()}
    yield {name: (io.BytesIO(b"x"), "x.txt") for name in form.names}
    yield dict.fromkeys(form.names, "text")
    for place, text in enumerate(VALUES):
        if every or place % 7 == turn % 7:
            yield dict.fromkeys([*form.names, "extra"], text)
    for name in form.names if every else _one_of_each(form.names):
        turn += 1
        for wrong in VALUES if every else (VALUES[turn % len(VALUES)], VALUES[turn * 5 % len(VALUES)]):
            yield {**honest, name: wrong}
        yield {each: values for each, values in honest.items() if each != name}
    for name in form.file_names:
        for filename, content in FILES.items():
            yield {**honest, name: (io.BytesIO(content), filename)}


def _one_of_each(names: Iterable[str]) -> list[str]:
    """Of names that differ in a number alone, such as a basket's products, the first."""
    return list({re.sub(r"\d+", "#", name): name for name in reversed(list(names))}.values())


def broken_addresses(rule: Rule) -> Iterator[str]:
    """Addresses of a rule with arguments that no page would give it."""
    arguments = list(re.finditer(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>", rule.rule))
    if not arguments:
        return
    for text, number in zip((*PATH_TEXTS, "x"), PATH_NUMBERS, strict=True):
        yield re.sub(r"<(int:)?\w+>", lambda found: quote(number if found[1] else text, safe="%"), rule.rule)  # noqa: B023


def with_queries(url: str, names: Iterator[str] | tuple[str, ...], turn: int, *, every: bool) -> Iterator[str]:
    """An address with every argument it may take set to something hostile."""
    path = url.partition("?")[0]
    values = [*VALUES, *CURSORS]
    for place, value in enumerate(values):
        if every or place % 9 == turn % 9:
            yield f"{path}?{urlencode(dict.fromkeys(names, value[:2000]))}"


def own_argument(app: GiftShop, url: str, method: str) -> bool:
    """Whether an address names something by an argument."""
    found = endpoint_of(app, url, method)
    return bool(found and found[1])


__all__ = [
    "BODIES",
    "QUERY_NAMES",
    "FlaskClient",
    "Siege",
    "broken_addresses",
    "is_of_harbour",
    "own_argument",
    "tampered",
    "with_queries",
]
