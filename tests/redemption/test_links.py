"""Tracking links: made of nothing that is kept, believed only with our signature."""

from __future__ import annotations

import base64

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from giftshop.cards import PrintedCard
from giftshop.redemption.links import TrackingLink
from giftshop.redemption.models import Redemption
from tests.redemption.conftest import Book, Recipient, link_of, statements

KEY = b"a key of tests, thirty-two bytes"
LINK = TrackingLink(bytes(range(16)), 3)


def test_a_link_says_what_was_signed() -> None:
    assert TrackingLink.read(LINK.signed(KEY), KEY) == LINK
    assert len(LINK.signed(KEY)) == 48
    assert LINK.url("https://gifts.example", KEY).startswith("https://gifts.example/t/")


def test_no_changed_letter_is_believed() -> None:
    signed = LINK.signed(KEY)
    for place in range(len(signed) - 1):  # the last letter has bits that mean nothing
        other = "A" if signed[place] != "A" else "B"
        assert TrackingLink.read(signed[:place] + other + signed[place + 1 :], KEY) is None


@pytest.mark.parametrize("text", ["", "A", "x" * 48, "!" * 48, "中" * 20, "A" * 5000, "%00", "=" * 48])
def test_what_is_no_link_is_none(text: str) -> None:
    assert TrackingLink.read(text, KEY) is None


def test_another_key_believes_nothing() -> None:
    assert TrackingLink.read(LINK.signed(KEY), b"another key") is None


def test_a_forged_link_is_nothing_here_and_asks_the_database_nothing(client: FlaskClient, book: Book) -> None:
    forged = base64.urlsafe_b64encode(bytes(34)).decode().rstrip("=")
    with statements(book.database) as asked:
        page = client.get(f"/t/{forged}")
        assert client.post(f"/t/{forged}", data={"last_digits": "5678"}).status_code == 404
    assert page.status_code == 404
    assert "Open your gift with the code on its card" in page.text
    assert asked == []


def test_raising_the_version_ends_the_links_before(client: FlaskClient, book: Book, card: PrintedCard) -> None:
    redemption_id = book.redeemed(card)
    old = link_of(book, card)
    assert client.get(old).status_code == 200
    raised = update(Redemption).where(Redemption.id == redemption_id).values(link_version=2)
    book.database.transact(lambda tx: tx.change(raised))
    assert client.get(old).status_code == 404
    assert client.get(link_of(book, card, version=2)).status_code == 200


def test_a_link_of_a_card_that_was_not_redeemed_leads_nowhere(
    client: FlaskClient, book: Book, card: PrintedCard
) -> None:
    assert client.get(link_of(book, card)).status_code == 404


def test_whoever_chose_the_gift_may_keep_its_link(recipient: Recipient, book: Book, card: PrintedCard) -> None:
    page = recipient.goes_all_the_way(card, book.items["TEA-1"]).text
    assert f"http://localhost{link_of(book, card)}" in page
