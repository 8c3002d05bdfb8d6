"""What becomes of an order that is paid by card: its cards are issued, stopped, ended, and its people are told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select, update

from giftshop import cards, orders, payments
from giftshop.cards import BlockReason, CardState
from giftshop.cards.models import Card
from giftshop.catalogue import Edition
from giftshop.db import Database, Transaction
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.money import Money
from giftshop.notifications import Message
from giftshop.orders import OrderState
from giftshop.orders.errors import PriceChanged
from giftshop.payments import Checkout, Payment, PaymentState, RefundState
from giftshop.payments.jobs import reconcile
from giftshop.web import GiftShop
from tests.orders.conftest import draft, place
from tests.payments.beside import StripeBeside, session_in
from tests.payments.conftest import settings, stripe, stripe_process
from tests.people import People, sign_in

__all__ = ["settings", "stripe", "stripe_process"]


class Buying:
    """A buyer with an order to pay, and the Stripe where they pay it."""

    def __init__(self, app: GiftShop, people: People, stripe: StripeBeside, edition: Edition) -> None:
        self.app, self.people, self.stripe = app, people, stripe
        self.browser, self.finance = app.test_client(), app.test_client()
        sign_in(self.browser, people.lantern.buyer)
        sign_in(self.finance, people.staff.finance)
        self.order_id = app.database.transact(draft, people, edition.id)
        try:
            app.database.transact(place, people, self.order_id, -1)
        except PriceChanged as changed:
            total = changed.facts["current"]
            assert isinstance(total, Money)
            seen = total.amount_minor
        self.number = app.database.transact(place, people, self.order_id, seen)
        self.page = f"/orders/{self.number}"

    def goes_to_pay(self) -> str:
        answer = self.browser.post(f"{self.page}/pay-by-card")
        assert answer.status_code == 303, answer.text
        return answer.location

    def pays(self, number: str = "4242424242424242") -> str:
        """Pay, come back, and have the cards issued. Returns the page that was paid on."""
        url = self.goes_to_pay()
        returned = self.stripe.pay(url, number)["success_url"]
        assert self.browser.get(returned.removeprefix("http://localhost")).location == self.page
        self.app.jobs.run_due()
        return url

    def news_arrives(self, url: str) -> None:
        for event in self.stripe.news_of(url):
            assert self.stripe.post(self.browser, event).status_code == 200
        self.app.jobs.run_due()

    @property
    def order(self) -> orders.Order:
        with self.app.database.reading() as reader:
            return orders.order_by_id(reader, self.order_id)

    def stands(self) -> OrderState:
        return self.order.state

    @property
    def payment(self) -> Payment:
        with self.app.database.reading() as reader:
            found = payments.last_payment_of(reader, payments.Payable(orders.KIND, self.order_id))
        assert found is not None
        return found

    @property
    def cards(self) -> list[Card]:
        with self.app.database.reading() as reader:
            return list(reader.scalars(select(Card).order_by(Card.id)))

    def activates(self) -> None:
        """The cards are printed, sent and there."""
        with self.app.database.reading() as reader:
            programme = cards.programme_bought_by(reader, orders.KIND, self.order_id)
            assert programme is not None
            (batch,) = cards.batches_of(reader, [programme.id])
        for step in (cards.mark_printed, cards.mark_shipped, cards.activate):
            self.app.database.transact(step, batch.id, by=SYSTEM, at=clock.now())

    def claims(self, card: Card) -> None:
        self.app.database.transact(cards.claim, card.id, by=SYSTEM, at=clock.now())

    def asks_for_money_back(self) -> None:
        self.answer = self.finance.post(
            f"/desk/payments/{self.payment.reference}/refund", data={"note": "The firm changed its mind"}
        )
        self.app.jobs.run_due()

    def refunds(self) -> list[RefundState]:
        with self.app.database.reading() as reader:
            return [refund.state for refund in payments.refunds_of(reader, self.payment.id)]

    def mails(self) -> list[Message]:
        with self.app.database.reading() as reader:
            to = Message.address == self.people.lantern.buyer.email
            return list(reader.scalars(select(Message).where(to).order_by(Message.id)))


@pytest.fixture
def buying(app: GiftShop, people: People, stripe: StripeBeside, edition: Edition) -> Buying:
    return Buying(app, people, stripe, edition)


def test_a_buyer_pays_by_card_and_the_gift_books_are_issued_once(buying: Buying) -> None:
    assert "Pay by card" in buying.browser.get(buying.page).text
    url = buying.pays()
    buying.news_arrives(url)
    assert buying.order.state is OrderState.ISSUED
    assert len(buying.cards) == 30
    assert "Pay by card" not in buying.browser.get(buying.page).text


def test_the_firms_finance_may_pay_and_its_approver_may_not(buying: Buying) -> None:
    for member, status in ((buying.people.lantern.finance, 303), (buying.people.lantern.approver, 403)):
        sign_in(buying.browser, member)
        assert buying.browser.post(f"{buying.page}/pay-by-card").status_code == status


def test_another_firm_cannot_pay_nor_see_where_it_is_paid(buying: Buying) -> None:
    sign_in(buying.browser, buying.people.harbour.buyer)
    assert buying.browser.post(f"{buying.page}/pay-by-card").status_code == 404


def test_where_market_rules_ask_for_a_transfer_the_page_says_why_and_offers_no_card(
    buying: Buying, database: Database
) -> None:
    database.transact(lambda tx: setattr(tx.get_one(Payment, buying.payment.id), "transfer_only", True))
    page = buying.browser.get(buying.page).text
    assert "The rules for gift cards in this market ask a firm to pay this sum by bank transfer" in page
    assert "/pay-by-card" not in page
    refused = buying.browser.post(f"{buying.page}/pay-by-card", follow_redirects=True)
    assert "can be made by bank transfer only" in refused.text


def test_without_an_account_a_card_is_not_spoken_of(
    buying: Buying, app: GiftShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "settings", replace(app.settings, stripe=None))
    page = buying.browser.get(buying.page).text
    assert "Please pay by bank transfer<" in page
    assert "y card" not in page


def test_a_cancelled_order_gives_late_money_back_and_says_so_on_both_pages_and_by_mail(buying: Buying) -> None:
    url = buying.goes_to_pay()
    buying.stripe.pay(url)
    buying.browser.post(f"{buying.page}/cancel")
    buying.news_arrives(url)
    assert (buying.order.state, buying.payment.state) == (OrderState.CANCELLED, PaymentState.CANCELLED)
    said = "The card payment came after the order was cancelled."
    assert said in buying.browser.get(buying.page).text
    desk = buying.finance.get(f"/desk/payments/{buying.payment.reference}").text
    assert "It came after the payment was cancelled" in desk
    assert "Refunded" in desk
    assert [said in mail.text for mail in buying.mails()] == [True]
    assert buying.cards == []


def test_finance_gives_a_card_payment_back_and_its_cards_are_worth_nothing(buying: Buying) -> None:
    buying.pays()
    buying.activates()
    buying.asks_for_money_back()
    assert buying.answer.status_code == 302
    assert (buying.order.state, buying.payment.state) == (OrderState.CANCELLED, PaymentState.REVERSED)
    assert {card.state for card in buying.cards} == {CardState.VOID}
    with buying.app.database.reading() as reader:
        assert [refund.state for refund in payments.refunds_of(reader, buying.payment.id)] == [RefundState.DONE]
    assert "goes back to your card" in buying.mails()[-1].subject
    buying.asks_for_money_back()
    assert buying.answer.status_code == 422, "once is enough"


def test_what_was_not_printed_yet_is_printed_no_more(buying: Buying) -> None:
    buying.pays()
    buying.asks_for_money_back()
    production = buying.people.staff.production.actor
    with pytest.raises(cards.BatchNotReady):
        buying.app.database.transact(cards.open_for_print, 1, reason="as ordered", by=production, at=clock.now())


def test_once_a_gift_was_redeemed_the_money_stays(buying: Buying) -> None:
    buying.pays()
    buying.activates()
    buying.claims(buying.cards[7])
    buying.asks_for_money_back()
    assert buying.answer.status_code == 422
    assert "was redeemed already" in buying.answer.text
    assert buying.payment.state is PaymentState.SETTLED
    assert {card.state for card in buying.cards} == {CardState.ACTIVE, CardState.CLAIMED}


def test_money_that_goes_back_before_the_cards_are_made_means_that_none_are(buying: Buying) -> None:
    url = buying.goes_to_pay()
    returned = buying.stripe.pay(url)["success_url"]
    buying.browser.get(returned.removeprefix("http://localhost"))
    assert buying.stands() is OrderState.PAID
    buying.asks_for_money_back()
    assert buying.stands() is OrderState.CANCELLED
    assert buying.cards == []


def test_a_refund_needs_a_reason(buying: Buying) -> None:
    buying.pays()
    refused = buying.finance.post(f"/desk/payments/{buying.payment.reference}/refund", data={"note": "  "})
    assert refused.status_code == 422
    assert "Please write why the money goes back." in refused.text


def test_a_refund_that_the_bank_sends_back_is_shown_and_sent_again(buying: Buying) -> None:
    url = buying.pays("4000000000005126")
    buying.asks_for_money_back()
    buying.news_arrives(url)
    desk = f"/desk/payments/{buying.payment.reference}"
    page = buying.finance.get(desk).text
    assert "lost_or_stolen_card" in page
    assert buying.number in buying.finance.get("/desk/payments?state=troubled").text
    with buying.app.database.reading() as reader:
        (refund,) = payments.refunds_of(reader, buying.payment.id)
    again = buying.finance.post(f"{desk}/refunds/{refund.id}/again")
    assert again.status_code == 302
    assert buying.refunds() == [RefundState.WANTED]
    assert buying.finance.post(f"{desk}/refunds/{refund.id}/paid-back").status_code == 409, "it may yet go through"
    buying.app.jobs.run_due()
    buying.news_arrives(url)
    assert buying.refunds() == [RefundState.FAILED]
    assert buying.finance.post(f"{desk}/refunds/{refund.id}/paid-back").status_code == 302
    assert buying.refunds() == [RefundState.BY_HAND]
    assert buying.number not in buying.finance.get("/desk/payments?state=troubled").text
    assert "we paid it back by bank transfer" in buying.browser.get(buying.page).text


@pytest.mark.parametrize(("end", "state"), [("won", CardState.ACTIVE), ("lost", CardState.BLOCKED)])
def test_a_dispute_stops_the_cards_that_were_not_redeemed_until_it_is_won(
    buying: Buying, end: str, state: CardState
) -> None:
    url = buying.pays("4000000000000259")
    buying.activates()
    buying.claims(buying.cards[0])
    buying.news_arrives(url)
    states = [(card.state, card.block_reason) for card in buying.cards]
    assert states == [(CardState.CLAIMED, None), *[(CardState.BLOCKED, BlockReason.DISPUTED)] * 29]
    assert "The bank asks for the money of this order back" in buying.browser.get(buying.page).text
    dispute = next(e for e in buying.stripe.news_of(url) if e["type"] == "charge.dispute.created")["data"]["object"]
    buying.stripe.control("close_dispute", dispute=dispute["id"], status=end)
    buying.news_arrives(url)
    assert {card.state for card in buying.cards[1:]} == {state}


def test_what_a_bank_asks_for_is_not_given_back_a_second_time(buying: Buying) -> None:
    url = buying.pays("4000000000000259")
    buying.news_arrives(url)
    assert "/refund" not in buying.finance.get(f"/desk/payments/{buying.payment.reference}").text
    buying.asks_for_money_back()
    assert buying.answer.status_code == 422
    assert "Answer the dispute instead." in buying.answer.text


def test_cards_that_are_issued_during_a_dispute_are_stopped_at_once(buying: Buying, app: GiftShop) -> None:
    url = buying.goes_to_pay()
    buying.stripe.pay(url, "4000000000000259")
    for event in buying.stripe.news_of(url):
        buying.stripe.post(buying.browser, event)
    app.jobs.run_due()
    assert {card.state for card in buying.cards} == {CardState.BLOCKED}


def test_what_stripe_holds_and_we_did_not_ask_for_is_looked_into_by_finance(buying: Buying) -> None:
    buying.goes_to_pay()
    strange = update(Checkout).values(session_id="cs_test_of_another_account", look_at=clock.now())
    buying.app.database.transact(Transaction.change, strange)
    buying.app.database.transact(reconcile, clock.now())
    buying.app.jobs.run_due()
    desk = f"/desk/payments/{buying.payment.reference}"
    assert "Stripe holds something that we did not ask for" in buying.finance.get(desk).text
    assert buying.number in buying.finance.get("/desk/payments?state=troubled").text
    assert buying.finance.post(f"{desk}/checkouts/1/cleared").status_code == 302
    assert buying.finance.post(f"{desk}/checkouts/1/cleared").status_code == 409
    assert buying.number not in buying.finance.get("/desk/payments?state=troubled").text


def test_while_stripe_is_away_the_page_says_so_and_the_transfer_stays(buying: Buying) -> None:
    buying.stripe.control("faults", kinds=["reset"], share=1)
    page = buying.browser.post(f"{buying.page}/pay-by-card", follow_redirects=True).text
    assert "Card payment does not answer just now." in page
    assert buying.payment.reference in page
    buying.stripe.control("faults")
    assert session_in(buying.goes_to_pay())
    assert len(buying.stripe.everything("sessions")) >= 1


def test_the_form_may_lead_to_the_page_to_pay_on_and_nowhere_else(buying: Buying) -> None:
    policy = buying.browser.get(buying.page).headers["Content-Security-Policy"]
    targets = next(part for part in policy.split("; ") if part.startswith("form-action"))
    assert targets == f"form-action 'self' {buying.stripe.account.api_base}"
