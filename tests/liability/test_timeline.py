"""Everything that happened to a card, in order, with what it held afterwards."""

from __future__ import annotations

from datetime import date

from flask.testing import FlaskClient

from giftshop import cards
from giftshop.cards import BlockReason, Happening, StopScope
from giftshop.cards.timeline import Timeline, timeline
from giftshop.kernel.money import Money
from tests.liability.conftest import Books, noon
from tests.people import sign_in

FACE = Money(50_000, "CNY")


def told(books: Books, card_id: int) -> Timeline:
    with books.database.reading() as reader:
        return timeline(reader, card_id)


def in_short(timeline: Timeline) -> list[tuple[Happening, int, int]]:
    """What happened, what moved, what it held."""
    return [
        (each.what, each.amount.amount_minor if each.amount else 0, each.balance.amount_minor)
        for each in timeline.moments
    ]


def test_a_card_tells_its_whole_life_with_what_it_held_after_each_day(books: Books) -> None:
    staff = books.people.staff
    batch_id = books.sell(books.people.lantern.id, "Welfare", 2, FACE, noon(5, 1), until=date(2026, 9, 15))
    card, _other = books.open(batch_id, noon(5, 4))
    books.spend(card, 12_000, noon(5, 10))
    books.put_back(card, 2_000, noon(5, 11))
    books.do(cards.block, card.id, reason=BlockReason.LOST, by=staff.hotline.actor, at=noon(5, 12))
    books.do(cards.unblock, card.id, by=staff.hotline.actor, at=noon(5, 13))
    stop_id = books.do(cards.stop, StopScope.PLATFORM, reason="a leak", by=staff.administrator.actor, at=noon(5, 14))
    books.do(cards.lift, stop_id, reason="none", by=staff.administrator.actor, at=noon(5, 15))
    books.lapse([card], noon(9, 16))
    books.revive(card, noon(10, 1))
    books.spend(card, 40_000, noon(10, 2))
    found = told(books, card.id)
    assert in_short(found) == [
        (Happening.ISSUED, 50_000, 50_000),
        (Happening.PRINTED, 0, 50_000),
        (Happening.SHIPPED, 0, 50_000),
        (Happening.ACTIVATED, 0, 50_000),
        (Happening.REDEEMED, -12_000, 38_000),
        (Happening.PUT_BACK, 2_000, 40_000),
        (Happening.BLOCKED, 0, 40_000),
        (Happening.UNBLOCKED, 0, 40_000),
        (Happening.STOPPED, 0, 40_000),
        (Happening.LET_GO, 0, 40_000),
        (Happening.EXPIRED, -40_000, 0),
        (Happening.REVIVED, 40_000, 40_000),
        (Happening.REDEEMED, -40_000, 0),
    ]
    assert found.moments[6].by_id == staff.hotline.id
    assert found.balance == found.moments[-1].balance


def test_a_card_that_ended_with_its_programme_holds_nothing_afterwards(books: Books) -> None:
    batch_id = books.sell(books.people.lantern.id, "Ended", 1, FACE, noon(5, 1), until=None)
    (card,) = books.open(batch_id, noon(5, 4))
    with books.database.reading() as reader:
        programme_id = cards.batch(reader, batch_id).programme_id
    books.do(cards.freeze_programme, programme_id, reason=BlockReason.DISPUTED, at=noon(5, 6))
    books.do(cards.void_programme, programme_id, at=noon(5, 8))
    assert in_short(told(books, card.id))[-2:] == [
        (Happening.BLOCKED, 0, 50_000),
        (Happening.VOIDED, -50_000, 0),
    ]


def test_a_card_and_the_one_made_instead_of_it_name_each_other(books: Books) -> None:
    lantern = books.people.lantern.id
    (old,) = books.open(books.sell(lantern, "Old", 1, FACE, noon(5, 1), until=None), noon(5, 2))
    (new,) = books.open(books.sell(lantern, "New", 1, FACE, noon(5, 1), until=None), noon(5, 2))
    books.replace(old, new, noon(5, 3))
    before, after = told(books, old.id), told(books, new.id)
    assert (before.moments[-1].what, before.moments[-1].other) == (Happening.REPLACED, after.serial)
    assert (after.moments[-1].what, after.moments[-1].other) == (Happening.MADE_INSTEAD, before.serial)
    assert before.moments[-1].balance == Money(0, "CNY")


def test_a_finance_person_finds_a_card_and_reads_who_did_what(books: Books, client: FlaskClient) -> None:
    staff = books.people.staff
    batch_id = books.sell(books.people.lantern.id, "Welfare", 1, FACE, noon(5, 1), until=None)
    (card,) = books.open(batch_id, noon(5, 4))
    books.spend(card, 12_000, noon(5, 10))
    books.do(cards.block, card.id, reason=BlockReason.LOST, by=staff.hotline.actor, at=noon(5, 12))
    sign_in(client, staff.finance)
    page = client.get(f"/desk/cards/{card.serial}").text
    for words in ("by the holder", f"by {staff.hotline.name}", "−CN¥120.00", "Balance CN¥380.00", "Lost"):
        assert words in page, words
    assert client.get("/desk/cards/123").status_code == 404


def test_a_firm_follows_its_own_card_and_no_other_firms(books: Books, client: FlaskClient) -> None:
    people = books.people
    batch_id = books.sell(people.lantern.id, "Welfare", 1, FACE, noon(5, 1), until=None)
    (card,) = books.open(batch_id, noon(5, 4))
    theirs = books.sell(people.harbour.id, "Theirs", 1, FACE, noon(5, 1), until=None)
    (other,) = books.open(theirs, noon(5, 4))
    books.do(cards.block, card.id, reason=BlockReason.LOST, by=people.staff.hotline.actor, at=noon(5, 12))
    boss = people.staff.administrator.actor
    books.do(cards.stop, StopScope.FIRM, people.lantern.id, reason="police asked", by=boss, at=noon(5, 14))
    with books.database.reading() as reader:
        own, foreign = (cards.batch(reader, each).programme_id for each in (batch_id, theirs))
    sign_in(client, people.lantern.buyer)
    assert f"/programmes/{own}/cards/{card.serial}" in client.get(f"/programmes/{own}").text
    page = client.get(f"/programmes/{own}/cards/{card.serial}")
    assert (page.status_code, "Stopped by a kill switch" in page.text) == (200, True)
    assert people.staff.hotline.name not in page.text, "who of the staff it was is the operator's own business"
    assert "police asked" not in page.text
    for address in (f"{foreign}/cards/{other.serial}", f"{own}/cards/{other.serial}", f"{own}/cards/1"):
        assert client.get(f"/programmes/{address}").status_code == 404
