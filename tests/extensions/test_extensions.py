"""A firm gives everybody of a programme more time: free at once, or when the fee has come."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from flask.testing import FlaskClient

from giftshop import cards, extensions, payments
from giftshop.cards import CardState
from giftshop.extensions import KIND, ExtensionState
from giftshop.extensions.errors import NotAwaited
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.market import MarketRules
from giftshop.ledger import Account
from giftshop.payments import Payable
from giftshop.web import GiftShop
from tests.cards.making import NOW, Made, cards_in, make
from tests.cards.test_ending import LAPSED, owed, the_years_pass
from tests.people import People, sign_in

UNTIL = "2027-12-31"


@pytest.fixture(autouse=True)
def today() -> object:
    with time_machine.travel(NOW, tick=False):
        yield None


@pytest.fixture
def autumn(app: GiftShop, people: People) -> Made:
    """Three gift books, one of them redeemed."""
    made = make(app, people, 3)
    app.database.transact(cards.claim, cards_in(app.database, made.batch_id)[0].id, by=SYSTEM, at=NOW)
    return made


@pytest.fixture
def fee(app: GiftShop) -> object:
    """¥5.00 for each card."""
    object.__setattr__(app.settings.market.cards, "extension_fee_minor", 500)
    yield None
    object.__setattr__(app.settings.market.cards, "extension_fee_minor", MarketRules().cards.extension_fee_minor)


def asked(client: FlaskClient, made: Made, *, until: str = UNTIL, seen: int = 0) -> tuple[int, str]:
    answer = client.post(f"/programmes/{made.programme_id}/extend", data={"until": until, "seen_minor": str(seen)})
    return answer.status_code, answer.location or answer.text


def last_day(app: GiftShop, made: Made) -> date | None:
    with app.database.reading() as reader:
        return cards.programme(reader, made.programme_id).valid_until


def test_where_it_is_free_it_counts_at_once(client: FlaskClient, app: GiftShop, people: People, autumn: Made) -> None:
    sign_in(client, people.lantern.buyer)
    page = client.get(f"/programmes/{autumn.programme_id}/extend").text
    assert "2 cards that are not redeemed" in page
    status, where = asked(client, autumn)
    assert status == 303
    assert "Good until" in client.get(where).text
    assert last_day(app, autumn) == date(2027, 12, 31)


def test_where_it_costs_something_it_counts_when_the_money_is_here(
    client: FlaskClient, app: GiftShop, people: People, autumn: Made, fee: None
) -> None:
    sign_in(client, people.lantern.buyer)
    status, words = asked(client, autumn, seen=0)
    assert (status, "has changed" in words) == (422, True)
    status, where = asked(client, autumn, seen=1_000)
    assert status == 303
    assert "10.00" in client.get(where).text
    assert last_day(app, autumn) == date(2026, 12, 31)
    pay(app, people, where)
    assert last_day(app, autumn) == date(2027, 12, 31)
    assert "Good until" in client.get(where).text
    assert client.post(f"{where}/cancel").status_code == 303
    assert state_of(app, where) is ExtensionState.DONE


def test_paid_after_everything_ended_the_fee_goes_back(
    client: FlaskClient, app: GiftShop, people: People, autumn: Made, fee: None
) -> None:
    sign_in(client, people.lantern.buyer)
    _status, where = asked(client, autumn, seen=1_000)
    the_years_pass(app)
    finance = people.staff.finance.actor
    market = MarketRules()
    app.database.transact(cards.settle, autumn.programme_id, market=market, by=finance, at=LAPSED)
    with time_machine.travel(LAPSED, tick=False):
        pay(app, people, where)
        assert state_of(app, where) is ExtensionState.LEFT_OVER
        sign_in(client, people.staff.finance)
        desk = f"/desk{where}"
        assert client.post(f"{desk}/given-back", data={"note": " "}).status_code == 422
        assert client.post(f"{desk}/given-back", data={"note": "Transfer of today"}).status_code == 303
        assert "Transfer of today" in client.get(desk).text
    assert owed(app.database, Account.KEPT) == 40_000


def test_expired_cards_hold_again_what_they_held(
    client: FlaskClient, app: GiftShop, people: People, autumn: Made
) -> None:
    the_years_pass(app)
    with time_machine.travel(LAPSED, tick=False):
        sign_in(client, people.lantern.administrator)
        assert asked(client, autumn)[0] == 303
    assert owed(app.database, Account.OUTSTANDING) == 40_000
    states = [card.state for card in cards_in(app.database, autumn.batch_id)]
    assert states == [CardState.CLAIMED, CardState.ACTIVE, CardState.ACTIVE]


@pytest.mark.parametrize("until", ["", "soon", "2026-12-31", "2026-01-01", "2036-01-01", "0000-00-00", "9999-12-31"])
def test_a_day_that_is_no_day_or_out_of_reach_is_told_at_its_field(
    client: FlaskClient, app: GiftShop, people: People, autumn: Made, until: str
) -> None:
    sign_in(client, people.lantern.buyer)
    status, page = asked(client, autumn, until=until)
    assert (status, 'id="until-error"' in page) == (422, True)
    assert last_day(app, autumn) == date(2026, 12, 31)


def test_another_firm_finds_nothing_and_finance_may_look_only(
    client: FlaskClient, app: GiftShop, people: People, autumn: Made
) -> None:
    sign_in(client, people.harbour.buyer)
    assert asked(client, autumn)[0] == 404
    sign_in(client, people.lantern.finance)
    assert client.get(f"/programmes/{autumn.programme_id}/extend").status_code == 200
    assert asked(client, autumn)[0] == 403
    sign_in(client, people.lantern.buyer)
    _status, where = asked(client, autumn)
    sign_in(client, people.harbour.buyer)
    assert client.get(where).status_code == 404


def test_given_up_before_it_is_paid_nothing_is_owed(
    client: FlaskClient, app: GiftShop, people: People, autumn: Made, fee: None
) -> None:
    sign_in(client, people.lantern.buyer)
    _status, where = asked(client, autumn, seen=1_000)
    assert client.post(f"{where}/cancel").status_code == 303
    assert state_of(app, where) is ExtensionState.CANCELLED
    with pytest.raises((payments.PaymentCancelled, NotAwaited)):
        pay(app, people, where)


def state_of(app: GiftShop, where: str) -> ExtensionState:
    with app.database.reading() as reader:
        return extensions.extension_of(reader, where.rpartition("/")[2], None).state


def pay(app: GiftShop, people: People, where: str) -> None:
    with app.database.reading() as reader:
        extension = extensions.extension_of(reader, where.rpartition("/")[2], None)
        payment = payments.last_payment_of(reader, Payable(KIND, extension.id))
    assert payment is not None
    app.database.transact(
        payments.mark_received,
        payment.id,
        extension.total.amount_minor,
        date(2026, 9, 1),
        "",
        today=date(2026, 9, 1),
        by=people.staff.finance.actor,
        at=NOW,
    )
