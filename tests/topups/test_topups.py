"""Lantern's buyer puts more on shopping cards that Lantern gave: paid first, then card by card."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from giftshop import cards, ledger, payments
from giftshop.accounts import FirmKind
from giftshop.accounts.models import Firm, User
from giftshop.cards import BlockReason, CannotTopUp, PrintedCard, ToppedUp
from giftshop.cards.models import Batch, Card
from giftshop.cards.progress import Shown, card_lines
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.market import StoredValueRules
from giftshop.kernel.money import Money
from giftshop.ledger import Account, EntryKind, Posting
from giftshop.notifications import Message
from giftshop.payments import Payable, PaymentState
from giftshop.topups import (
    KIND,
    AboveLimit,
    CardOutcome,
    NoStoredValue,
    NothingToTopUp,
    PickChanged,
    TopUp,
    TopUpCard,
    TopUpState,
    cancel,
    mark_given_back,
    place,
)
from giftshop.topups.errors import AmountNeeded, NothingToReturn, OnTheCards, RealNameNeeded
from giftshop.topups.service import Wanted, pick
from tests.people import sign_in
from tests.redemption.conftest import Book, another, book, hidden_fields, recipient
from tests.redemption.purses import Purses

__all__ = ["another", "book", "recipient"]
MARKET = StoredValueRules()
HUNDRED = Money(10_000, "CNY")


class ToppingUp:
    """Three cards of ¥500, and what a test does with them in few words."""

    def __init__(self, book: Book) -> None:
        self.book, self.purses, self.people = book, Purses(book), book.people
        self.cards = self.purses.cards(3)
        self.programme_id = self.purses.held(self.cards[0]).programme_id

    def places(self, each: Money = HUNDRED, *, by: Any = None, **changes: Any) -> str:
        wanted = Wanted(self.programme_id, each, changes.pop("first", None), changes.pop("last", None))
        seen = {"seen_total_minor": each.amount_minor * 3} | changes
        by, firm, at = by or self.people.lantern.buyer.actor, self.people.lantern.id, clock.now()
        return self.book.database.transact(place, firm, wanted, market=MARKET, by=by, at=at, **seen)

    def pays(self, number: str) -> None:
        finance, today = self.people.staff.finance.actor, date(2026, 9, 1)
        with self.book.database.reading() as reader:
            payment = payments.payment_of(reader, Payable(KIND, self.top_up(number).id))
        assert payment is not None
        total, at = payment.amount_minor, clock.now()
        self.book.database.transact(
            payments.mark_received, payment.id, total, today, "", today=today, by=finance, at=at
        )
        self.book.app.jobs.run_due()

    def top_up(self, number: str) -> TopUp:
        with self.book.database.reading() as reader:
            return (
                reader.scalars(select(TopUp)).one()
                if not number
                else next(each for each in reader.scalars(select(TopUp)) if each.number == number)
            )

    @property
    def left(self) -> list[int]:
        return [self.purses.left(card) for card in self.cards]

    def write(self, card: PrintedCard, **values: object) -> None:
        changed = update(Card).where(Card.id == self.book.card_id(card)).values(values)
        self.book.database.transact(lambda tx: tx.change(changed))


@pytest.fixture
def topping(book: Book) -> ToppingUp:
    return ToppingUp(book)


def test_paid_it_is_on_each_card_and_the_ledger_owes_as_much_more(topping: ToppingUp) -> None:
    number = topping.places()
    assert topping.left == [50_000] * 3, "not before it is paid"
    topping.pays(number)
    assert topping.left == [60_000] * 3
    assert topping.top_up(number).state is TopUpState.DONE
    with topping.book.database.reading() as reader:
        standing = ledger.standing_of(reader)
        kinds = reader.scalars(select(Posting.kind).where(Posting.subject_kind == KIND)).all()
        mails = reader.scalars(select(Message)).all()
    assert standing[Account.OUTSTANDING, "CNY"].amount_minor == -180_000
    assert set(kinds) == {EntryKind.TOP_UP}
    assert len(kinds) == 6
    assert any(f"Top-up {number} is done" in str(mail.subject) for mail in mails)
    topping.purses.prove()


def test_filled_again_it_gives_nothing_more(topping: ToppingUp) -> None:
    from giftshop.topups.service import fill

    number = topping.places()
    topping.pays(number)
    top_up_id = topping.top_up(number).id
    assert not topping.book.database.transact(fill, top_up_id, by=SYSTEM, at=clock.now())
    assert topping.left == [60_000] * 3


def test_a_card_that_is_stopped_or_fuller_by_then_is_listed_and_its_money_goes_back(topping: ToppingUp) -> None:
    number = topping.places(Money(45_000, "CNY"))
    by, transact = topping.people.staff.hotline.actor, topping.book.database.transact
    transact(cards.block, topping.book.card_id(topping.cards[0]), reason=BlockReason.LOST, by=by, at=clock.now())
    second, most = topping.book.card_id(topping.cards[1]), Money(100_000, "CNY")
    transact(cards.top_up, second, HUNDRED, most=most, subject=("test", 1), by=by, at=clock.now())
    topping.pays(number)
    assert topping.left == [50_000, 60_000, 95_000]
    top_up = topping.top_up(number)
    assert (top_up.refused, top_up.to_give_back) == (2, Money(90_000, "CNY"))
    with topping.book.database.reading() as reader:
        outcomes = reader.scalars(select(TopUpCard.outcome).order_by(TopUpCard.card_id)).all()
    assert outcomes == [CardOutcome.REFUSED, CardOutcome.REFUSED, CardOutcome.TOPPED_UP]
    finance = topping.people.staff.finance.actor
    transact(mark_given_back, top_up.id, "transfer of 2 September", by=finance, at=clock.now())
    with pytest.raises(NothingToReturn):
        transact(mark_given_back, top_up.id, "once more", by=finance, at=clock.now())
    topping.purses.prove()


@pytest.mark.parametrize(
    ("each", "refusal"),
    [(Money(50_001, "CNY"), NothingToTopUp), (Money(0, "CNY"), AmountNeeded), (Money(-1, "CNY"), AmountNeeded)],
)
def test_a_bearer_card_never_holds_more_than_a_thousand(
    topping: ToppingUp, each: Money, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        topping.places(each)
    assert topping.places(Money(50_000, "CNY"))


def test_a_named_card_without_a_last_day_holds_up_to_five_thousand(topping: ToppingUp) -> None:
    from giftshop.cards.models import Addressee

    (card,) = topping.purses.cards(valid_until=None)
    held = topping.purses.held(card)
    with topping.book.database.reading() as reader:
        serial = reader.get_one(Card, held.id).serial
    topping.book.database.transact(
        lambda tx: tx.add_new(Addressee, serial=serial, batch_id=held.batch_id, name="李雷", ref=None)
    )
    with topping.book.database.reading() as reader:
        firm, at = topping.people.lantern.id, clock.now()
        found = pick(reader, firm, Wanted(held.programme_id, Money(450_000, "CNY")), market=MARKET, at=at)
        assert (found.total.amount_minor, found.needs_real_name) == (450_000, True)
        with pytest.raises(NothingToTopUp):
            pick(reader, firm, Wanted(held.programme_id, Money(450_001, "CNY")), market=MARKET, at=at)


def test_a_range_takes_in_its_cards_only(topping: ToppingUp) -> None:
    with topping.book.database.reading() as reader:
        serials = reader.scalars(select(Card.serial).order_by(Card.serial)).all()
    number = topping.places(first=serials[1], last=serials[1], seen_total_minor=10_000)
    topping.pays(number)
    assert sorted(topping.left) == [50_000, 50_000, 60_000]


def test_another_total_than_was_shown_and_more_than_the_buyer_may_are_refused(topping: ToppingUp) -> None:
    with pytest.raises(PickChanged):
        topping.places(seen_total_minor=1)
    buyer = update(User).where(User.id == topping.people.lantern.buyer.id).values(order_limit_minor=29_999)
    topping.book.database.transact(lambda tx: tx.change(buyer))
    with pytest.raises(AboveLimit):
        topping.places()


def test_from_a_sum_on_the_buyer_is_named_and_pays_by_transfer(topping: ToppingUp) -> None:
    strict = replace(MARKET, real_name_from_minor=30_000, transfer_from_minor=30_000)
    wanted = Wanted(topping.programme_id, HUNDRED)
    by, firm, at = topping.people.lantern.buyer.actor, topping.people.lantern.id, clock.now()

    def places(name: str, document: str) -> str:
        known: dict[str, Any] = {"agent_name": name, "agent_document": document, "seen_total_minor": 30_000}
        return topping.book.database.transact(place, firm, wanted, market=strict, by=by, at=at, **known)

    for name, document in (("", ""), ("陈婉仪", "11010519491231002")):
        with pytest.raises(RealNameNeeded):
            places(name, document)
    number = places("陈婉仪", "11010519491231002X")
    with topping.book.database.reading() as reader:
        payment = payments.payment_of(reader, Payable(KIND, topping.top_up(number).id))
    assert payment is not None
    assert payment.transfer_only


def test_a_trade_union_and_a_programme_of_gift_books_are_refused(topping: ToppingUp) -> None:
    book_card = topping.book.cards(1)[0]
    with topping.book.database.reading() as reader:
        held = cards.held_card(reader, topping.book.card_id(book_card), at=clock.now())
        wanted = Wanted(held.programme_id, HUNDRED)
        with pytest.raises(NoStoredValue):
            pick(reader, topping.people.lantern.id, wanted, market=MARKET, at=clock.now())
    union = update(Firm).where(Firm.id == topping.people.lantern.id).values(kind=FirmKind.TRADE_UNION)
    topping.book.database.transact(lambda tx: tx.change(union))
    with pytest.raises(NoStoredValue):
        topping.places()


def test_given_up_nothing_is_expected_and_paid_it_cannot_be(topping: ToppingUp) -> None:
    number = topping.places()
    by = topping.people.lantern.buyer.actor
    topping.book.database.transact(cancel, topping.top_up(number).id, by=by, at=clock.now())
    with topping.book.database.reading() as reader:
        last = payments.last_payment_of(reader, Payable(KIND, topping.top_up(number).id))
    assert last is not None
    assert last.state is PaymentState.CANCELLED
    assert topping.left == [50_000] * 3


def test_what_is_on_cards_does_not_go_back_whole_and_their_programme_does_not_end(topping: ToppingUp) -> None:
    from giftshop.topups.service import undo

    number = topping.places()
    topping.pays(number)
    payable, finance = Payable(KIND, topping.top_up(number).id), topping.people.staff.finance.actor
    news = payments.PaymentReversed(payable, Money(30_000, "CNY"), finance, clock.now())
    with pytest.raises(OnTheCards):
        topping.book.database.transact(undo, news)
    with pytest.raises(ToppedUp):
        topping.book.database.transact(cards.void_programme, topping.programme_id, by=SYSTEM, at=clock.now())


def test_a_topped_up_card_is_not_shown_as_partly_spent_and_can_be_spent_whole(topping: ToppingUp) -> None:
    number = topping.places()
    topping.pays(number)
    with topping.book.database.reading() as reader:
        lines = card_lines(reader, topping.programme_id, at=clock.now()).rows
        begun = card_lines(reader, topping.programme_id, shown=Shown.BEGUN, at=clock.now()).rows
        progress = cards.programme_progress(reader, [topping.programme_id], at=clock.now())[topping.programme_id]
    assert {line.shown for line in lines} == {Shown.UNCLAIMED}
    assert not begun
    assert (progress.unclaimed, progress.begun, progress.outstanding_minor) == (3, 0, 180_000)
    card = topping.cards[0]
    topping.purses.buys(card, {"TEA-1": 3})
    assert topping.purses.left(card) == 60_000 - 50_400
    topping.purses.cancels(card, 1)
    assert topping.purses.left(card) == 60_000, "back above its face value"
    topping.purses.prove()


def test_what_is_spent_or_over_is_not_topped_up(topping: ToppingUp) -> None:
    card = topping.cards[0]
    topping.write(card, expires_at=clock.now())
    with pytest.raises(CannotTopUp):
        topping.book.database.transact(
            cards.top_up,
            topping.book.card_id(card),
            HUNDRED,
            most=Money(100_000, "CNY"),
            subject=("test", 1),
            by=SYSTEM,
            at=clock.now(),
        )
    assert topping.purses.held(card).balance.amount_minor == 50_000


# In a browser


def test_the_buyer_looks_orders_and_sees_it_done_and_a_second_tap_orders_once(
    client: FlaskClient, topping: ToppingUp
) -> None:
    sign_in(client, topping.people.lantern.buyer)
    start = f"/programmes/{topping.programme_id}/top-up"
    assert f'href="{start}"' in client.get(f"/programmes/{topping.programme_id}").text
    wrong = client.post(start, data={"each": "0"})
    assert wrong.status_code == 422
    assert "above zero" in wrong.text
    assert "not a serial number" in client.post(start, data={"each": "100", "first": "12"}).text
    review = client.post(start, data={"each": "100.00"}).text
    assert "CN¥300.00" in review
    form = hidden_fields(review)
    places = {client.post(f"/programmes/{topping.programme_id}/top-ups", data=form).location for _ in range(3)}
    assert len(places) == 1
    (page,) = places
    number = page.rsplit("/", 1)[-1]
    assert "To be paid" in client.get(page).text
    topping.pays(number)
    assert "On the cards" in client.get(page).text
    with topping.book.database.reading() as reader:
        assert reader.scalar(select(func.count()).select_from(TopUp)) == 1


def test_another_firm_sees_nothing_of_it(client: FlaskClient, topping: ToppingUp) -> None:
    number = topping.places()
    sign_in(client, topping.people.harbour.buyer)
    paths = [f"/top-ups/{number}", f"/programmes/{topping.programme_id}/top-up"]
    assert [client.get(path).status_code for path in paths] == [404, 404]
    posts = [f"/top-ups/{number}/cancel", f"/programmes/{topping.programme_id}/top-ups"]
    key = {"request_key": "not-mine", "each": "100", "seen_total_minor": "30000"}
    assert [client.post(path, data=key).status_code for path in posts] == [404, 404]
    assert topping.top_up(number).state is TopUpState.AWAITING_PAYMENT


def test_finance_sees_what_is_to_be_given_back_and_says_that_it_was(client: FlaskClient, topping: ToppingUp) -> None:
    number = topping.places()
    topping.write(topping.cards[0], expires_at=clock.now())
    topping.pays(number)
    sign_in(client, topping.people.staff.finance)
    assert "CN¥100.00" in client.get("/desk/top-ups").text
    page = f"/desk/top-ups/{number}"
    assert "goes back to the firm" in client.get(page).text
    empty = client.post(f"{page}/given-back", data={"request_key": "a", "note": " "})
    assert empty.status_code == 422
    done = client.post(f"{page}/given-back", data={"request_key": "b", "note": "by transfer"}, follow_redirects=True)
    assert "was paid back" in done.text


def test_batches_keep_their_face_value(topping: ToppingUp) -> None:
    number = topping.places()
    topping.pays(number)
    with topping.book.database.reading() as reader:
        assert reader.scalars(select(Batch.face_minor).where(Batch.edition_id.is_(None))).all() == [50_000]
