"""Shopping cards as a firm orders them: within the market's rules, each refusal at its field, nothing lost."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient

from giftshop import accounts, cards, catalogue, orders, payments
from giftshop.accounts import FirmKind
from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.kernel.market import MarketRules
from giftshop.kernel.money import Money
from giftshop.orders import Holder, OrderKind, Value
from giftshop.orders.errors import (
    FaceNotPositive,
    FaceTooHigh,
    NamedNeedsList,
    NoProducts,
    NoStoredValue,
    NothingWithin,
    ProductGone,
)
from giftshop.orders.rules import (
    Filled,
    InvoiceKind,
    Lack,
    LineKind,
    Tariff,
    is_identity_number,
    is_transfer_only,
    lacks,
    last_day,
    value_of,
)
from giftshop.orders.rules.value import years_after
from giftshop.web import GiftShop
from tests.orders.conftest import DESTINATION, TODAY, WANG, WORDS, place
from tests.orders.test_pages import DELIVERY
from tests.people import People, sign_in

MARKET = MarketRules().stored_value
FACE = Money(50_000, "CNY")
IN_FOUR_YEARS = date(2030, 8, 1)
COMPLETE = Filled(
    kind=OrderKind.SHOPPING_CARD,
    face_minor=50_000,
    products=3,
    quantity=10,
    headline="新春快乐",
    greeting="感谢",
    sender_name="联动",
    valid_until=IN_FOUR_YEARS,
    has_receiver=True,
    invoice_title="联动科技有限公司",
)


@pytest.fixture
def tea(database: Database, edition: catalogue.Edition) -> catalogue.Item:
    """The one product on offer, ¥200.00."""
    with database.reading() as reader:
        return catalogue.items_of(reader, edition.id)[0]


def value(tea: catalogue.Item, **changes: object) -> Value:
    return replace(Value(FACE, Holder.BEARER, 10, [tea.id]), **changes)  # type: ignore[arg-type]


def start(database: Database, people: People, wanted: Value) -> int:
    """A draft of the buyer of Lantern; returns its id."""
    firm = people.lantern
    number = database.transact(
        orders.start_cards,
        firm.id,
        wanted,
        market=MARKET,
        card_locale="zh_Hans",
        by=firm.buyer.actor,
        at=clock.now(),
    )
    with database.reading() as reader:
        return orders.order_of(reader, number, firm.id).id


def complete(database: Database, people: People, wanted: Value, *, agent: tuple[str, str] = ("", "")) -> int:
    """A draft that can be placed."""
    order_id, firm = start(database, people, wanted), people.lantern.id
    end = None if wanted.holder is Holder.NAMED else IN_FOUR_YEARS
    database.transact(orders.brand, order_id, firm, replace(WORDS, valid_until=end))
    database.transact(
        orders.send_to, order_id, firm, replace(DESTINATION, agent_name=agent[0], agent_document=agent[1])
    )
    return order_id


def money_comes(database: Database, people: People, order_id: int, day: date) -> None:
    """Finance marks the transfer for an order as received."""
    with database.reading() as reader:
        payment = payments.payment_of(reader, payments.Payable(orders.KIND, order_id))
    assert payment is not None
    finance = people.staff.finance.actor
    database.transact(
        payments.mark_received, payment.id, payment.amount_minor, day, "", today=day, by=finance, at=clock.now()
    )


# Rules


def test_a_complete_draft_of_cards_lacks_nothing() -> None:
    assert lacks(COMPLETE, today=TODAY, market=MARKET) == ()


@pytest.mark.parametrize(
    ("change", "lack"),
    [
        ({"face_minor": 100_001, "quantity": 9}, Lack.FACE),
        ({"face_minor": 0}, Lack.FACE),
        ({"products": 0}, Lack.PRODUCTS),
        ({"products": 61}, Lack.PRODUCTS),
        ({"valid_until": date(2029, 7, 31)}, Lack.VALIDITY),
        ({"valid_until": None}, Lack.VALIDITY),
        ({"valid_until": date(2036, 8, 2)}, Lack.VALIDITY),
        ({"quantity": 20}, Lack.REAL_NAME),
        ({"holder": Holder.NAMED, "valid_until": None}, Lack.REAL_NAME),
        ({"holder": Holder.NAMED, "has_real_name": True}, Lack.VALIDITY),
    ],
)
def test_the_market_has_its_say(change: dict[str, object], lack: Lack) -> None:
    draft = replace(COMPLETE, **change)  # type: ignore[arg-type]
    assert lacks(draft, today=TODAY, market=MARKET) == (lack,)


def test_a_named_card_may_hold_more_and_has_no_end() -> None:
    named = replace(COMPLETE, holder=Holder.NAMED, face_minor=500_000, valid_until=None, has_real_name=True)
    assert lacks(named, today=TODAY, market=MARKET) == ()
    assert lacks(replace(named, face_minor=500_001), today=TODAY, market=MARKET) == (Lack.FACE,)


@pytest.mark.parametrize(
    ("kind", "agreed", "given"),
    [
        (OrderKind.SHOPPING_CARD, IN_FOUR_YEARS, IN_FOUR_YEARS),
        (OrderKind.SHOPPING_CARD, date(2029, 7, 1), date(2029, 8, 1)),
        (OrderKind.SHOPPING_CARD, None, None),
        (OrderKind.GIFT_BOOK, date(2027, 7, 31), date(2027, 7, 31)),
        (OrderKind.GIFT_BOOK, date(2026, 7, 1), date(2026, 8, 31)),
    ],
)
def test_money_that_came_late_takes_no_time_from_holders(
    kind: OrderKind, agreed: date | None, given: date | None
) -> None:
    assert last_day(agreed, kind=kind, today=TODAY, market=MARKET) == given


def test_an_operator_elsewhere_has_other_caps() -> None:
    elsewhere = MarketRules.parse("[stored_value]\nbearer_cap_minor = 300000\nbearer_least_years = 1\n").stored_value
    draft = replace(COMPLETE, face_minor=300_000, valid_until=date(2027, 8, 1), has_real_name=True)
    assert lacks(draft, today=TODAY, market=elsewhere) == ()


def test_from_five_thousand_on_a_firm_pays_by_transfer_only() -> None:
    assert not is_transfer_only(499_999, MARKET)
    assert is_transfer_only(500_000, MARKET)


def test_three_years_after_a_leap_day_is_no_day_short() -> None:
    assert years_after(date(2028, 2, 29), 3) == date(2031, 3, 1)


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        ("11010519491231002X", True),
        ("440524188001010014", True),
        ("440524188001010015", False),
        ("11010519491231002", False),
        ("１１010519491231002X", False),
        ("", False),
    ],
)
def test_an_identity_number_checks_itself(number: str, is_one: bool) -> None:
    """The two examples are those of the standard itself, GB 11643-1999."""
    assert is_identity_number(number) is is_one


# Commands


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"face": Money(0, "CNY")}, FaceNotPositive),
        ({"face": Money(-100, "CNY")}, FaceNotPositive),
        ({"face": Money(100_001, "CNY")}, FaceTooHigh),
        ({"face": Money(19_999, "CNY")}, NothingWithin),
        ({"holder": Holder.NAMED}, NamedNeedsList),
        ({"products": []}, NoProducts),
        ({"products": [987_654]}, ProductGone),
    ],
)
def test_what_may_not_be_ordered_is_refused_at_its_field(
    database: Database,
    people: People,
    tea: catalogue.Item,
    change: dict[str, object],
    refusal: type[Exception],
) -> None:
    with pytest.raises(refusal):
        start(database, people, value(tea, **change))


def test_a_trade_union_buys_no_stored_value(database: Database, people: People, tea: catalogue.Item) -> None:
    sales = people.staff.sales.actor
    database.transact(accounts.classify_firm, people.lantern.id, FirmKind.TRADE_UNION, by=sales, at=clock.now())
    with pytest.raises(NoStoredValue):
        start(database, people, value(tea))


def test_a_firm_that_became_a_trade_union_meanwhile_cannot_place_its_draft(
    database: Database, people: People, tea: catalogue.Item
) -> None:
    order_id = complete(database, people, value(tea))
    sales = people.staff.sales.actor
    database.transact(accounts.classify_firm, people.lantern.id, FirmKind.TRADE_UNION, by=sales, at=clock.now())
    with pytest.raises(NoStoredValue):
        database.transact(place, people, order_id, 505_000)


def test_a_paid_order_of_cards_is_issued_and_posted(app: GiftShop, people: People, tea: catalogue.Item) -> None:
    database = app.database
    order_id = complete(database, people, value(tea, allows_difference=True))
    database.transact(place, people, order_id, 10 * 50_000 + 10 * 300 + 2_000)
    with database.reading() as reader:
        order = orders.order_by_id(reader, order_id)
        lines = orders.lines_for(reader, order, Tariff())
    assert order.transfer_only
    assert [(line.kind, line.invoice) for line in lines] == [
        (LineKind.VALUE, InvoiceKind.UNTAXED),
        (LineKind.PRINTING, InvoiceKind.ORDINARY),
        (LineKind.DELIVERY, InvoiceKind.ORDINARY),
    ]
    assert value_of(lines) == 500_000
    money_comes(database, people, order_id, TODAY)
    app.jobs.run_due()
    with database.reading() as reader:
        programme = cards.programme_bought_by(reader, orders.KIND, order_id)
        assert programme is not None
        assert (programme.kind, programme.allows_difference) == (cards.ProgrammeKind.STORED_VALUE, True)
        (batch,) = cards.batches_of(reader, [programme.id])
        assert (batch.face, batch.quantity, batch.edition_id) == (FACE, 10, None)
        assert cards.products_of(reader, programme.id) == [tea.id]
        assert list(cards.differences(reader)) == []


def test_an_order_paid_years_later_is_issued_and_can_be_spent_for_as_long_as_the_market_asks(
    app: GiftShop, people: People, tea: catalogue.Item
) -> None:
    database, late = app.database, datetime(2031, 3, 1, 9, tzinfo=UTC)
    order_id = complete(database, people, value(tea))
    database.transact(place, people, order_id, 10 * 50_000 + 10 * 300 + 2_000)
    with clock.standing_at(late):
        money_comes(database, people, order_id, late.date())
        app.jobs.run_due()
    with database.reading() as reader:
        programme = cards.programme_bought_by(reader, orders.KIND, order_id)
    assert programme is not None
    assert programme.valid_until == date(2034, 3, 1)


def test_named_cards_are_made_for_the_people_of_the_list_and_have_no_end(
    app: GiftShop, people: People, tea: catalogue.Item
) -> None:
    database, firm = app.database, people.lantern.id
    wanted = value(tea, holder=Holder.NAMED, quantity=None)
    order_id = complete(database, people, wanted, agent=("陈婉仪", "11010519491231002X"))
    database.transact(orders.keep_upload, order_id, firm, "名单.csv", [WANG], at=clock.now())
    database.transact(orders.accept_upload, order_id, firm, by=people.lantern.buyer.actor, at=clock.now())
    number = database.transact(place, people, order_id, 50_000 + 300 + 2_000)
    assert number.startswith("O-")


# Pages


@pytest.fixture
def buyer(client: FlaskClient, people: People) -> FlaskClient:
    sign_in(client, people.lantern.buyer)
    return client


def typed(tea: catalogue.Item, **changes: str) -> dict[str, str]:
    return {
        "face": "500",
        "holder": "bearer",
        "mode": "number",
        "quantity": "10",
        "products": str(tea.id),
        "request_key": "begin",
    } | changes


def begin(buyer: FlaskClient, tea: catalogue.Item, **changes: str) -> str:
    location = buyer.post("/orders/new-cards", data=typed(tea, **changes)).headers["Location"]
    found = re.search(r"/orders/(O-[\d-]+)/brand", location)
    assert found, location
    return found[1]


def test_a_buyer_draws_up_cards_and_changes_them(buyer: FlaskClient, tea: catalogue.Item) -> None:
    number = begin(buyer, tea)
    again = buyer.get(f"/orders/{number}/value").text
    assert 'value="500.00"' in again
    assert "checked" in again
    answer = buyer.post(f"/orders/{number}/value", data=typed(tea, face="800"))
    assert answer.headers["Location"].endswith("/brand")
    review = buyer.get(f"/orders/{number}/review").text
    assert "CN¥8,000.00" in review
    assert "bank transfer" in review


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"face": "1500"}, "may hold CN¥1,000.00 at most"),
        ({"face": "0"}, "more than zero"),
        ({"face": "-5"}, "more than zero"),
        ({"face": "12.345"}, "Write an amount such as 128.50."),
        ({"face": "9" * 30}, "Write an amount such as 128.50."),
        ({"face": ""}, "Write how much a card holds."),
        ({"face": "199.99"}, "could not be spent"),
        ({"products": ""}, "Choose what the card can be spent on."),
        ({"products": "x"}, "Choose what the card can be spent on."),
        ({"holder": "named"}, "made for the people of a list"),
        ({"holder": "nobody"}, ""),
        ({"quantity": "0"}, "Between 1 and 100000"),
        ({"quantity": "1.5"}, ""),
    ],
)
def test_bad_input_is_answered_on_the_page_and_what_was_typed_is_kept(
    buyer: FlaskClient, tea: catalogue.Item, changes: dict[str, str], words: str
) -> None:
    answer = buyer.post("/orders/new-cards", data=typed(tea, **changes))
    assert answer.status_code == 422
    assert words in answer.text
    assert 'class="error-summary"' in answer.text


def test_ten_thousand_of_bearer_cards_ask_who_buys(buyer: FlaskClient, tea: catalogue.Item) -> None:
    number = begin(buyer, tea, quantity="20")
    page = buyer.get(f"/orders/{number}/delivery").text
    assert "agent_document" in page
    answer = buyer.post(
        f"/orders/{number}/delivery", data=DELIVERY | {"agent_name": "陈婉仪", "agent_document": "110105194912310021"}
    )
    assert "This is not an identity card number" in answer.text


def test_below_it_nobody_is_asked(buyer: FlaskClient, tea: catalogue.Item) -> None:
    number = begin(buyer, tea)
    assert "agent_document" not in buyer.get(f"/orders/{number}/delivery").text


def test_a_trade_union_is_offered_no_cards(
    buyer: FlaskClient, people: People, database: Database, edition: catalogue.Edition
) -> None:
    assert "/orders/new-cards" in buyer.get("/orders/new").text
    sales = people.staff.sales.actor
    database.transact(accounts.classify_firm, people.lantern.id, FirmKind.TRADE_UNION, by=sales, at=clock.now())
    assert "/orders/new-cards" not in buyer.get("/orders/new").text
    assert buyer.get("/orders/new-cards").status_code == 409


def test_pages_of_gift_books_do_not_take_drafts_of_cards(
    buyer: FlaskClient, tea: catalogue.Item, people: People
) -> None:
    number = begin(buyer, tea)
    assert buyer.get(f"/orders/{number}/choose").status_code in {200, 409}
    answer = buyer.post(f"/orders/{number}/choose", data={"edition": "1", "mode": "number", "quantity": "3"})
    assert answer.status_code in {409, 422}


def test_the_estimate_follows_what_is_typed(buyer: FlaskClient, tea: catalogue.Item) -> None:
    assert "CN¥5,000.00" in buyer.get("/orders/estimate-cards?face=500&quantity=10").text
    for odd in ("face=&quantity=", "face=x&quantity=y", "face=-1&quantity=3", "face=99999999999999999999&quantity=1"):
        assert buyer.get(f"/orders/estimate-cards?{odd}").status_code == 200
