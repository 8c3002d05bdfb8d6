"""The report, the proof and a card's history after replacing, moving, lapsing, extending and settling by command."""

from __future__ import annotations

from datetime import date

from giftshop import cards, liability
from giftshop.cards import BlockReason, Happening
from giftshop.cards.timeline import timeline
from giftshop.kernel.market import MarketRules, StoredValueRules
from giftshop.kernel.money import Money
from giftshop.liability import Place
from tests.liability.conftest import Books, noon
from tests.liability.test_report import of, places

FACE = Money(10_000, "CNY")
APRIL, MAY, JULY, AUGUST, OCTOBER = (
    date(2026, month, day) for month, day in ((4, 30), (5, 31), (7, 31), (8, 31), (10, 31))
)
LETS_IT_END = MarketRules(stored_value=StoredValueRules(breakage_is_final=True))


def test_what_the_commands_did_is_told_as_it_was_on_each_evening(books: Books) -> None:
    firm, finance = books.people.lantern.id, books.people.staff.finance.actor
    first = books.sell(firm, "One", 4, FACE, noon(3, 1), until=date(2026, 6, 30))
    second = books.sell(firm, "Two", 2, FACE, noon(3, 1), until=date(2026, 12, 31))
    for batch_id in (first, second):
        books.do(cards.destroy_secrets, batch_id, at=noon(3, 1))
    lost, moved, forgotten, _other = books.open(first, noon(3, 2))
    books.open(second, noon(3, 2))
    books.spend(lost, 4_000, noon(3, 5))
    paper = {"reason": BlockReason.LOST, "public_url": "https://gifts.example", "keyring": books.app.settings.keyring}
    instead = books.do(cards.reissue, [lost.id], **paper, by=finance, at=noon(4, 1))
    books.do(cards.move, [moved.id], second, by=finance, at=noon(5, 1))
    with books.database.reading() as reader:
        programme_id = cards.batch(reader, first).programme_id
    assert books.database.transact(cards.lapse_some, programme_id, at=noon(7, 2)) == 2
    until = date(2026, 9, 30)
    books.do(cards.extend_programme, programme_id, until, reason="asked", by=finance, at=noon(8, 1))
    books.database.transact(cards.lapse_some, programme_id, at=noon(10, 2))
    books.do(cards.settle, programme_id, market=LETS_IT_END, by=finance, at=noon(10, 5))

    by_evening = {
        date(2026, 3, 31): (6, 56_000, 0, 0),
        APRIL: (5, 50_000, 6_000, 0),
        JULY: (3, 30_000, 6_000, 20_000),
        AUGUST: (5, 50_000, 6_000, 0),
        OCTOBER: (3, 30_000, 6_000, 0),
    }
    for day, figures in by_evening.items():
        sums = of(books.on(day), "CNY")
        assert (places(sums), sums.untold.amount_minor) == (figures, 0), day
    for day, lay_in in ((APRIL, {first: 30_000, second: 20_000}), (MAY, {first: 20_000, second: 30_000})):
        lines = {line.title.batch_id: line for line in of(books.on(day), "CNY").lines}
        for batch_id, owed in {**lay_in, instead: 0}.items():
            held = sum(holding.owed_minor for holding in lines[batch_id].holdings)
            assert lines[batch_id].owes(Place.OWED) == held == owed
    with books.database.reading() as reader:
        assert liability.prove(reader).found == 0
        assert timeline(reader, lost.id).moments[-1].what is Happening.REPLACED
        assert timeline(reader, moved.id).moments[-1].facts == {"batch": "1002"}
        told = [(each.what.value, each.balance.amount_minor) for each in timeline(reader, forgotten.id).moments[4:]]
    assert told == [
        ("expired", 0),
        ("extended", 0),
        ("revived", 10_000),
        ("expired", 0),
        ("settled", 0),
    ]
