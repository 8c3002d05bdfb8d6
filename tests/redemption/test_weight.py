"""How heavy a recipient's page is, for whoever has bad reception."""

from __future__ import annotations

import gzip
import re

from giftshop.cards import PrintedCard
from tests.redemption.conftest import Book, Recipient

MOST = 100 * 1024
"""Bytes of styles, scripts and fonts, as they travel."""


FONT = re.compile(r'url\("\.\./([^"]+\.woff2)"\)')


def parts_of(recipient: Recipient, page: str) -> dict[str, int]:
    """What a page brings along, and how many bytes of each travel: fonts are compressed already."""
    found = set(re.findall(r'<link rel="stylesheet" href="([^"]+)"|<script[^>]* src="([^"]+)"', page))
    fonts: set[str] = set()
    sizes = {}
    for path in (href or src for href, src in found):
        content = recipient.client.get(path).data
        sizes[path] = len(gzip.compress(content))
        fonts |= {f"/static/{name}" for name in FONT.findall(content.decode())}
    return sizes | {path: len(recipient.client.get(path).data) for path in fonts}


def test_what_comes_with_every_page_of_a_recipient_stays_below_a_hundred_kilobytes(
    recipient: Recipient, book: Book, card: PrintedCard
) -> None:
    recipient.opens_card(card)
    recipient.chooses(book.items["TEA-1"])
    for path in ("/r", "/r/gift", "/r/gift/choice", "/r/gift/address"):
        parts = parts_of(recipient, recipient.reads(path))
        assert any(path.endswith(".woff2") for path in parts)
        assert any(path.endswith(".js") for path in parts)
        assert sum(parts.values()) < MOST, parts


def test_a_page_itself_is_light(recipient: Recipient, book: Book, card: PrintedCard) -> None:
    recipient.opens_card(card)
    for path in ("/r", "/r/gift", "/r/gift/choice", "/r/gift/address"):
        assert len(gzip.compress(recipient.reads(path).encode())) < 16 * 1024
