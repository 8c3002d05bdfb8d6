"""A problem reported, a word of thanks: where they are written and who reads them."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from giftshop.cards import Addressed, PrintedCard
from giftshop.redemption import declined_cards
from giftshop.web import GiftShop
from tests.accounts.door import all_at_once
from tests.people import People, sign_in
from tests.redemption.conftest import Book, Recipient, hidden_fields, link_of


def test_the_hotline_reads_what_a_recipient_reports_and_closes_it(
    recipient: Recipient, client: FlaskClient, app: GiftShop, book: Book, card: PrintedCard, people: People
) -> None:
    recipient.goes_all_the_way(card, book.items["TEA-1"])
    said = {"kind": "damaged", "note": "The lid is broken. <b>Call</b> 138 0000 0000"}
    page = client.post("/r/gift/problem", data=said, follow_redirects=True)
    assert "Thank you for telling us" in page.text
    desk = app.test_client()
    sign_in(desk, people.staff.hotline)
    listed = desk.get("/desk/problems").text
    assert "The lid is broken. &lt;b&gt;Call" in listed
    assert card.serial in listed
    assert book.shipment(card).number in listed
    close = re.search(r'action="(/desk/problems/\d+/closed)"', listed)
    assert close
    assert desk.post(close[1], data=hidden_fields(listed)).status_code == 303
    assert "The lid is broken" not in desk.get("/desk/problems").text
    assert "The lid is broken" in desk.get("/desk/problems?state=closed").text
    assert desk.post(close[1], data={"request_key": "another"}).status_code == 404


def test_a_gift_declined_twice_at_once_is_declined_and_one_redeemed_meanwhile_is_not(
    recipient: Recipient, another: Recipient, app: GiftShop, book: Book
) -> None:
    unwanted, wanted = book.cards(2)
    browsers = [Recipient(app.test_client()) for _ in range(6)]
    for browser in browsers:
        browser.opens_card(unwanted)
    answers: list[int] = []
    all_at_once(6, lambda number: answers.append(browsers[number].client.post("/r/gift/decline").status_code))
    assert answers == [303] * 6
    recipient.opens_card(wanted)
    another.goes_all_the_way(wanted, book.items["TEA-1"])
    assert recipient.client.post("/r/gift/decline").status_code == 303
    with book.database.reading() as reader:
        assert declined_cards(reader, [book.card_id(unwanted), book.card_id(wanted)]) == {book.card_id(unwanted)}


def test_a_problem_can_be_reported_before_choosing_and_by_the_link(
    recipient: Recipient, app: GiftShop, book: Book
) -> None:
    unredeemed, redeemed = book.cards(2)
    recipient.opens_card(unredeemed)
    assert "400-820-0000" in recipient.reads("/r/gift/problem")
    said = {"kind": "page", "note": "No gift can be clicked"}
    assert recipient.client.post("/r/gift/problem", data=said).location == "/r/gift"
    book.redeemed(redeemed)
    link = link_of(book, redeemed)
    assert app.test_client().post(f"{link}/problem", data=said).location == link


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"kind": "late", "note": ""}, "Write what happened"),
        ({"kind": "late", "note": "   "}, "Write what happened"),
        ({"note": "It has not arrived"}, "Choose what it is about"),
        ({"kind": "anything", "note": "words"}, "Choose what it is about"),
        ({"kind": "late", "note": "long" * 300}, "at most 1000 characters"),
    ],
)
def test_an_unfinished_report_is_refused_at_its_field(
    recipient: Recipient, card: PrintedCard, said: dict[str, str], error: str
) -> None:
    recipient.opens_card(card)
    page = recipient.client.post("/r/gift/problem", data=said)
    assert page.status_code == 422
    assert error in page.text


def test_five_open_reports_of_one_card_are_enough(recipient: Recipient, card: PrintedCard) -> None:
    recipient.opens_card(card)
    for number in range(5):
        recipient.client.post("/r/gift/problem", data={"kind": "late", "note": f"Where is it? {number}"})
    page = recipient.client.post("/r/gift/problem", data={"kind": "late", "note": "Where is it?"})
    assert page.status_code == 422
    assert "We have your earlier messages" in page.text


def test_a_word_of_thanks_reaches_the_firm_and_no_other(
    recipient: Recipient, app: GiftShop, book: Book, card: PrintedCard, people: People
) -> None:
    recipient.goes_all_the_way(card, book.items["TEA-1"])
    said = {"words": "What a lovely tea! ☕", "signed": "Li from Guangzhou"}
    page = recipient.client.post("/r/gift/thanks", data=said, follow_redirects=True)
    assert "on their way to 灯塔仪器" in page.text
    assert "Your words of thanks have been passed on" in page.text
    path = f"/programmes/{book.redemption(card).programme_id}/thanks"
    buyer = app.test_client()
    sign_in(buyer, people.lantern.buyer)
    read = buyer.get(path).text
    assert "What a lovely tea! ☕" in read
    assert "Li from Guangzhou" in read
    assert not any(secret in read for secret in ("李雷", "138", "体育西路", "West Lake"))
    assert f'href="{path}"' in buyer.get(f"/programmes/{book.redemption(card).programme_id}").text
    rival = app.test_client()
    sign_in(rival, people.harbour.buyer)
    assert rival.get(path).status_code == 404


def test_thanks_are_said_once(recipient: Recipient, book: Book, card: PrintedCard) -> None:
    recipient.goes_all_the_way(card, book.items["TEA-1"])
    recipient.client.post("/r/gift/thanks", data={"words": "Thank you"})
    again = recipient.client.post("/r/gift/thanks", data={"words": "Thank you again"})
    assert again.status_code == 422
    assert "has been sent already" in again.text


def test_thanks_come_after_choosing(recipient: Recipient, card: PrintedCard) -> None:
    recipient.opens_card(card)
    assert recipient.client.get("/r/gift/thanks").location == "/r/gift"


def test_the_name_on_the_card_is_offered_to_sign_with_but_not_to_whoever_has_the_link(
    recipient: Recipient, app: GiftShop, book: Book
) -> None:
    (card,) = book.cards(1, addressees=[Addressed("韩梅梅")])
    recipient.goes_all_the_way(card, book.items["TEA-1"])
    assert 'value="韩梅梅"' in recipient.reads("/r/gift/thanks")
    assert "韩梅梅" not in app.test_client().get(f"{link_of(book, card)}/thanks").text


def test_the_firm_is_told_how_many_declined_and_not_who(
    recipient: Recipient, app: GiftShop, book: Book, people: People
) -> None:
    declined, changed_mind = book.cards(2)
    for each in (declined, changed_mind):
        recipient.opens_card(each)
        recipient.client.post("/r/gift/decline")
    book.redeemed(changed_mind)
    buyer = app.test_client()
    sign_in(buyer, people.lantern.buyer)
    read = buyer.get(f"/programmes/{book.redemption(changed_mind).programme_id}/thanks").text
    assert "One recipient said “no, thank you”" in read
    assert declined.serial not in read
