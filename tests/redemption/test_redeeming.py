"""The command that spends a card: all of it or nothing, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from giftshop import cards
from giftshop.audit import AuditEvent
from giftshop.cards import AlreadyClaimed, BatchState, CardBlocked, CardExpired, CardNotThere, PrintedCard, Standing
from giftshop.fulfilment import ShipmentState, lines_by_shipment
from giftshop.jobs import Job
from giftshop.kernel import clock
from giftshop.kernel.clock import local_day
from giftshop.redemption import DayOutOfReach, JustTaken, NotAmongTheGifts
from giftshop.redemption.drafts import FORGET_JOB, draft_of, forget_old_drafts, keep_gift, keep_receiver, receiver_in
from giftshop.redemption.models import Draft, Redemption
from tests.cards.making import make
from tests.redemption.conftest import HAN, LI_LEI, Book, Recipient, statements


def standing(book: Book, card: PrintedCard) -> Standing:
    with book.database.reading() as reader:
        return cards.held_card(reader, book.card_id(card), at=clock.now()).standing


def nothing_happened(book: Book, card: PrintedCard) -> bool:
    with book.database.reading() as reader:
        redemptions = reader.scalar(select(func.count()).select_from(Redemption))
    return standing(book, card) is Standing.OPEN and redemptions == 0


def test_a_redemption_asks_the_bench_for_one_gift_to_one_place(book: Book, card: PrintedCard) -> None:
    book.redeemed(card, "SILK-3", HAN)
    shipment = book.shipment(card)
    today = local_day(clock.now(), "Asia/Shanghai")
    assert (shipment.state, shipment.firm_id) == (ShipmentState.WAITING, book.people.lantern.id)
    assert shipment.receiver == HAN
    assert shipment.promised_on == today + timedelta(days=3)
    with book.database.reading() as reader:
        (line,) = lines_by_shipment(reader, [shipment.id])[shipment.id]
    assert (line.item_id, line.quantity, line.code) == (book.items["SILK-3"], 1, "SILK-3")
    assert standing(book, card) is Standing.CLAIMED


def test_when_the_gift_has_gone_the_card_stays_whole(book: Book, card: PrintedCard) -> None:
    book.take_all("TEA-1")
    with pytest.raises(JustTaken):
        book.redeemed(card, "TEA-1")
    assert nothing_happened(book, card)
    book.redeemed(card, "CUP-2")


def test_a_gift_of_another_book_cannot_be_had(book: Book, card: PrintedCard) -> None:
    empty = make(book.app, book.people, 1).printed[0]
    with pytest.raises(NotAmongTheGifts):
        book.redeemed(empty, "TEA-1", at=clock.now() - timedelta(days=3000))
    assert nothing_happened(book, card)


def test_a_card_is_redeemed_once(book: Book, card: PrintedCard) -> None:
    book.redeemed(card)
    with pytest.raises(AlreadyClaimed):
        book.redeemed(card, "CUP-2", HAN)
    assert book.redemption(card).item_id == book.items["TEA-1"]
    assert (book.left("TEA-1"), book.left("CUP-2")) == (9, 10)


def test_what_cannot_be_redeemed_says_why(book: Book, card: PrintedCard) -> None:
    with pytest.raises(CardExpired):
        book.redeemed(card, at=clock.now() + timedelta(days=61))
    book.database.transact(
        cards.block,
        book.card_id(card),
        reason=cards.BlockReason.LOST,
        by=book.people.staff.hotline.actor,
        at=clock.now(),
    )
    with pytest.raises(CardBlocked):
        book.redeemed(card)
    (sealed,) = book.cards(1, to=BatchState.SHIPPED)
    with pytest.raises(CardNotThere):
        book.redeemed(sealed)


def test_an_earliest_day_beyond_reach_is_refused(book: Book, card: PrintedCard) -> None:
    today = local_day(clock.now(), "Asia/Shanghai")
    for day in (today - timedelta(days=1), today + timedelta(days=91)):
        with pytest.raises(DayOutOfReach):
            book.redeemed(card, not_before=day)
    assert nothing_happened(book, card)


def test_the_shipment_of_a_surprise_is_one(book: Book) -> None:
    (card,) = book.cards(1, is_surprise=True)
    book.redeemed(card)
    assert book.shipment(card).is_surprise


def test_a_redemption_leaves_its_event_by_the_holder_and_no_personal_data(book: Book, card: PrintedCard) -> None:
    book.redeemed(card)
    with book.database.reading() as reader:
        events = reader.scalars(select(AuditEvent).where(AuditEvent.actor_kind == "recipient")).all()
    (event,) = events
    assert (event.action, event.actor_id) == ("cards.claim", book.card_id(card))
    assert event.facts == {"item": book.items["TEA-1"]}


def test_confirming_asks_the_database_fourteen_things_at_most(
    recipient: Recipient, book: Book, card: PrintedCard
) -> None:
    recipient.opens_card(card)
    recipient.chooses(book.items["TEA-1"])
    recipient.writes_address()
    form = recipient.form_to_confirm()
    with statements(book.database) as asked:
        assert recipient.client.post("/r/gift/check", data=form).status_code == 303
    assert len(asked) <= 14, "\n".join(asked)
    assert book.redemption(card)


def test_drafts_and_their_addresses_are_forgotten_after_a_day(book: Book, card: PrintedCard) -> None:
    began, card_id = clock.now(), book.card_id(card)
    key = book.database.transact(keep_gift, card_id, book.items["TEA-1"], key=None, at=began)
    same = book.database.transact(
        keep_receiver, card_id, LI_LEI, not_before=None, email=None, key=key, at=began + timedelta(hours=20)
    )
    assert same == key
    with book.database.reading() as reader:
        draft = draft_of(reader, key, card_id)
        assert draft is not None
        assert (receiver_in(draft), draft.revision) == (LI_LEI, 2)
        assert draft_of(reader, key, card_id + 1) is None
        due = reader.scalars(select(Job.run_at).where(Job.kind == FORGET_JOB)).one()
    assert began + timedelta(days=1) < due <= began + timedelta(days=2)
    assert book.database.transact(forget_old_drafts, at=began + timedelta(hours=23)) == 0
    book.app.jobs.run_due(at=due)
    with book.database.reading() as reader:
        assert reader.scalar(select(func.count()).select_from(Draft)) == 0


def test_drafts_of_one_day_are_forgotten_by_one_job(book: Book) -> None:
    at = clock.now()
    for card in book.cards(3):
        book.database.transact(keep_gift, book.card_id(card), book.items["TEA-1"], key=None, at=at)
    with book.database.reading() as reader:
        assert reader.scalar(select(func.count()).where(Job.kind == FORGET_JOB)) == 1


def test_a_draft_of_another_card_is_not_written_on(book: Book) -> None:
    mine, yours = (book.card_id(card) for card in book.cards(2))
    key = book.database.transact(keep_gift, mine, book.items["TEA-1"], key=None, at=clock.now())
    other = book.database.transact(keep_gift, yours, book.items["CUP-2"], key=key, at=clock.now())
    assert other != key
