"""Something dearer than the card holds: all that is on it is taken, and the holder pays the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from giftshop import ledger, payments
from giftshop.cards import NotEnoughLeft, PrintedCard
from giftshop.config import Settings
from giftshop.fulfilment import shipment_by_source
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.money import Money
from giftshop.ledger import Account
from giftshop.payments import PaymentState
from giftshop.redemption import buy
from giftshop.redemption.differences import let_go, payable_of
from giftshop.redemption.models import WaitingDelivery
from giftshop.redemption.rules import PAYING_LASTS, RedemptionState
from tests.payments.beside import StripeBeside
from tests.payments.conftest import stripe, stripe_process  # fixtures
from tests.redemption.conftest import LI_LEI, Book, Recipient, hidden_fields, holder
from tests.redemption.purses import Purses

__all__ = ["stripe", "stripe_process"]
MISSING = Money(400, "CNY")
"""Three products for ¥504.00, with ¥500.00 on the card."""


@pytest.fixture
def settings(settings: Settings, stripe: StripeBeside) -> Settings:
    """A site that takes payments by card."""
    return replace(settings, stripe=stripe.account)


@pytest.fixture
def purses(book: Book) -> Purses:
    return Purses(book)


@pytest.fixture
def purse(purses: Purses) -> PrintedCard:
    return purses.cards(allows_difference=True)[0]


def buys(purses: Purses, card: PrintedCard, difference: Money = MISSING) -> int:
    card_id = purses.book.card_id(card)
    return purses.book.database.transact(
        buy,
        card_id,
        purses.basket({"TEA-1": 3}),
        LI_LEI,
        not_before=None,
        email=None,
        locale="en",
        draft_key=None,
        difference=difference,
        by=holder(card_id),
        at=clock.now(),
    )


def pays(purses: Purses, card: PrintedCard) -> None:
    """The money for the difference is here."""
    with purses.book.database.reading() as reader:
        payment = payments.payment_of(reader, payable_of(purses.visit(card, 1)))
    assert payment is not None
    finance, today = purses.book.people.staff.finance.actor, date(2026, 9, 1)
    purses.book.database.transact(
        payments.mark_received, payment.id, 400, today, "", today=today, by=finance, at=clock.now()
    )


def has_parcel(purses: Purses, card: PrintedCard) -> bool:
    with purses.book.database.reading() as reader:
        return shipment_by_source(reader, purses.visit(card, 1).source) is not None


def addresses_kept(purses: Purses) -> int:
    with purses.book.database.reading() as reader:
        return reader.scalar(select(func.count()).select_from(WaitingDelivery)) or 0


def test_goods_and_value_are_kept_until_it_is_paid_and_nothing_is_sent(purses: Purses, purse: PrintedCard) -> None:
    buys(purses, purse)
    assert purses.visit(purse, 1).state is RedemptionState.AWAITING_PAYMENT
    assert (purses.left(purse), purses.book.left("TEA-1")) == (0, 7)
    assert not has_parcel(purses, purse)
    purses.prove()


def test_paid_it_is_sent_and_the_ledger_tells_both_sums(purses: Purses, purse: PrintedCard) -> None:
    buys(purses, purse)
    pays(purses, purse)
    assert purses.visit(purse, 1).state is RedemptionState.CONFIRMED
    assert purses.shipment(purse, 1).receiver == LI_LEI
    assert (purses.book.left("TEA-1"), addresses_kept(purses)) == (7, 0)
    with purses.book.database.reading() as reader:
        standing = ledger.standing_of(reader)
    assert standing[Account.RECEIVED, "CNY"] == MISSING
    assert standing[Account.REDEEMED, "CNY"].amount_minor == -50_400
    purses.prove()


def test_not_paid_in_time_it_is_all_let_go(purses: Purses, purse: PrintedCard) -> None:
    buys(purses, purse)
    purses.book.app.jobs.run_due(at=clock.now() + PAYING_LASTS - timedelta(minutes=1))
    assert purses.left(purse) == 0
    purses.book.app.jobs.run_due(at=clock.now() + PAYING_LASTS + timedelta(minutes=1))
    assert purses.visit(purse, 1).state is RedemptionState.CANCELLED
    assert (purses.left(purse), purses.book.left("TEA-1"), addresses_kept(purses)) == (50_000, 10, 0)
    purses.prove()


def test_paid_just_in_time_the_clock_changes_nothing_more(purses: Purses, purse: PrintedCard) -> None:
    buys(purses, purse)
    pays(purses, purse)
    assert not purses.book.database.transact(let_go, purses.visit(purse, 1).id, by=SYSTEM, at=clock.now())
    assert purses.left(purse) == 0
    assert has_parcel(purses, purse)


def test_given_up_by_its_holder_the_payment_is_not_expected_any_more(purses: Purses, purse: PrintedCard) -> None:
    buys(purses, purse)
    payable = payable_of(purses.visit(purse, 1))
    purses.cancels(purse, 1)
    assert purses.left(purse) == 50_000
    with purses.book.database.reading() as reader:
        last = payments.last_payment_of(reader, payable)
    assert last is not None
    assert last.state is PaymentState.CANCELLED


@pytest.mark.parametrize("difference", [Money(300, "CNY"), Money(500, "CNY"), Money(50_400, "CNY")])
def test_another_sum_than_is_missing_is_refused(purses: Purses, purse: PrintedCard, difference: Money) -> None:
    with pytest.raises(NotEnoughLeft):
        buys(purses, purse, difference)
    assert (purses.left(purse), purses.book.left("TEA-1")) == (50_000, 10)


def test_a_programme_that_does_not_allow_it_refuses_it(purses: Purses) -> None:
    (card,) = purses.cards()
    with pytest.raises(NotEnoughLeft):
        buys(purses, card)


# In a browser


def to_the_check(recipient: Recipient, purses: Purses, card: PrintedCard) -> str:
    recipient.opens_card(card)
    page = recipient.client.get("/r/gift/choice").text
    data = hidden_fields(page) | {f"item-{purses.book.items['TEA-1']}": "3"}
    recipient.client.post("/r/gift/choice", data=data)
    return recipient.writes_address().text


def test_a_holder_pays_on_top_by_card_and_comes_back(
    recipient: Recipient, client: FlaskClient, purses: Purses, purse: PrintedCard, stripe: StripeBeside
) -> None:
    check = to_the_check(recipient, purses, purse)
    for figure in ("CN¥168.00 × 3", "CN¥500.00", "CN¥4.00"):
        assert figure in check
    waiting = recipient.confirms()
    assert waiting.request.path == "/r/gift/orders/1"
    assert "pay the difference" in waiting.text
    away = client.post("/r/gift/orders/1/pay")
    assert away.status_code == 303
    stripe.pay(away.headers["Location"])
    assert purses.visit(purse, 1).state is RedemptionState.AWAITING_PAYMENT
    again = client.post("/r/gift/orders/1/pay")
    assert again.headers["Location"] == away.headers["Location"]
    for event in stripe.news_of(away.headers["Location"]):
        stripe.post(client, event)
    purses.book.app.jobs.run_due()
    paid = recipient.reads("/r/gift/orders/1")
    assert "A good choice!" in paid
    assert "CN¥4.00 paid on top" in paid
    purses.prove()


@pytest.mark.parametrize("allowed", [True, False])
def test_a_card_with_less_left_than_anything_costs_leads_to_the_choice_where_one_may_pay_on_top(
    recipient: Recipient, purses: Purses, allowed: bool
) -> None:
    (card,) = purses.cards(allows_difference=allowed)
    purses.buys(card, {"TEA-1": 2})
    recipient.opens_card(card)
    assert ("Use it with another card" in recipient.reads()) is not allowed


def test_what_changed_since_it_was_shown_is_shown_again(
    recipient: Recipient, purses: Purses, purse: PrintedCard
) -> None:
    to_the_check(recipient, purses, purse)
    form = recipient.form_to_confirm()
    purses.buys(purse, {"SILK-3": 1})
    answer = recipient.client.post("/r/gift/check", data=form, follow_redirects=True)
    assert answer.request.path == "/r/gift/choice"
    assert purses.left(purse) == 33_200


def test_the_waiting_order_can_be_given_up_on_its_page(
    recipient: Recipient, client: FlaskClient, purses: Purses, purse: PrintedCard
) -> None:
    to_the_check(recipient, purses, purse)
    recipient.confirms()
    page = client.post("/r/gift/orders/1/cancel", data={"request_key": "no"}, follow_redirects=True).text
    assert "Cancelled" in page
    assert purses.left(purse) == 50_000
    assert "CN¥500.00" in recipient.reads()
