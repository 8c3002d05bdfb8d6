"""The recipient's way, from the code to the number, in a browser without JavaScript."""

from __future__ import annotations

from giftshop.cards import PrintedCard
from tests.redemption.conftest import Book, Recipient


def test_a_recipient_opens_chooses_writes_an_address_checks_and_confirms(
    recipient: Recipient, book: Book, card: PrintedCard
) -> None:
    letter = recipient.opens_card(card)
    assert letter.request.path == "/r/gift"
    assert "灯塔仪器" in letter.text
    assert "中秋快乐" in letter.text
    assert "until" in letter.text
    choice = recipient.client.get("/r/gift/choice")
    assert all(name in choice.text for name in ("West Lake Longjing", "Pair of celadon mugs", "Silk scarf"))
    address = recipient.chooses(book.items["CUP-2"])
    assert address.request.path == "/r/gift/address"
    check = recipient.writes_address(email="li@example.com")
    assert check.request.path == "/r/gift/check"
    assert all(said in check.text for said in ("Pair of celadon mugs", "李雷", "体育西路123号", "li@example.com"))
    done = recipient.confirms()
    assert done.request.path == "/r/gift"
    shipment = book.shipment(card)
    assert shipment.number in done.text
    assert (shipment.receiver_name, shipment.receiver_phone) == ("李雷", "+8613812345678")
    assert book.left("CUP-2") == 9
