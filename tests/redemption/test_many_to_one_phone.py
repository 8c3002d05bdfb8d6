"""Somebody has many gifts of different people brought to one phone."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import func, select

from giftshop import alarms
from giftshop.alarms import Alarm, AlarmKind
from giftshop.jobs import Job, JobRun
from giftshop.kernel import clock
from giftshop.redemption.watching import MANY_CARDS, WATCH_JOB, promise_to_watch, watch
from tests.redemption.conftest import HAN, LI_LEI, Book
from tests.redemption.purses import Purses


def looks(book: Book) -> list[Alarm]:
    watch(JobRun(1, {}, clock.now(), book.database), key=book.app.settings.link_key)
    with book.database.reading() as reader:
        return list(alarms.open_alarms(reader))


def test_ten_cards_to_one_phone_in_a_day_are_an_alarm_and_ten_visits_with_one_card_are_none(book: Book) -> None:
    (purse,) = Purses(book).cards()
    for sku in ("TEA-1", "CUP-2", "SILK-3"):
        book.stock_up(sku, 20)
    for _ in range(2):
        Purses(book).buys(purse, {"TEA-1": 1}, HAN)
    *first, last = book.cards(MANY_CARDS)
    for card in first:
        book.redeemed(card, receiver=replace(LI_LEI, name="王五"))
    book.redeemed(book.cards(1)[0], receiver=HAN)
    assert looks(book) == []
    book.redeemed(last, receiver=LI_LEI)
    (alarm,) = looks(book)
    assert alarm.kind == AlarmKind.MANY_GIFTS_TO_ONE_PHONE
    assert alarm.facts == {"cards": MANY_CARDS, "shipment": book.shipment(last).number}
    assert LI_LEI.phone[3:] not in f"{alarm.facts} {alarm.subject_id}"
    book.database.transact(promise_to_watch, clock.now())
    book.database.transact(promise_to_watch, clock.now())
    with book.database.reading() as reader:
        assert reader.scalar(select(func.count()).select_from(Job).where(Job.kind == WATCH_JOB)) == 1
