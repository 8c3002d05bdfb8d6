"""The ways out: a mail server and a gateway for text messages, or a folder where there is none."""

from __future__ import annotations

import smtplib
from collections.abc import Collection
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Final, Protocol

import requests

from giftshop.config import Settings, Smtp, TextGateway
from giftshop.notifications.bounces import UNKNOWN, signed_id, status_in
from giftshop.notifications.letter import Painter
from giftshop.notifications.models import Channel, Message

TIMEOUT_SECONDS = 20
GATEWAY_SECONDS: Final = (5.0, 15.0)
"""To reach the gateway for texts, and to wait for its answer."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who mail comes from: the address, the key that signs its ids, and the hand that it is drawn in."""

    address: str
    key: bytes
    paint: Painter


class AddressRefused(Exception):
    """The mail server will not deliver there. Does not say the address: what went wrong with a job is logged."""

    def __init__(self, codes: Collection[int], status: str = UNKNOWN) -> None:
        """Take the answers of the mail server, and the number of the reason."""
        super().__init__(f"the mail server does not take this address: {sorted(codes)}")
        self.is_for_good = bool(codes) and all(code >= 500 for code in codes)
        """Whether it is no use trying again."""
        self.status = status


class GatewayRefused(Exception):
    """The gateway for texts did not take a message. Says its status only: what went wrong with a job is logged."""


class Port(Protocol):
    """A way out for messages of one kind.

    To send texts by a gateway that wants another form than `Gateway` speaks, write a class like it and name it in
    `ports_for`.
    """

    leaves_the_house: bool
    """Whether somebody else keeps the message from then on."""

    def deliver(self, message: Message) -> None:
        """Hand the message over, or raise whatever went wrong: the job tries again. May happen twice after a crash."""


class Folder:
    """Lays messages into a folder, where a developer can open them."""

    leaves_the_house = False

    def __init__(self, path: Path, sender: Sender) -> None:
        """Take the folder, made on first use, and who mail comes from."""
        self._path, self._sender = path, sender

    def deliver(self, message: Message) -> None:
        """Write `000012.eml` or `000012.txt`; the same message again overwrites itself."""
        self._path.mkdir(parents=True, exist_ok=True)
        if message.channel is Channel.MAIL:
            (self._path / f"{message.id:06}.eml").write_bytes(bytes(as_mail(message, self._sender)))
        else:
            text = f"To: {message.address}\n\n{message.text}\n"
            (self._path / f"{message.id:06}.txt").write_text(text, encoding="utf-8")


class MailServer:
    """Sends mail by SMTP."""

    leaves_the_house = True

    def __init__(self, smtp: Smtp, sender: Sender) -> None:
        """Take the server, and who mail comes from."""
        self._smtp, self._sender = smtp, sender

    def deliver(self, message: Message) -> None:
        """Send one mail. Its Message-ID is the same at every try, so that a second copy can be told."""
        with smtplib.SMTP(self._smtp.host, self._smtp.port, timeout=TIMEOUT_SECONDS) as server:
            if self._smtp.starttls:
                server.starttls()
            if self._smtp.username:
                server.login(self._smtp.username, self._smtp.password)
            try:
                server.send_message(as_mail(message, self._sender))
            except smtplib.SMTPRecipientsRefused as refusal:
                answers = list(refusal.recipients.values())
                said = b" ".join(words for _, words in answers).decode("ascii", "replace")
                raise AddressRefused({code for code, _ in answers}, status_in(said)) from None


class Gateway:
    """Sends text messages by a gateway that takes JSON over HTTPS, or by a small bridge to one that does not.

        POST <url>   Authorization: Bearer <token>   Idempotency-Key: message-12
        {"id": "message-12", "to": "+8613812345678", "text": "..."}

    Any answer of the 200s means that it is taken. The id is the same at every try, so that a second copy can be told.
    """

    leaves_the_house = True

    def __init__(self, gateway: TextGateway) -> None:
        """Take the gateway's address and token."""
        self._gateway = gateway

    def deliver(self, message: Message) -> None:
        """Hand one text over. A redirect is not followed: it would carry the text to somebody we were not told of."""
        name = f"message-{message.id}"
        answer = requests.post(
            self._gateway.url,
            json={"id": name, "to": message.address, "text": message.text},
            headers={"Authorization": f"Bearer {self._gateway.token}", "Idempotency-Key": name},
            timeout=GATEWAY_SECONDS,
            allow_redirects=False,
        )
        if not 200 <= answer.status_code < 300:
            raise GatewayRefused(f"the gateway for texts answered {answer.status_code}")


def as_mail(message: Message, sender: Sender) -> EmailMessage:
    """Return a message as a mail of text and HTML. Its Message-ID is signed, so that no bounce can be forged."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender.address, message.address, message.subject
    mail["Date"] = format_datetime(message.created_at)
    name = f"message-{message.id}-{int(message.created_at.timestamp())}"
    mail["Message-ID"] = f"<{signed_id(name, sender.key)}@{sender.address.rpartition('@')[2]}>"
    mail.set_content(message.text)
    mail.add_alternative(sender.paint(message.subject, message.text, message.locale), subtype="html")
    return mail


def outbox_of(settings: Settings) -> Path:
    """Return the folder that messages land in when there is no way out."""
    return settings.instance_path / "outbox"


def ports_for(settings: Settings, paint: Painter) -> dict[Channel, Port]:
    """Return the way out of each kind of message under `settings`; `paint` draws the mails."""
    sender = Sender(settings.mail_from, settings.link_key, paint)
    folder = Folder(outbox_of(settings), sender)
    return {
        Channel.MAIL: MailServer(settings.smtp, sender) if settings.smtp else folder,
        Channel.TEXT: Gateway(settings.texts) if settings.texts else folder,
    }
