"""An address pasted in one piece: shown in the fields, kept only when its holder goes on."""

from __future__ import annotations

import re
from http import HTTPStatus

import pytest
from werkzeug.test import TestResponse

from giftshop.cards import PrintedCard
from tests.redemption.conftest import ADDRESS_TYPED, Book, Recipient

ADDRESS = "/r/gift/address"


def pastes(recipient: Recipient, text: str, **typed: str) -> TestResponse:
    return recipient.client.post(ADDRESS, data={**typed, "pasted": text, "split": "1"})


def value_of(page: str, field: str) -> str:
    found = re.search(rf'<input[^>]* id="to-{field}"[^>]* value="([^"]*)"', page)
    return found[1] if found else ""


@pytest.fixture
def li_lei(recipient: Recipient, book: Book, card: PrintedCard) -> Recipient:
    recipient.opens_card(card)
    recipient.chooses(book.items["TEA-1"])
    return recipient


def test_what_was_pasted_stands_in_the_fields_and_is_kept_by_going_on(li_lei: Recipient) -> None:
    answer = pastes(li_lei, "李雷 13812345678 广东省广州市天河区体育西路123号")
    assert answer.status_code == HTTPStatus.OK
    page = answer.text
    assert "Filled in. Please look it over" in page
    assert (value_of(page, "name"), value_of(page, "phone")) == ("李雷", "13812345678")
    for place in ("广东省", "广州市", "天河区"):
        assert re.search(rf'<option selected value="{place}"', page)
    assert "体育西路123号</textarea>" in page
    assert 'id="to-name"' in li_lei.reads("/r/gift/check")  # nothing was kept: it asks for the address


def test_what_was_not_pasted_stays_as_it_was_typed(li_lei: Recipient) -> None:
    typed = {**ADDRESS_TYPED, "to-name": "韩梅梅", "email": "han@example.com"}
    page = pastes(li_lei, "浙江省杭州市西湖区文三路8号", **typed).text
    assert value_of(page, "name") == "韩梅梅"
    assert 'value="han@example.com"' in page
    assert "文三路8号</textarea>" in page


@pytest.mark.parametrize("text", ["", "good morning, all", "x" * 5000, "省" * 400, "13" * 200, "<b>&quot;"])
def test_what_cannot_be_read_is_said_and_spoils_nothing(li_lei: Recipient, text: str) -> None:
    page = pastes(li_lei, text, **ADDRESS_TYPED).text
    assert "We could not read this" in page
    assert value_of(page, "name") == "李雷"
    assert "<b>&quot;" not in page


def test_a_pasted_address_can_be_another_one_later(recipient: Recipient, book: Book, card: PrintedCard) -> None:
    recipient.goes_all_the_way(card, book.items["TEA-1"])
    page = pastes(recipient, "浙江省杭州市西湖区文三路8号").text
    assert "文三路8号</textarea>" in page
    assert book.shipment(card).receiver.address.city == "广州市"
