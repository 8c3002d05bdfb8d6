"""Every end of the chain is noted outside, so that whoever makes it anew must agree with each."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, update

from giftshop import audit
from giftshop.application import create_app
from giftshop.audit import Anchor, AuditEvent, Fault
from giftshop.db import Transaction
from giftshop.kernel import clock
from giftshop.kernel.actor import SYSTEM
from giftshop.notifications import messages_to
from giftshop.web import GiftShop
from tests.people import Browser, People, sign_in

EVENTS = 9


@pytest.fixture
def noted(app: GiftShop) -> GiftShop:
    """Nine events, sealed three at a time, and each end noted outside."""
    for number in range(1, EVENTS + 1):
        app.database.transact(note, number)
    seal_all(app)
    return app


def note(tx: Transaction, order_id: int) -> None:
    audit.record(tx, "orders.place", ("order", order_id), by=SYSTEM, at=clock.now())


def seal_all(app: GiftShop) -> None:
    while (end := app.database.transact(audit.seal, limit=3)) is not None:
        audit.keep_anchor(app.settings.instance_path, end)


def make_anew(tx: Transaction, *, from_number: int = 0) -> None:
    """What somebody with the database does who also knows how seals are made."""
    tx.change(update(AuditEvent).where(AuditEvent.seal_number == from_number + 1).values(subject_id=99))
    tx.change(update(AuditEvent).where(AuditEvent.seal_number > from_number).values(seal_number=None, seal=None))
    audit.seal(tx)


def walked(app: GiftShop, *, last: Anchor | None = None) -> audit.Verdict:
    with app.database.reading() as reader:
        return audit.verify(reader, last, audit.kept_anchors(app.settings.instance_path))


def test_all_ends_are_noted_in_their_order(noted: GiftShop) -> None:
    assert [anchor.number for anchor in audit.kept_anchors(noted.settings.instance_path)] == [3, 6, 9]
    assert walked(noted).fault is None


def test_a_chain_made_anew_from_the_middle_is_found_where_it_leaves_the_old_one(noted: GiftShop) -> None:
    noted.database.transact(make_anew, from_number=3)
    verdict = walked(noted)
    assert (verdict.fault, verdict.sealed, verdict.number) == (Fault.REWRITTEN, 3, 6)


def test_whoever_makes_the_last_end_anew_too_is_found_by_the_ends_before_it(noted: GiftShop) -> None:
    noted.database.transact(make_anew)
    with noted.database.reading() as reader:
        theirs = audit.end_of_chain(reader)
    (noted.settings.instance_path / "audit.anchor").write_text(f"{theirs}\n")
    told = noted.test_cli_runner().invoke(args=["audit", "verify"])
    assert told.exit_code == 1
    assert "REWRITTEN: the chain up to number 3 is not the one" in told.output


def test_without_the_last_note_the_history_shows_that_the_end_was_cut_off(noted: GiftShop) -> None:
    noted.database.transact(lambda tx: tx.change(delete(AuditEvent).where(AuditEvent.seal_number > 7)))
    assert walked(noted).fault is Fault.CUT_OFF


def test_an_event_put_in_afterwards_among_the_old_ones_is_named(noted: GiftShop) -> None:
    """Its seal holds, since it was sealed like any other: but its number and moment are of long before."""
    forged = {
        "id": -5,
        "at": clock.now() - timedelta(days=30),
        "actor_kind": SYSTEM.kind,
        "action": "orders.place",
        "subject_kind": "order",
        "subject_id": 1,
        "facts": {},
    }

    def put_in(tx: Transaction) -> None:
        tx.execute(insert(AuditEvent).values(forged))
        note(tx, 10)

    noted.database.transact(put_in)
    seal_all(noted)
    verdict = walked(noted)
    assert (verdict.fault, list(verdict.late), verdict.sealed) == (None, [-5], EVENTS + 2)


def test_a_transaction_that_commits_late_is_no_such_event(noted: GiftShop) -> None:
    with noted.database.reading() as reader:
        assert list(audit.verify(reader).late) == []
    row = {"id": -5, "at": clock.now(), "actor_kind": SYSTEM.kind, "action": "orders.place", "facts": {}}
    row |= {"subject_kind": "order", "subject_id": 1}
    noted.database.transact(lambda tx: tx.execute(insert(AuditEvent).values(row)))
    seal_all(noted)
    assert (walked(noted).fault, list(walked(noted).late)) == (None, [])


def test_a_torn_note_spoils_none_but_itself(noted: GiftShop) -> None:
    with (noted.settings.instance_path / "audit.anchors").open("a") as file:
        file.write("2026-11-26T00:00:00+00:00 9:ab")
    noted.database.transact(note, 10)
    seal_all(noted)
    assert [anchor.number for anchor in audit.kept_anchors(noted.settings.instance_path)] == [3, 6, 9, 10]


def test_after_a_restore_the_chain_goes_on_from_the_backups_end(noted: GiftShop) -> None:
    run = noted.test_cli_runner().invoke
    file = noted.settings.instance_path / "backup.tar"
    assert run(args=["backup", str(file)]).exit_code == 0
    for number in (11, 12):
        noted.database.transact(note, number)
    seal_all(noted)
    assert run(args=["restore", str(file), "--replace"]).exit_code == 0
    told = run(args=["audit", "verify"])
    assert (told.exit_code, told.output.splitlines()[0]) == (0, "9 events are sealed, and their seals hold.")
    assert len(list(noted.settings.instance_path.glob("audit.anchors.until-*"))) == 1


def test_a_backup_from_before_the_first_seal_is_no_cut_off_chain(app: GiftShop) -> None:
    run = app.test_cli_runner().invoke
    file = app.settings.instance_path / "backup.tar"
    assert run(args=["backup", str(file)]).exit_code == 0
    assert run(args=["restore", str(file), "--replace"]).exit_code == 0
    assert run(args=["audit", "verify"]).exit_code == 0
    seal_all(app)
    assert run(args=["audit", "verify"]).exit_code == 0


def test_each_night_it_is_walked_and_an_administrator_is_told_when_it_is_not_as_it_was(
    noted: GiftShop, people: People
) -> None:
    app = create_app(replace(noted.settings, anchor_mail="auditor@example.com"))
    app.test_client_class = Browser
    client = app.test_client()
    night_comes(app)
    sign_in(client, people.staff.administrator)
    assert "The record is as it was sealed" in client.get("/desk/record").text
    assert "The record is not as it was sealed" not in client.get("/", follow_redirects=True).text
    with app.database.reading() as reader:
        mailed = messages_to(reader, "auditor@example.com")
        last = audit.kept_anchor(app.settings.instance_path)
    assert [str(last) in message.text for message in mailed] == [True]

    noted.database.transact(make_anew, from_number=3)
    assert client.post("/desk/record").status_code == 302
    app.jobs.run_due()
    assert "The chain was made anew." in client.get("/desk/record").text
    assert "The record is not as it was sealed" in client.get("/", follow_redirects=True).text
    sign_in(client, people.staff.sales)
    assert client.get("/desk/record").status_code == 403
    app.database.dispose()


def night_comes(app: GiftShop) -> None:
    for each in app.rounds:
        app.database.transact(each, clock.now())
    app.jobs.run_due()
