"""E-cards are sent at their hour, once, and without one great transaction; nothing of a link is kept."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from giftshop import cards, ecards, listing
from giftshop.cards import BatchState, CardState
from giftshop.db import Base, Database, Transaction
from giftshop.ecards import CardLink, DeliveryState, Moment, queries, service, telling
from giftshop.ecards.errors import MomentPassed, SendingBegun
from giftshop.ecards.exporting import CHANNEL_WORDS
from giftshop.jobs import JobRun
from giftshop.kernel import clock
from giftshop.kernel.errors import Missing
from giftshop.kernel.money import Money
from giftshop.notifications import Channel
from giftshop.production import print_run_of
from giftshop.web.privacy import Whom
from tests.ecards.conftest import HAN, LI, LINK, WANG, Sender, many, tomorrow
from tests.redemption.conftest import statements


def test_each_person_gets_theirs_by_what_the_list_has_of_them(chen: Sender) -> None:
    programme_id = chen.sends([WANG, LI, HAN])
    assert [(row.channel, row.address, row.state) for row in chen.deliveries(programme_id)] == [
        (Channel.MAIL, "wang@lantern.example", DeliveryState.SENT),
        (Channel.TEXT, "+8613812345678", DeliveryState.SENT),
        (Channel.MAIL, "han@lantern.example", DeliveryState.SENT),
    ]
    assert [to for to, _ in chen.outbox()] == ["wang@lantern.example", "+8613812345678", "han@lantern.example"]
    mail = chen.outbox()[0][1]
    assert "王小明" in mail
    assert "感谢您对我们的支持" in mail
    assert "200" not in LINK.sub("", mail), "the price of a gift book is nobody's business"


def test_nothing_is_printed_and_the_codes_are_gone_before_a_card_is_worth_something(chen: Sender) -> None:
    programme_id = chen.sends([WANG])
    with chen.database.reading() as reader:
        batch = cards.batches_of(reader, [programme_id])[0]
        assert (batch.state, batch.wrapped_key) == (BatchState.ACTIVE, None)
        assert batch.destroyed_at is not None
        with pytest.raises(Missing):
            print_run_of(reader, batch.id)
        assert list(cards.differences(reader)) == []
    assert chen.card(chen.deliveries(programme_id)[0].card_id).state is CardState.ACTIVE


def test_they_leave_at_the_hour_that_was_chosen_and_not_a_minute_earlier(chen: Sender) -> None:
    moment = tomorrow()
    programme_id = chen.sends([WANG, LI], moment=moment)
    chen.app.jobs.run_due(at=moment.utc - timedelta(minutes=1))
    assert chen.outbox() == []
    chen.app.jobs.run_due(at=moment.utc)
    assert len(chen.outbox()) == 2
    assert {row.state for row in chen.deliveries(programme_id)} == {DeliveryState.SENT}


def test_an_hour_that_was_changed_holds_and_the_old_one_sends_nothing(chen: Sender) -> None:
    moment = tomorrow()
    programme_id = chen.sends([WANG], moment=moment)
    later = Moment(moment.day + timedelta(days=2), 8, "Asia/Tokyo")
    chen.database.transact(service.reschedule, programme_id, chen.firm, later, by=chen.by, at=clock.now())
    chen.app.jobs.run_due(at=moment.utc + timedelta(hours=1))
    assert chen.outbox() == []
    with pytest.raises(MomentPassed):
        chen.database.transact(
            service.reschedule, programme_id, chen.firm, Moment(moment.day, 0, "UTC"), by=chen.by, at=later.utc
        )
    chen.app.jobs.run_due(at=later.utc)
    assert len(chen.outbox()) == 1
    with pytest.raises(SendingBegun):
        chen.database.transact(service.reschedule, programme_id, chen.firm, later, by=chen.by, at=clock.now())


def test_a_job_that_is_run_again_sends_nothing_twice(chen: Sender) -> None:
    moment = tomorrow()
    programme_id = chen.sends([WANG, LI, HAN], moment=moment)
    batch_id = chen.deliveries(programme_id)[0].batch_id
    assert chen.database.transact(service.begin_sending, batch_id, at=moment.utc)
    chen.database.transact(telling.send_some, batch_id, at=moment.utc)  # and here the worker dies
    for _ in range(2):
        telling.send(JobRun(0, {"batch_id": batch_id}, moment.utc, chen.database))
    chen.app.jobs.run_due(at=moment.utc)
    assert len(chen.messages()) == len(chen.outbox()) == 3


def test_an_ecard_that_was_stopped_before_its_hour_is_not_sent_and_can_be_sent_later(chen: Sender) -> None:
    moment = tomorrow()
    programme_id = chen.sends([WANG, LI], moment=moment)
    wang = chen.deliveries(programme_id)[0].card_id
    chen.database.transact(cards.block, wang, reason=cards.BlockReason.LOST, by=chen.by, at=clock.now())
    chen.app.jobs.run_due(at=moment.utc)
    assert [to for to, _ in chen.outbox()] == ["+8613812345678"]
    assert chen.delivery(wang).state is DeliveryState.STOPPED
    chen.database.transact(cards.unblock, wang, by=chen.by, at=clock.now())
    assert chen.reminds(programme_id, wang) == 1
    assert len(chen.links("wang@lantern.example")) == 1


def test_a_thousand_are_written_in_few_statements_and_their_page_asks_no_more_than_that_of_three(chen: Sender) -> None:
    moment = tomorrow()
    few, crowd = chen.sends(many(3), moment=moment), chen.sends(many(1000), moment=moment)
    batch_id = chen.deliveries(crowd)[0].batch_id
    with statements(chen.database) as asked:
        telling.send(JobRun(0, {"batch_id": batch_id}, moment.utc, chen.database))
    assert {row.state for row in chen.deliveries(crowd)} == {DeliveryState.SENDING}
    assert len(asked) < 100
    lengths = []
    for programme_id in (few, crowd):
        with chen.database.reading() as reader, statements(chen.database) as of_page:
            queries.counts_of(reader, programme_id, at=clock.now())
            all_of_it = queries.ecards_list(programme_id, shown=None, total=3, channels=CHANNEL_WORDS, at=clock.now())
            assert listing.page(reader, all_of_it, listing.ask(all_of_it, {}), "UTC").rows
        lengths.append(len(of_page))
    assert lengths == [2, 2]


def test_no_link_nor_anything_that_makes_one_is_ever_in_the_database(chen: Sender) -> None:
    programme_id = chen.sends([WANG, LI], face=Money(60_000, "CNY"))
    wang, li = (row.card_id for row in chen.deliveries(programme_id))
    chen.reminds(programme_id, wang)
    moment = tomorrow()
    waiting = chen.deliveries(chen.sends([HAN], moment=moment))[0].card_id
    telling.send(JobRun(0, {"batch_id": chen.delivery(waiting).batch_id}, moment.utc, chen.database))
    chen.resends(li, "li.lei@lantern.example")
    key = chen.app.settings.link_key
    kept = everything_in(chen.database)
    assert b"li.lei@lantern.example" in kept, "nothing was searched, so nothing was shown"
    for card_id in (wang, li, waiting):
        for version in (1, 2):
            link = CardLink(chen.card(card_id).public_id, version).signed(key)
            signature = base64.urlsafe_b64decode(link + "==")[-16:]
            for form in (link.encode(), signature, signature.hex().encode(), base64.b64encode(signature)[:20]):
                assert form not in kept
    assert LINK.search(kept.decode("latin-1")) is None


def everything_in(database: Database) -> bytes:
    """Every column of every row, as bytes and as text; of SQLite the file itself, too."""
    found = []
    with database.reading() as reader:
        for table in Base.metadata.sorted_tables:
            for row in reader.execute(select(table)):
                found += [bytes(value) if isinstance(value, bytes) else str(value).encode() for value in row]
    if database.is_sqlite:
        folder = Path(database.url.database or "").parent
        found += [path.read_bytes() for path in folder.glob("giftshop.db*")]
    return b"\n".join(found)


def test_an_address_is_erased_on_request_everywhere_and_the_link_goes_on_working(chen: Sender) -> None:
    programme_id = chen.sends([WANG, LI])
    wang = chen.deliveries(programme_id)[0].card_id
    link = chen.links("wang@lantern.example")[0]
    chen.database.transact(ecards.erase, wang, chen.firm, by=chen.by, at=clock.now())
    with chen.database.reading() as reader:
        rows = [
            str(value)
            for table in Base.metadata.sorted_tables
            for row in reader.execute(select(table))
            for value in row
        ]
    assert [text for text in rows if "wang@lantern.example" in text] == []
    assert [text for text in rows if "+8613812345678" in text] != [], "Li Lei did not ask"
    assert chen.app.test_client().get(link).status_code == 200
    assert chen.reminds(programme_id, wang) == 0


def test_who_asks_to_be_forgotten_is_found_among_e_cards_by_phone_or_mail(chen: Sender) -> None:
    wang, li = (each.card_id for each in chen.deliveries(chen.sends([WANG, LI])))
    (eraser,) = (each for each in chen.app.erasers if each.kind == "ecards.addresses")
    for whom, card_id in ((Whom(email="wang@lantern.example"), wang), (Whom(phone="+8613812345678"), li)):
        with chen.database.reading() as reader:
            found = eraser.find(reader, whom, clock.now())
        assert (list(found.rows), list(found.needed)) == ([card_id], [])
        assert chen.database.transact(eraser.erase, found.rows) == 1
        assert chen.delivery(card_id).address is None
        assert chen.database.transact(eraser.erase, found.rows) == 0


def test_addresses_are_forgotten_a_month_after_the_last_day(chen: Sender) -> None:
    programme_id = chen.sends([WANG])
    last = chen.card(chen.deliveries(programme_id)[0].card_id).expires_at
    for late, address in ((timedelta(days=29), "wang@lantern.example"), (timedelta(days=31), None)):
        chen.database.transact(_sent_long_ago, at=last - timedelta(days=10))
        chen.database.transact(service.forget_some, at=last + late)
        assert chen.deliveries(programme_id)[0].address == address


def _sent_long_ago(tx: Transaction, *, at: datetime) -> None:
    tx.change(update(ecards.Delivery).values(sent_at=at))
