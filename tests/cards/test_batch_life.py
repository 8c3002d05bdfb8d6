"""The life of a batch: each step after the one before, and said twice it is no mistake."""

from __future__ import annotations

import pytest

from giftshop import cards
from giftshop.cards import BatchActivated, BatchState, CardState
from giftshop.kernel.actor import SYSTEM
from giftshop.web import GiftShop
from tests.cards.making import NOW, cards_in, make
from tests.people import People

STEPS = (cards.mark_printed, cards.mark_shipped, cards.activate)


def state_of(app: GiftShop, batch_id: int) -> BatchState:
    with app.database.reading() as reader:
        return cards.batch(reader, batch_id).state


def test_a_batch_goes_from_sealed_to_active_step_by_step(app: GiftShop, people: People) -> None:
    made = make(app, people, 2, to=BatchState.SEALED)
    for step, state in zip(STEPS, (BatchState.PRINTED, BatchState.SHIPPED, BatchState.ACTIVE), strict=True):
        assert {card.state for card in cards_in(app.database, made.batch_id)} == {CardState.SEALED}
        assert app.database.transact(step, made.batch_id, by=SYSTEM, at=NOW) is True
        assert state_of(app, made.batch_id) is state
    assert {card.state for card in cards_in(app.database, made.batch_id)} == {CardState.ACTIVE}


def test_a_batch_cannot_skip_a_step(app: GiftShop, people: People) -> None:
    made = make(app, people, 1, to=BatchState.SEALED)
    for step in (cards.mark_shipped, cards.activate):
        with pytest.raises(cards.BatchNotReady, match="Batch 1001"):
            app.database.transact(step, made.batch_id, by=SYSTEM, at=NOW)
    assert state_of(app, made.batch_id) is BatchState.SEALED


def test_a_carrier_and_a_buyer_who_both_say_that_it_came_activate_it_once(app: GiftShop, people: People) -> None:
    heard: list[BatchActivated] = []
    app.events.subscribe(BatchActivated, lambda tx, event: heard.append(event))
    made = make(app, people, 1)
    claimed = cards_in(app.database, made.batch_id)[0]
    app.database.transact(cards.claim, claimed.id, by=SYSTEM, at=NOW)
    for step in STEPS:
        assert app.database.transact(step, made.batch_id, by=SYSTEM, at=NOW) is False
    assert cards_in(app.database, made.batch_id)[0].state is CardState.CLAIMED
    assert heard == [BatchActivated(made.batch_id, made.programme_id)]


def test_a_batch_that_does_not_exist_is_missing(app: GiftShop) -> None:
    for step in STEPS:
        with pytest.raises(cards.BatchNotThere):
            app.database.transact(step, 4711, by=SYSTEM, at=NOW)
