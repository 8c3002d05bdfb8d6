"""Another language in the middle of a page, without a script: what was typed is there again, and nothing was done."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from giftshop.cards import PrintedCard
from giftshop.redemption.models import Draft, Problem, ThankYou
from tests.redemption.conftest import ADDRESS_TYPED, Book, Recipient
from tests.redemption.purses import Purses
from tests.switching import TO_CHINESE, Switch


def rows(book: Book) -> list[int]:
    """How many words of recipients there are, and drafts with an address."""
    counted = [select(func.count()).select_from(table) for table in (Problem, ThankYou)]
    with book.database.reading() as reader:
        written = select(func.count()).select_from(Draft).where(Draft.receiver.is_not(None))
        return [reader.scalar(each) or 0 for each in (*counted, written)]


def test_an_address_half_written_is_shown_in_the_other_language(
    recipient: Recipient, book: Book, card: PrintedCard
) -> None:
    recipient.opens_card(card)
    recipient.chooses(book.items["TEA-1"])
    address = Switch(recipient.reads("/r/gift/address")).address
    typed = ADDRESS_TYPED | {"to-phone": "1381", "to-street": "", "not_before": "soon", "email": "li@"}
    page = recipient.client.post(address, data=typed | TO_CHINESE)
    assert page.status_code == 200
    assert '<html lang="zh-Hans">' in page.text
    assert "<title>错误" not in page.text
    assert "field-error" not in page.text
    for kept in ('value="李雷"', 'value="1381"', 'value="soon"', 'value="li@"', '<option selected value="天河区">'):
        assert kept in page.text
    assert rows(book) == [0, 0, 0]
    assert "/r/gift/address?lang=en" in page.text
    assert '<html lang="zh-Hans">' in recipient.reads("/r/gift/address")  # and it is remembered
    assert recipient.writes_address().request.path == "/r/gift/check"


@pytest.mark.parametrize(
    ("path", "typed", "kept"),
    [
        ("/r/gift/problem", {"kind": "damaged", "note": "The <lid>"}, ("The &lt;lid&gt;", 'checked id="kind-2"')),
        ("/r/gift/thanks", {"words": "So kind", "signed": "Li"}, ("So kind", 'value="Li"')),
    ],
)
def test_words_half_written_are_shown_in_the_other_language_and_told_to_nobody(
    recipient: Recipient, book: Book, card: PrintedCard, path: str, typed: dict[str, str], kept: tuple[str, ...]
) -> None:
    recipient.goes_all_the_way(card, book.items["TEA-1"])
    address = Switch(recipient.reads(path)).address
    sent = typed | {"request_key": "once"}
    page = recipient.client.post(address, data=sent | TO_CHINESE)
    assert page.status_code == 200
    assert '<html lang="zh-Hans">' in page.text
    assert all(each in page.text for each in kept)
    assert rows(book) == [0, 0, 0]
    assert recipient.client.post(path, data=sent).status_code == 303  # under the same key as before
    assert sum(rows(book)) == 1


def test_a_gift_marked_stays_marked_and_is_not_chosen(recipient: Recipient, book: Book, card: PrintedCard) -> None:
    recipient.opens_card(card)
    address = Switch(recipient.reads("/r/gift/choice")).address
    chosen = str(book.items["CUP-2"])
    page = recipient.client.post(address, data={"gift": chosen} | TO_CHINESE)
    assert page.status_code == 200
    assert re.search(rf'value="{chosen}" checked', page.text)
    assert "青瓷对杯" in page.text
    with book.database.reading() as reader:
        assert reader.scalar(select(func.count()).select_from(Draft)) == 0


def test_a_basket_half_filled_stays_so_and_the_code_typed_beside_it_is_not_sent_back(
    recipient: Recipient, book: Book
) -> None:
    first, second = Purses(book).cards(2)
    recipient.opens_card(first)
    address = Switch(recipient.reads("/r/gift/choice")).address
    tea = f"item-{book.items['TEA-1']}"
    page = recipient.client.post(address, data={tea: "7", "code": second.secret.printed} | TO_CHINESE)
    assert page.status_code == 200
    assert re.search(rf'name="{tea}"[^>]* value="7"', page.text)
    assert second.secret.printed not in page.text
    assert second.serial not in page.text
    with book.database.reading() as reader:
        assert reader.scalar(select(func.count()).select_from(Draft)) == 0
