"""What comes back from mail servers reaches the buyer, and nobody can make it up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.message import EmailMessage, Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from giftshop.application import create_app
from giftshop.config import Smtp
from giftshop.ecards import DeliveryState
from giftshop.notifications import MessageState, ports
from giftshop.web import GiftShop
from tests.ecards.conftest import HAN, WANG, Sender, tomorrow
from tests.people import sign_in


class Picky:
    """A mail server that knows nobody of the name of Wang."""

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if address.startswith("wang"):
            return f"550 5.1.1 <{address}>: no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"


@contextmanager
def by_server(app: GiftShop, port: int) -> Iterator[GiftShop]:
    """The same shop, sending by a mail server."""
    controller = Controller(Picky(), hostname="127.0.0.1", port=port)
    controller.start()
    other = create_app(replace(app.settings, smtp=Smtp("127.0.0.1", port, starttls=False)))
    try:
        with other.app_context():
            yield other
    finally:
        other.database.dispose()
        controller.stop()


def report(
    chen: Sender, message: Any, *, action: str = "failed", status: str = "5.2.2", key: bytes | None = None
) -> bytes:
    """What a mail server sends back of a message (RFC 3464)."""
    sent = ports.as_mail(
        message, ports.Sender(chen.app.settings.mail_from, key or chen.app.settings.link_key, lambda *_: "")
    )
    whole = MIMEMultipart("report", report_type="delivery-status")
    whole["From"], whole["To"] = "MAILER-DAEMON@mx.example", "gifts@example.com"
    whole.attach(MIMEText("It could not be delivered to wang@lantern.example."))
    fields = Message()
    fields.set_type("message/delivery-status")
    server, person = Message(), Message()
    server["Reporting-MTA"] = "dns; mx.example"
    person["Final-Recipient"] = "rfc822; wang@lantern.example"
    person["Action"], person["Status"] = action, status
    person["Diagnostic-Code"] = "smtp; 552 wang@lantern.example is full"
    fields.set_payload([server, person])
    whole.attach(fields)
    headers = EmailMessage()
    for name in ("From", "To", "Message-ID"):
        headers[name] = str(sent[name])
    whole.attach(MIMEText(headers.as_string(), "rfc822-headers"))
    return whole.as_bytes()


def tell(chen: Sender, raw: bytes) -> str:
    """Pipe a report in, as the mail server does."""
    return chen.app.test_cli_runner().invoke(args=["ecards", "bounced"], input=raw).output


def test_an_address_that_the_server_refuses_comes_back_to_the_buyer_who_gives_another(
    chen: Sender, free_port: int
) -> None:
    moment = tomorrow()
    programme_id = chen.sends([WANG, HAN], moment=moment)
    with by_server(chen.app, free_port) as shop:
        shop.jobs.run_due(at=moment.utc)
    wang, han = chen.deliveries(programme_id)
    assert (wang.state, wang.bounce_status) == (DeliveryState.BOUNCED, "5.1.1")
    assert han.state is DeliveryState.SENT
    client = chen.app.test_client()
    sign_in(client, chen.people.lantern.buyer)
    assert ">1</strong> e-card came back" in client.get("/", follow_redirects=True).text
    listed = client.get("/ecards/came-back").text
    assert "There is no such address." in listed
    page = f"/programmes/{programme_id}/ecards/{wang.card_id}"
    assert client.post(page, data={"to": "nobody"}).status_code == 422
    client.post(page, data={"to": "wang.xiaoming@lantern.example"})
    chen.app.jobs.run_due()
    assert chen.delivery(wang.card_id).state is DeliveryState.SENT
    assert len(chen.links("wang.xiaoming@lantern.example")) == 1
    assert "wang" not in client.get("/ecards/came-back").text


def test_a_report_of_the_mail_server_marks_the_ecard_and_keeps_no_word_of_it(chen: Sender) -> None:
    card_id = chen.deliveries(chen.sends([WANG]))[0].card_id
    message = chen.messages()[-1]
    assert "came back: 5.2.2" in tell(chen, report(chen, message))
    assert (chen.delivery(card_id).state, chen.delivery(card_id).bounce_status) == (DeliveryState.BOUNCED, "5.2.2")
    assert chen.messages()[-1].state is MessageState.REFUSED
    assert "known before" in tell(chen, report(chen, message))


def test_a_report_that_is_forged_or_tells_of_a_delay_or_is_none_changes_nothing(chen: Sender) -> None:
    card_id = chen.deliveries(chen.sends([WANG]))[0].card_id
    message = chen.messages()[-1]
    whole = report(chen, message)
    for raw in (
        report(chen, message, key=b"another key"),
        report(chen, message, action="delayed", status="4.2.2"),
        report(chen, message, action="delivered", status="2.0.0"),
        whole.replace(b"message-", b"massage-"),
        whole[: len(whole) // 3],
        b"",
        b"\xff" * 5000,
        b"Subject: hello\n\nmessage/delivery-status",
    ):
        assert "passed over" in tell(chen, raw)
    assert chen.delivery(card_id).state is DeliveryState.SENT


def test_a_late_report_of_an_address_that_was_replaced_does_not_touch_the_new_one(chen: Sender) -> None:
    card_id = chen.deliveries(chen.sends([WANG]))[0].card_id
    first = chen.messages()[-1]
    chen.resends(card_id, "wang.xiaoming@lantern.example")
    tell(chen, report(chen, first))
    assert chen.delivery(card_id).state is DeliveryState.SENT


@pytest.fixture
def free_port() -> int:
    """A port nobody listens on yet."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
