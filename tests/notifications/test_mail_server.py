"""Mail through a real SMTP server, which is sometimes down."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from giftshop.application import create_app
from giftshop.config import Settings, Smtp
from giftshop.kernel import clock
from giftshop.notifications import MessageState, messages_to, queue_mail
from giftshop.notifications.queries import deliveries_of
from giftshop.web import GiftShop
from tests.mails import words_of

MEI = "mei@lantern.example"


class Postbox:
    """Keeps what arrives."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 -- aiosmtpd's name
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def port() -> int:
    """A port nobody listens on yet."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def mailing(settings: Settings, port: int) -> Iterator[GiftShop]:
    """The shop, told of a mail server on `port`."""
    app = create_app(replace(settings, smtp=Smtp("127.0.0.1", port, starttls=False)))
    with app.app_context():
        yield app
    app.database.dispose()


class Closed(Postbox):
    """Takes nothing for anybody."""

    async def handle_RCPT(self, _server: Any, _session: Any, _envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        return f"550 5.1.1 <{address}>: no such user"


@contextmanager
def server_on(port: int, box: Postbox | None = None) -> Iterator[Postbox]:
    """A mail server, up for the length of the block."""
    box = box or Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def test_a_mail_goes_out_by_the_server(mailing: GiftShop, port: int) -> None:
    mailing.database.transact(queue_mail, to=MEI, subject="您的礼品", text="您好，美")
    with server_on(port) as box:
        mailing.jobs.run_due()
    assert [(mail["To"], mail["Subject"], words_of(mail)) for mail in box.mails] == [(MEI, "您的礼品", "您好，美")]


def test_a_mail_waits_for_a_server_that_is_down_and_goes_out_once(mailing: GiftShop, port: int) -> None:
    mailing.database.transact(queue_mail, to=MEI, subject="Hello", text="Good morning")
    mailing.jobs.run_due()
    with mailing.database.reading() as reader:
        message = messages_to(reader, MEI)[0]
        delivery = deliveries_of(reader, [message])[message.id]
    assert message.state is MessageState.QUEUED
    assert delivery.attempts == 1
    assert "refused" in delivery.error
    assert not delivery.is_given_up
    with server_on(port) as box:
        for hours in (24, 48):
            mailing.jobs.run_due(at=clock.now() + timedelta(hours=hours))
    assert [mail["Subject"] for mail in box.mails] == ["Hello"]
    with mailing.database.reading() as reader:
        assert messages_to(reader, MEI)[0].state is MessageState.SENT


def test_an_address_that_the_server_refuses_is_not_repeated_in_what_went_wrong(mailing: GiftShop, port: int) -> None:
    mailing.database.transact(queue_mail, to=MEI, subject="Hello", text="Good morning")
    with server_on(port, Closed()):
        mailing.jobs.run_due()
    with mailing.database.reading() as reader:
        message = messages_to(reader, MEI)[0]
        error = deliveries_of(reader, [message])[message.id].error
    assert "does not take this address: [550]" in error
    assert MEI not in error


def test_a_mail_that_nobody_ever_takes_is_given_up_and_says_why(mailing: GiftShop) -> None:
    mailing.database.transact(queue_mail, to=MEI, subject="Hello", text="Good morning")
    for day in range(20):
        mailing.jobs.run_due(at=clock.now() + timedelta(days=day))
    with mailing.database.reading() as reader:
        message = messages_to(reader, MEI)[0]
        assert deliveries_of(reader, [message])[message.id].is_given_up
