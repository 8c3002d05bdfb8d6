"""What recipients are written, when, in which language; and when nothing."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from giftshop import fulfilment
from giftshop.addresses import Receiver
from giftshop.cards import PrintedCard
from giftshop.fulfilment import ExceptionReason
from giftshop.jobs import Job, JobRun
from giftshop.kernel import clock
from giftshop.notifications import Channel, Message
from giftshop.redemption.sending import TELL_JOB
from tests.redemption.conftest import LI_LEI, Book, link_of


def written(book: Book) -> Sequence[Message]:
    """What has been written, in order, when all jobs are done."""
    book.app.jobs.run_due()
    with book.database.reading() as reader:
        return reader.scalars(select(Message).order_by(Message.id)).all()


def test_a_recipient_is_told_of_the_choice_the_dispatch_and_the_delivery(book: Book, card: PrintedCard) -> None:
    book.redeemed(card)
    (chosen,) = written(book)
    assert (chosen.channel, chosen.address) == (Channel.TEXT, "+8613812345678")
    assert f"http://localhost{link_of(book, card)}" in chosen.text
    assert book.shipment(card).number in chosen.text
    book.dispatch(card)
    dispatched = written(book)[-1]
    assert "is on its way: West Lake Longjing" in dispatched.text
    assert f"SF{book.shipment(card).id:010d}" in dispatched.text
    book.deliver(card)
    delivered = written(book)[-1]
    assert "has been delivered" in delivered.text
    assert len(written(book)) == 3


def test_messages_hold_no_code_no_price_and_no_address(book: Book, card: PrintedCard) -> None:
    book.redeemed(card, email="li@example.com")
    book.dispatch(card)
    book.deliver(card)
    said = " ".join(f"{message.subject} {message.text}" for message in written(book))
    assert not any(word in said for word in (card.secret.canonical, card.secret.printed, "168", "体育西路", "李雷"))


def test_a_recipient_who_chose_in_chinese_reads_chinese(book: Book, card: PrintedCard) -> None:
    book.redeemed(card, locale="zh_Hans")
    (message,) = written(book)
    assert message.text.startswith("您已选好灯塔仪器送您的礼品：西湖龙井")


def test_an_e_mail_is_written_too_if_one_was_given_and_forgotten_with_the_last_news(
    book: Book, card: PrintedCard
) -> None:
    book.redeemed(card, email="li@example.com")
    book.dispatch(card)
    book.deliver(card)
    mails = [message for message in written(book) if message.channel is Channel.MAIL]
    assert [mail.address for mail in mails] == ["li@example.com"]
    assert "has arrived" in mails[0].subject, "jobs that come late tell only what is still news"
    assert book.redemption(card).email is None


def test_a_landline_gets_no_text(book: Book, card: PrintedCard) -> None:
    at_home = Receiver(LI_LEI.name, "+862038888888", LI_LEI.address)
    book.redeemed(card, receiver=at_home)
    assert written(book) == []


def test_nobody_is_told_of_a_surprise_before_it_is_there(book: Book) -> None:
    (card,) = book.cards(1, is_surprise=True)
    book.redeemed(card, email="li@example.com")
    book.dispatch(card)
    assert written(book) == []
    book.deliver(card)
    assert [message.channel for message in written(book)] == [Channel.TEXT, Channel.MAIL]


def test_a_job_that_is_run_again_writes_no_second_message(book: Book, card: PrintedCard) -> None:
    book.redeemed(card)
    assert len(written(book)) == 1
    again = _done_again(book)
    assert again == 1
    assert len(written(book)) == 1


def test_news_that_was_taken_back_is_not_told(book: Book, card: PrintedCard) -> None:
    book.redeemed(card)
    written(book)
    book.dispatch(card)
    shipment = book.shipment(card)
    packer = book.people.staff.fulfilment.actor
    book.database.transact(fulfilment.undo, shipment.id, shipment.revision, by=packer, at=clock.now())
    assert len(written(book)) == 1


def test_a_bad_address_is_the_recipients_to_mend(book: Book, card: PrintedCard) -> None:
    book.redeemed(card)
    written(book)
    packer = book.people.staff.fulfilment.actor
    book.database.transact(
        fulfilment.stop, book.shipment(card).id, ExceptionReason.BAD_ADDRESS, by=packer, at=clock.now()
    )
    assert "Please check it" in written(book)[-1].text


def test_other_trouble_is_ours(book: Book, card: PrintedCard) -> None:
    book.redeemed(card)
    written(book)
    packer = book.people.staff.fulfilment.actor
    book.database.transact(fulfilment.stop, book.shipment(card).id, ExceptionReason.DAMAGED, by=packer, at=clock.now())
    assert len(written(book)) == 1


def test_shipments_of_other_rooms_are_none_of_ours(book: Book, card: PrintedCard) -> None:
    line = fulfilment.Line(None, {"en": "A box of printed cards", "zh_Hans": "印好的卡"})
    packer = book.people.staff.fulfilment.actor
    book.database.transact(
        fulfilment.request_shipment,
        source=("batch", 1),
        receiver=LI_LEI,
        lines=[line],
        firm_id=book.people.lantern.id,
        promised_on=clock.now().date(),
        by=packer,
        at=clock.now(),
    )
    assert written(book) == []


def _done_again(book: Book) -> int:
    """Run each finished job that tells a recipient once more, as after a crash before it was marked done."""
    with book.database.reading() as reader:
        jobs = reader.scalars(select(Job).where(Job.kind == TELL_JOB)).all()
    for job in jobs:
        book.app.jobs._handlers[TELL_JOB](_run(book, job))
    return len(jobs)


def _run(book: Book, job: Job) -> JobRun:
    return JobRun(job.id, job.payload, clock.now(), book.database)
