from __future__ import annotations

from pathlib import Path

import pytest

from giftshop.config import Smtp
from giftshop.db import Database
from giftshop.kernel import clock
from giftshop.notifications import MessageState, messages_to, queue_mail, queue_text
from giftshop.notifications.ports import MailServer, Sender
from giftshop.notifications.service import mark_sent
from giftshop.web import GiftShop
from tests.mails import read_mail, words_of

MEI = "mei@lantern.example"


@pytest.fixture
def outbox(app: GiftShop) -> Path:
    return app.settings.instance_path / "outbox"


def test_without_a_mail_server_a_mail_lies_in_the_folder(app: GiftShop, database: Database, outbox: Path) -> None:
    database.transact(queue_mail, to=MEI, subject="邀请您使用\n礼品平台", text="您好")
    assert app.jobs.run_due() == 1
    mail = read_mail(next(outbox.glob("*.eml")))
    assert (mail["To"], mail["Subject"], words_of(mail)) == (
        MEI,
        "邀请您使用 礼品平台",
        "您好",
    )
    with database.reading() as reader:
        assert [message.state for message in messages_to(reader, MEI)] == [MessageState.SENT]


def test_a_text_message_lies_in_the_folder(app: GiftShop, database: Database, outbox: Path) -> None:
    database.transact(queue_text, phone="+8613800138000", text="您的礼品已发出")
    assert app.jobs.run_due() == 1
    assert "+8613800138000" in next(outbox.glob("*.txt")).read_text(encoding="utf-8")


def test_a_secret_is_forgotten_once_it_left_the_house_and_only_then(database: Database) -> None:
    secret = database.transact(queue_mail, to=MEI, subject="Your link", text="https://…", is_secret=True)
    plain = database.transact(queue_mail, to=MEI, subject="Hello", text="Good morning")
    for message_id in (secret, plain):
        database.transact(mark_sent, message_id, left_the_house=True, at=clock.now())
    with database.reading() as reader:
        assert [message.text for message in messages_to(reader, MEI)] == ["Good morning", ""]


def test_a_mail_server_that_is_down_is_tried_again(app: GiftShop, database: Database) -> None:
    nowhere = MailServer(
        Smtp("127.0.0.1", 1), Sender("gifts@example.com", b"key", lambda _subject, text, _locale="": text)
    )
    message_id = database.transact(queue_mail, to=MEI, subject="Hello", text="Good morning")
    with database.reading() as reader, pytest.raises(OSError, match="refused"):
        nowhere.deliver(next(message for message in messages_to(reader, MEI) if message.id == message_id))
