"""The ways out: a mail server, or a folder when there is none."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol

from giftshop.config import Settings, Smtp
from giftshop.notifications.models import Channel, Message

TIMEOUT_SECONDS = 20


class AddressRefused(Exception):
    """The mail server will not deliver there. Does not say the address: what went wrong with a job is logged."""


class Port(Protocol):
    """A way out for messages of one kind."""

    leaves_the_house: bool
    """Whether somebody else keeps the message from then on."""

    def deliver(self, message: Message) -> None:
        """Hand the message over, or raise whatever went wrong: the job tries again. May happen twice after a crash."""


class Folder:
    """Lays messages into a folder, where a developer can open them."""

    leaves_the_house = False

    def __init__(self, path: Path, sender: str) -> None:
        """Take the folder, made on first use, and the address that mail comes from."""
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

    def __init__(self, smtp: Smtp, sender: str) -> None:
        """Take the server and the address that mail comes from."""
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
                codes = sorted({code for code, _ in refusal.recipients.values()})
                raise AddressRefused(f"the mail server does not take this address: {codes}") from None


def as_mail(message: Message, sender: str) -> EmailMessage:
    """Return a message as a mail from `sender`."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, message.address, message.subject
    mail["Date"] = format_datetime(message.created_at)
    mail["Message-ID"] = f"<message-{message.id}-{int(message.created_at.timestamp())}@{sender.rpartition('@')[2]}>"
    mail.set_content(message.text)
    return mail


def outbox_of(settings: Settings) -> Path:
    """Return the folder that messages land in when there is no way out."""
    return settings.instance_path / "outbox"


def ports_for(settings: Settings) -> dict[Channel, Port]:
    """Return the way out of each kind of message under `settings`."""
    folder = Folder(outbox_of(settings), settings.mail_from)
    return {
        Channel.MAIL: MailServer(settings.smtp, settings.mail_from) if settings.smtp else folder,
        Channel.TEXT: folder,
    }
