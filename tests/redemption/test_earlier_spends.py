"""Visits of before, whose postings named the card only, come back like those of today."""

from __future__ import annotations

import importlib
from datetime import timedelta
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import update

from giftshop import ledger
from giftshop.cards import NothingToGiveBack
from giftshop.db import Transaction
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.kernel.money import Money
from giftshop.ledger import EntryKind, Posting
from giftshop.payments import PaymentSettled
from giftshop.redemption import buy
from giftshop.redemption.differences import hear_of_payment, payable_of
from tests.redemption.conftest import LI_LEI, Book, holder
from tests.redemption.purses import Purses

MIGRATION = "migrations.versions.0018_several_cards_on_one_choice"


def forget_what_for(tx: Transaction, card_id: int) -> None:
    """Have what was spent first name the card, as it was kept before."""
    first = (Posting.card_id == card_id, Posting.kind == EntryKind.SPEND)
    tx.change(update(Posting).where(*first).values(subject_kind="card", subject_id=card_id))


def migrates(tx: Transaction) -> None:
    with Operations.context(MigrationContext.configure(tx.connection())):
        importlib.import_module(MIGRATION).name_what_was_spent_for()


def test_what_was_spent_before_comes_back_whole_and_no_more(book: Book) -> None:
    purses = Purses(book)
    (card, other) = purses.cards(2, face=Money(100_000, "CNY"))
    purses.buys(card, {"TEA-1": 1})
    purses.buys(card, {"SILK-3": 1})
    purses.buys(other, {"TEA-1": 1})
    card_id, transact = book.card_id(card), book.database.transact
    transact(forget_what_for, card_id)
    purses.changes(other, 1, {"TEA-1": 2})
    with pytest.raises(NothingToGiveBack):
        purses.cancels(card, 1)
    transact(migrates)
    purses.prove()
    purses.changes(card, 1, {"TEA-1": 2})
    purses.changes(card, 1, {"CUP-2": 1})
    for nth in (1, 2):
        purses.cancels(card, nth)
    purses.cancels(other, 1)
    assert (purses.left(card), purses.left(other)) == (100_000, 100_000)
    purses.prove()


def test_what_was_paid_on_top_before_is_not_what_the_card_gave(book: Book) -> None:
    purses = Purses(book)
    (card,) = purses.cards(allows_difference=True)
    card_id, at, transact = book.card_id(card), clock.now(), book.database.transact
    told: dict[str, Any] = {"not_before": None, "email": None, "locale": "en", "draft_key": None}
    on_top = Money(400, "CNY")
    transact(
        buy,
        card_id,
        purses.basket({"TEA-1": 3}),
        LI_LEI,
        **told,
        difference=on_top,
        by=holder(card_id),
        at=at,
    )
    transact(forget_what_for, card_id)
    redemption = purses.visit(card, 1)
    transact(hear_of_payment, PaymentSettled(payable_of(redemption), on_top, SYSTEM, at + timedelta(minutes=1)))
    transact(migrates)
    with book.database.reading() as reader:
        spent = ledger.spent_for(reader, card_id, redemption.source)
    assert spent is not None
    assert spent.amount == Money(50_000, "CNY")
    purses.prove()
