"""Lists of programmes, and of a programme's cards, as files. Never a code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from flask_babel import gettext as _

from giftshop import accounts
from giftshop.cards.models import Programme
from giftshop.cards.progress import CardLine, Shown, programme_progress
from giftshop.cards.rules import FOREVER, ProgrammeKind
from giftshop.db import Reader
from giftshop.kernel import clock
from giftshop.kernel.locale import N_
from giftshop.listing import Export
from giftshop.web.filters import money_number

COUNTS: Final = (
    N_("Last day to redeem"),
    N_("Cards"),
    N_("Redeemed"),
    N_("Not redeemed"),
    N_("Expiring soon"),
    N_("Expired"),
)

CARD: Final = (N_("Serial number"), N_("Last four"), N_("Recipient"), N_("State"), N_("Last day"))
VALUE_LEFT: Final = (N_("Left on the card"), N_("Currency"))
SHOWN_WORDS: Final = {
    Shown.CLAIMED: N_("Redeemed"),
    Shown.BEGUN: N_("Partly spent"),
    Shown.UNCLAIMED: N_("Not redeemed"),
    Shown.EXPIRING: N_("Expiring soon"),
    Shown.EXPIRED: N_("Expired"),
    Shown.NOT_ACTIVE: N_("Not active yet"),
    Shown.BLOCKED: N_("Blocked"),
}


def _programmes(reader: Reader, programmes: Sequence[Programme]) -> Iterator[Sequence[object]]:
    for each, counts in _counted(reader, programmes):
        yield [each.name, *counts]


def _of_all(reader: Reader, programmes: Sequence[Programme]) -> Iterator[Sequence[object]]:
    firms = accounts.firms_by_id(reader, {each.firm_id for each in programmes})
    for each, counts in _counted(reader, programmes):
        yield [each.name, firms[each.firm_id].name, *counts]


def _counted(reader: Reader, programmes: Sequence[Programme]) -> Iterator[tuple[Programme, Sequence[object]]]:
    counted = programme_progress(reader, [each.id for each in programmes], at=clock.now())
    for each in programmes:
        count = counted[each.id]
        counts = [count.ordered, count.claimed, count.unclaimed, count.expiring, count.expired]
        yield each, [each.valid_until, *counts]


PROGRAMMES: Final = Export((N_("Programme"), *COUNTS), _programmes)
"""A firm's own."""
PROGRAMMES_OF_ALL: Final = Export((N_("Programme"), N_("Firm"), *COUNTS), _of_all)
"""For staff."""


def cards_of(programme: Programme) -> Export[CardLine]:
    """Return what a file of this programme's cards holds."""
    last = VALUE_LEFT if programme.kind is ProgrammeKind.STORED_VALUE else (N_("Redeemed on"),)
    return Export((*CARD, *last), lambda _reader, lines: _cards(lines, programme))


def last_day(line: CardLine, programme: Programme) -> date | None:
    """The last calendar day on which a card can be redeemed, where it was given; None if there is none."""
    if line.expires_at >= FOREVER:
        return None
    return clock.local_day(line.expires_at - timedelta(microseconds=1), programme.time_zone)


def _cards(lines: Sequence[CardLine], programme: Programme) -> Iterator[Sequence[object]]:
    words = {shown: _(word) for shown, word in SHOWN_WORDS.items()}
    for line in lines:
        known = [line.serial, line.last4, line.name, words[line.shown], last_day(line, programme)]
        if programme.kind is ProgrammeKind.STORED_VALUE:
            yield [*known, money_number(line.balance), line.balance.currency]
        else:
            yield [*known, clock.local_day(line.claimed_at, programme.time_zone) if line.claimed_at else None]
