"""For how long what is known of people is kept, once its purpose has ended. The operator's settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self


class BadRetention(ValueError):
    """What was given is no list of days. The message says why."""


@dataclass(frozen=True, slots=True)
class Retention:
    """Days for each kind, counted from the end of its purpose."""

    addresses: int = 180
    """Names and addresses of parcels, after they were delivered, came back or were given up: for complaints."""
    messages: int = 90
    """E-mails and text messages, after they were sent."""
    sayings: int = 365
    """What recipients reported or thanked for, after it was closed or written."""
    lists: int = 365
    """A firm's lists of recipients and places, after its order was issued or sent."""
    card_names: int = 90
    """Names on cards, after the last day of their programme."""
    nominees: int = 400
    """Nominees of a campaign, after its last day: the yearly cap needs them for a year."""
    real_names: int = 1825
    """Who bought cards in a firm's name, where the law asks for it, after the order."""
    attempts: int = 2
    """Networks that somebody tried to sign in from, and choices that were never finished."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the days written as `addresses=180, messages=90`; what is not named keeps its usual days.

        Raises BadRetention.
        """
        return cls(**_read(text, {field.name for field in fields(cls)}))


def _read(text: str, known: set[str]) -> Mapping[str, int]:
    days: dict[str, int] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, number = (word.strip() for word in part.partition("="))
        if name not in known:
            raise BadRetention(f"{name!r} is no kind of what is kept; there are: {', '.join(sorted(known))}")
        if not number.isascii() or not number.isdigit() or not 0 < int(number) <= 36_500:
            raise BadRetention(f"{name} needs a whole number of days, at least one")
        days[name] = int(number)
    return days
