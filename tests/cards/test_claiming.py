"""Claiming: of all who try, one succeeds. With a control that shows the race the product does not have."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from giftshop import cards
from giftshop.audit import AuditEvent
from giftshop.cards import BatchState, BlockReason, CardState
from giftshop.cards.models import Card
from giftshop.db import Database, Transaction
from giftshop.kernel.actor import Actor, ActorKind
from giftshop.kernel.errors import Refused
from giftshop.web import GiftShop
from tests.cards.making import AFTER_LAST_DAY, NOW, cards_in, make
from tests.people import People

HANDS = 32


def holder(card_id: int) -> Actor:
    return Actor(ActorKind.RECIPIENT, card_id)


def all_at_once(attempt: Callable[[], bool]) -> int:
    """How many of 32 threads, let go together, succeeded."""
    start = threading.Barrier(HANDS)

    def one(_: int) -> bool:
        start.wait()
        return attempt()

    with ThreadPoolExecutor(HANDS) as pool:
        return sum(pool.map(one, range(HANDS)))


def test_of_thirty_two_who_claim_one_card_at_once_exactly_one_succeeds(app: GiftShop, people: People) -> None:
    made = make(app, people, 3)
    for card in cards_in(app.database, made.batch_id):

        def claimed(card_id: int = card.id) -> bool:
            try:
                app.database.transact(cards.claim, card_id, by=holder(card_id), at=NOW)
            except cards.AlreadyClaimed:
                return False
            return True

        assert all_at_once(claimed) == 1
    with app.database.reading() as reader:
        told = reader.scalar(select(func.count()).where(AuditEvent.action == "cards.claim"))
    assert told == 3


def test_a_control_that_reads_and_then_writes_lets_several_claim_one_card(app: GiftShop, people: People) -> None:
    """What the test above would see if `claim` decided by reading: this is the race, so that test can fail."""
    (card,) = cards_in(app.database, make(app, people, 1).batch_id)
    all_have_read = threading.Barrier(HANDS)

    taken = {"state": CardState.CLAIMED, "claimed_at": NOW, "balance_minor": 0}

    def write(tx: Transaction) -> bool:
        return tx.change(update(Card).where(Card.id == card.id).values(taken)) == 1

    def claimed() -> bool:
        with app.database.reading() as reader:
            is_free = reader.scalar(select(Card.state).where(Card.id == card.id)) is CardState.ACTIVE
        all_have_read.wait()
        return is_free and app.database.transact(write)

    assert all_at_once(claimed) > 1


def why_refused(database: Database, card_id: int, *, late: timedelta = timedelta(0)) -> type[Refused]:
    with pytest.raises(Refused) as refusal:
        database.transact(cards.claim, card_id, by=holder(card_id), at=NOW + late)
    return type(refusal.value)


def test_a_card_claimed_twice_says_that_it_has_been_redeemed(app: GiftShop, people: People) -> None:
    (card,) = cards_in(app.database, make(app, people, 1).batch_id)
    app.database.transact(cards.claim, card.id, by=holder(card.id), at=NOW)
    assert why_refused(app.database, card.id) is cards.AlreadyClaimed
    (now,) = cards_in(app.database, card.batch_id)
    assert (now.state, now.claimed_at) == (CardState.CLAIMED, NOW)


@pytest.mark.parametrize("state", [BatchState.SEALED, BatchState.PRINTED, BatchState.SHIPPED])
def test_a_card_that_is_not_active_cannot_be_claimed(app: GiftShop, people: People, state: BatchState) -> None:
    (card,) = cards_in(app.database, make(app, people, 1, to=state).batch_id)
    assert why_refused(app.database, card.id) is cards.CardNotActive


def test_a_card_can_be_claimed_through_the_last_day_where_it_was_given_and_not_a_moment_longer(
    app: GiftShop, people: People
) -> None:
    early, late = cards_in(app.database, make(app, people, 2).batch_id)
    last_moment = AFTER_LAST_DAY - timedelta(microseconds=1)
    app.database.transact(cards.claim, early.id, by=holder(early.id), at=last_moment)
    assert why_refused(app.database, late.id, late=AFTER_LAST_DAY - NOW) is cards.CardExpired


def test_a_blocked_card_cannot_be_claimed_until_it_is_unblocked(app: GiftShop, people: People) -> None:
    (card,) = cards_in(app.database, make(app, people, 1).batch_id)
    agent = people.staff.hotline.actor
    app.database.transact(cards.block, card.id, reason=BlockReason.LOST, by=agent, at=NOW)
    assert why_refused(app.database, card.id) is cards.CardBlocked
    app.database.transact(cards.unblock, card.id, by=agent, at=NOW)
    app.database.transact(cards.claim, card.id, by=holder(card.id), at=NOW)


def test_a_card_blocked_before_activation_stays_blocked_and_unblocks_to_what_its_batch_is(
    app: GiftShop, people: People
) -> None:
    made = make(app, people, 2, to=BatchState.SHIPPED)
    agent = people.staff.hotline.actor
    kept, freed = cards_in(app.database, made.batch_id)
    for card in (kept, freed):
        app.database.transact(cards.block, card.id, reason=BlockReason.DAMAGED, by=agent, at=NOW)
    app.database.transact(cards.unblock, freed.id, by=agent, at=NOW)
    assert [card.state for card in cards_in(app.database, made.batch_id)] == [CardState.BLOCKED, CardState.SEALED]
    app.database.transact(cards.activate, made.batch_id, by=agent, at=NOW)
    assert [card.state for card in cards_in(app.database, made.batch_id)] == [CardState.BLOCKED, CardState.ACTIVE]
    app.database.transact(cards.unblock, kept.id, by=agent, at=NOW)
    assert [card.state for card in cards_in(app.database, made.batch_id)] == [CardState.ACTIVE, CardState.ACTIVE]


def test_a_redeemed_card_cannot_be_blocked_and_a_free_one_not_unblocked(app: GiftShop, people: People) -> None:
    claimed, free = cards_in(app.database, make(app, people, 2).batch_id)
    agent = people.staff.hotline.actor
    app.database.transact(cards.claim, claimed.id, by=holder(claimed.id), at=NOW)
    with pytest.raises(cards.CannotBlock, match="1001 0000"):
        app.database.transact(cards.block, claimed.id, reason=BlockReason.LOST, by=agent, at=NOW)
    with pytest.raises(cards.CannotUnblock):
        app.database.transact(cards.unblock, free.id, by=agent, at=NOW)


def test_a_claim_taken_back_before_packing_can_be_made_again_and_only_a_claim_is_taken_back(
    app: GiftShop, people: People
) -> None:
    (card,) = cards_in(app.database, make(app, people, 1).batch_id)
    for _ in range(2):
        app.database.transact(cards.claim, card.id, by=holder(card.id), at=NOW)
        app.database.transact(cards.release_claim, card.id, by=holder(card.id), at=NOW)
    with pytest.raises(cards.NotReleasable):
        app.database.transact(cards.release_claim, card.id, by=holder(card.id), at=NOW)
    app.database.transact(cards.claim, card.id, by=holder(card.id), at=NOW)


def test_a_card_that_does_not_exist_is_missing_for_every_command(app: GiftShop, people: People) -> None:
    agent = people.staff.hotline.actor
    attempts: list[Callable[[Transaction], object]] = [
        lambda tx: cards.claim(tx, 9, by=agent, at=NOW),
        lambda tx: cards.block(tx, 9, reason=BlockReason.LOST, by=agent, at=NOW),
        lambda tx: cards.unblock(tx, 9, by=agent, at=NOW),
    ]
    for attempt in attempts:
        with pytest.raises(cards.CardNotThere):
            app.database.transact(attempt)
