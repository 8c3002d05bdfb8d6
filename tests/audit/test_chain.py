"""Whoever edits, removes or reorders what was written down is found out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import delete, func, select, update

from giftshop import audit
from giftshop.audit import Anchor, AuditEvent, Fault
from giftshop.db import Database, Transaction
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.web import GiftShop

EVENTS = 12


def note(tx: Transaction, order_id: int) -> None:
    audit.record(tx, "orders.place", ("order", order_id), by=SYSTEM, at=clock.now(), total=1000, words="中秋")


@pytest.fixture
def anchor(app: GiftShop) -> Anchor:
    """Twelve events, sealed five at a time, and the end of their chain, noted outside."""
    for number in range(1, EVENTS + 1):
        app.database.transact(note, number)
    while (end := app.database.transact(audit.seal, limit=5)) is not None:
        audit.keep_anchor(app.settings.instance_path, end)
    kept = audit.kept_anchor(app.settings.instance_path)
    assert kept is not None
    return kept


def found(database: Database, anchor: Anchor | None = None) -> tuple[Fault | None, int | None]:
    with database.reading() as reader:
        verdict = audit.verify(reader, anchor)
    return verdict.fault, verdict.number


def edit(tx: Transaction) -> None:
    tx.change(update(AuditEvent).where(AuditEvent.seal_number == 7).values(facts={"total": 999, "words": "中秋"}))


def blame_somebody_else(tx: Transaction) -> None:
    tx.change(update(AuditEvent).where(AuditEvent.seal_number == 7).values(actor_kind="staff", actor_id=1))


def remove(tx: Transaction) -> None:
    tx.change(delete(AuditEvent).where(AuditEvent.seal_number == 7))


def remove_and_close_the_gap(tx: Transaction) -> None:
    remove(tx)
    for number in range(8, EVENTS + 1):
        tx.change(update(AuditEvent).where(AuditEvent.seal_number == number).values(seal_number=number - 1))


def exchange_two(tx: Transaction) -> None:
    for old, new in ((7, 99), (8, 7), (99, 8)):
        tx.change(update(AuditEvent).where(AuditEvent.seal_number == old).values(seal_number=new))


def unseal_one(tx: Transaction) -> None:
    tx.change(update(AuditEvent).where(AuditEvent.seal_number == 7).values(seal_number=None, seal=None))


@pytest.mark.parametrize(
    ("tamper", "fault"),
    [
        (edit, Fault.CHANGED),
        (blame_somebody_else, Fault.CHANGED),
        (remove, Fault.MISSING),
        (remove_and_close_the_gap, Fault.CHANGED),
        (exchange_two, Fault.CHANGED),
        (unseal_one, Fault.MISSING),
    ],
)
def test_an_event_edited_removed_or_moved_is_found_where_it_was(
    database: Database, anchor: Anchor, tamper: Callable[[Transaction], None], fault: Fault
) -> None:
    assert found(database, anchor) == (None, None)
    database.transact(tamper)
    assert found(database) == (fault, 7)


def test_a_chain_that_was_cut_off_is_found_by_its_end_noted_outside(database: Database, anchor: Anchor) -> None:
    database.transact(lambda tx: tx.change(delete(AuditEvent).where(AuditEvent.seal_number > EVENTS - 2)))
    assert found(database) == (None, None)
    assert found(database, anchor) == (Fault.CUT_OFF, EVENTS - 1)


def test_a_chain_that_was_made_anew_is_found_by_its_end_noted_outside(database: Database, anchor: Anchor) -> None:
    def make_anew(tx: Transaction) -> None:
        edit(tx)
        tx.change(update(AuditEvent).values(seal_number=None, seal=None))
        audit.seal(tx)

    database.transact(make_anew)
    assert found(database) == (None, None)
    assert found(database, anchor) == (Fault.REWRITTEN, EVENTS)


def test_events_of_a_transaction_that_failed_are_in_no_chain(database: Database, anchor: Anchor) -> None:
    def fail(tx: Transaction) -> None:
        note(tx, 99)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        database.transact(fail)
    assert database.transact(audit.seal) is None
    with database.reading() as reader:
        assert reader.scalar(select(func.count()).select_from(AuditEvent)) == EVENTS


def test_an_older_end_never_takes_the_place_of_a_later_one(app: GiftShop, anchor: Anchor) -> None:
    audit.keep_anchor(app.settings.instance_path, Anchor(3, b"3" * 32))
    assert audit.kept_anchor(app.settings.instance_path) == anchor


def test_the_operator_is_told_that_all_is_well_and_what_is_not_sealed_yet(app: GiftShop, anchor: Anchor) -> None:
    app.database.transact(note, 13)
    told = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert told.exit_code == 0
    assert told.output.splitlines() == [
        "12 events are sealed, and their seals hold.",
        "1 events are not sealed yet: 13 to 13.",
    ]


def test_the_operator_is_told_what_was_done(app: GiftShop, anchor: Anchor) -> None:
    run = app.test_cli_runner().invoke
    app.database.transact(edit)
    told = run(args=["audit", "verify"])
    assert told.exit_code == 1
    assert told.output.splitlines() == [
        "6 events are sealed, and their seals hold.",
        "CHANGED: event 7, number 7 in the chain, is not what was sealed there.",
    ]
    assert "is not what was sealed" in run(args=["audit", "verify", "--anchor", str(anchor)]).output
    assert run(args=["audit", "verify", "--anchor", "yesterday"]).exit_code == 2
