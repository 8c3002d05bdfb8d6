"""Lists of programmes as files. Never a code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from giftshop import accounts
from giftshop.cards.models import Programme
from giftshop.cards.progress import programme_progress
from giftshop.db import Reader
from giftshop.kernel import clock
from giftshop.kernel.locale import N_
from giftshop.listing import Export

COUNTS: Final = (
    N_("Last day to redeem"),
    N_("Cards"),
    N_("Redeemed"),
    N_("Not redeemed"),
    N_("Expiring soon"),
    N_("Expired"),
)


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
