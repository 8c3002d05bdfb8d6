"""A recipient whose connection drops, and who tries again until the page says that the gift is on its way."""

from __future__ import annotations

import http.client
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from typing import Any

from tests.redemption.conftest import ADDRESS_TYPED, hidden_fields

PATIENCE_SECONDS = 120
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer, which a test wants to see."""

    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass
class Answer:
    """What came back."""

    status: int
    text: str
    location: str


@dataclass
class Recipient:
    """Somebody with a browser of their own and a card."""

    site: str
    troubles: int = 0
    """How often there was no answer, or one of our errors."""
    _page: str = ""
    _cookies: CookieJar = field(default_factory=CookieJar)

    def __post_init__(self) -> None:
        own = (urllib.request.ProxyHandler({}), NoRedirect(), urllib.request.HTTPCookieProcessor(self._cookies))
        self._browser = urllib.request.build_opener(*own)

    def redeem(self, code: str, item_id: int) -> str:
        """Go all the way, again and again where need be; return the page that said yes.

        What was confirmed with a redirect counts as acknowledged, whether or not the next page came.
        """
        self._go("/r")
        self._send("/r", {"code": code})
        self._go("/r/gift/choice")
        self._send("/r/gift/choice", {"gift": str(item_id)})
        self._go("/r/gift/address")
        self._send("/r/gift/address", ADDRESS_TYPED)
        self._go("/r/gift/check")
        confirmed = self._send("/r/gift/check", hidden_fields(self._page))
        return confirmed.location

    def _go(self, path: str) -> Answer:
        return self._until_answered(path, None)

    def _send(self, path: str, fields: dict[str, str]) -> Answer:
        token = TOKEN.search(self._page)
        assert token is not None, self._page[:2000]
        return self._until_answered(path, fields | {"csrf_token": token[1]})

    def _until_answered(self, path: str, fields: dict[str, str] | None) -> Answer:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            answer = self._ask(path, fields)
            if answer is not None and answer.status < 500:
                assert answer.status < 400, f"{answer.status} for {path}: {answer.text[:3000]}"
                if answer.text:
                    self._page = answer.text
                return answer
            self.troubles += 1
            assert time.monotonic() < deadline, f"{path} is never answered: {answer}"
            time.sleep(0.1)

    def _ask(self, path: str, fields: dict[str, str] | None) -> Answer | None:
        body = None if fields is None else urllib.parse.urlencode(fields).encode()
        try:
            with self._browser.open(self.site + path, body, timeout=30) as reply:
                return Answer(reply.status, reply.read().decode(), "")
        except urllib.error.HTTPError as reply:
            return Answer(
                reply.code, reply.read().decode() if reply.code >= 400 else "", reply.headers["Location"] or ""
            )
        except (OSError, http.client.HTTPException):
            return None
