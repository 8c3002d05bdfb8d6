"""What staff see of wrong codes: how many came lately from which network, and who is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, select

from giftshop.cards.guessing import KEPT, LONG, SHORT, is_desk, is_flood, is_refused
from giftshop.cards.models import WrongCode
from giftshop.db import Reader
from giftshop.paging import PAGE, Page


@dataclass(frozen=True, slots=True)
class Attempts:
    """Wrong codes from one network within a day."""

    network: str
    in_short: int
    """In the last five minutes, as far as they count: what staff forgave is left out. As is the next."""
    in_long: int
    """In the last hour."""
    in_a_day: int
    last_at: datetime
    is_refused: bool

    @property
    def agent(self) -> str | None:
        """The number of the hotline agent who typed them, if it was one."""
        return self.network.partition(":")[2] if is_desk(self.network) else None


def attempts_page(reader: Reader, *, after: str | None, at: datetime, size: int = PAGE) -> Page[Attempts]:
    """Return the networks that wrong codes came from within a day, those first whose last try is newest."""
    flood, last = is_flood(reader, at=at), func.max(WrongCode.id)
    counted = (
        select(
            WrongCode.address,
            func.count(_counting_since(at - SHORT)),
            func.count(_counting_since(at - LONG)),
            func.count(),
            func.max(WrongCode.tried_at),
            last,
        )
        .where(WrongCode.tried_at > at - KEPT)
        .group_by(WrongCode.address)
        .order_by(last.desc())
        .limit(size + 1)
    )
    if after and after.isascii() and after.isdigit() and len(after) < 19:
        counted = counted.having(last < int(after))
    found = reader.execute(counted).all()
    rows = [
        Attempts(network, short, long, day, last_at, is_refused(network, short, long, is_flood=flood))
        for network, short, long, day, last_at, _last in found[:size]
    ]
    return Page(rows, str(found[size - 1][-1]) if len(found) > size else None)


def _counting_since(moment: datetime) -> ColumnElement[int | None]:
    return case((and_(WrongCode.tried_at > moment, WrongCode.forgiven_at.is_(None)), 1))
