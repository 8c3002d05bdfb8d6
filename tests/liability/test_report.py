"""What is owed to whom, against figures worked out by hand."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pypdfium2
import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from giftshop.cards import Card, ProgrammeKind
from giftshop.kernel import clock
from giftshop.kernel.money import Money
from giftshop.ledger import EntryKind
from giftshop.liability import Place, Report, Sums, queries, rules
from tests.cards.test_plans import plans
from tests.liability.conftest import SHANGHAI, Books, noon
from tests.people import sign_in

MONTH_ENDS = JUNE, JULY, AUGUST, SEPTEMBER, OCTOBER = tuple(
    date(2026, month, day) for month, day in ((6, 30), (7, 31), (8, 31), (9, 30), (10, 31))
)


@dataclass
class Story:
    """Lantern gives shopping cards of ¥500 and gift books of ¥200; Harbour cards of $50. All in 2026."""

    books: Books
    lantern: list[Card]
    harbour: list[Card]
    gift_books: list[Card]


@pytest.fixture
def story(books: Books) -> Story:
    cny, usd = Money(50_000, "CNY"), Money(5_000, "USD")
    lantern, harbour = books.people.lantern.id, books.people.harbour.id
    welfare = books.sell(lantern, "Welfare", 4, cny, noon(5, 20), until=date(2026, 9, 15))
    first = books.open(welfare, noon(6, 3))
    dollars = books.sell(harbour, "Dealers", 2, usd, noon(6, 10), until=None)
    second = books.open(dollars, noon(6, 11))
    books.spend(first[0], 12_000, noon(6, 20))
    books.spend(first[1], 50_000, noon(7, 4))
    books.put_back(first[0], 2_000, noon(7, 5))
    books.spend(second[0], 1_234, noon(7, 6))
    tea = books.sell(lantern, "Tea", 3, cny, noon(8, 1), until=date(2027, 2, 28), kind=ProgrammeKind.VOUCHER)
    third = books.open(tea, noon(8, 31))
    books.lapse([first[0], first[2], first[3]], noon(9, 16))
    books.revive(first[2], noon(10, 2))
    books.settle(first[3], noon(10, 20))
    waiting = books.sell(harbour, "Dealers again", 1, usd, noon(10, 30), until=date(2027, 12, 31))
    assert waiting
    return Story(books, first, second, third)


def of(report: Report, currency: str) -> Sums:
    return next(sums for sums in report.sums if sums.currency == currency)


def places(sums: Sums) -> tuple[int, int, int, int]:
    """Cards; owed, waiting and expired in minor units."""
    return sums.cards, sums.owed.amount_minor, sums.waiting.amount_minor, sums.expired.amount_minor


def test_what_was_owed_on_five_evenings_is_what_one_works_out_by_hand(story: Story) -> None:
    on = story.books.on
    assert [sums.currency for sums in on(date(2026, 5, 31)).sums] == ["CNY"]
    assert places(of(on(date(2026, 5, 31)), "CNY")) == (0, 0, 200_000, 0)
    assert places(of(on(JUNE), "CNY")) == (4, 188_000, 0, 0)
    assert places(of(on(JUNE), "USD")) == (2, 10_000, 0, 0)
    assert places(of(on(JULY), "CNY")) == (3, 140_000, 0, 0)
    assert places(of(on(JULY), "USD")) == (2, 8_766, 0, 0)
    assert places(of(on(AUGUST), "CNY")) == (6, 200_000, 0, 0)
    assert places(of(on(SEPTEMBER), "CNY")) == (3, 60_000, 0, 140_000)
    assert places(of(on(OCTOBER), "CNY")) == (4, 110_000, 0, 40_000)
    assert places(of(on(OCTOBER), "USD")) == (2, 8_766, 5_000, 0)


def test_an_evening_is_one_of_the_operators_time_zone(story: Story) -> None:
    """A spend at noon in Shanghai on 20 June is of that day, and not of the day before."""
    assert of(story.books.on(date(2026, 6, 19)), "CNY").owed == Money(200_000, "CNY")
    assert of(story.books.on(date(2026, 6, 20)), "CNY").owed == Money(188_000, "CNY")


def test_what_moved_adds_up_to_the_figure_in_every_place(story: Story) -> None:
    for day in MONTH_ENDS:
        for sums in story.books.on(day).sums:
            for place in Place:
                moved = sum(step.minor[place] for step in sums.steps)
                assert sums.owes(place, before=True).amount_minor + moved == sums.owes(place).amount_minor
            assert sum(owed.amount_minor for _m, _n, owed in sums.months) == sums.owed.amount_minor
            assert sum(owed.amount_minor for _a, _n, owed in sums.ages) == sums.owed.amount_minor
            assert not sums.untold
    october = of(story.books.on(OCTOBER), "CNY")
    assert {step.kind: step.minor[Place.OWED] for step in october.steps} == {
        EntryKind.REVIVE: 50_000,
        EntryKind.SETTLE: 0,
    }
    assert {step.kind: step.minor[Place.EXPIRED] for step in october.steps} == {
        EntryKind.REVIVE: -50_000,
        EntryKind.SETTLE: -50_000,
    }


def test_months_of_last_days_and_ages_are_told(story: Story) -> None:
    october = of(story.books.on(OCTOBER), "CNY")
    assert [(month and month.isoformat(), count, owed.amount_minor) for month, count, owed in october.months] == [
        ("2026-12-01", 1, 50_000),
        ("2027-02-01", 3, 60_000),
    ]
    assert [(age.value, count, owed.amount_minor) for age, count, owed in october.ages] == [
        ("0-3", 3, 60_000),
        ("3-6", 1, 50_000),
    ]
    assert of(story.books.on(OCTOBER), "USD").months[-1][0] is None


def test_a_replaced_and_a_moved_card_are_told_where_they_lay(story: Story) -> None:
    books, lantern = story.books, story.books.people.lantern.id
    spare = books.sell(lantern, "Spare", 1, Money(20_000, "CNY"), noon(11, 1), until=date(2027, 2, 28))
    with books.tampering() as tx:  # a batch of replacements begins empty, which only reissuing can make
        batch = tx.get_one(type(_batch(books, spare)), spare)
        batch.is_replacement = True
        tx.execute(_of_issue(spare))
        tx.get_one(Card, _only(books, spare)).balance_minor = 0
    books.replace(story.gift_books[0], _card(books, spare), noon(11, 2))
    november = of(books.on(date(2026, 11, 2)), "CNY")
    assert places(november) == (3, 90_000, 20_000, 40_000)
    books.open(spare, noon(11, 3))
    assert places(of(books.on(date(2026, 11, 3)), "CNY")) == (4, 110_000, 0, 40_000)
    assert places(of(books.on(OCTOBER), "CNY")) == (4, 110_000, 0, 40_000), "the past stays as it was"


def test_a_programme_that_was_ended_is_owed_until_then(books: Books) -> None:
    from giftshop import cards

    batch_id = books.sell(books.people.lantern.id, "Ended", 2, Money(10_000, "CNY"), noon(3, 1), until=None)
    books.open(batch_id, noon(3, 2))
    books.do(cards.void_programme, _batch(books, batch_id).programme_id, at=noon(4, 10))
    assert places(of(books.on(date(2026, 3, 31)), "CNY")) == (2, 20_000, 0, 0)
    april = of(books.on(date(2026, 4, 30)), "CNY")
    assert (places(april), april.untold.amount_minor) == ((0, 0, 0, 0), 0)


def test_a_forecast_is_made_from_enough_programmes_that_are_over_and_from_no_fewer(books: Books) -> None:
    face = Money(1_000, "CNY")
    for month in (1, 2, 3):
        batch_id = books.sell(
            books.people.harbour.id, f"Over {month}", 40, face, noon(month, 1), until=date(2026, month, 28)
        )
        some = books.open(batch_id, noon(month, 2))
        for card in some[:30]:
            books.spend(card, 1_000, noon(month, 10))
        books.lapse(some[30:], noon(month + 1, 2))
    alive = books.sell(books.people.lantern.id, "Alive", 10, face, noon(4, 5), until=date(2027, 4, 1))
    held = books.open(alive, noon(4, 6))
    for card in held[:8]:
        books.spend(card, 1_000, noon(4, 20))
    before = of(books.on(date(2026, 3, 1)), "CNY")
    assert before.expected is None
    report = books.on(date(2026, 4, 10))
    (forecast,) = report.forecasts["CNY"]
    assert (forecast.programmes, forecast.cards, forecast.share) == (3, 120, Fraction(1, 4))
    assert forecast.expected == Money(2_500, "CNY"), "a quarter of all that was opened and is alive"
    assert forecast.ours == Money(0, "CNY"), "the market lets nobody keep what shopping cards hold"
    (later,) = books.on(date(2026, 4, 30), value_may_end=True).forecasts["CNY"]
    assert later.expected == Money(2_000, "CNY"), "no more than is left"
    assert later.ours == later.expected
    assert books.on(date(2026, 4, 30), firm_id=books.people.lantern.id).forecasts["CNY"][0].share is None


def test_a_finance_person_reads_the_same_on_the_page_in_the_table_and_on_paper(
    story: Story, client: FlaskClient
) -> None:
    sign_in(client, story.books.people.staff.finance)
    with clock.standing_at(noon(11, 5)):
        page = client.get("/desk/owed?on=2026-10-31").text
        table = client.get("/desk/owed.csv?on=2026-10-31").data.decode("utf-8-sig")
        printed = client.get("/desk/owed.pdf?on=2026-10-31").data
    assert "We owe holders CN¥1,100.00 on 4 cards" in page
    assert "We owe holders $87.66 on 2 cards" in page or "We owe holders US$87.66 on 2 cards" in page
    rows = list(csv.DictReader(io.StringIO(table)))
    assert sum(Decimal(row["Amount"]) for row in rows if told(row) == ("Owed to holders", "CNY")) == Decimal("1100.00")
    assert sum(int(row["Cards"]) for row in rows if told(row) == ("Owed to holders", "CNY")) == 4
    assert sum(Decimal(row["Amount"]) for row in rows if told(row) == ("Expired, not decided", "CNY")) == 400
    assert sum(Decimal(row["Amount"]) for row in rows if told(row) == ("Waiting to be opened", "USD")) == 50
    document = pypdfium2.PdfDocument(printed)
    text = "".join(each.get_textpage().get_text_bounded() for each in document)
    assert "CN¥1,100.00 on 4 cards" in text
    assert "87.66 on 2 cards" in text
    assert len(document) == 2, "a page for each currency"


def told(row: dict[str, str]) -> tuple[str, str]:
    return row["Where value stands"], row["Currency"]


def test_one_goes_from_the_figure_to_a_firm_a_programme_and_a_batch(story: Story, client: FlaskClient) -> None:
    people = story.books.people
    sign_in(client, people.staff.finance)
    with clock.standing_at(noon(11, 5)):
        page = client.get(f"/desk/owed?firm={people.lantern.id}").text
        assert "Welfare" in page
        assert "Dealers" not in page
        programme_id = _batch(story.books, story.lantern[0].batch_id).programme_id
        assert "Batch 1001, CN¥500.00 each" in client.get(f"/desk/owed?programme={programme_id}").text
        for nonsense in ("firm=987654", "firm=x", "programme=99999", "programme=" + "9" * 40):
            assert client.get(f"/desk/owed?{nonsense}").status_code == 404
        for bad in ("2026-02-30", "tomorrow", "2031-01-01", "0001-01-01"):
            assert "Choose a day up to today." in client.get(f"/desk/owed?on={bad}").text
            assert client.get(f"/desk/owed.csv?on={bad}").status_code == 404


def test_a_firm_sees_its_own_cards_and_nothing_of_another(story: Story, client: FlaskClient) -> None:
    people = story.books.people
    sign_in(client, people.lantern.finance)
    programme_id = _batch(story.books, story.harbour[0].batch_id).programme_id
    with clock.standing_at(noon(11, 5)):
        page = client.get("/owed")
        assert "Holders can still redeem CN¥1,100.00 on 4 cards" in page.text
        assert "Dealers" not in page.text
        assert "87.66" not in page.text
        assert "Dealers" not in client.get(f"/owed?firm={people.harbour.id}").text
        assert "Dealers" not in client.get("/owed.csv").text
        for address in ("/owed", "/owed.csv", "/owed.pdf"):
            assert client.get(f"{address}?programme={programme_id}").status_code == 404
        assert client.get("/desk/owed").status_code == 403


def test_a_report_asks_as_much_of_many_batches_as_of_few(story: Story, client: FlaskClient) -> None:
    sign_in(client, story.books.people.staff.finance)
    few = _statements(story.books, lambda: story.books.on(OCTOBER))
    for each in range(5):
        batch_id = story.books.sell(
            story.books.people.harbour.id, f"More {each}", 2, Money(100, "EUR"), noon(9, 1), until=None
        )
        story.books.open(batch_id, noon(9, 2))
    assert _statements(story.books, lambda: story.books.on(OCTOBER)) == few <= 4


def _statements(books: Books, work: Any) -> int:
    said: list[str] = []

    def hear(_c: object, _u: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(books.database.engine, "before_cursor_execute", hear)
    try:
        work()
    finally:
        event.remove(books.database.engine, "before_cursor_execute", hear)
    return len(said)


def _batch(books: Books, batch_id: int) -> Any:
    from giftshop import cards

    with books.database.reading() as reader:
        return cards.batch(reader, batch_id)


def _card(books: Books, batch_id: int) -> Card:
    from tests.cards.making import cards_in

    return cards_in(books.database, batch_id)[0]


def _only(books: Books, batch_id: int) -> int:
    return _card(books, batch_id).id


def _of_issue(batch_id: int) -> Any:
    from sqlalchemy import delete

    from giftshop.ledger import Posting

    return delete(Posting).where(Posting.batch_id == batch_id)


def test_no_card_is_asked_about_by_itself(story: Story) -> None:
    """Asked anew for each card, it reads a batch's postings as often as it has cards: of a million, for days."""
    ages = rules.age_begins(OCTOBER, SHANGHAI)
    (plan,) = plans(story.books.database, lambda tx: list(queries.holdings(tx, noon(10, 31), ages)))
    assert "CORRELATED" not in plan, plan
    assert not re.search(r"(?<!hashed )SubPlan \d+\)", plan), plan
