"""What is known of a code that is out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from giftshop.db import Reader
from giftshop.onetime.models import OneTimeCode
from giftshop.onetime.rules import MOST_TRIES


@dataclass(frozen=True, slots=True)
class Pending:
    """A code that can still be typed in."""

    sent_at: datetime
    expires_at: datetime
    tries_left: int


def pending(reader: Reader, subject: tuple[str, int], *, at: datetime) -> Pending | None:
    """Return the code that is out for `subject`; None if there is none, or it was used, guessed at or has expired."""
    code = reader.get(OneTimeCode, subject)
    if code is None or code.used_at or code.expires_at <= at or code.tries >= MOST_TRIES:
        return None
    return Pending(code.sent_at, code.expires_at, MOST_TRIES - code.tries)
