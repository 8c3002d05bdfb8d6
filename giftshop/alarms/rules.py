"""The kinds of alarm that the house knows, and what of them names a person."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from giftshop.kernel.locale import N_


class AlarmKind(StrEnum):
    """What does not look right. A room may raise one of another kind, too: the list then shows its plain name."""

    CODE_BEFORE_ACTIVATION = "cards.code_before_activation"
    """Somebody typed the code of a card that its firm does not have yet: read at the print house, or on the way."""
    MANY_CARDS_FROM_ONE_PLACE = "cards.many_from_one_place"
    """Many different cards were opened from one network in an hour."""
    WRONG_CODES = "cards.wrong_codes"
    """So many wrong codes that whoever had one lately is not let in for now."""
    GUESSER = "cards.guesser"
    """One network went on until its hourly limit."""
    MANY_GIFTS_TO_ONE_PHONE = "redemption.many_to_one_phone"
    """Many different cards were spent on parcels to one phone in a day."""
    LEDGER_DIFFERENCE = "ledger.difference"
    """A balance is not what its postings say."""


KIND_WORDS: Final[Mapping[str, str]] = {
    AlarmKind.CODE_BEFORE_ACTIVATION: N_("A code was typed before its card was active"),
    AlarmKind.MANY_CARDS_FROM_ONE_PLACE: N_("Many cards opened from one place"),
    AlarmKind.WRONG_CODES: N_("Wrong codes from everywhere"),
    AlarmKind.GUESSER: N_("Somebody keeps guessing"),
    AlarmKind.MANY_GIFTS_TO_ONE_PHONE: N_("Many gifts to one phone"),
    AlarmKind.LEDGER_DIFFERENCE: N_("A balance does not add up"),
}

PERSONAL: Final = frozenset({"network"})
"""Facts that may name a person. They are forgotten when the alarm is closed: their purpose ends there."""
MOST_REASON: Final = 500
"""Characters of what is said on closing."""


def number_of(text: str) -> int:
    """Return the number by which something without a number (a network, a phone's hash) is a subject of alarms."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> 1
