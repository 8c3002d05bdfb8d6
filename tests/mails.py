"""Mails as they left the house."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path


def read_mail(raw: bytes | Path) -> EmailMessage:
    """Return the mail in a file or in bytes."""
    whole = raw.read_bytes() if isinstance(raw, Path) else raw
    return message_from_bytes(whole, policy=policy.default)


def words_of(mail: EmailMessage, kind: str = "plain") -> str:
    """Return what a mail says, as text or as "html"."""
    part = mail.get_body((kind,))
    assert part is not None, f"a mail without {kind}"
    return str(part.get_content()).strip()
