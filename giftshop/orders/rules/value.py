"""What the market says of shopping cards: how much one may hold, how long it lasts, who must say who they are."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from giftshop.kernel.market import StoredValueRules

LONGEST_YEARS: Final = 10
"""A bearer card's last day lies no further ahead: what is printed on plastic fades."""


class Holder(StrEnum):
    """Whose a shopping card is."""

    BEARER = "bearer"
    """Whoever holds it (不记名卡)."""
    NAMED = "named"
    """The person it names (记名卡)."""


def cap_of(holder: Holder, rules: StoredValueRules) -> int:
    """Return the most that one card may hold, in minor units."""
    return rules.named_cap_minor if holder is Holder.NAMED else rules.bearer_cap_minor


def expires(holder: Holder, rules: StoredValueRules) -> bool:
    """Whether a card of this kind has a last day."""
    return holder is Holder.BEARER or rules.named_expires


def earliest_end(today: date, rules: StoredValueRules) -> date:
    """Return the first day that may be a bearer card's last one."""
    return years_after(today, rules.bearer_least_years)


def is_validity(valid_until: date | None, *, holder: Holder, today: date, rules: StoredValueRules) -> bool:
    """Whether a card may be valid through `valid_until`; None is for ever."""
    if not expires(holder, rules):
        return valid_until is None
    return valid_until is not None and earliest_end(today, rules) <= valid_until <= years_after(today, LONGEST_YEARS)


def needs_real_name(holder: Holder, value_minor: int, rules: StoredValueRules) -> bool:
    """Whether the buyer's name and document are taken down (实名登记): always for named cards, else from a sum on."""
    return holder is Holder.NAMED or value_minor >= rules.real_name_from_minor


def is_transfer_only(value_minor: int, rules: StoredValueRules) -> bool:
    """Whether a firm pays so much stored value by bank transfer only."""
    return value_minor >= rules.transfer_from_minor


def years_after(day: date, years: int) -> date:
    """Return the same day `years` later; of 29 February the day after, so that nothing is cut short."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS: Final = "10X98765432"


def is_identity_number(text: str) -> bool:
    """Whether `text` can be the number of a Chinese identity card (GB 11643-1999: its last sign checks the others)."""
    body, check = text[:17], text[17:].upper()
    if len(text) != 18 or not (body.isascii() and body.isdecimal()):
        return False
    return CHECKS[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11] == check
