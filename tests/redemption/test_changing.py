"""Another gift, another address: until packing, for those who show whose gift it is."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from giftshop.cards import PrintedCard
from giftshop.fulfilment import AlreadyPacking
from giftshop.kernel import clock
from giftshop.redemption import JustTaken, choose_again, send_elsewhere
from giftshop.redemption.errors import TooManyTries
from giftshop.redemption.service import prove
from tests.redemption.conftest import HAN, LI_LEI, Book, Recipient, holder, link_of


@pytest.fixture
def chosen(recipient: Recipient, book: Book, card: PrintedCard) -> PrintedCard:
    """The card, redeemed in this browser for tea."""
    recipient.goes_all_the_way(card, book.items["TEA-1"])
    return card


def test_another_gift_is_sent_and_the_first_goes_back_on_the_shelf(
    recipient: Recipient, book: Book, chosen: PrintedCard
) -> None:
    page = recipient.chooses(book.items["SILK-3"])
    assert page.request.path == "/r/gift"
    assert "This is what we send you now" in page.text
    assert "Silk scarf" in page.text
    assert book.redemption(chosen).item_id == book.items["SILK-3"]
    assert (book.left("TEA-1"), book.left("SILK-3")) == (10, 9)


def test_the_gift_one_holds_can_be_kept_though_it_was_the_last(
    recipient: Recipient, book: Book, chosen: PrintedCard
) -> None:
    book.take_all("TEA-1")
    assert "West Lake Longjing" in recipient.reads("/r/gift/choice")
    assert recipient.chooses(book.items["TEA-1"]).request.path == "/r/gift"
    assert book.redemption(chosen).item_id == book.items["TEA-1"]


def test_another_gift_that_has_gone_leaves_everything_as_it_was(
    recipient: Recipient, book: Book, chosen: PrintedCard
) -> None:
    book.take_all("CUP-2")
    assert recipient.chooses(book.items["CUP-2"]).status_code == 422
    with pytest.raises(JustTaken):
        book.database.transact(
            choose_again, book.redemption(chosen).id, book.items["CUP-2"], by=holder(1), at=clock.now()
        )
    assert (book.redemption(chosen).item_id, book.left("TEA-1")) == (book.items["TEA-1"], 9)


def test_another_address_is_written_where_the_first_one_stands(
    recipient: Recipient, book: Book, chosen: PrintedCard
) -> None:
    form = recipient.reads("/r/gift/address")
    assert "体育西路123号 1501" in form
    assert "not_before" not in form, "the day cannot be changed here"
    page = recipient.writes_address(**{"to-street": "天河路385号 太古汇"})
    assert "This is where we send it now" in page.text
    assert book.shipment(chosen).street == "天河路385号 太古汇"


def test_once_it_is_being_packed_nothing_changes_and_the_page_says_whom_to_ask(
    recipient: Recipient, book: Book, chosen: PrintedCard
) -> None:
    book.take_to_pack(chosen)
    page = recipient.reads("/r/gift")
    assert "cannot be changed any more" in page
    assert "400-820-0000" in page
    for path in ("/r/gift/choice", "/r/gift/address"):
        assert recipient.client.get(path).location == "/r/gift"
    assert recipient.chooses(book.items["CUP-2"]).request.path == "/r/gift"
    assert recipient.writes_address(**{"to-street": "别处"}).request.path == "/r/gift"
    assert book.redemption(chosen).item_id == book.items["TEA-1"]
    assert book.shipment(chosen).street == LI_LEI.address.street


def test_a_packer_who_is_faster_wins(book: Book, chosen: PrintedCard) -> None:
    book.take_to_pack(chosen)
    redemption = book.redemption(chosen)
    with pytest.raises(AlreadyPacking):
        book.database.transact(choose_again, redemption.id, book.items["CUP-2"], by=holder(1), at=clock.now())
    with pytest.raises(AlreadyPacking):
        book.database.transact(send_elsewhere, redemption.id, HAN, email=None, by=holder(1), at=clock.now())
    assert (book.left("TEA-1"), book.left("CUP-2")) == (9, 10)


def test_whoever_comes_back_with_the_code_sees_it_masked_until_they_know_the_phone(
    another: Recipient, book: Book, chosen: PrintedCard
) -> None:
    page = another.opens_card(chosen).text
    assert "李*" in page
    assert "广东省广州市" in page
    assert not any(secret in page for secret in ("李雷", "体育西路", "13812345678", "138 1234 5678"))
    for path in ("/r/gift/choice", "/r/gift/address"):
        assert another.client.get(path).location == "/r/gift"
    wrong = another.client.post("/r/gift/proof", data={"last_digits": "0000"})
    assert wrong.status_code == 422
    assert "not how the phone number for this gift ends" in wrong.text
    right = another.client.post("/r/gift/proof", data={"last_digits": " ５６７８ "}, follow_redirects=True)
    assert right.request.path == "/r/gift"
    assert "体育西路123号" in right.text
    assert another.chooses(book.items["CUP-2"]).request.path == "/r/gift"
    assert book.redemption(chosen).item_id == book.items["CUP-2"]


def test_the_tracking_link_shows_and_changes_nothing_without_the_phone(
    client: FlaskClient, book: Book, card: PrintedCard
) -> None:
    book.redeemed(card)
    link = link_of(book, card)
    page = client.get(link)
    assert page.status_code == 200
    assert book.shipment(card).number in page.text
    assert not any(secret in page.text for secret in ("李雷", "体育西路", "13812345678"))
    assert client.get("/r/gift/choice").location == "/r", "the link alone opens no visit"
    refused = client.post(link, data={"last_digits": "1111"})
    assert refused.status_code == 422
    opened = client.post(link, data={"last_digits": "5678"}, follow_redirects=True)
    assert opened.request.path == "/r/gift"
    assert "体育西路123号" in opened.text


def test_the_fifth_wrong_try_is_the_last_for_a_day(
    client: FlaskClient, book: Book, card: PrintedCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.redeemed(card)
    link = link_of(book, card)
    for digits in ("0001", "0002", "0003", "0004", "0005"):
        assert "Please try again" in client.post(link, data={"last_digits": digits}).text
    shut = client.post(link, data={"last_digits": "5678"})
    assert shut.status_code == 422
    assert "Too many wrong tries" in shut.text
    later = clock.now() + timedelta(hours=25)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert client.post(link, data={"last_digits": "5678"}).status_code == 303


def test_a_right_try_clears_the_wrong_ones(client: FlaskClient, book: Book, card: PrintedCard) -> None:
    book.redeemed(card)
    link = link_of(book, card)
    for _ in range(3):
        for _ in range(4):
            client.post(link, data={"last_digits": "0000"})
        assert client.post(link, data={"last_digits": "5678"}).status_code == 303


def test_of_thirty_two_guesses_at_once_five_are_answered(book: Book, card: PrintedCard) -> None:
    redemption_id = book.redeemed(card)
    start = threading.Barrier(32)

    def guess(number: int) -> bool:
        start.wait()
        try:
            book.database.transact(prove, redemption_id, f"{number:04}", by=holder(1), at=clock.now())
        except TooManyTries:
            return False
        return True

    with ThreadPoolExecutor(32) as hands:
        assert sum(hands.map(guess, range(32))) == 5
