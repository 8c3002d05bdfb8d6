"""What is true of a call whatever the database says. Pure: no tables, no pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from giftshop.cards import BlockReason
from giftshop.kernel.codes import LENGTH, Secret, parse
from giftshop.kernel.serials import parse_serial

HEARD_LASTS: Final = timedelta(minutes=30)
"""How long a code that was read out opens its card in this call: as long as a visit on the phone page."""
LONGEST_NOTE: Final = 300
"""Characters of an agent's note about a call."""
MOST_FOUND: Final = 20
"""Cards or parcels that one search shows."""

BLOCKED_BY_HOTLINE: Final = (BlockReason.LOST, BlockReason.DAMAGED, BlockReason.MISUSE, BlockReason.FIRM_ASKED)
"""Why the hotline may stop a card. What a bank disputes is finance's."""
LIFTED_BY_HOTLINE: Final = (BlockReason.LOST, BlockReason.DAMAGED)
"""What the hotline may let go on, for whoever reads the code out: whoever stole a code can read it out as well."""

_DIGITS_OF_A_PHONE: Final = 7
_SERIAL_DIGITS: Final = range(12, 18)


class FoundBy(StrEnum):
    """What a caller named for their card to be found."""

    SERIAL = "serial"
    """The number printed on it."""
    PHONE = "phone"
    """The whole phone number that its gift goes to."""
    PARCEL = "parcel"
    """The number of the parcel, ours or the carrier's."""
    ORDER = "order"
    """The order that the firm bought it with."""
    CODE = "code"
    """Its code, read out."""


class Outcome(StrEnum):
    """What came of a call."""

    ANSWERED = "answered"
    """A question was answered."""
    REDEEMED = "redeemed"
    """A gift was chosen, or something bought with a shopping card."""
    CHANGED = "changed"
    """A choice or an address was changed, or something cancelled."""
    BLOCKED = "blocked"
    """A card was stopped, or let go on."""
    REPORTED = "reported"
    """A problem was written down."""
    NOTHING = "nothing"
    """Hung up, a wrong number, or the caller could not be helped."""


def is_heard(heard_at: datetime | None, *, at: datetime) -> bool:
    """Whether a code that was read out at `heard_at` still opens its card."""
    return heard_at is not None and at < heard_at + HEARD_LASTS


def is_a_code(text: str) -> bool:
    """Whether a text is a redeem code, of whatever card: it must not be looked for, kept or shown."""
    return isinstance(parse(text), Secret)


def has_a_code(text: str) -> bool:
    """Whether a redeem code stands somewhere in a text, in one word or in several.

    Words of plain English that happen to pass for one are let be: it stands in groups of four, or has a digit in it.
    """
    words = re.findall(r"[0-9A-Za-z]+", unicodedata.normalize("NFKC", text))
    return any(
        is_a_code("".join(words[start:stop])) for start, stop in _spans(len(words)) if _is_shaped(words[start:stop])
    )


def tells_too_much(note: str) -> bool:
    """Whether a note has what looks like a phone number, a serial number or a code in it."""
    plain = unicodedata.normalize("NFKC", note)
    return re.search(rf"\d(?:[\s\-]?\d){{{_DIGITS_OF_A_PHONE - 1},}}", plain) is not None or has_a_code(plain)


def near_serials(text: str) -> list[int]:
    """Return the serial numbers that are one misheard digit, or two exchanged ones, from a text whose check fails.

    Empty for what is no serial number at all, and for one that is right.
    """
    digits = "".join(mark for mark in unicodedata.normalize("NFKC", text[:60]) if mark.isalnum())
    if not (digits.isascii() and digits.isdecimal()) or len(digits) not in _SERIAL_DIGITS or parse_serial(digits):
        return []
    found = (parse_serial(other) for other in _neighbours(digits))
    return sorted({serial.number for serial in found if serial})


def _neighbours(digits: str) -> Iterator[str]:
    for place, kept in enumerate(digits):
        yield from (digits[:place] + other + digits[place + 1 :] for other in "0123456789" if other != kept)
    for place in range(len(digits) - 1):
        yield digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]


def _is_shaped(words: list[str]) -> bool:
    lengths = [len(word) for word in words]
    return sum(lengths) == LENGTH and (lengths in ([16], [4] * 4) or any(map(str.isdigit, "".join(words))))


def _spans(count: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of words that a code may have been written in: any number of them up to its letters."""
    for start in range(count):
        yield from ((start, stop) for stop in range(start + 1, min(count, start + LENGTH) + 1))
