"""How heavy pages are for whoever has bad reception: each has a budget, all of them in one table.

Counted is what travels at a first visit, compressed as the site sends it: the page, and every style, script, font, icon
and list that it brings along. Pictures are not: there are as many as there are gifts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from flask.testing import FlaskClient

from giftshop.cards import PrintedCard
from giftshop.web import GiftShop
from tests.people import People, sign_in
from tests.redemption.conftest import Book, Recipient

KB: Final = 1000
BUDGETS: Final = {
    "code page": 75,
    "opened gift": 75,
    "choosing": 75,
    "address": 105,  # 27 kB of it are China's provinces, cities and districts, fetched after the page stands
    "check": 75,
    "confirmation": 75,
    "tracking": 75,
    "front page": 75,
    "shop shelf": 75,
    "buyer's home": 85,
    "dispatch queue": 85,
}
"""The most kilobytes of each page."""
BRINGS = re.compile(
    r'<link rel="stylesheet" href="([^"]+)"|<script[^>]* src="([^"]+)"|<use href="([^"#]+)|data-divisions="([^"]+)"'
)
FONT = re.compile(r'url\("\.\./([^"]+\.woff2)"\)')
GZIP = {"Accept-Encoding": "gzip"}


def parts_of(client: FlaskClient, path: str) -> dict[str, int]:
    """The page at `path` and all it brings along, with the bytes of each as they travel."""
    page = client.get(path).text
    parts = {path: _travels(client, path)}
    for found in BRINGS.finditer(page):
        address = next(filter(None, found.groups()))
        parts[address] = _travels(client, address)
        parts |= {font: _travels(client, font) for font in _fonts(client.get(address).text, address)}
    assert any(".js" in part for part in parts)
    assert any(part.endswith(".woff2") for part in parts)
    return parts


def _travels(client: FlaskClient, address: str) -> int:
    answer = client.get(address, headers=GZIP)
    assert answer.status_code == 200, address
    return len(answer.data)


def _fonts(content: str, address: str) -> Iterator[str]:
    if ".css" in address:
        yield from (f"/static/{name}" for name in FONT.findall(content))


def keeps_to(name: str, client: FlaskClient, path: str) -> None:
    parts = parts_of(client, path)
    assert sum(parts.values()) <= BUDGETS[name] * KB, parts


def test_a_recipients_pages_keep_to_their_budgets(recipient: Recipient, book: Book, card: PrintedCard) -> None:
    phone = recipient.client
    keeps_to("code page", phone, "/r")
    recipient.opens_card(card)
    keeps_to("opened gift", phone, "/r/gift")
    keeps_to("choosing", phone, "/r/gift/choice")
    recipient.chooses(book.items["TEA-1"])
    keeps_to("address", phone, "/r/gift/address")
    recipient.writes_address()
    keeps_to("check", phone, "/r/gift/check")
    recipient.confirms()
    keeps_to("confirmation", phone, "/r/gift")
    book.dispatch(card)
    keeps_to("tracking", phone, "/r/gift")


def test_the_pages_of_a_firm_and_of_dispatch_keep_to_their_budgets(
    app: GiftShop, people: People, book: Book, card: PrintedCard
) -> None:
    book.redeemed(card)
    visitor, buyer, packer = (app.test_client() for _each in range(3))
    sign_in(buyer, people.lantern.buyer)
    sign_in(packer, people.staff.fulfilment)
    keeps_to("front page", visitor, "/")
    keeps_to("shop shelf", visitor, "/gift-books")
    keeps_to("buyer's home", buyer, "/")
    keeps_to("dispatch queue", packer, "/dispatch")


def test_the_first_view_of_a_gift_stays_below_a_hundred_kilobytes() -> None:
    assert max(BUDGETS["code page"], BUDGETS["opened gift"]) <= 100
