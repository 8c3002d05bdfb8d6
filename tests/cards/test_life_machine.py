"""Whatever is done to cards, in whatever order: what they hold is what a plain sum says, and the ledger proves it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from giftshop import cards, ledger
from giftshop.cards import BlockReason, CardState, ProgrammeKind, StopScope
from giftshop.cards.ending import find_ended
from giftshop.cards.expiry import LAPSE_AFTER
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.errors import DomainError
from giftshop.kernel.money import Money
from giftshop.web import GiftShop
from tests.cards.making import LAST_DAY, NOW, cards_in, terms
from tests.people import People

FACE = 10_000
CNY = "CNY"


@dataclass
class Plain:
    """What a card should be, worked out with nothing but sums."""

    batch_id: int
    balance: int = FACE
    booked_out: int = 0
    is_open: bool = False
    is_blocked: bool = False
    is_void: bool = False
    ends_on: date = LAST_DAY
    replaced_by: int | None = None
    touched: bool = False

    @property
    def is_lapsed(self) -> bool:
        return self.booked_out > 0 and not self.is_void


@dataclass
class Spent:
    """One spend, and what has not come back of it."""

    card_id: int
    amount: int
    subject: tuple[str, int]


@dataclass
class World:
    """The cards of one programme as a plain model."""

    cards: dict[int, Plain] = field(default_factory=dict)
    batches: list[int] = field(default_factory=list)
    spends: list[Spent] = field(default_factory=list)
    stop: int | None = None


def midnight_after(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 16, tzinfo=NOW.tzinfo)


class Life(RuleBasedStateMachine):
    """Steps that staff, firms, holders and the clock take."""

    app: GiftShop
    people: People
    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.now, self.world = NOW, World()
        self.transact = self.app.database.transact

    @initialize()
    def two_batches_are_printed(self) -> None:
        programme = terms(self.people.lantern.id, kind=ProgrammeKind.STORED_VALUE)
        self.programme_id = self.transact(cards.start_programme, programme, by=SYSTEM, at=NOW)
        for _ in range(2):
            batch_id = self.transact(
                cards.draw_up,
                self.programme_id,
                face=Money(FACE, CNY),
                quantity=2,
                public_url="https://gifts.example",
                by=SYSTEM,
                at=NOW,
            )
            self.transact(cards.issue, batch_id, by=SYSTEM, at=NOW)
            self.app.jobs.run_due(at=NOW + timedelta(seconds=1))
            for step in (cards.mark_printed, cards.destroy_secrets, cards.mark_shipped):
                self.transact(step, batch_id, by=SYSTEM, at=NOW)
            self.world.batches.append(batch_id)
            for card in cards_in(self.app.database, batch_id):
                self.world.cards[card.id] = Plain(batch_id)

    def tried(self, command: Any, *args: Any, **kwargs: Any) -> bool:
        """Run a command; False when it was refused."""
        Life.steps += 1
        try:
            self.transact(command, *args, **kwargs, by=SYSTEM, at=self.now)
        except DomainError:
            return False
        return True

    def pick(self, data: st.DataObject) -> tuple[int, Plain]:
        card_id = data.draw(st.sampled_from(sorted(self.world.cards)))
        return card_id, self.world.cards[card_id]

    def is_spendable(self, card: Plain) -> bool:
        in_time = self.now < midnight_after(card.ends_on)
        held_up = card.is_blocked or card.is_void or card.is_lapsed or self.world.stop is not None
        return card.is_open and in_time and not held_up

    @rule(data=st.data())
    def a_batch_is_opened(self, data: st.DataObject) -> None:
        batch_id = data.draw(st.sampled_from(self.world.batches))
        self.tried(cards.activate, batch_id)
        for card in self.world.cards.values():
            if card.batch_id == batch_id and not card.is_void:
                card.is_open = True

    @rule(data=st.data(), amount=st.integers(1, FACE + 1))
    def a_holder_spends(self, data: st.DataObject, amount: int) -> None:
        card_id, card = self.pick(data)
        subject = ("redemption", self.programme_id * 1000 + len(self.world.spends))
        may = self.is_spendable(card) and amount <= card.balance
        assert self.tried(cards.spend, card_id, Money(amount, CNY), subject=subject) is may
        if may:
            card.balance -= amount
            card.touched = True
            self.world.spends.append(Spent(card_id, amount, subject))

    @precondition(lambda self: any(spent.amount for spent in self.world.spends))
    @rule(data=st.data())
    def part_of_a_choice_is_cancelled(self, data: st.DataObject) -> None:
        spent = data.draw(st.sampled_from([spent for spent in self.world.spends if spent.amount]))
        back = data.draw(st.integers(1, spent.amount))
        card = self.world.cards[spent.card_id]
        while card.replaced_by is not None:
            card = self.world.cards[card.replaced_by]
        assert self.tried(cards.put_back, spent.card_id, Money(back, CNY), subject=spent.subject)
        card.balance += back
        spent.amount -= back

    @rule(data=st.data())
    def no_more_comes_back_than_went(self, data: st.DataObject) -> None:
        if not self.world.spends:
            return
        spent = data.draw(st.sampled_from(self.world.spends))
        assert not self.tried(cards.put_back, spent.card_id, Money(spent.amount + 1, CNY), subject=spent.subject)

    @rule(data=st.data())
    def a_card_is_blocked_or_unblocked(self, data: st.DataObject) -> None:
        card_id, card = self.pick(data)
        if card.is_blocked:
            assert self.tried(cards.unblock, card_id)
            card.is_blocked = False
        elif self.tried(cards.block, card_id, reason=BlockReason.LOST):
            assert not card.is_void
            card.is_blocked = True

    @rule(data=st.data())
    def a_lost_card_is_replaced(self, data: st.DataObject) -> None:
        card_id, card = self.pick(data)
        in_time = self.now < midnight_after(card.ends_on)
        may = card.is_open and in_time and card.balance > 0 and not card.is_void and not card.is_lapsed
        done = self.tried(
            cards.reissue,
            [card_id],
            reason=BlockReason.LOST,
            public_url="https://gifts.example",
            keyring=self.app.settings.keyring,
        )
        assert done is may
        if may:
            with self.app.database.reading() as reader:
                new_id = reader.get_one(cards.Card, card_id).replaced_by_id
                assert new_id is not None
                batch_id = reader.get_one(cards.Card, new_id).batch_id
            self.world.cards[new_id] = Plain(batch_id, card.balance, ends_on=card.ends_on, touched=True)
            card.balance, card.is_void, card.is_blocked, card.replaced_by = 0, True, False, new_id
            self.world.batches.append(batch_id)
            for step in (cards.mark_printed, cards.destroy_secrets, cards.mark_shipped):
                self.transact(step, batch_id, by=SYSTEM, at=self.now)

    @rule(data=st.data())
    def an_unused_card_is_moved(self, data: st.DataObject) -> None:
        card_id, card = self.pick(data)
        target = data.draw(st.sampled_from(self.world.batches[:2]))
        if self.tried(cards.move, [card_id], target):
            assert not any((card.is_void, card.is_blocked, card.touched))
            card.batch_id, card.ends_on = target, self.programme_ends()

    @rule(days=st.integers(1, 60))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)
        self.transact(find_ended, self.now, time_zone="Asia/Shanghai")
        with self.app.app_context():
            self.app.jobs.run_due(at=self.now)
        for card in self.world.cards.values():
            is_over = midnight_after(card.ends_on) + LAPSE_AFTER <= self.now
            if is_over and card.is_open and not card.is_blocked and not card.is_void and card.balance:
                card.booked_out, card.balance = card.booked_out + card.balance, 0

    @rule(days=st.integers(1, 90))
    def everybody_is_given_more_time(self, days: int) -> None:
        until = self.now.date() + timedelta(days=days)
        if self.tried(cards.extend_programme, self.programme_id, until, reason="they asked"):
            for card in self.world.cards.values():
                self.extend(card, until)

    @rule(data=st.data(), days=st.integers(1, 90))
    def one_is_given_more_time(self, data: st.DataObject, days: int) -> None:
        card_id, card = self.pick(data)
        until = self.now.date() + timedelta(days=days)
        may = until > card.ends_on and not card.is_void
        assert self.tried(cards.extend_cards, [card_id], until, reason="they asked") is may
        if may:
            self.extend(card, until)

    @rule()
    def everything_is_stopped_or_let_go(self) -> None:
        if self.world.stop is None:
            buyer = self.people.staff.administrator.actor
            self.world.stop = self.transact(
                cards.stop, StopScope.PROGRAMME, self.programme_id, reason="rumours", by=buyer, at=self.now
            )
        else:
            buyer = self.people.staff.administrator.actor
            self.transact(cards.lift, self.world.stop, reason="only rumours", by=buyer, at=self.now)
            self.world.stop = None

    def extend(self, card: Plain, until: date) -> None:
        if card.is_void:
            return
        card.balance, card.booked_out = card.balance + card.booked_out, 0
        card.ends_on = max(card.ends_on, until)

    def programme_ends(self) -> date:
        with self.app.database.reading() as reader:
            ends = cards.programme(reader, self.programme_id).valid_until
        assert ends is not None
        return ends

    @invariant()
    def cards_hold_what_the_sums_say_and_the_ledger_proves_it(self) -> None:
        with self.app.database.reading() as reader:
            assert list(cards.differences(reader)) == []
            assert list(ledger.imbalances(reader)) == []
            held = {card_id: reader.get_one(cards.Card, card_id) for card_id in self.world.cards}
        for card_id, plain in self.world.cards.items():
            card = held[card_id]
            assert card.balance_minor == plain.balance, card_id
            assert (card.state is CardState.VOID) is plain.is_void
            assert (card.state is CardState.BLOCKED) is plain.is_blocked
        left = sum(plain.balance + plain.booked_out for plain in self.world.cards.values())
        assert left + sum(spent.amount for spent in self.world.spends) == (4 * FACE if self.world.cards else 0)


def test_the_whole_life_of_cards_adds_up_after_every_step(app: GiftShop, people: People) -> None:
    is_full, on_postgres = bool(os.environ.get("TORTURE")), not app.database.is_sqlite
    Life.app, Life.people, Life.steps = app, people, 0
    examples = 200 if is_full else 4 if on_postgres else 8
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=examples,
            stateful_step_count=50 if is_full else 30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Life.steps > examples * 2, "hardly anything was tried"
