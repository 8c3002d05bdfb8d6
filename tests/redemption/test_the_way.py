"""The recipient's way, from the code to the number, in a browser without JavaScript."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from giftshop.cards import PrintedCard
from giftshop.fulfilment import Shipment
from giftshop.kernel import clock
from giftshop.kernel.clock import local_day
from giftshop.redemption import Redemption
from giftshop.redemption.models import Draft
from tests.redemption.conftest import ADDRESS_TYPED, PRICE, Book, Recipient


def count(book: Book, table: type[Redemption | Shipment | Draft]) -> int:
    with book.database.reading() as reader:
        return reader.scalar(select(func.count()).select_from(table)) or 0


def test_a_recipient_opens_chooses_writes_an_address_checks_and_confirms(
    recipient: Recipient, book: Book, card: PrintedCard
) -> None:
    letter = recipient.opens_card(card)
    assert letter.request.path == "/r/gift"
    assert "灯塔仪器" in letter.text
    assert "中秋快乐" in letter.text
    assert "Choose by" in letter.text
    choice = recipient.client.get("/r/gift/choice")
    assert all(name in choice.text for name in ("West Lake Longjing", "Pair of celadon mugs", "Silk scarf"))
    assert recipient.chooses(book.items["CUP-2"]).request.path == "/r/gift/address"
    check = recipient.writes_address(email="li@example.com")
    assert check.request.path == "/r/gift/check"
    assert all(said in check.text for said in ("Pair of celadon mugs", "李雷", "体育西路123号", "li@example.com"))
    done = recipient.confirms()
    assert done.request.path == "/r/gift"
    shipment = book.shipment(card)
    assert shipment.number in done.text
    assert (shipment.receiver_name, shipment.receiver_phone) == ("李雷", "+8613812345678")
    assert book.left("CUP-2") == 9
    assert book.redemption(card).email == "li@example.com"
    assert count(book, Draft) == 0


def test_the_price_is_never_shown(recipient: Recipient, book: Book, card: PrintedCard) -> None:
    pages = [recipient.opens_card(card).text, recipient.reads("/r/gift/choice")]
    pages += [recipient.chooses(book.items["TEA-1"]).text, recipient.writes_address().text, recipient.confirms().text]
    for page in pages:
        assert not re.search(r"¥|CNY|168|200\.00", page), page
    assert PRICE.amount_minor == 16_800


def test_a_second_tap_and_a_reload_redeem_once_and_show_the_same_number(
    recipient: Recipient, book: Book, card: PrintedCard
) -> None:
    recipient.opens_card(card)
    recipient.chooses(book.items["TEA-1"])
    recipient.writes_address()
    form = recipient.form_to_confirm()
    pages = [recipient.confirms(**form).text for _ in range(3)]
    pages.append(recipient.reads("/r/gift"))
    number = book.shipment(card).number
    assert all(number in page and "A good choice!" in page and "体育西路123号" in page for page in pages)
    assert (count(book, Redemption), count(book, Shipment), book.left("TEA-1")) == (1, 1, 9)


def test_a_second_browser_with_the_same_code_is_late_and_sees_no_address(
    recipient: Recipient, another: Recipient, book: Book, card: PrintedCard
) -> None:
    for somebody in (recipient, another):
        somebody.opens_card(card)
        somebody.chooses(book.items["TEA-1"])
    recipient.writes_address()
    another.writes_address(**{"to-name": "韩梅梅", "to-street": "文三路8号"})
    late = another.form_to_confirm()
    recipient.confirms()
    page = another.confirms(**late)
    assert page.request.path == "/r/gift"
    assert "李*" in page.text
    assert "138****5678" in page.text
    assert not re.search("李雷|体育西路|A good choice", page.text)
    assert count(book, Redemption) == 1


def test_what_one_browser_has_written_the_other_with_the_same_code_does_not_see(
    recipient: Recipient, another: Recipient, book: Book, card: PrintedCard
) -> None:
    recipient.opens_card(card)
    recipient.chooses(book.items["TEA-1"])
    recipient.writes_address()
    another.opens_card(card)
    assert "体育西路" not in another.reads("/r/gift/address")
    assert another.client.get("/r/gift/check").location == "/r/gift/choice"


def test_only_gifts_that_are_there_can_be_chosen(recipient: Recipient, book: Book, card: PrintedCard) -> None:
    book.take_all("SILK-3")
    recipient.opens_card(card)
    page = recipient.reads("/r/gift/choice")
    assert "Silk scarf" not in page
    assert "2 gifts to choose from" in recipient.reads("/r/gift")
    refused = recipient.chooses(book.items["SILK-3"])
    assert refused.status_code == 422
    assert "“Silk scarf” has just been taken by somebody else" in refused.text


@pytest.mark.parametrize("gift", ["", "0", "999", "9" * 18, "9" * 40, "tea", "-1"])
def test_what_is_no_gift_of_the_book_is_refused_at_the_field(
    recipient: Recipient, card: PrintedCard, gift: str
) -> None:
    recipient.opens_card(card)
    refused = recipient.client.post("/r/gift/choice", data={"gift": gift})
    assert refused.status_code == 422
    assert "Choose one of the gifts" in refused.text
    assert "<title>Error: " in refused.text


def test_the_last_one_goes_while_somebody_checks_and_their_address_is_kept(
    recipient: Recipient, book: Book, card: PrintedCard
) -> None:
    recipient.opens_card(card)
    recipient.chooses(book.items["TEA-1"])
    recipient.writes_address()
    form = recipient.form_to_confirm()
    book.take_all("TEA-1")
    refused = recipient.confirms(**form)
    assert refused.request.path == "/r/gift/choice"
    assert "“West Lake Longjing” has just been taken by somebody else" in refused.text
    assert "Your address is kept" in refused.text
    assert count(book, Redemption) == 0
    check = recipient.chooses(book.items["CUP-2"])
    assert check.request.path == "/r/gift/check"
    assert "体育西路123号" in check.text
    assert "A good choice!" in recipient.confirms().text


def test_a_gift_gone_before_the_check_is_said_before_the_confirmation(
    recipient: Recipient, book: Book, card: PrintedCard
) -> None:
    recipient.opens_card(card)
    recipient.chooses(book.items["TEA-1"])
    book.take_all("TEA-1")
    page = recipient.writes_address()
    assert page.request.path == "/r/gift/choice"
    assert page.status_code == 422


def test_when_every_gift_is_out_the_pages_say_so(recipient: Recipient, book: Book, card: PrintedCard) -> None:
    for sku in book.items:
        book.take_all(sku)
    assert "All of these gifts are out of stock at the moment" in recipient.opens_card(card).text
    assert "All of these gifts are out of stock at the moment" in recipient.reads("/r/gift/choice")


def test_steps_cannot_be_skipped(recipient: Recipient, book: Book, card: PrintedCard) -> None:
    recipient.opens_card(card)
    assert recipient.client.get("/r/gift/check").location == "/r/gift/choice"
    assert recipient.client.post("/r/gift/check", data={"seen": "1"}).location == "/r/gift"
    recipient.chooses(book.items["TEA-1"])
    assert recipient.client.get("/r/gift/check").location == "/r/gift/address"
    assert recipient.client.post("/r/gift/check", data={"seen": "1"}).location == "/r/gift/check"
    assert count(book, Redemption) == 0


def test_an_address_before_the_gift_is_kept_and_leads_to_the_gifts(
    recipient: Recipient, book: Book, card: PrintedCard
) -> None:
    recipient.opens_card(card)
    assert recipient.writes_address().request.path == "/r/gift/choice"
    assert recipient.chooses(book.items["TEA-1"]).request.path == "/r/gift/check"


def test_what_is_wrong_with_an_address_stands_at_its_field_and_nothing_typed_is_lost(
    recipient: Recipient, book: Book, card: PrintedCard
) -> None:
    recipient.opens_card(card)
    recipient.chooses(book.items["TEA-1"])
    page = recipient.writes_address(**{"to-phone": "138 1234", "email": "li@", "not_before": "tomorrow"})
    assert page.status_code == 422
    assert "<title>Error: " in page.text
    linked = re.findall(r'<li><a href="#([\w-]+)">', page.text)
    assert linked == ["to-phone", "not_before", "email"]
    assert all(typed in page.text for typed in ("李雷", "138 1234", "体育西路123号 1501", "li@"))
    assert count(book, Draft) == 1
    assert recipient.client.get("/r/gift/check").location == "/r/gift/address"


def test_without_javascript_the_next_list_is_asked_for_and_nothing_is_checked_yet(
    recipient: Recipient, book: Book, card: PrintedCard
) -> None:
    recipient.opens_card(card)
    recipient.chooses(book.items["TEA-1"])
    half = {**ADDRESS_TYPED, "to-city": "", "to-district": "", "to-phone": "", "to-more": "1"}
    page = recipient.client.post("/r/gift/address", data=half)
    assert page.status_code == 200
    assert "广州市" in page.text
    assert "error-summary" not in page.text


@pytest.mark.parametrize(("days", "is_fine"), [(-1, False), (0, True), (10, True), (90, True), (91, False)])
def test_the_earliest_day_lies_within_the_next_three_months(
    recipient: Recipient, book: Book, card: PrintedCard, days: int, is_fine: bool
) -> None:
    recipient.opens_card(card)
    recipient.chooses(book.items["TEA-1"])
    day = local_day(clock.now(), "Asia/Shanghai") + timedelta(days=days)
    page = recipient.writes_address(not_before=day.isoformat())
    assert (page.status_code == 200) is is_fine
    if is_fine:
        recipient.confirms()
        assert book.shipment(card).not_before == day
    else:
        assert "Choose a day from today until" in page.text


def test_a_change_in_another_window_is_shown_before_it_counts(
    recipient: Recipient, book: Book, card: PrintedCard
) -> None:
    recipient.opens_card(card)
    recipient.chooses(book.items["TEA-1"])
    recipient.writes_address()
    seen = recipient.form_to_confirm()
    recipient.chooses(book.items["CUP-2"])
    page = recipient.confirms(**seen)
    assert page.request.path == "/r/gift/check"
    assert "You changed something in another window" in page.text
    assert count(book, Redemption) == 0
    recipient.confirms()
    assert book.redemption(card).item_id == book.items["CUP-2"]


def test_every_answer_has_a_way_back_to_it(recipient: Recipient, book: Book, card: PrintedCard) -> None:
    recipient.opens_card(card)
    recipient.chooses(book.items["TEA-1"])
    page = recipient.writes_address().text
    rows = re.findall(r"<dt>(.*?)</dt>.*?<a href=\"([^\"]+)\">Change", page, re.DOTALL)
    assert [label for label, _url in rows] == ["Gift", "Receiver", "Phone", "Address", "Not before", "E-mail"]
    address = recipient.reads("/r/gift/address")
    for _label, url in rows[1:]:
        assert f'id="{url.partition("#")[2]}"' in address


def test_the_language_changes_where_one_is_and_what_was_kept_stays(
    recipient: Recipient, book: Book, card: PrintedCard
) -> None:
    recipient.opens_card(card)
    recipient.chooses(book.items["TEA-1"])
    page = recipient.writes_address().text
    switch = re.search(r'href="(/r/gift/check\?lang=zh_Hans)"', page)
    assert switch
    chinese = recipient.reads(switch[1])
    assert "请核对" in chinese
    assert "西湖龙井" in chinese
    assert "体育西路123号" in chinese
    done = recipient.confirms().text
    assert "选好了" in done
    assert book.redemption(card).locale == "zh_Hans"


def test_who_wants_it_later_sees_that_it_waits(recipient: Recipient, book: Book, card: PrintedCard) -> None:
    recipient.opens_card(card)
    recipient.chooses(book.items["TEA-1"])
    day = local_day(clock.now(), "Asia/Shanghai") + timedelta(days=20)
    recipient.writes_address(not_before=day.isoformat())
    assert "It waits with us, as you asked" in recipient.confirms().text
