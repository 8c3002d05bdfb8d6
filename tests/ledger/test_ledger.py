from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from giftshop import ledger
from giftshop.db import Database, Transaction
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.money import Money
from giftshop.ledger import Account, EntryKind, Leg, Posting, Unbalanced
from giftshop.ledger.rules import check, move


def issue(tx: Transaction, batch_id: int, minor: int) -> str:
    legs = move(Money(minor, "CNY"), Account.SOLD, Account.PENDING, batch_id=batch_id)
    who = {"subject": ("batch", batch_id), "by": SYSTEM, "at": clock.now()}
    return ledger.post(tx, EntryKind.ISSUE, legs, once=f"issue/{batch_id}", **who)  # type: ignore[arg-type]


@given(st.lists(st.integers(-(10**12), 10**12).filter(bool), min_size=1, max_size=6))
def test_legs_are_an_entry_exactly_when_they_sum_to_zero(amounts: list[int]) -> None:
    legs = [Leg(Account.OUTSTANDING, Money(amount, "CNY"), 1) for amount in amounts]
    if sum(amounts):
        with pytest.raises(Unbalanced):
            check(legs)
    else:
        check(legs)


def test_an_entry_of_two_currencies_sums_to_zero_in_each() -> None:
    legs = [Leg(Account.SOLD, Money(5, "CNY"), 1), Leg(Account.PENDING, Money(-5, "USD"), 1)]
    with pytest.raises(Unbalanced):
        check(legs)


def test_an_entry_of_nothing_is_none() -> None:
    with pytest.raises(Unbalanced):
        check([])
    with pytest.raises(Unbalanced):
        check(move(Money(0, "CNY"), Account.SOLD, Account.PENDING, batch_id=1))


def test_what_was_sold_is_owed(database: Database) -> None:
    database.transact(issue, 17, 50_000)
    database.transact(issue, 18, 10_000)
    with database.reading() as reader:
        assert ledger.standing_of(reader) == {
            (Account.SOLD, "CNY"): Money(60_000, "CNY"),
            (Account.PENDING, "CNY"): Money(-60_000, "CNY"),
        }
        assert ledger.imbalances(reader) == []


def test_what_happens_once_is_posted_once(database: Database) -> None:
    database.transact(issue, 17, 50_000)
    with pytest.raises(IntegrityError):
        database.transact(issue, 17, 50_000)


def test_an_entry_that_somebody_changed_is_named(database: Database) -> None:
    entry = database.transact(issue, 17, 50_000)
    database.transact(issue, 18, 50_000)
    forged = update(Posting).where(Posting.entry == entry, Posting.position == 2).values(amount_minor=-49_999)
    database.transact(lambda tx: tx.change(forged))
    with database.reading() as reader:
        (found,) = ledger.imbalances(reader)
    assert (found.entry, found.sum_minor, found.currency) == ("issue/17", 1, "CNY")
