"""Batches are opened by range and by two people; a kill switch stops all below it, whatever else happens."""

from __future__ import annotations

import pytest

from giftshop import cards
from giftshop.cards import BatchActivated, BatchState, BlockReason, CardState, Standing, StopScope
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.money import Money
from giftshop.ledger import Account
from giftshop.web import GiftShop
from tests.cards.making import NOW, cards_in, make
from tests.cards.test_ending import owed
from tests.people import People


def test_a_range_of_serial_numbers_is_opened_and_the_others_say_nothing(app: GiftShop, people: People) -> None:
    heard: list[BatchActivated] = []
    app.events.subscribe(BatchActivated, lambda tx, event: heard.append(event))
    made = make(app, people, 4, to=BatchState.SHIPPED)
    dealt = cards_in(app.database, made.batch_id)
    two_of_them = (dealt[1].serial, dealt[2].serial)
    opened = app.database.transact(cards.activate_range, made.batch_id, *two_of_them, by=SYSTEM, at=NOW)
    assert (opened, len(heard)) == (2, 1)
    assert (owed(app.database, Account.OUTSTANDING), owed(app.database, Account.PENDING)) == (40_000, 40_000)
    with app.database.reading() as reader:
        assert cards.held_card(reader, dealt[1].id, at=NOW).standing is Standing.OPEN
        with pytest.raises(cards.CardNotThere):
            cards.held_card(reader, dealt[0].id, at=NOW)
    with pytest.raises(cards.NotAmongTheBatch):
        app.database.transact(cards.activate_range, made.batch_id, *two_of_them, by=SYSTEM, at=NOW)
    app.database.transact(cards.activate_range, made.batch_id, dealt[0].serial, dealt[3].serial, by=SYSTEM, at=NOW)
    assert (owed(app.database, Account.OUTSTANDING), owed(app.database, Account.PENDING), len(heard)) == (80_000, 0, 1)


def test_a_card_outside_the_range_that_was_blocked_stays_shut_when_it_is_unblocked(
    app: GiftShop, people: People
) -> None:
    made = make(app, people, 2, to=BatchState.SHIPPED)
    first, second = cards_in(app.database, made.batch_id)
    app.database.transact(cards.block, second.id, reason=BlockReason.LOST, by=SYSTEM, at=NOW)
    app.database.transact(cards.activate_range, made.batch_id, first.serial, first.serial, by=SYSTEM, at=NOW)
    app.database.transact(cards.unblock, second.id, by=SYSTEM, at=NOW)
    assert cards_in(app.database, made.batch_id)[1].state is CardState.SEALED
    with pytest.raises(cards.CardNotActive):
        app.database.transact(cards.claim, second.id, by=SYSTEM, at=NOW)


def too_much(worth: Money) -> bool:
    return worth < Money(60_000, "CNY")


def test_a_large_batch_is_opened_by_a_second_person_only(app: GiftShop, people: People) -> None:
    made = make(app, people, 3, to=BatchState.SHIPPED)
    buyer, finance = people.lantern.buyer.actor, people.staff.finance.actor
    transact = app.database.transact
    with pytest.raises(cards.SecondPersonNeeded):
        transact(cards.agree, made.batch_id, by=finance, at=NOW)
    assert transact(cards.receive, made.batch_id, may_open=too_much, by=buyer, at=NOW) is False
    assert transact(cards.receive, made.batch_id, may_open=too_much, by=finance, at=NOW) is False
    with pytest.raises(cards.SamePersonTwice):
        transact(cards.agree, made.batch_id, by=buyer, at=NOW)
    assert owed(app.database, Account.OUTSTANDING) == 0
    assert transact(cards.agree, made.batch_id, by=finance, at=NOW) is True
    assert transact(cards.agree, made.batch_id, by=finance, at=NOW) is False
    assert owed(app.database, Account.OUTSTANDING) == 60_000


def test_a_small_batch_is_opened_by_whoever_says_that_it_came(app: GiftShop, people: People) -> None:
    made = make(app, people, 2, to=BatchState.SHIPPED)
    buyer = people.lantern.buyer.actor
    assert app.database.transact(cards.receive, made.batch_id, may_open=too_much, by=buyer, at=NOW) is True
    assert app.database.transact(cards.receive, made.batch_id, may_open=too_much, by=buyer, at=NOW) is True
    unshipped = make(app, people, 2, to=BatchState.PRINTED)
    with pytest.raises(cards.BatchNotReady):
        app.database.transact(cards.receive, unshipped.batch_id, may_open=too_much, by=buyer, at=NOW)


@pytest.mark.parametrize("scope", StopScope)
def test_a_stop_holds_every_card_below_it_until_it_is_lifted(app: GiftShop, people: People, scope: StopScope) -> None:
    made, others = make(app, people, 2), make(app, people, 1, firm_id=people.harbour.id)
    ids = {
        StopScope.BATCH: made.batch_id,
        StopScope.PROGRAMME: made.programme_id,
        StopScope.FIRM: people.lantern.id,
        StopScope.PLATFORM: 0,
    }
    administrator = people.staff.administrator.actor
    card = cards_in(app.database, made.batch_id)[0]
    other = cards_in(app.database, others.batch_id)[0]
    transact = app.database.transact
    stop_id = transact(cards.stop, scope, ids[scope], reason="Codes seen online", by=administrator, at=NOW)
    with pytest.raises(cards.CardBlocked):
        transact(cards.claim, card.id, by=SYSTEM, at=NOW)
    with app.database.reading() as reader:
        assert cards.held_card(reader, card.id, at=NOW).standing is Standing.BLOCKED
    later = make(app, people, 1, programme_id=made.programme_id)
    if scope is not StopScope.BATCH:
        with pytest.raises(cards.CardBlocked):
            transact(cards.claim, cards_in(app.database, later.batch_id)[0].id, by=SYSTEM, at=NOW)
    if scope is StopScope.PLATFORM:
        with pytest.raises(cards.CardBlocked):
            transact(cards.claim, other.id, by=SYSTEM, at=NOW)
    else:
        transact(cards.claim, other.id, by=SYSTEM, at=NOW)
    transact(cards.lift, stop_id, reason="It was a hoax", by=administrator, at=NOW)
    transact(cards.claim, card.id, by=SYSTEM, at=NOW)
    with pytest.raises(cards.NotStopped):
        transact(cards.lift, stop_id, reason="again", by=administrator, at=NOW)


def test_of_two_stops_over_one_card_lifting_one_leaves_the_other(app: GiftShop, people: People) -> None:
    made = make(app, people, 1)
    administrator, transact = people.staff.administrator.actor, app.database.transact
    wide = transact(cards.stop, StopScope.FIRM, people.lantern.id, reason="Unpaid", by=administrator, at=NOW)
    narrow = transact(cards.stop, StopScope.BATCH, made.batch_id, reason="Stolen", by=administrator, at=NOW)
    with pytest.raises(cards.StoppedAlready):
        transact(cards.stop, StopScope.BATCH, made.batch_id, reason="Stolen", by=administrator, at=NOW)
    transact(cards.lift, wide, reason="Paid", by=administrator, at=NOW)
    card = cards_in(app.database, made.batch_id)[0]
    with pytest.raises(cards.CardBlocked):
        transact(cards.claim, card.id, by=SYSTEM, at=NOW)
    transact(cards.lift, narrow, reason="Found", by=administrator, at=NOW)
    transact(cards.claim, card.id, by=SYSTEM, at=NOW)


def test_a_stop_says_why_and_what_does_not_exist_is_not_stopped(app: GiftShop, people: People) -> None:
    administrator, transact = people.staff.administrator.actor, app.database.transact
    with pytest.raises(cards.WhyNeeded):
        transact(cards.stop, StopScope.PLATFORM, reason="  ", by=administrator, at=NOW)
    with pytest.raises(cards.BatchNotThere):
        transact(cards.stop, StopScope.BATCH, 4711, reason="no such", by=administrator, at=NOW)
    with pytest.raises(cards.ProgrammeNotThere):
        transact(cards.stop, StopScope.PROGRAMME, 4711, reason="no such", by=administrator, at=NOW)
