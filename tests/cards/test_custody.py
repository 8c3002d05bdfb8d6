"""Custody: a code leaves by one exit, for production staff, for a reason, and one day for nobody any more."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import func, select

from giftshop import cards
from giftshop.audit import AuditEvent
from giftshop.cards import BatchState
from giftshop.cards.models import Opening, SealedBlock
from giftshop.kernel.actor import SYSTEM, Actor, ActorKind
from giftshop.kernel.role import StaffRole
from giftshop.web import GiftShop
from tests.cards.making import NOW, make
from tests.people import People

SECOND_PRINTER = Actor(ActorKind.STAFF, 3, roles=frozenset({StaffRole.PRODUCTION}))


def open_again(
    app: GiftShop, people: People, batch_id: int, witness: Actor | None = None, reason: str = "jammed"
) -> int:
    by = people.staff.production.actor
    return app.database.transact(cards.open_for_print, batch_id, reason=reason, by=by, witness=witness, at=NOW)


def test_nobody_but_production_may_open_a_batch(app: GiftShop, people: People) -> None:
    made = make(app, people, 1, to=BatchState.SEALED)
    others = [person for person in people if StaffRole.PRODUCTION not in person.roles]
    for person in [*(other.actor for other in others), SYSTEM, Actor(ActorKind.VISITOR)]:
        with pytest.raises(cards.MayNotOpenSecrets):
            app.database.transact(
                cards.open_for_print, made.batch_id, reason="curious", by=person, witness=SECOND_PRINTER, at=NOW
            )


def test_every_opening_needs_a_reason_and_leaves_a_trace(app: GiftShop, people: People) -> None:
    made = make(app, people, 1, to=BatchState.SEALED)
    with pytest.raises(cards.ReasonNeeded) as refusal:
        open_again(app, people, made.batch_id, SECOND_PRINTER, reason="  ")
    assert refusal.value.field == "reason"
    opening_id = open_again(app, people, made.batch_id, SECOND_PRINTER)
    with app.database.reading() as reader:
        opening = reader.get_one(Opening, opening_id)
        told = reader.scalars(select(AuditEvent).where(AuditEvent.action == "cards.open_for_print")).all()
    assert (opening.opened_by, opening.witness, opening.reason) == (people.staff.production.id, 3, "jammed")
    assert [event.facts["opening"] for event in told][-1] == opening_id


def test_a_second_print_file_needs_a_second_person_from_production(app: GiftShop, people: People) -> None:
    made = make(app, people, 1, to=BatchState.SEALED)
    for witness in (None, people.staff.production.actor, people.staff.sales.actor, people.lantern.buyer.actor):
        with pytest.raises(cards.WitnessNeeded):
            open_again(app, people, made.batch_id, witness)
    opening_id = open_again(app, people, made.batch_id, SECOND_PRINTER)
    with app.database.reading() as reader:
        again = list(cards.open_secrets(reader, opening_id, keyring=app.settings.keyring))
    assert again == made.printed


def test_a_batch_still_being_made_or_printed_is_not_opened(app: GiftShop, people: People) -> None:
    made = make(app, people, 1, to=BatchState.PRINTED)
    with pytest.raises(cards.BatchNotReady):
        open_again(app, people, made.batch_id, SECOND_PRINTER)
    with pytest.raises(cards.BatchNotThere):
        open_again(app, people, 4711)


def test_destroyed_secrets_are_gone_for_good_and_the_cards_live_on(app: GiftShop, people: People) -> None:
    made = make(app, people, 1500, to=BatchState.SEALED)
    opening_id = open_again(app, people, made.batch_id, SECOND_PRINTER)
    with pytest.raises(cards.BatchNotReady):  # the print house has not confirmed receipt
        app.database.transact(cards.destroy_secrets, made.batch_id, by=SYSTEM, at=NOW)
    app.database.transact(cards.mark_printed, made.batch_id, by=SYSTEM, at=NOW)
    assert app.database.transact(cards.destroy_secrets, made.batch_id, by=SYSTEM, at=NOW) is True
    assert app.database.transact(cards.destroy_secrets, made.batch_id, by=SYSTEM, at=NOW) is False
    with app.database.reading() as reader:
        assert reader.scalar(select(func.count()).select_from(SealedBlock)) == 0
        assert cards.batch(reader, made.batch_id).wrapped_key is None
        with pytest.raises(cards.SecretsDestroyed):
            list(cards.open_secrets(reader, opening_id, keyring=app.settings.keyring))
    with pytest.raises(cards.SecretsDestroyed):
        open_again(app, people, made.batch_id, SECOND_PRINTER)
    for step in (cards.mark_shipped, cards.activate):
        app.database.transact(step, made.batch_id, by=SYSTEM, at=NOW)
    with app.database.reading() as reader:
        found = cards.card_by_code(
            reader, made.codes[-1].printed, keyring=app.settings.keyring, address="10.0.0.1", at=NOW
        )
    assert isinstance(found, cards.HeldCard)


def test_a_stored_print_file_is_unreadable_without_its_batchs_key(app: GiftShop, people: People) -> None:
    made, other = (make(app, people, 1, to=BatchState.SEALED) for _ in range(2))
    keyring = app.settings.keyring
    opening, others = (open_again(app, people, batch.batch_id, SECOND_PRINTER) for batch in (made, other))
    content = made.codes[0].printed.encode() * 10_000
    with app.database.reading() as reader:
        stored = b"".join(cards.seal_print_file(reader, opening, [content], keyring=keyring))
        assert made.codes[0].printed.encode() not in stored
        assert b"".join(cards.open_print_file(reader, opening, io.BytesIO(stored), keyring=keyring)) == content
        with pytest.raises(cards.SealBroken):
            list(cards.open_print_file(reader, others, io.BytesIO(stored), keyring=keyring))


def test_reading_the_secrets_opens_them_a_block_at_a_time(app: GiftShop, people: People) -> None:
    made = make(app, people, 3001, to=BatchState.SEALED)
    opening_id = open_again(app, people, made.batch_id, SECOND_PRINTER)
    with app.database.reading() as reader:
        stream = cards.open_secrets(reader, opening_id, keyring=app.settings.keyring)
        assert next(stream) == made.printed[0]
        stream.close()  # type: ignore[attr-defined]
    assert len(made.printed) == 3001  # as `make` read them, to the end
