"""What holds for one-time codes, whatever the database says."""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Self

from giftshop.notifications import Channel

DIGITS: Final = 6
LIFE: Final = timedelta(minutes=10)
"""How long a code is good; NIST SP 800-63B-4 (3.1.3) allows ten minutes at most."""
MOST_TRIES: Final = 5
"""A code is guessed at with a chance of 5 in a million, of whoever was sent five in an hour 25 in a million."""
PAUSE: Final = timedelta(seconds=60)
"""Between two codes for one subject, or to one address."""
WINDOW: Final = timedelta(hours=1)
MOST_IN_WINDOW: Final = 5
"""Codes for one subject, and codes to one address: nobody's phone is made to ring all night."""

CODE: Final = "{code}"
"""Stands in the words of a message where the code will be."""

_LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a code is sent."""

    channel: Channel
    address: str
    """A phone in E.164, or an e-mail address in small letters."""

    @classmethod
    def text(cls, phone: str) -> Self:
        """A text message to `phone` (E.164)."""
        return cls(Channel.TEXT, phone)

    @classmethod
    def mail(cls, email: str) -> Self:
        """A mail to `email`, however it was typed."""
        return cls(Channel.MAIL, unicodedata.normalize("NFC", email.strip()).lower())


@dataclass(frozen=True, slots=True)
class Words:
    """What the message says, in its reader's language; CODE stands in `text` where the code will be."""

    text: str
    subject: str = ""
    """Of a mail. Without the code: a phone shows subjects on its locked screen."""
    locale: str = ""
    """The language it is written in."""

    def __post_init__(self) -> None:
        if CODE not in self.text:
            raise ValueError("these words have no place for a code")


def draw() -> str:
    """Return six random digits."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def typed_digits(typed: str) -> str | None:
    """Return the six digits that somebody typed, or None if it is no code.

    Spaces, hyphens, full-width digits and those of other scripts are forgiven.
    """
    if len(typed) > _LONGEST:
        return None
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", typed) if letter.isalnum())
    if len(plain) != DIGITS or not plain.isdecimal():
        return None
    return "".join(str(unicodedata.decimal(letter)) for letter in plain)


def code_digest(key: bytes, subject: tuple[str, int], to: Destination, code: str) -> bytes:
    """Return what is kept of a code: bound to what it is for and to where it was sent."""
    kind, subject_id = subject
    return _digest(key, "code", kind, str(subject_id), to.channel.value, to.address, code)


def counted_for(key: bytes, subject: tuple[str, int], to: Destination) -> tuple[str, str]:
    """Return what a sending is counted under: its subject, and its address as a hash. In this order everywhere."""
    kind, subject_id = subject
    return f"1/{kind}/{subject_id}", f"2/{_digest(key, 'address', to.channel.value, to.address).hex()[:40]}"


def _digest(key: bytes, *parts: str) -> bytes:
    own = hmac.digest(key, b"giftshop.onetime", "sha256")
    return hmac.digest(own, "\x00".join(parts).encode(), "sha256")
