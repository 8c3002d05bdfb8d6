"""What is true of e-cards whatever the database says: where they go, when, and how often one is reminded. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from email_validator import EmailNotValidError, validate_email

from giftshop.ecards.errors import HourSkipped, MomentPassed, TooFarAhead, ZoneUnknown

FARTHEST: Final = timedelta(days=366)
"""How far ahead e-cards can be planned."""
REMINDED_EVERY: Final = timedelta(days=1)
"""A person is reminded once in this time at most."""
MOST_VERSIONS: Final = 60_000
"""Sendings of one e-card: as many as a link can count."""
KEPT_AFTER_END: Final = timedelta(days=30)
"""How long an address is kept after its gift was chosen, or could no longer be: for questions that follow."""
KEPT_AT_MOST: Final = timedelta(days=366)
"""How long it is kept after its e-card was sent, whatever became of it."""

LONGEST_MAIL: Final = 200
_FIRST_YEAR, _LAST_YEAR = 2000, 9000
_REGIONS: Final = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)


class DeliveryState(StrEnum):
    """How far an e-card is. Whether it was opened, and its gift chosen, is told beside it."""

    SCHEDULED = "scheduled"
    """Waits for its day and hour."""
    SENDING = "sending"
    """Written; the mail server or the carrier has not taken it yet."""
    SENT = "sent"
    """Left us."""
    BOUNCED = "bounced"
    """Came back, or was not taken: its buyer has to say where it goes instead."""
    STOPPED = "stopped"
    """Not sent: its card was stopped, or ended, before its hour came."""


class Shown(StrEnum):
    """How an e-card stands as its buyer sees it; also what the list can be narrowed to."""

    SCHEDULED = "scheduled"
    """Not sent yet: it waits for its hour, or for the mail server."""
    SENT = "sent"
    """Sent; nobody has opened it."""
    OPENED = "opened"
    """Opened; nothing is chosen yet."""
    CLAIMED = "claimed"
    """The gift was chosen, or something bought with the card."""
    BOUNCED = "bounced"
    """Came back."""
    STOPPED = "stopped"
    """The card is blocked, void or expired."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and an hour somewhere: what people agree on, where a moment in UTC is what follows from it."""

    day: date
    hour: int
    """From 0 to 23."""
    zone: str
    """An IANA name: Asia/Shanghai."""

    @property
    def utc(self) -> datetime:
        """When that is. The first of two, where clocks go back.

        Raises ZoneUnknown, HourSkipped; for years that UTC may not even have MomentPassed, TooFarAhead.
        """
        if self.day.year < _FIRST_YEAR:
            raise MomentPassed(field="day")
        if self.day.year > _LAST_YEAR:
            raise TooFarAhead(field="day")
        if self.zone not in zones():
            raise ZoneUnknown(field="zone")
        local = datetime.combine(self.day, time(self.hour), ZoneInfo(self.zone))
        moment = local.astimezone(UTC)
        if moment.astimezone(ZoneInfo(self.zone)).hour != self.hour:
            raise HourSkipped(field="hour")
        return moment

    @classmethod
    def of(cls, at: datetime, zone: str) -> Moment:
        """Return the day and hour that it is in `zone` at `at`."""
        local = at.astimezone(ZoneInfo(zone))
        return cls(local.date(), local.hour, zone)


@cache
def zones() -> tuple[str, ...]:
    """Return the names of the time zones that can be chosen, in the order of the alphabet."""
    return (*sorted(name for name in available_timezones() if name.startswith(_REGIONS)), "UTC")


def mail_address(text: str) -> str | None:
    """Return an e-mail address as every mail server takes it, in ASCII; None for what is none.

    One that is well-formed may still not exist.
    """
    if len(text) > LONGEST_MAIL:
        return None
    try:
        return validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False).ascii_email
    except EmailNotValidError:
        return None


def masked_mail(address: str) -> str:
    """Return an e-mail address so that its owner knows it and nobody else learns it: w•••@lantern.example."""
    local, _, domain = address.partition("@")
    return f"{local[:1]}•••@{domain}"


def reminded_before(at: datetime) -> datetime:
    """Return the moment before which somebody must have been reminded last, to be reminded again at `at`."""
    return at - REMINDED_EVERY


def in_chunks(ids: Iterable[int], size: int) -> list[list[int]]:
    """Return `ids` in pieces that one transaction takes."""
    known = list(ids)
    return [known[start : start + size] for start in range(0, len(known), size)]
