"""A shopping card of ¥800 is spent with Li Lei's phone; whoever only has its code gets nowhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from giftshop.audit import AuditEvent
from giftshop.cards import PrintedCard
from giftshop.config import Settings
from giftshop.jobs import Job, JobRun
from giftshop.kernel import clock
from giftshop.kernel.keyring import Keyring, Keyset
from giftshop.kernel.market import GiftRules, MarketRules
from giftshop.kernel.money import Money
from giftshop.notifications import messages_to
from giftshop.redemption import buy, reseal_phones
from giftshop.redemption.binding import FORGET_JOB, bound_phone, forget
from giftshop.redemption.errors import PhoneNotBound, PhoneNotProved, PhoneUnreadable
from giftshop.redemption.models import CardPhone, Redemption
from giftshop.redemption.rules import PHONE_KEPT
from tests.people import sign_in
from tests.races.test_redeeming import together
from tests.redemption.conftest import LI_LEI, Book, Recipient, hidden_fields, statements
from tests.redemption.purses import Purses

PHONE = "+8613812345678"
FACE = Money(80_000, "CNY")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The market's own rules: cards above ¥500 ask for a phone."""
    return replace(settings, market=MarketRules())


@pytest.fixture
def purses(book: Book) -> Purses:
    return Purses(book)


@pytest.fixture
def purse(purses: Purses) -> PrintedCard:
    """¥800, in Li Lei's hand."""
    return purses.cards(face=FACE)[0]


@pytest.fixture
def minutes(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Set the only number in it, and it is so many minutes later."""
    began, passed = clock.now(), [0.0]
    monkeypatch.setattr(clock, "now", lambda: began + timedelta(minutes=passed[0]))
    return passed


def walks(recipient: Recipient, purses: Purses, card: PrintedCard, wanted: Mapping[str, int]) -> str:
    """Open, choose and give an address; returns the page this leads to."""
    recipient.opens_card(card)
    counts = {f"item-{purses.book.items[sku]}": str(count) for sku, count in wanted.items()}
    recipient.client.post("/r/gift/choice", data=counts)
    return recipient.writes_address().text


def code_sent(book: Book, phone: str = PHONE) -> str:
    with book.database.reading() as reader:
        message = messages_to(reader, phone)[0]
    found = re.search(r"\d{6}", message.text)
    assert found
    assert message.is_secret
    return found[0]


def types(recipient: Recipient, code: str, phone: str = PHONE) -> str:
    """Type a code in, as its page asks for it; returns where that leads."""
    data = {"code": code, "phone": phone}
    return recipient.client.post("/r/gift/phone/code", data=data, follow_redirects=True).text


def binds(recipient: Recipient, book: Book, phone: str = "138 1234 5678") -> str:
    recipient.client.post("/r/gift/phone", data={"phone": phone})
    return types(recipient, code_sent(book))


def visits(book: Book) -> int:
    with book.database.reading() as reader:
        return reader.scalar(select(func.count()).select_from(Redemption)) or 0


def test_li_lei_binds_his_phone_and_is_asked_for_a_code_at_each_visit(
    recipient: Recipient, purses: Purses, purse: PrintedCard, minutes: list[float]
) -> None:
    book = purses.book
    page = walks(recipient, purses, purse, {"TEA-1": 1})
    assert "Protect this card with your phone" in page
    assert "138 1234 5678" in page, "what was given with the address is there to begin with"
    sent = recipient.client.post("/r/gift/phone", data={"phone": "138 1234 5678"})
    assert "the phone that ends in 78" in sent.text
    assert hidden_fields(sent.text)["phone"] == PHONE
    assert "Is everything right?" in types(recipient, code_sent(book))
    recipient.confirms()
    assert purses.left(purse) == 80_000 - 16_800
    minutes[0] = 2
    again = walks(recipient, purses, purse, {"SILK-3": 1})
    assert "We send a code to the phone that ends in 78" in again
    assert "138" not in again.replace("13812345678", ""), "no more of it than two digits"
    assert "Type in the code" in recipient.client.post("/r/gift/phone").text
    assert "Is everything right?" in types(recipient, code_sent(book), phone="")
    recipient.confirms()
    assert purses.left(purse) == 80_000 - 2 * 16_800
    purses.prove()


def test_a_thief_who_has_the_code_of_a_bound_card_gets_nowhere(
    recipient: Recipient, another: Recipient, purses: Purses, purse: PrintedCard, minutes: list[float]
) -> None:
    book, thief = purses.book, another
    walks(recipient, purses, purse, {"TEA-1": 1})
    binds(recipient, book)
    recipient.confirms()
    minutes[0] = 5
    walks(thief, purses, purse, {"CUP-2": 1})
    thief.client.post("/r/gift/phone", data={"phone": "139 0000 0000"})
    with book.database.reading() as reader:
        assert messages_to(reader, "+8613900000000") == [], "it goes to Li Lei's phone, whatever is typed"
    wrong = f"{(int(code_sent(book)) + 1) % 10**6:06}"
    for _ in range(5):
        assert "That is not the code we sent" in types(thief, wrong, phone="+8613900000000")
    assert "That is not the code we sent" in types(thief, code_sent(book)), "five tries, and it is over"
    form = {"seen": "2", "on_top": "", "request_key": "theirs"}
    assert thief.client.post("/r/gift/check", data=form).location == "/r/gift/phone"
    assert visits(book) == 1


def test_the_command_refuses_whatever_page_it_is_called_from(purses: Purses, purse: PrintedCard) -> None:
    with pytest.raises(PhoneNotBound):
        purses.buys(purse, {"TEA-1": 1})
    assert purses.left(purse) == 80_000


def proved(recipient: Recipient, purses: Purses, purse: PrintedCard) -> str:
    """Li Lei has typed the code in; returns the key of his draft."""
    walks(recipient, purses, purse, {"TEA-1": 1})
    binds(recipient, purses.book)
    with recipient.client.session_transaction() as session:
        return str(session["gift"]["draft_key"])


def buys_with(purses: Purses, purse: PrintedCard, draft_key: str | None, minutes: int = 0) -> bool:
    book, card_id = purses.book, purses.book.card_id(purse)
    at, by = clock.now() + timedelta(minutes=minutes), purses.book.people.staff.hotline.actor
    told = {"not_before": None, "email": None, "locale": "en", "draft_key": draft_key}
    try:
        book.database.transact(buy, card_id, purses.basket({"TEA-1": 1}), LI_LEI, **told, by=by, at=at)  # type: ignore[arg-type]
    except (PhoneNotBound, PhoneNotProved):
        return False
    return True


def test_a_proof_is_good_once_for_a_quarter_of_an_hour_and_in_one_browser(
    recipient: Recipient, purses: Purses, purse: PrintedCard
) -> None:
    key = proved(recipient, purses, purse)
    assert not buys_with(purses, purse, "of-another-browser")
    assert not buys_with(purses, purse, None)
    assert not buys_with(purses, purse, key, minutes=16)
    assert together([partial(buys_with, purses, purse, key)] * 6) == 1
    assert purses.left(purse) == 80_000 - 16_800


def test_a_refused_purchase_does_not_use_the_proof_up(recipient: Recipient, purses: Purses, purse: PrintedCard) -> None:
    key = proved(recipient, purses, purse)
    purses.book.take_all("TEA-1")
    assert "has just been taken" in recipient.confirms().text
    purses.book.stock_up("TEA-1", 1)
    assert buys_with(purses, purse, key)


def test_an_order_cannot_become_dearer_behind_the_phone(
    recipient: Recipient, purses: Purses, purse: PrintedCard
) -> None:
    proved(recipient, purses, purse)
    recipient.confirms()
    counts = {f"item-{purses.book.items['TEA-1']}": "2"}
    assert "cannot become dearer" in recipient.client.post("/r/gift/orders/1/choice", data=counts).text
    other = {f"item-{purses.book.items['CUP-2']}": "1"}
    recipient.client.post("/r/gift/orders/1/choice", data=other)
    assert purses.left(purse) == 80_000 - 16_800


def test_the_hotline_spends_for_a_caller_until_a_phone_is_bound(
    recipient: Recipient, purses: Purses, purse: PrintedCard
) -> None:
    assert buys_with(purses, purse, None)
    proved(recipient, purses, purse)
    assert not buys_with(purses, purse, None)


def test_the_hotline_takes_a_phone_off_with_a_reason_and_never_sees_it(
    recipient: Recipient, client: FlaskClient, purses: Purses, purse: PrintedCard
) -> None:
    book, card_id = purses.book, purses.book.card_id(purse)
    proved(recipient, purses, purse)
    agent = book.app.test_client()
    sign_in(agent, book.people.staff.hotline)
    page = agent.get("/desk/card-phones", query_string={"q": purse.serial}).text
    assert "A phone is bound to it since" in page
    assert "5678" not in page
    address = f"/desk/card-phones/{card_id}/unbind"
    assert agent.post(address, data={}).status_code == 422
    assert agent.post(address, data={"reason": "new_number"}, follow_redirects=True).status_code == 200
    with book.database.reading() as reader:
        assert reader.get(CardPhone, card_id) is None
        event = reader.scalars(select(AuditEvent).where(AuditEvent.action == "redemption.unbind_phone")).one()
    assert (event.facts, event.actor_id) == ({"reason": "new_number"}, book.people.staff.hotline.id)
    assert agent.post(address, data={"reason": "erasure"}).status_code == 422
    assert agent.post("/desk/card-phones/987654/unbind", data={"reason": "erasure"}).status_code == 404


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "phone"),
        ("020 8888 8888", "mobile phone"),
        ("12345", "phone"),
        ("1" * 4000, "phone"),
        ("\u0661\u0663\u0668", "phone"),
    ],
)
def test_what_is_no_mobile_is_said_at_its_field(
    recipient: Recipient, purses: Purses, purse: PrintedCard, typed: str, said: str
) -> None:
    walks(recipient, purses, purse, {"TEA-1": 1})
    answer = recipient.client.post("/r/gift/phone", data={"phone": typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert recipient.client.post("/r/gift/phone/code", data={"code": "123456", "phone": typed}).status_code == 303


def test_a_second_tap_sends_no_second_code(
    recipient: Recipient, purses: Purses, purse: PrintedCard, minutes: list[float]
) -> None:
    walks(recipient, purses, purse, {"TEA-1": 1})
    for _ in range(3):
        page = recipient.client.post("/r/gift/phone", data={"phone": "138 1234 5678"}).text
        assert "Type in the code" in page
    assert "another one in 60 seconds" in page
    with purses.book.database.reading() as reader:
        assert len(messages_to(reader, PHONE)) == 1


def test_a_card_below_the_value_pays_no_statement_for_it(
    recipient: Recipient, purses: Purses, card: PrintedCard
) -> None:
    (small,) = purses.cards()
    assert "Is everything right?" in walks(recipient, purses, small, {"TEA-1": 1})
    form = hidden_fields(recipient.reads("/r/gift/check"))
    with statements(purses.book.database) as asked:
        assert recipient.client.post("/r/gift/check", data=form).location == "/r/gift/orders/1"
    assert [each for each in asked if "card_phones" in each] == []
    purses.book.redeemed(card)


def test_gift_books_ask_for_a_phone_where_the_market_says_so(
    recipient: Recipient, book: Book, card: PrintedCard
) -> None:
    object.__setattr__(book.app.settings.market, "gifts", GiftRules(phone_above_minor=10_000))
    recipient.opens_card(card)
    recipient.chooses(book.items["TEA-1"])
    assert "Protect this card with your phone" in recipient.writes_address().text
    assert recipient.client.post("/r/gift/check", data={"seen": "2"}).location == "/r/gift/phone"
    binds(recipient, book)
    recipient.confirms()
    assert book.redemption(card)


def test_no_column_holds_the_number_and_it_is_sealed_anew_under_a_new_key(
    recipient: Recipient, purses: Purses, purse: PrintedCard
) -> None:
    book, card_id = purses.book, purses.book.card_id(purse)
    proved(recipient, purses, purse)
    old = book.app.settings.keyring
    new = Keyset.generate("m2")
    both = Keyring(old.peppers, Keyset("m2", {**old.master_keys.keys, **new.keys}))
    with book.database.reading() as reader:
        assert PHONE[3:].encode() not in reader.get_one(CardPhone, card_id).sealed
    assert book.database.transact(reseal_phones, both) == 1
    assert book.database.transact(reseal_phones, both) == 0
    with book.database.reading() as reader:
        assert bound_phone(reader, card_id, Keyring(old.peppers, new)) == PHONE
        with pytest.raises(PhoneUnreadable):
            bound_phone(reader, card_id, old)


def test_the_phone_of_a_card_that_is_used_up_is_forgotten_and_no_other(
    recipient: Recipient, purses: Purses, purse: PrintedCard
) -> None:
    book, card_id = purses.book, purses.book.card_id(purse)
    proved(recipient, purses, purse)
    later = clock.now() + PHONE_KEPT + timedelta(days=1)

    def looks() -> bool:
        forget(JobRun(1, {"card_id": card_id}, later, book.database))
        with book.database.reading() as reader:
            return reader.get(CardPhone, card_id) is not None

    assert looks(), "there is value on it"
    with book.database.reading() as reader:
        assert reader.scalar(select(func.count()).select_from(Job).where(Job.kind == FORGET_JOB)) == 2
    forget(JobRun(1, {"card_id": card_id}, clock.now() + timedelta(days=1300), book.database))
    with book.database.reading() as reader:
        assert reader.get(CardPhone, card_id) is None, "it has expired"
